"""Probabilities that mean what they say: a temperature and an offset per question, and thresholds, chosen on dev.

Temperature scaling (Guo et al. 2017, https://arxiv.org/abs/1706.04599) divides a question's scores by one number, so no
decision changes but how sure it looks. Questions of yes or no get an offset, too (Platt 1999): the training draws from
what is not linked, so links look likelier than they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.language.training.meaning_net import TAG_ENDS
from kg.meaning.features import ANSWERS, ROLES
from kg.meaning.heads import sigmoid, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kg.language.training.meaning_data import Example
    from kg.language.training.meaning_scores import Scores

    Floats = npt.NDArray[np.float32]
    Bools = npt.NDArray[np.bool_]

TEMPERATURES = np.exp(np.linspace(np.log(0.5), np.log(4), 61))
OFFSETS = np.linspace(-3, 3, 61)
RIGHT = {"answers": 2 / 3, "same": 2 / 3}
"""Share of right tellings that a threshold has to reach, whatever the F: of happenings wrongly joined one is lost, and
a wrong status is worse than an unknown one."""
PRECISE = 0.9
"""Share of right tellings from which a threshold counts as precise."""


@dataclass(frozen=True, slots=True)
class Heat:
    """What a question's scores are divided by, and what is added then."""

    temperature: float = 1.0
    offset: float = 0.0


UNHEATED = Heat()


@dataclass(frozen=True, slots=True)
class Question:
    """Scores of one question, a row a case, and which columns are right; one column alone is yes or no."""

    scores: Floats
    right: Bools

    def loss(self, heat: Heat) -> float:
        """Return the mean negative log-likelihood of what is right; several right answers share theirs."""
        chances = self.chances(heat).astype("float64")
        if self.scores.shape[1] == 1:
            chances = np.where(self.right, chances, 1 - chances)
        else:
            chances = (chances * self.right).sum(axis=1, keepdims=True)
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    def chances(self, heat: Heat = UNHEATED) -> Floats:
        """Return the calibrated probabilities."""
        scaled = self.scores / np.float32(heat.temperature) + np.float32(heat.offset)
        return sigmoid(scaled) if self.scores.shape[1] == 1 else softmax(scaled)


def questions(examples: Sequence[Example], scores: Sequence[Scores]) -> dict[str, Question]:
    """Return every question of the heads with its cases; types, kinds and factualities of annotated events only."""
    a, b, c, _ = TAG_ENDS
    tags = np.concatenate([s.tags[e.tokens] for e, s in zip(examples, scores, strict=True)])
    present, types, kinds, facts = (
        np.concatenate([getattr(e, name)[e.tokens] for e in examples])
        for name in ("present", "types", "kinds", "facts")
    )
    told = present > 0
    roles = np.concatenate([s.roles for s in scores])
    links = np.concatenate([s.links for s in scores])
    pairs = [pair for e in examples for pair in e.roles]
    linked = np.array([(p.answer, p.cause, p.same) for e in examples for p in e.links]).reshape(-1, 3)
    answers, causes, same = (linked[:, k] >= 0 for k in range(3))
    n = len(ANSWERS)
    return {
        "event": Question(tags[:, :1], told[:, None]),
        "type": Question(tags[told, a:b], types[told] > 0),
        "kind": Question(tags[told, b:c], _one_hot(kinds[told], c - b)),
        "factuality": Question(tags[told, c:], _one_hot(facts[told], tags.shape[1] - c)),
        "role": Question(roles[:, :-1], _one_hot([p.role for p in pairs], len(ROLES))),
        "quantity": Question(roles[:, -1:], np.array([p.counted > 0 for p in pairs])[:, None]),
        "answers": Question(links[answers, :n], _one_hot(linked[answers, 0], n)),
        "causes": Question(links[causes, n : n + 1], linked[causes, 1:2] > 0),
        "same": Question(links[same, n + 1 :], linked[same, 2:3] > 0),
    }


def _one_hot(labels: Sequence[int] | npt.NDArray[np.int64], size: int) -> Bools:
    out: Bools = np.arange(size) == np.asarray(labels, dtype="int64")[:, None]
    return out


def calibrated(asked: Mapping[str, Question]) -> dict[str, Heat]:
    """Return for every question the heat under which dev is likeliest; nothing is changed where dev has no case."""
    out = {}
    for name, question in asked.items():
        offsets = OFFSETS if question.scores.shape[1] == 1 else OFFSETS[:0]
        tried = [UNHEATED, *(Heat(round(float(t), 4)) for t in TEMPERATURES)]
        best = min(tried, key=question.loss) if len(question.scores) else UNHEATED
        for _ in range(3 if len(question.scores) and len(offsets) else 0):  # by turns, until both stay
            best = min((Heat(best.temperature, round(float(k), 2)) for k in offsets), key=question.loss)
            best = min((Heat(one.temperature, best.offset) for one in tried), key=question.loss)
        out[name] = best
    return out


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on something is told: for the best F1, and so that nine of ten are right."""

    best: float
    precise: float


def thresholds(
    examples: Sequence[Example], asked: Mapping[str, Question], heat: Mapping[str, Heat]
) -> dict[str, Thresholds]:
    """Return the thresholds of events, answers, causes and same.

    An event is right where its type is, too; an answer where it says the right thing.
    """
    out = {}
    for name in ("event", "quantity", "answers", "causes", "same"):
        question = asked[name]
        chances = question.chances(heat[name])
        if name == "answers":
            told = 1 - chances[:, 0]
            right = question.right[np.arange(len(chances)), 1 + chances[:, 1:].argmax(-1)]
            there = int((~question.right[:, 0]).sum())
        else:
            told, right, there = chances[:, 0], question.right[:, 0], int(question.right.sum())
        if name == "event":
            right = right.copy()
            right[right] = asked["type"].right[np.arange(there), asked["type"].scores.argmax(-1)]
            there = sum(len(example.passage.events) for example in examples)
        out[name] = cut(told, right, there, least=RIGHT.get(name, 0.0))
    return out


def cut(chances: Floats, right: Bools, there: int, *, least: float = 0.0) -> Thresholds:
    """Return thresholds from cases: how likely each is said to be, whether telling it is right, how many there are.

    The best is that of the highest F1 among those at which a share of `least` is right, or of all where none is such.
    Where no threshold is precise, that of the best F1 or nine tenths, whichever is higher, stands in.
    """
    grid = np.arange(0.02, 0.99, 0.01)
    told = np.array([(chances >= t).sum() for t in grid])
    hit = np.array([right[chances >= t].sum() for t in grid])
    if not told.any():
        return Thresholds(0.5, PRECISE)
    worth = 2 * hit / np.maximum(1, told + there)
    best = grid[int(np.argmax(np.where(hit >= least * told, worth, worth - 1)))]
    sure = np.flatnonzero((hit >= PRECISE * told) & (told > 0) & (grid >= best))
    precise = grid[sure[0]] if len(sure) else max(best, PRECISE)
    return Thresholds(round(float(best), 2), round(float(precise), 2))
