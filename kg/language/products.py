"""Matrix products by numpy's own BLAS, on one thread and in rows of fixed number.

OpenBLAS adds up in another order when a product has few rows, so that a token's scores would depend on how long its
document is and on what stands beside it; here each product has the same number of rows.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped, unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

ROWS = 64
"""Rows of one product; the last one is filled up with zeros."""


def multiply(x: Floats, y: Floats, out: Floats) -> None:
    """Write `x @ y` into `out`; each row depends on the same row of `x` alone."""
    whole = len(x) - len(x) % ROWS
    for at in range(0, whole, ROWS):
        np.matmul(x[at : at + ROWS], y, out=out[at : at + ROWS])
    if whole < len(x):
        rest = np.zeros((ROWS, x.shape[1]), dtype=np.float32)
        rest[: len(x) - whole] = x[whole:]
        out[whole:] = (rest @ y)[: len(x) - whole]


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold products to one thread for as long as many are made: no product has to set that limit by itself then."""
    with ThreadpoolController().limit(limits=1, user_api="blas"):
        yield
