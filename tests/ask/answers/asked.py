"""The questions of `corpus/questions.txt` as pairs: each with the sentence that answers it, and with others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.language.training.passages import Passage, read_passages
from tests.ask.scoring import has_gold

OTHERS = 3
"""Sentences that do not answer, for each question: those with most of its words, and one of the rest."""
_LIKE = 5
"""Letters by which two words are taken for one."""


class Pair(NamedTuple):
    """A question, a sentence, the one before it, and whether that answers the question."""

    question: str
    sentence: str
    before: str
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a passage; `right` are the numbers of the sentences that have its answer."""

    passage: str
    text: str
    sentences: tuple[str, ...]
    right: tuple[int, ...]


def read_questions(corpus: Path) -> list[Question]:
    """Read the questions, with the sentences of their passages."""
    passages = {p.id: p for path in sorted(corpus.glob("*-train.jsonl.gz")) for p in read_passages(path)}
    return list(_questions((corpus / "questions.txt").read_text(encoding="utf-8").splitlines(), passages))


def _questions(lines: Sequence[str], passages: Mapping[str, Passage]) -> Iterator[Question]:
    name, told = "", ()
    for line in lines:
        if line.startswith("["):
            name = line.strip("[]")
            told = tuple(passages[name].text[begin:end] for begin, end in passages[name].sentences)
        elif " | " in line and not line.startswith("#"):
            text, _, gold = line.partition(" | ")
            gold = re.sub(r"^(?:yes|no): ", "", gold)  # which of the two it is, the network is not asked
            right = () if gold == "-" else tuple(at for at, one in enumerate(told) if has_gold(gold, one))
            yield Question(name, text, told, right)


def pairs_of(questions: Sequence[Question], rng: random.Random) -> list[Pair]:
    """Give pairs to learn from: of several sentences with an answer's words the likeliest is right."""
    return [pair for question in questions for pair in _pairs(question, rng)]


def _pairs(question: Question, rng: random.Random) -> Iterator[Pair]:
    told = question.sentences

    def like(at: int) -> float:
        return len(_words(question.text) & _words(told[at]))

    others = [at for at in range(len(told)) if at not in question.right]
    others = sorted(others, key=lambda at: -like(at) - 1.5 * rng.random())
    most = OTHERS - 1 if question.right else OTHERS
    chosen = others[:most] + ([rng.choice(others[most:])] if others[most:] else [])
    for at in (*sorted(question.right, key=lambda at: -like(at))[:1], *chosen):
        yield Pair(question.text, told[at], told[at - 1] if at else "", at in question.right)


def _words(text: str) -> set[str]:
    return {word[:_LIKE] for word in re.findall(r"\w+", text.lower()) if len(word) > 3}
