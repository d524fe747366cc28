"""Passages that may tell what a question asks for, where it has no answer. They are no answers, and never called so.

They are the likeliest of all sentences that name whom the question names, not only of those that may answer: what it
says for certain may stand beside its answer. What lies below a floor is not shown at all: nothing rather than noise.
"""

from __future__ import annotations

import numpy as np

from kg.asking.features import Held
from kg.asking.ranking import score
from kg.asking.records import Reading
from kg.asking.replies import Passage

NUMBER = 3
FLOOR = -2.5
"""The least logarithm of the odds against "none"; `docs/experiments.md` has what other floors show, and of what."""


def may_have_passages(reading: Reading) -> bool:
    """Whether a sentence could tell what a question asks for: nobody knows whom "you" means."""
    return bool(reading.said) and reading.wanted != "document" and not (reading.problem and reading.vague)


def find_passages(held: Held) -> tuple[Passage, ...]:
    """Give the sentences that most likely tell it, the likeliest first, none where all lie below the floor."""
    told = held.named
    if not told:
        return ()
    scores = score(held, told)
    found: dict[str, Passage] = {}
    for at in np.argsort(-scores, kind="stable"):
        page, text = told[at].page, told[at].text
        if scores[at] < FLOOR or len(found) == NUMBER:
            break
        found.setdefault(text, Passage(text, page.source, page.published.isoformat() if page.published else ""))
    return tuple(found.values())
