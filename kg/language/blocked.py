"""spaCy's heads with the products of `kg.language.products`.

They multiply with BLIS by themselves, whose kernels for many processors are several times slower than the OpenBLAS that
numpy brings. This stands apart because thinc takes long to import, and a build of unchanged texts needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped, unused-ignore]

from kg.language.products import multiply

if TYPE_CHECKING:
    from spacy.language import Language


class BlockedOps(NumpyOps):  # type: ignore[misc, unused-ignore]
    """thinc's operations with forward products in blocks of fixed size, on `threads` threads."""

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


def by_rows(nlp: Language) -> bool:
    """Return whether every model of a pipeline multiplies in blocks, so that no text depends on its neighbours."""
    models = [getattr(pipe, "model", None) for _, pipe in nlp.pipeline]
    return all(isinstance(node.ops, BlockedOps) for model in models if model is not None for node in model.walk())


def speed_up(nlp: Language, *, threads: int = 1) -> None:
    """Let every model of a pipeline multiply in blocks."""
    ops = BlockedOps(threads)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = ops
