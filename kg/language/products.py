"""The matrix products of the heads, by numpy's own BLAS and in rows of fixed number.

spaCy's heads multiply with BLIS, whose kernels for many processors are several times slower than the OpenBLAS that
numpy brings. OpenBLAS in turn adds up in another order when a product has few rows, so that a token's scores would
depend on how long its document is and on what stands beside it; here each product has the same number of rows.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped, unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from spacy.language import Language

    Floats = npt.NDArray[np.float32]

ROWS = 64
"""Rows of one product; the last one is filled up with zeros."""


class BlockedOps(NumpyOps):  # type: ignore[misc, unused-ignore]
    """thinc's operations with forward products in blocks of `ROWS` rows, on `threads` threads."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.threads = threads
        self.pools = ThreadpoolController()
        self.blas = [one for one in self.pools.lib_controllers if one.user_api == "blas"]

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Return `x @ y`, or with the transposed of one; what is transposed on the left is left to thinc."""
        if trans1 or x.dtype != np.float32 or y.dtype != np.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        right = y.T if trans2 else y
        if out is None:
            out = np.empty((len(x), right.shape[1]), dtype=np.float32)
        if all(one.num_threads == self.threads for one in self.blas):  # setting a limit costs more than most products
            multiply(x, right, out)
            return out
        with self.pools.limit(limits=self.threads, user_api="blas"):
            multiply(x, right, out)
        return out


def multiply(x: Floats, y: Floats, out: Floats) -> None:
    """Write `x @ y` into `out`; each row depends on the same row of `x` alone."""
    whole = len(x) - len(x) % ROWS
    for at in range(0, whole, ROWS):
        np.matmul(x[at : at + ROWS], y, out=out[at : at + ROWS])
    if whole < len(x):
        rest = np.zeros((ROWS, x.shape[1]), dtype=np.float32)
        rest[: len(x) - whole] = x[whole:]
        out[whole:] = (rest @ y)[: len(x) - whole]


def by_rows(nlp: Language) -> bool:
    """Return whether every model of a pipeline multiplies in blocks, so that no text depends on its neighbours."""
    models = [getattr(pipe, "model", None) for _, pipe in nlp.pipeline]
    return all(isinstance(node.ops, BlockedOps) for model in models if model is not None for node in model.walk())


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold products to one thread for as long as many are made: no product has to set that limit by itself then."""
    with ThreadpoolController().limit(limits=1, user_api="blas"):
        yield


def speed_up(nlp: Language, *, threads: int = 1) -> None:
    """Let every model of a pipeline multiply in blocks."""
    ops = BlockedOps(threads)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = ops
