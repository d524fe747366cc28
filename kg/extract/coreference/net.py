"""The antecedent ranker: how likely each mention points back to each candidate, and how likely to none.

A pair is scored by one hidden layer of rectified units over the vectors of both head words, their products in a small
space, and rows of features; "nothing before it" by another over the mention alone (Durrett and Klein 2013; Lee et al.
2017). Run by numpy. Products have a fixed number of rows, so a score depends on its pair and not on how long a text is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from kg.language.products import multiply, one_thread

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]
    Table = npt.NDArray[np.int32]

FILE = "ranker.npz"
BLOCK = 4096
"""Pairs that are scored at once, so that memory stays bounded."""


@lru_cache(maxsize=1)
def load_ranker() -> Mapping[str, Floats]:
    """Return the shipped weights by name, as 32-bit floats."""
    with files("kg.extract.coreference").joinpath(FILE).open("rb") as stored, np.load(stored) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


@one_thread()
def scores(
    weights: Mapping[str, Floats], vectors: Floats, own: Table, pairs: Table, m: Ints, c: Ints
) -> tuple[Floats, Floats]:
    """Return the score of each pair of a mention `m` and a candidate `c`, and of each mention for pointing to nothing.

    `vectors` has one row per mention, `own` and `pairs` the rows of features that hold of mentions and of pairs.
    """
    mine = _product(vectors, weights["mention"]) + _sums(weights["mention.features"], own) + weights["bias"]
    theirs = _product(vectors, weights["candidate"]) + _sums(weights["candidate.features"], own)
    left = _product(vectors, weights["mention.small"]) + weights["mention.small_bias"]
    right = _product(vectors, weights["candidate.small"]) + weights["candidate.small_bias"]
    out = np.empty(len(m), dtype=np.float32)
    for at in range(0, len(m), BLOCK):
        some = slice(at, at + BLOCK)
        hidden = mine[m[some]] + theirs[c[some]]
        hidden += _sums(weights["pair.features"], pairs[some])
        hidden += _product(left[m[some]] * right[c[some]], weights["pair.small"])
        out[some] = _product(np.maximum(hidden, 0), weights["pair.out"])[:, 0] + weights["pair.out_bias"][0]
    alone = _product(vectors, weights["new"]) + _sums(weights["new.features"], own) + weights["new.bias"]
    none = _product(np.maximum(alone, 0), weights["new.out"])[:, 0] + weights["new.out_bias"][0]
    return out, none


def _product(x: Floats, weights: Floats) -> Floats:
    out = np.empty((len(x), weights.shape[1]), dtype=np.float32)
    for at in range(0, len(x), BLOCK):
        some = slice(at, at + BLOCK)
        multiply(np.ascontiguousarray(x[some], dtype=np.float32), weights, out[some])
    return out


def _sums(table: Floats, rows: Table) -> Floats:
    """The sum of each line's rows of a table."""
    out = table[rows[:, 0]]
    for column in rows.T[1:]:
        out += table[column]
    return out
