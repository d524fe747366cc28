"""Who is behind an initiative where no word by itself is read to be, and who is not."""

from __future__ import annotations

import numpy as np
import pytest

from kg.meaning.doers import likeliest
from kg.meaning.features import ROLES
from kg.model import Role
from tests.meaning.reading import at, read


def chances(*rows: dict[str, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return one row of probabilities per pair; what is not given is nothing's."""
    out = np.zeros((len(rows), len(ROLES)), dtype=np.float32)
    for row, given in zip(out, rows, strict=True):
        for role, chance in given.items():
            row[ROLES.index(role)] = chance
        row[0] = 1 - sum(given.values())
    return out


def test_of_words_without_a_role_the_likeliest_does_it() -> None:
    pairs = [(7, 1), (7, 2), (8, 1), (9, 3), (9, 4)]
    table = chances({"actor": 0.2}, {"actor": 0.3}, {"actor": 0.4}, {"actor": 0.1}, {"actor": 0.4, "recipient": 0.5})
    found = likeliest(pairs, table, {7, 9})
    # 8 is no initiative; of 9 one word is too unlikely, the other has another role
    assert {event: word for event, (word, _) in found.items()} == {7: 2}
    assert found[7][1] == pytest.approx(0.3)


def test_whoever_says_what_must_be_is_read_to_want_it() -> None:
    text = "Mr. Okello made an appeal on Monday, saying the two sides should work together."
    [event] = at(read(text), text, "should")
    assert event.kind is not None
    assert [p.text for p in event.participants if p.role is Role.PROPOSER] == ["Mr. Okello"]


def test_a_phrase_with_by_after_an_active_verb_does_nothing() -> None:
    text = "Ms. Rana appealed for stronger political will by African leaders to stop the war."
    [event] = at(read(text), text, "appealed")
    assert [p.text for p in event.participants if p.role is Role.PROPOSER] == ["Ms. Rana"]


def test_a_statement_that_is_nobodys_calls_for_something_itself() -> None:
    text = "The non-binding statement also called for an end to the fighting in the valley."
    [event] = at(read(text), text, "called")
    assert [p.text for p in event.participants if p.role is Role.PROPOSER] == ["The non-binding statement"]


def test_messages_of_a_kind_want_nothing() -> None:
    text = "Yellow letters ask mayors to open the shelters."
    assert all(p.role is not Role.PROPOSER for e in read(text).analysis.events for p in e.participants)
