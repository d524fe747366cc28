"""Matrix products by numpy's own BLAS, on one thread and in rows of fixed number.

OpenBLAS adds up in another order when a product has few rows, so that a token's scores would depend on how long its
document is and on what stands beside it; here each product has the same number of rows. Its kernels for some processors
(Haswell, Zen) do so for some rows of a large product, too: there products are small.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped, unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

SIZES = (64, 8, 4)
"""Rows that a product may have; the last one is filled up with zeros."""
_PROBES = ((96, 7), (96, 16), (64, 192), (96, 387))
"""Sizes of the second matrix by which it is found out whether all rows of a product are added up alike."""


@cache
def rows() -> int:
    """Return how many rows a product has: the most of `SIZES` that are all added up alike on this processor."""
    rng = np.random.default_rng(0)
    made = [
        (rng.standard_normal((1, deep), np.float32), rng.standard_normal((deep, n), np.float32)) for deep, n in _PROBES
    ]
    probes = [*made, *((x, np.asfortranarray(y)) for x, y in made)]

    def alike(size: int) -> bool:
        products = (np.repeat(x, size, axis=0) @ y for x, y in probes)
        return all(bool((one == one[0]).all()) for one in products)

    with one_thread():
        return next((size for size in SIZES if alike(size)), SIZES[-1])


def multiply(x: Floats, y: Floats, out: Floats) -> None:
    """Write `x @ y` into `out`; each row depends on the same row of `x` alone."""
    size = rows()
    whole = len(x) - len(x) % size
    for at in range(0, whole, size):
        np.matmul(x[at : at + size], y, out=out[at : at + size])
    if whole < len(x):
        rest = np.zeros((size, x.shape[1]), dtype=np.float32)
        rest[: len(x) - whole] = x[whole:]
        out[whole:] = (rest @ y)[: len(x) - whole]


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold products to one thread for as long as many are made: no product has to set that limit by itself then.

    They are small: on several threads each takes ten times as long, most of it waiting for the others.
    """
    if all(one.num_threads == 1 for one in _blas().lib_controllers):  # setting a limit costs more than most products
        yield
        return
    with _blas().limit(limits=1):
        yield


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")
