"""The questions of `corpus/questions.txt` as examples: each with a passage, and where that answers it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.asking.extractive import PASSAGE
from kg.language.training.passages import read_records
from tests.ask.scoring import has_gold

ALSO = ("answers.jsonl.gz", "asked.jsonl.gz")
"""Files of the corpus, beside its train parts, with texts that are asked about."""
WITHOUT, ELSEWHERE = 0.35, 0.1
"""How often a question is asked once more of its passage without the sentences that answer it, and of another's."""
CROPPED = 0.3
"""How often a passage is cut to a part that still answers."""

Length = Callable[[str], int]


class Spot(NamedTuple):
    """Characters of a sentence of a passage."""

    sentence: int
    begin: int
    end: int


class Example(NamedTuple):
    """A question, the sentences of a passage, where these answer it, if anywhere, and whether that says "yes"."""

    question: str
    sentences: tuple[str, ...]
    spots: tuple[Spot, ...]
    truth: bool | None = None


class Pair(NamedTuple):
    """A question, a sentence, the one before it, and whether that answers the question."""

    question: str
    sentence: str
    before: str
    right: bool

    def example(self) -> Example:
        """Give it as an example: anything in a sentence that answers is right."""
        told = (self.before, self.sentence) if self.before else (self.sentence,)
        spots = (Spot(len(told) - 1, 0, len(self.sentence)),) if self.right else ()
        return Example(self.question, told, spots)


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a passage; `right` are the numbers of the sentences that have its answer, `gold` its words."""

    passage: str
    text: str
    sentences: tuple[str, ...]
    right: tuple[int, ...]
    gold: tuple[str, ...]
    truth: bool | None = None


def read_questions(corpus: Path, name: str = "questions.txt") -> list[Question]:
    """Read the questions of a file, with the sentences of their passages."""
    told: dict[str, tuple[str, ...]] = {}
    for path in (*sorted(corpus.glob("*-train.jsonl.gz")), *(corpus / name for name in ALSO)):
        for one in read_records(path):
            told[one["id"]] = tuple(one["text"][begin:end] for begin, end in one["sentences"])
    return list(questions_in((corpus / name).read_text(encoding="utf-8").splitlines(), told))


def questions_in(lines: Sequence[str], passages: Mapping[str, tuple[str, ...]]) -> Iterator[Question]:
    """Read the questions of some lines, in blocks that name their passage."""
    name, told = "", ()
    for line in lines:
        if line.startswith("["):
            name = line.strip("[]")
            told = passages[name]
        elif " | " in line and not line.startswith("#"):
            text, _, gold = line.partition(" | ")
            truth = re.match(r"(yes|no): ", gold)
            gold = gold[truth.end() :] if truth else gold
            right = () if gold == "-" else tuple(at for at, one in enumerate(told) if has_gold(gold, one))
            words = () if gold == "-" else tuple(one.strip().lower() for one in re.split(r"[/;]", gold))
            yield Question(name, text, told, right, words, truth[1] == "yes" if truth else None)


def examples_of(questions: Sequence[Question], length: Length, rng: random.Random) -> list[Example]:
    """Give what is learned from some questions; `length` says of a sentence how many word pieces it has."""
    return [found for question in questions for found in _examples(question, questions, length, rng)]


def _examples(asked: Question, every: Sequence[Question], length: Length, rng: random.Random) -> Iterator[Example]:
    told = asked.sentences
    at = rng.choice(asked.right) if asked.right else rng.randrange(len(told))
    most = rng.randint(min(length(told[at]), PASSAGE), PASSAGE) if asked.right and rng.random() < CROPPED else PASSAGE
    chosen = _around(told, at, most, length, rng)
    shown = [told[one] for one in chosen]
    spots = spots_of(asked.gold, shown, {number for number, one in enumerate(chosen) if one in asked.right})
    yield Example(asked.text, tuple(shown), spots, asked.truth)
    rest = [one for number, one in enumerate(told) if number not in asked.right]
    if asked.right and rest and rng.random() < WITHOUT:
        yield _unanswered(asked, rest, length, rng)
    if rng.random() < ELSEWHERE:
        other = rng.choice(every)
        if other.passage != asked.passage:
            yield _unanswered(asked, other.sentences, length, rng)


def _unanswered(asked: Question, told: Sequence[str], length: Length, rng: random.Random) -> Example:
    """The question with some of the sentences that do not answer it."""
    kept = _around(told, rng.randrange(len(told)), PASSAGE, length, rng)
    return Example(asked.text, tuple(told[one] for one in kept), ())


def spots_of(gold: Sequence[str], shown: Sequence[str], answering: Container[int]) -> tuple[Spot, ...]:
    """Give where the words of a gold stand in those sentences that answer, by their numbers."""
    return tuple(
        Spot(number, begin, begin + len(words))
        for number, one in enumerate(shown)
        if number in answering
        for words in gold
        for begin in _places(words, one.lower())
    )


def _places(words: str, text: str) -> Iterator[int]:
    """Where some words stand in a text."""
    begin = text.find(words)
    while words and begin >= 0:
        yield begin
        begin = text.find(words, begin + 1)


def _around(told: Sequence[str], at: int, most: int, length: Length, rng: random.Random) -> range:
    """Some sentences with one of them, as many as `most` word pieces have room for, from where chance says."""
    first, last, size = at, at, length(told[at])
    while True:
        free = [one for one in (first - 1, last + 1) if 0 <= one < len(told) and size + length(told[one]) <= most]
        if not free:
            return range(first, last + 1)
        one = rng.choice(free)
        first, last, size = min(first, one), max(last, one), size + length(told[one])
