"""The learned heads: small feed-forward networks over the encoder's vectors, run by numpy.

Each head is one hidden layer of rectified units (Glorot et al. 2011) over vectors of words and one-hot features of
grammar. A pair's hidden layer is the sum of a part for each of its words and one for its features, so that each word
is multiplied once however many pairs it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from kg.language.products import multiply

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

FILE = "heads.npz"


@lru_cache(maxsize=1)
def load_heads() -> Mapping[str, Floats]:
    """Return the shipped weights by name, as 32-bit floats."""
    with files("kg.meaning").joinpath(FILE).open("rb") as stored, np.load(stored) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def product(x: npt.NDArray[np.floating], weights: Floats) -> Floats:
    """Return `x @ weights`, each row independent of how many stand beside it."""
    out = np.empty((len(x), weights.shape[1]), dtype=np.float32)
    multiply(np.ascontiguousarray(x, dtype=np.float32), weights, out)
    return out


def sums(table: Floats, rows: Sequence[Sequence[int]]) -> Floats:
    """Return for each list of rows the sum of these rows of a table."""
    out = np.zeros((len(rows), table.shape[1]), dtype=np.float32)
    if rows:
        flat = np.fromiter((k for one in rows for k in one), dtype=np.int64)
        starts = np.cumsum([0, *(len(one) for one in rows[:-1])])
        np.add.reduceat(table[flat], starts, axis=0, out=out)
    return out


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(scores: Floats) -> Floats:
    """Return the probability of each score by itself."""
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
