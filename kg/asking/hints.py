"""Passages that may tell what a question asks for, where it has no answer. They are no answers, and never called so.

The ranker's weights order all sentences, not only those that may answer: what a question says for certain may stand
beside its answer, in the sentence before, or in other words. One that does not name whom the question names counts
for less, and what lies below a floor is not shown at all: nothing rather than noise.
"""

from __future__ import annotations

import numpy as np

from kg.asking.features import Held
from kg.asking.ranking import score
from kg.asking.records import Reading
from kg.asking.replies import Passage

NUMBER = 3
FLOOR = -1.5
"""The least logarithm of the odds against "none"; `docs/experiments.md` has what other floors show, and of what."""
UNNAMED = 2.0
"""What a sentence loses that does not name whom the question names, nor stands behind one that does."""


def may_have_passages(reading: Reading) -> bool:
    """Whether a sentence could tell what a question asks for: nobody knows whom "you" means."""
    return bool(reading.said) and reading.wanted != "document" and not (reading.problem and reading.vague)


def find_passages(held: Held) -> tuple[Passage, ...]:
    """Give the sentences that most likely tell it, the likeliest first, none where all lie below the floor."""
    if len(held.said) < 2 or not held.sentences:
        return ()
    scores = score(held, held.sentences) - UNNAMED * np.array([not one.named() for one in held.sentences])
    found: dict[str, Passage] = {}
    for at in np.argsort(-scores, kind="stable"):
        page, text = held.sentences[at].page, held.sentences[at].text
        if scores[at] < FLOOR or len(found) == NUMBER:
            break
        found.setdefault(text, Passage(text, page.source, page.published.isoformat() if page.published else ""))
    return tuple(found.values())
