"""How much of a question's rare words a sentence has: they decide between sentences that tell enough of it.

A word counts by its inverse frequency in the sentences of the pages read (Spärck Jones 1972, "A statistical
interpretation of term specificity and its application in retrieval").
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.records import Reading

_TOLD = 0.7


def rarity(reading: Reading, held: Sequence[Likeness]) -> Callable[[Page, int], float]:
    """Give what tells for a page and the first token of a sentence how much of the rare words it has, 0 to 1.

    `held` are the pages, held against the question.
    """
    told: dict[tuple[int, int], list[float]] = {}
    for likeness in held:
        page = likeness.page
        for first in page.firsts:
            whole = range(first, page.bounds(first)[1] + 1)
            told[id(page), first] = [max(likeness.word(one, at) for at in whole) for one in reading.said]
    often = [sum(got[at] >= _TOLD for got in told.values()) for at in range(len(reading.said))]
    weights = [math.log(1 + len(told) / (0.5 + count)) for count in often]

    def rare(page: Page, first: int) -> float:
        got = told[id(page), first]
        return sum(one * weight for one, weight in zip(got, weights, strict=True)) / (sum(weights) or 1.0)

    return rare
