"""Sentences of several texts side by side, of which few answer a question or none: what is weighed at the last.

They are those that have most of its words, the rare ones before the common (Spärck Jones 1972), so that what looks
like an answer in its own place has to be told from the one that is.
"""

from __future__ import annotations

import math
import random
import re
from collections import defaultdict
from collections.abc import Sequence

from kg.asking.extractive import PASSAGE
from tests.ask.answers.asked import Example, Length, Question, spots_of

OTHERS = 9
"""Sentences beside those that answer, at most."""
SHORTEST = 120
"""Word pieces that are filled at least."""
_COMMON = 2500
_ENDINGS = ("ing", "ies", "ed", "es", "s")
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    "the a an of in to and or on at for by with from that this is are was were be been has have had do does did will"
    " would who whom whose what which where when why how many much it its he she they his her their as not no than"
    " after before".split()
)


class Finder:
    """Finds the sentences that have most of a question's words."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = sentences
        self.having: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(sentences):
            for stem in _stems(one):
                self.having[stem].append(at)

    def best(self, question: str, number: int) -> list[str]:
        """Give so many of them at most, that which has most first."""
        scores: dict[int, float] = defaultdict(float)
        for stem in sorted(_stems(question)):
            found = self.having.get(stem, ())
            for at in found if len(found) <= _COMMON else ():
                longer = 1 + 0.02 * len(self.sentences[at].split())
                scores[at] += math.log(len(self.sentences) / len(found)) / longer
        return [self.sentences[at] for at in sorted(scores, key=lambda one: (-scores[one], one))[:number]]


def others(asked: Question, finder: Finder, rng: random.Random) -> list[str]:
    """Give sentences of other texts that have most of a question's words, and not those of its answer."""
    own = frozenset(asked.sentences)
    found = [
        one
        for one in finder.best(asked.text, 3 * OTHERS)
        if one not in own and not any(words in one.lower() for words in asked.gold)
    ][: OTHERS + 5]
    return rng.sample(found, min(OTHERS - 1, len(found)))


def gathered(
    asked: Question, others: Sequence[str], length: Length, rng: random.Random, *, answered: bool = True
) -> Example:
    """Give a question with others' sentences and some of its own, those that answer it among them if `answered`."""
    told, right = asked.sentences, list(asked.right) if answered else []
    rng.shuffle(right)
    kept = [told[at] for number, at in enumerate(right) if not number or rng.random() < 0.5]
    rest = [told[at] for at in rng.sample(range(len(told)), len(told)) if at not in asked.right][:2]
    rest = rng.sample([*rest, *others], len(rest) + len(others))
    room = rng.randint(SHORTEST, PASSAGE) - sum(map(length, kept))
    for one in rest:
        if length(one) <= room or not kept:
            kept.append(one)
            room -= length(one)
    rng.shuffle(kept)
    answers = {told[at] for at in right}
    spots = spots_of(asked.gold, kept, {number for number, one in enumerate(kept) if one in answers})
    return Example(asked.text, tuple(kept), spots, asked.truth if spots else None)


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY}


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
    return word.removesuffix(ending)
