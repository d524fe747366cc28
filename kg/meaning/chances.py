"""What the tagger thinks of one word, whatever comes of it: for explanations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.meaning.features import FACTUALITIES, KINDS, TYPES
from kg.meaning.heads import load_heads, sigmoid, softmax
from kg.meaning.reader import tag_scores

if TYPE_CHECKING:
    from kg.extract.tree import Tree
    from kg.meaning.reader import Vectors


class Chances(NamedTuple):
    """Probabilities of one word: that it tells an event, and if so of which type, kind ("none", too) and factuality."""

    event: float
    types: Mapping[str, float]
    kinds: Mapping[str, float]
    factualities: Mapping[str, float]


def chances(tree: Tree, vectors: Vectors, token: int) -> Chances:
    """Return the probabilities of one token of a tree; `vectors` has one row per token, as for `read_meaning`."""
    weights = load_heads()
    [scores] = tag_scores(tree, vectors, weights, [token])
    ends = np.cumsum([1, len(TYPES), len(KINDS), len(FACTUALITIES)]).tolist()
    parts = [
        dict(zip(names, softmax(scores[begin:end] / heat).tolist(), strict=True))
        for names, begin, end, heat in zip(
            (TYPES, KINDS, FACTUALITIES), ends[:-1], ends[1:], weights["tag.temperature"].tolist(), strict=True
        )
    ]
    return Chances(float(sigmoid(scores[0])), *parts)
