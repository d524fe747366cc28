"""The learned heads: small feed-forward networks over the encoder's vectors, run by numpy.

Each head is one hidden layer of rectified units (Glorot et al. 2011) over vectors of words and one-hot features of
grammar. A pair's hidden layer is the sum of a part for each of its words and one for its features, so that each word
is multiplied once however many pairs it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

from kg.language.products import multiply, one_thread

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Steps: TypeAlias = Generator[tuple[str, npt.NDArray[np.floating]], Floats, "_T"]
    """A work that asks for products as it goes: it yields the name of the weights and rows, and is sent the product."""

_T = TypeVar("_T")
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


@one_thread()
def in_step(works: Sequence[Steps[_T]], weights: Mapping[str, Floats]) -> list[_T]:
    """Run several works side by side, and make the products that they ask for at once with the same weights.

    A product has rows of a fixed number, which one short text does not fill, and reads all weights for them.
    """
    found: dict[int, _T] = {}
    asked: dict[int, tuple[str, npt.NDArray[np.floating]]] = {}

    def go_on(number: int, given: Floats | None) -> None:
        try:
            asked[number] = works[number].send(given)  # type: ignore[arg-type]  # a generator begins with None
        except StopIteration as end:
            found[number] = end.value

    for number in range(len(works)):
        go_on(number, None)
    while asked:
        name = next(iter(asked.values()))[0]
        some = [number for number, (wanted, _) in asked.items() if wanted == name]
        parts = [asked.pop(number)[1] for number in some]
        every = product(np.concatenate(parts) if len(parts) > 1 else parts[0], weights[name])
        at = 0
        for number, part in zip(some, parts, strict=True):
            go_on(number, every[at : at + len(part)])
            at += len(part)
    return [found[number] for number in range(len(works))]


def sums(table: Floats, rows: Sequence[Sequence[int]]) -> Floats:
    """Return for each list of rows the sum of these rows of a table.

    Lists of one length are added up together; the order in which a list is added depends on its length alone.
    """
    out = np.zeros((len(rows), table.shape[1]), dtype=np.float32)
    of_length: dict[int, list[int]] = {}
    for number, one in enumerate(rows):
        of_length.setdefault(len(one), []).append(number)
    for length, numbers in of_length.items():
        for at in range(0, len(numbers) if length else 0, TOGETHER):
            some = numbers[at : at + TOGETHER]
            places = np.array([rows[k] for k in some], dtype=np.intp)
            out[some] = _added(table, np.ascontiguousarray(places.T))
    return out


TOGETHER = 128
"""Lists that are added up at once: what they take fits into a processor's cache."""


def _added(table: Floats, places: npt.NDArray[np.intp]) -> Floats:
    """Return the sum of rows, `places[k]` the k-th of each list: the first, and the rest in eight sums side by side.

    It is written out because the weights were calibrated with sums of this order, numpy's own along an axis, which
    numpy does not promise.
    """
    first: Floats = table[places[0]]
    rest = places[1:]
    size = len(rest)
    if not size:
        return first
    part = np.empty_like(first)
    whole = size - size % 8

    def add(total: Floats, numbers: range) -> Floats:
        for k in numbers:
            np.take(table, rest[k], axis=0, out=part, mode="clip")  # the only mode that needs no copy of its own
            total += part
        return total

    def two(k: int) -> Floats:
        total: Floats = add(table[rest[k]], range(k + 8, whole, 8))
        total += add(table[rest[k + 1]], range(k + 9, whole, 8))
        return total

    def four(k: int) -> Floats:
        total = two(k)
        total += two(k + 2)
        return total

    if whole:
        total = four(0)
        total += four(4)
    else:
        total, whole = table[rest[0]], 1
    total = add(total, range(whole, size))
    total += first
    return total


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(scores: Floats) -> Floats:
    """Return the probability of each score by itself."""
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
