"""What the tagger thinks of one word, whatever comes of it: for explanations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.meaning.features import FACTUALITIES, KINDS, TYPES
from kg.meaning.heads import load_heads
from kg.meaning.reader import tag_chances, tag_scores

if TYPE_CHECKING:
    from kg.extract.syntax.tree import Tree
    from kg.meaning.reader import Vectors


NAMES = (TYPES, KINDS, FACTUALITIES)


class Chances(NamedTuple):
    """Probabilities of one word: that it tells an event, and if so of which type, kind ("none", too) and factuality."""

    event: float
    types: Mapping[str, float]
    kinds: Mapping[str, float]
    factualities: Mapping[str, float]


def chances(tree: Tree, vectors: Vectors, token: int) -> Chances:
    """Return the probabilities of one token of a tree; `vectors` has one row per token, as for `read_meaning`."""
    weights = load_heads()
    there, *parts = tag_chances(tag_scores(tree, vectors, weights, [token]), weights)
    told = (dict(zip(names, row.tolist(), strict=True)) for names, [row] in zip(NAMES, parts, strict=True))
    return Chances(float(there[0]), *told)
