"""Where a reading and a frame or the grammar above a clause disagree: which of them stands."""

from __future__ import annotations

import pytest

from kg.model import Role
from tests.meaning.reading import at, read


@pytest.mark.parametrize(
    ("text", "proposer"),
    [
        ("The measure also calls for extending the mission by six months.", "The measure"),
        ("The bishops' letter called for a ceasefire.", "The bishops"),
    ],
)
def test_whoever_calls_for_something_does_not_call_on_himself(text: str, proposer: str) -> None:
    [event] = at(read(text), text, "call")
    assert [(p.role, p.text) for p in event.participants] == [(Role.PROPOSER, proposer)]


@pytest.mark.parametrize(
    ("text", "word", "factuality"),
    [
        # a purpose that was reached, by what stands above it
        ("Farmers marched through Lima on Monday to protest against the tax.", "protest", "happened"),
        # the clause's own auxiliary, negation and "if" stand whatever is read
        ("The ministers may discuss the budget in Oslo.", "discuss", "hypothetical"),
        ("The ministers did not discuss the budget in Oslo.", "discuss", "denied"),
        ("If the ministers discuss the budget in Oslo, the unions will strike.", "discuss", "hypothetical"),
    ],
)
def test_only_a_clauses_own_words_stand_against_a_sure_reading(text: str, word: str, factuality: str) -> None:
    [event] = at(read(text), text, word)
    assert event.factuality.value == factuality


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        # a deed that grammar gives no doer and target is what is read
        ("Evacuations of the low-lying areas began before the storm.", "Evacuations", "AID"),
        # an answer stays one against a doubtful reading
        ("Ghana proposed a ceasefire, which the rebels dismissed as a trick.", "dismissed", "REJECT"),
        # what should have been done is blamed, what should be done is asked for
        ("Perry said the coalition should not have disbanded the army.", "should", "ACCUSE"),
        ("Perry said the coalition should disband the army.", "should", "REQUEST"),
    ],
)
def test_which_type_stands(text: str, word: str, code: str) -> None:
    [event] = at(read(text), text, word)
    assert event.plover == code and (event.kind is None) == (code != "REQUEST")


def test_confidence_is_that_of_all_that_is_said_of_an_event() -> None:
    text = (
        "Norway proposed a ceasefire on Monday. Gunmen attacked a convoy near Gao. The union vowed to close the port."
    )
    traced = read(text)
    assert traced.readings is not None
    kept = [e for e in traced.analysis.events if e.reading is not None]
    assert len(kept) >= 3
    for event in kept:
        assert event.confidence is not None
        assert event.reading is not None
        told = traced.readings.events[event.reading]
        assert event.confidence <= told.confidence
        if event.plover == told.type and event.kind is None:
            assert event.confidence == round(told.confidence * told.type_confidence, 3)
        if event.kind is not None and event.kind == told.kind:
            assert event.confidence == round(told.confidence * told.kind_confidence, 3)
