"""Two tellings that are read as one event become one, unless something tells them apart."""

from __future__ import annotations

from datetime import date

import pytest

from kg.language import analyse as parse
from kg.language import load_nlp
from kg.model import Document, Event
from kg.pipeline import analyse


def told(text: str, code: str) -> list[Event]:
    [doc] = parse(load_nlp(), [text])
    found = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc).events
    return [e for e in found if e.plover == code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thousands of farmers marched through Lima on Monday. The march ended in front of the court.", "PROTEST"),
        ("Gunmen attacked a police post near Gao on Monday. Nobody claimed responsibility for the attack.", "ASSAULT"),
    ],
)
def test_what_is_told_again_is_one_event_with_both_sentences(text: str, code: str) -> None:
    [event] = told(text, code)
    assert len(event.evidence) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gunmen attacked a police post in Mali on Monday. On Friday they attacked a school in Niger.", "ASSAULT"),
        ("Gunmen killed 5 soldiers in Mali. Gunmen killed 30 villagers in Niger.", "ASSAULT"),
    ],
)
def test_times_and_numbers_tell_events_apart(text: str, code: str) -> None:
    assert len(told(text, code)) == 2


def test_of_the_offer_the_reading_knows_which_one_is_meant() -> None:
    text = (
        "Alvarez tried to call the bluff. He proposed direct talks with Boluarte and flew to Lima on 15 May, but this "
        "did not materialise; the palace sent Rojas, and the Chileans, after some hesitation, sent Soto. Their meeting "
        "on 16 May led to one agreement, the exchange of 90 prisoners from each side.\n\nBrazil has offered to host a "
        "second round in June. Chile has accepted the offer; Peru says it is studying it."
    )
    [doc] = parse(load_nlp(), [text])
    events = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc).events
    [proposal] = [e for e in events if e.lemma == "propose" and e.cls != "Statement"]
    [offer] = [e for e in events if e.lemma == "offer" and e.cls != "Statement"]
    accepted = text.index("Chile has accepted")
    assert accepted not in [e.span.begin for e in proposal.evidence]
    assert accepted in [e.span.begin for e in offer.evidence]
