"""Roles that were read stand beside those that grammar tells, and never against them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.language import analyse as parse
from kg.language import load_nlp
from kg.model import Document, Role
from kg.pipeline import analyse

DOERS = frozenset({Role.AGENT, Role.PROPOSER, Role.RESPONDER})
TARGETS = frozenset({Role.RECIPIENT, Role.ADDRESSEE, Role.PATIENT})


@pytest.mark.parametrize(
    "text",
    [
        "Neither Ghana nor Togo accepted the offer that Benin made on Monday.",
        "Both mayors declared that the deal reached in Bergen had been kept.",
        "The envoys rejected the demand and insisted that Chad withdraw its troops.",
    ],
)
def test_nobody_does_to_himself_and_no_place_does_what_is_done_there(text: str) -> None:
    [doc] = parse(load_nlp(), [text])
    events = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc).events
    assert any(e.reading is not None for e in events)
    for event in events:
        of = {roles: {p.mention for p in event.participants if p.role in roles} for roles in (DOERS, TARGETS)}
        mutual = any("reciprocal" in rule for p in event.participants for rule in p.rules)
        assert mutual or not of[DOERS] & of[TARGETS], event.label
        assert not of[DOERS] & {p.mention for p in event.participants if p.role is Role.PLACE}, event.label


def test_a_content_belongs_to_the_word_whose_complement_it_is() -> None:
    text = (
        "Mali demanded a truce. According to a diplomat in the room, the Chadian delegation rejected the demand and "
        "insisted that Mali withdraw its troops from two towns."
    )
    [doc] = parse(load_nlp(), [text])
    events = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc).events
    wants = [text[e.trigger.begin : e.trigger.end] for e in events if e.kind and "withdraw" in e.content_text]
    assert wants == ["insisted"]


def test_the_time_of_an_offer_is_not_read_as_that_of_what_is_offered() -> None:
    text = "South Korea offered talks to Japan in February. Norway proposed a ceasefire to Sudan on 3 March."
    [doc] = parse(load_nlp(), [text])
    events = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc).events
    told = {text[e.trigger.begin : e.trigger.end]: e.time for e in events if e.cls != "Statement"}
    assert told["talks"] is None
    assert told["offered"] is not None and told["offered"].begin == "2025-02"


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Egypt rejected the accord that Kenya signed in Nairobi.", "signed", ["Kenya"]),
        ("Egypt rejected the accord signed in Nairobi by Kenya.", "accord", ["Kenya"]),
        ("Cuba rejected accusations made by Chile in New York.", "accusations", ["Chile"]),
        ("Poland attacked the decision of Germany to close the border with Austria.", "decision", ["Germany"]),
        ("Poland attacked the decision of Germany to close the border with Austria.", "close", ["Germany"]),
        ("Mali condemned Chad's decision to close the border.", "close", ["Chad"]),
        ("Egypt rejected the plan presented in Geneva by Norway.", "plan", ["Norway"]),
        ("If Kenya withdraws, Somalia will attack the port.", "withdraws", ["Kenya"]),
        ("After Chad attacked the port, Mali closed the border.", "attacked", ["Chad"]),
        # what names no doer of its own is still the deed of the subject above
        ("Ghana launched an attack on a camp of rebels.", "attack", ["Ghana"]),
        ("Kenya signed a treaty with Uganda.", "signed", ["Kenya"]),
    ],
)
def test_a_phrase_that_names_its_doer_has_no_other(text: str, word: str, names: list[str]) -> None:
    [doc] = parse(load_nlp(), [text])
    events = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc).events
    [event] = [e for e in events if text[e.trigger.begin : e.trigger.end] == word and e.cls != "Statement"]
    assert [p.text for p in event.participants if p.role in DOERS] == names


def test_what_was_not_there_caused_nothing() -> None:
    text = "The envoys left Bern without an agreement."
    [doc] = parse(load_nlp(), [text])
    found = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc)
    assert [e.factuality.value for e in found.events if e.cls == "Agreement"] == ["denied"]
    assert found.relations == ()
