"""Yes or no as the network reads it in the sentence that most likely tells it, also where another way finds it likely.

Never certain. Two logistic regressions (Cox 1958) over what the network says of that sentence in its place, beside the
likeliest others, and by itself: which of both it is, and whether that is right. Their weights (`closed.toml`) were
learned from questions about stories that the network has not seen, see `tests/ask/learn_closed.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.asking.extractive import judge_together
from kg.asking.features import ODDS, Held, Sentence
from kg.asking.lacking import tells_of_others, tells_of_things
from kg.asking.records import Reading
from kg.asking.replies import Answer, Quote
from kg.asking.weights import read_weights
from kg.asking.words import words

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LEAST, SURER = 0.0, 1.5
"""How much likelier right than wrong yes or no has to be, as the logarithm of the odds; and by a sentence that names
somebody else, who may have done it in their place."""
FALLS = -0.5
"""Where it is not even likelier than this, another way's likely answer is none."""
LIKELIEST = 12
"""Sentences that are read side by side, at most."""
SIGNS = ("always", "in its place", "by itself")
FEATURES = (
    "always",
    "in its place",
    "beside others",
    "by itself",
    "names others",
    "has things",
    "not understood",
    "leaning",
)
"""What speaks for yes, and what for its being right, in the order in which `Told` has it."""
_CLOSED = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must|may|might)\b(?!.*\bor\b)", re.I
)
"""How a question for yes or no begins, also one that has no verb of a deed: "were two of them hurt?"."""


class Told(NamedTuple):
    """The sentence that most likely tells yes or no, what speaks for yes, and what for its being right.

    The last two are numbers in the order of `SIGNS` and of `FEATURES`, but for the last of these: how much it leans to
    one side, which the first tell.
    """

    sentence: Sentence
    signs: Floats
    features: Floats


def is_closed(reading: Reading) -> bool:
    """Whether a question asks for yes or no."""
    return reading.wanted == "truth" or bool(_CLOSED.match(reading.text))


def may_be_told(reading: Reading) -> bool:
    """Whether a sentence may tell yes or no: it is known whom a question means, and it does not ask who refused what.

    Who refused one thing has not refused another.
    """
    known = bool(reading.said) and not (reading.problem and reading.vague)
    return known and not reading.negated and not words().withheld & set(reading.lemmas)


def yes_or_no(held: Held) -> tuple[Answer, ...]:
    """Give yes or no with the sentence that most likely tells it, nothing where that is not likely enough."""
    answer, odds, least = _answered(held)
    return (answer,) if answer is not None and odds >= least else ()


def weigh_yes_or_no(hold: Callable[[], Held], given: Sequence[Answer]) -> tuple[Answer, ...]:
    """Give what stands of another way's likely "yes" or "no": neither where no sentence seems to tell it.

    What the likeliest sentence tells takes its place where it is likely enough and the other. Both stand where texts
    differ, and so does what is only quoted: that somebody still thinks about it; for these nothing is read by `hold`.
    """
    if [one.text for one in given] not in (["yes"], ["no"]):
        return tuple(given)
    answer, odds, least = _answered(hold())
    if answer is not None and odds < FALLS:
        return ()
    return (answer,) if answer is not None and odds >= least and answer.text != given[0].text else tuple(given)


def _answered(held: Held) -> tuple[Answer | None, float, float]:
    """The answer of the likeliest sentence, how much likelier right than wrong it is, and how much it has to be."""
    told = likeliest(held)
    if told is None:
        return None, 0.0, LEAST
    weights = read_weights("closed.toml", "right", FEATURES)
    leaning = float(told.signs @ read_weights("closed.toml", "yes", SIGNS))
    one = told.sentence
    answer = Answer("yes" if leaning > 0 else "no", (Quote(one.text, one.page.source),), False)
    odds = float(np.append(told.features, abs(leaning)) @ weights)
    return answer, odds, SURER if told.features[FEATURES.index("names others")] else LEAST


def likeliest(held: Held) -> Told | None:
    """Give the sentence that most likely tells yes or no, None where there is no network or nothing to read."""
    question = held.reading.text
    read = sorted(held.judged, key=lambda one: -held.judged[one].answers)[:LIKELIEST]
    beside = dict(zip(read, judge_together(question, [one.text for one in read]), strict=False))
    if not beside:
        return None
    one = max(beside, key=lambda found: held.judged[found].answers + beside[found].answers)
    [alone] = judge_together(question, [one.text])
    place = held.judged[one]
    odds = (place.answers / ODDS, beside[one].answers / ODDS, alone.answers / ODDS)
    flags = (tells_of_others(one), tells_of_things(one), bool(held.reading.problem))
    return Told(one, np.array([1.0, place.truth, alone.truth]), np.array([1.0, *odds, *flags], dtype=np.float64))
