"""Which role a word has where none is likely by itself: below even odds, and whoever is behind an initiative."""

from __future__ import annotations

import numpy as np
import pytest

from kg.meaning.features import ROLES
from kg.meaning.roles import LEAST, likely_doers, likely_roles
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
    found = likely_doers(pairs, table, {7, 9})
    # 8 is no initiative; of 9 one word is too unlikely, the other has another role
    assert {event: word for event, (word, _) in found.items()} == {7: 2}
    assert found[7][1] == pytest.approx(0.3)


def test_a_place_a_time_and_a_recipient_are_taken_below_even_odds() -> None:
    low = {role: least + 0.01 for role, least in LEAST.items()}
    rows = [{role: chance} for role, chance in low.items()] + [{role: least - 0.01} for role, least in LEAST.items()]
    table = chances(*rows, {"actor": 0.4}, {"actor": 0.5, "place": 0.4}, {"place": 0.3, "time": 0.26})
    found = [ROLES[role] for role in likely_roles(table, np.zeros(len(table), dtype=bool))]
    # an actor is one from even odds only; what is likelier than nothing stays; of two the likelier one
    assert found == [*low, "none", "none", "none", "none", "actor", "place"]
    wanted = [ROLES[role] for role in likely_roles(table[:3], np.ones(3, dtype=bool))]
    assert wanted == ["none", "place", "time"]  # nobody is addressed by an initiative on a doubtful reading


def test_what_somebody_comes_to_a_place_for_is_there() -> None:
    text = "Two envoys travelled to Quito to discuss a truce."
    [event] = at(read(text), text, "discuss")
    assert {p.text for p in event.participants if p.role is Role.PLACE} == {"Quito"}


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
