"""Paragraphs are taken apart once for all that is asked of them, and no more of them are kept than have room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.asking import parses
from kg.language import analyse

MILL = "The mill at Holt is to grind again from 3 June, its owner said on Monday."
BAKERS = "Bakers in Sundvik refused the offer. Runa Dahl had urged the council to make it."
FIRE = "Two bakers were taken to hospital after an oven burst."


@pytest.fixture
def read(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paragraphs that go through the pipeline, which has kept none before."""
    seen: list[str] = []

    def noting(pipeline: Language, texts: Iterable[str]) -> Iterator[Doc]:
        told = list(texts)
        seen.extend(told)
        return analyse(pipeline, told)

    monkeypatch.setattr(parses, "analyse", noting)
    parses._KEPT.pop(nlp, None)
    return seen


def test_what_was_taken_apart_is_not_read_again(nlp: Language, read: list[str]) -> None:
    parses.parse(nlp, [MILL, BAKERS])
    assert read == [MILL, BAKERS]
    parses.parse(nlp, [BAKERS, FIRE, MILL, FIRE])
    assert read == [MILL, BAKERS, FIRE]


def test_it_is_the_same_whatever_else_was_read(nlp: Language, read: list[str]) -> None:
    [first, *_] = parses.parse(nlp, [MILL])
    parses._KEPT.pop(nlp)
    again, twice = (one for at, one in enumerate(parses.parse(nlp, [FIRE, MILL, BAKERS, MILL])) if at % 2)
    assert read.count(MILL) == 2 and again is twice
    assert (again.tree, again.sentences, again.clauses) == (first.tree, first.sentences, first.clauses)
    assert np.array_equal(again.vectors, first.vectors) and len(first.vectors) == len(first.tree)


def test_what_was_read_last_is_kept_as_far_as_there_is_room(
    nlp: Language, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parses, "MOST", len(MILL) + len(FIRE))
    parses.parse(nlp, [MILL])
    parses.parse(nlp, [FIRE])
    parses.parse(nlp, [MILL])
    assert read == [MILL, FIRE]
    parses.parse(nlp, [BAKERS])  # has room beside nothing but itself: both others go
    assert [one.tree.word[0] for one in parses.parse(nlp, [FIRE, BAKERS])] == ["Two", "Bakers"]
    assert read == [MILL, FIRE, BAKERS, FIRE]


def test_what_is_longer_than_all_that_is_kept_is_read_and_not_kept(
    nlp: Language, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parses, "MOST", 10)
    assert [parses.parse(nlp, [MILL])[0].tree.word[1] for _ in range(2)] == ["mill", "mill"]
    assert read == [MILL, MILL]
