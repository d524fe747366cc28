"""The sentence that most likely answers a question, where no way that looks for its deed finds one. Never certain.

A conditional logit (McFadden 1974) over all sentences that were read and "none of them", of the features of
`features.py`; its weights (`ranking.toml`) were learned from the questions of `tests/ask`, see `tests/ask/learn.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from kg.asking.features import ASKED, NAMES, Held, Sentence
from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.patterns import Called
from kg.asking.records import Reading
from kg.asking.replies import Answer, Quote
from kg.extract.syntax.tree import read_tree
from kg.language import analyse as parse
from kg.language import context_vectors

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language

    Floats = npt.NDArray[np.float32]

LEAST = 0.0
"""By how much the best sentence has to be more likely than none, as the logarithm of their odds."""
MARGIN = 0.5
"""By how much it has to be more likely than the sentences of another way's answers, to stand in their place."""
UNRANKED = ("truth", "difference", "document", "count")
"""What a question may want that no single sentence is shown for."""


def rank_answers(reading: Reading, hold: Callable[[], Held], given: Sequence[Answer] = ()) -> tuple[Answer, ...]:
    """Give the sentence that most likely answers a question, none where more likely no sentence does.

    `hold` holds it against the texts, only where a sentence may be shown at all. With likely answers of another way, it
    is given only where it is much likelier than the sentences that those quote.
    """
    if reading.wanted in UNRANKED or not reading.said or (reading.problem and (reading.vague or not reading.plain)):
        return ()
    if given and reading.anchor is not None:  # what came after something is told by days, not by a sentence's words
        return ()
    held = hold()
    if not held.candidates:
        return ()
    scores = score(held, held.candidates)
    best = held.candidates[int(scores.argmax())]
    if scores.max() < LEAST or (given and not _outdone(scores, held, given)):
        return ()
    return (Answer(best.text, (Quote(best.text, best.page.source),), False),)


def score(held: Held, sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
    """Give of each sentence how much more likely it answers the question than none, as the logarithm of the odds."""
    weights, none = _weights()
    features = np.array([one.features for one in sentences]).reshape(-1, len(weights))
    found: npt.NDArray[np.float64] = features @ weights - np.array([1.0, *held.asked()]) @ none
    return found


def _outdone(scores: npt.NDArray[np.float64], held: Held, given: Sequence[Answer]) -> bool:
    """Whether the best sentence is much likelier than every one that some answers quote, of those that were ranked."""
    quoted = [quote.text for answer in given for quote in answer.quotes]
    told = [one.text for one in held.candidates]
    mine = [
        score for score, text in zip(scores, told, strict=True) if any(text in one or one in text for one in quoted)
    ]
    return bool(mine) and float(scores.max() - max(mine)) > MARGIN


def hold(reading: Reading, called: Called, pages: Sequence[Page], nlp: Language) -> Held:
    """Hold a question against the sentences of some pages."""
    [doc] = parse(nlp, [reading.text])
    begins, rows = read_tree(doc).begin, context_vectors(doc).astype(np.float32)
    vectors = dict(zip(begins, rows, strict=True)) if len(rows) == len(begins) else {}
    return Held(reading, [Likeness(page, called) for page in pages], vectors)


@cache
def _weights() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The weights of a sentence's features, and those of "none": one by itself and of what the question is."""
    data = tomllib.loads((files("kg.asking") / "ranking.toml").read_text(encoding="utf-8"))
    none = data["none"]
    return np.array([data["sentence"][name] for name in NAMES]), np.array([none["always"], *(none[n] for n in ASKED)])
