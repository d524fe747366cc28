"""The questions of `corpus/questions.txt` as pairs: each with the sentence that answers it, and with others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.language.training.passages import Passage, document, read_passages
from tests.ask.scoring import has_gold

OTHERS = 3
"""Sentences that do not answer, for each question: those with most of its words, and one of the rest."""
ELSEWHERE = 0.5
"""How often that one is of another document, with a name of the question: in a graph, texts stand side by side."""
_DRAWN = 5
_LIKE = 5
"""Letters by which two words are taken for one."""


class Pair(NamedTuple):
    """A question, a sentence, the one before it, and whether that answers the question."""

    question: str
    sentence: str
    before: str
    right: bool


class _Place(NamedTuple):
    passage: str
    told: tuple[str, ...]
    at: int


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
    named = _by_name(questions)
    return [pair for question in questions for pair in _pairs(question, named, rng)]


def _pairs(question: Question, named: Mapping[str, Sequence[_Place]], rng: random.Random) -> Iterator[Pair]:
    told = question.sentences

    def like(sentence: str) -> float:
        return len(_words(question.text) & _words(sentence))

    others = [at for at in range(len(told)) if at not in question.right]
    others = sorted(others, key=lambda at: -like(told[at]) - 1.5 * rng.random())
    most = OTHERS - 1 if question.right else OTHERS
    chosen = [_Place(question.passage, told, at) for at in others[:most]]
    far = _elsewhere(question, named) if rng.random() < ELSEWHERE else []
    if far:
        drawn = rng.sample(far, min(len(far), _DRAWN))
        chosen.append(max(drawn, key=lambda place: like(place.told[place.at])))
    elif others[most:]:
        chosen.append(_Place(question.passage, told, rng.choice(others[most:])))
    right = sorted(question.right, key=lambda at: -like(told[at]))[:1]
    for place in (*(_Place(question.passage, told, at) for at in right), *chosen):
        before = place.told[place.at - 1] if place.at else ""
        yield Pair(question.text, place.told[place.at], before, place.told is told and place.at in question.right)


def _by_name(questions: Sequence[Question]) -> dict[str, list[_Place]]:
    """Where each word with a capital stands, but for the first of a sentence."""
    found: dict[str, list[_Place]] = {}
    for passage, told in {question.passage: question.sentences for question in questions}.items():
        for at, sentence in enumerate(told):
            for name in _names(sentence):
                found.setdefault(name, []).append(_Place(passage, told, at))
    return found


def _elsewhere(question: Question, named: Mapping[str, Sequence[_Place]]) -> Sequence[_Place]:
    """Give the sentences of other documents with the rarest of a question's names that any has."""
    here = document(question.passage)
    places = ([one for one in named.get(name, ()) if document(one.passage) != here] for name in _names(question.text))
    return min((found for found in places if found), key=len, default=[])


def _names(text: str) -> list[str]:
    return sorted(set(re.findall(r"(?<=\s)[A-Z]\w+", text)))


def _words(text: str) -> set[str]:
    return {word[:_LIKE] for word in re.findall(r"\w+", text.lower()) if len(word) > 3}
