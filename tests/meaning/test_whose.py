"""Whose deed and whose wish it is, and who is spoken to: grammar against readings that leak from beside or above."""

from __future__ import annotations

import pytest

from kg.model import Factuality, Role, Status
from kg.pipeline import Traced
from tests.meaning.reading import at, read

DOERS = frozenset({Role.AGENT, Role.PROPOSER, Role.RESPONDER})
SPOKEN_TO = frozenset({Role.ADDRESSEE})


def who(text: str, word: str, roles: frozenset[Role] = DOERS) -> set[str]:
    """The texts of those with one of these roles in the event of the first word that begins so."""
    [event] = at(read(text), text, word)
    return {p.text for p in event.participants if p.role in roles}


@pytest.mark.parametrize(
    ("text", "word", "doers"),
    [
        ("Finland put its pilots on alert, and Denmark shut a corridor to civil traffic.", "shut", {"Denmark"}),
        ("Finland put its pilots on alert, and Denmark shut a corridor to civil traffic.", "put", {"Finland"}),
        ("The ministry praised the operation, and guards barred the lawyer from the court.", "barred", {"guards"}),
        ("Finland and Denmark shut a corridor to civil traffic.", "shut", {"Finland", "Denmark"}),
    ],
)
def test_a_verb_with_a_subject_is_not_done_by_that_of_another(text: str, word: str, doers: set[str]) -> None:
    assert who(text, word) == doers


@pytest.mark.parametrize(
    ("text", "word", "doers"),
    [
        ("Ghana has rejected the idea of the mayor to sell the harbour.", "idea", {"the mayor"}),
        ("Peru has rejected a letter from the council urging it to close the mine.", "urging", {"the council"}),
        ("Peru welcomed a statement by the council urging it to close the mine.", "urging", {"the council"}),
        ("The council sent Peru a letter urging it to close the mine.", "urging", {"The council"}),
        ("Protesters held up banners demanding a new vote.", "demanding", {"Protesters"}),
    ],
)
def test_whoever_answers_or_gets_an_initiative_did_not_make_it(text: str, word: str, doers: set[str]) -> None:
    assert who(text, word) == doers


@pytest.mark.parametrize(
    ("text", "word", "doers"),
    [
        ("Manila withdrew the threat to cut the pipeline.", "threat", {"Manila"}),
        ("Manila retracted the offer to host the talks.", "offer", {"Manila"}),
        ("Manila has softened the demand for a public apology.", "demand", {"Manila"}),
        ("Senator Ada Mensah introduced a bill to ban plastic bags.", "bill", {"Senator Ada Mensah"}),
        ("The threat to cut the pipeline was withdrawn by Manila.", "threat", {"Manila"}),
        ("The envoy flew to Accra at the invitation of Togo.", "invitation", {"Togo"}),
        # others may back or accept it, too
        ("Manila backs a proposal to share the water.", "proposal", set()),
        ("Rebels accepted a UN-backed peace plan.", "plan", set()),
    ],
)
def test_only_its_author_can_withdraw_soften_or_put_forward_an_initiative(
    text: str, word: str, doers: set[str]
) -> None:
    assert who(text, word) == doers
    assert not who(text, word, SPOKEN_TO) & doers


@pytest.mark.parametrize(
    "text", ["The union withdrew its demand for a raise.", "Ghana broke its promise to send rice."]
)
def test_nobody_asks_himself(text: str) -> None:
    found = [e for e in read(text).analysis.events if e.kind is not None]
    assert found and not any(p.role is Role.ADDRESSEE for e in found for p in e.participants)


@pytest.mark.parametrize(
    ("text", "word", "doers"),
    [
        ("A court in Accra ordered the arrest of two generals.", "arrest", set()),
        ("Lawmakers demanded the resignation of the general.", "resignation", {"the general"}),
        ("Chad sought talks with Mali.", "talks", {"Chad"}),
        ("The police named the men behind the Bergen attacks.", "attacks", set()),
        ("Her arrest sent supporters onto the streets.", "arrest", set()),
        ("Their detention of activists was condemned by Chad.", "detention", {"Their"}),
    ],
)
def test_who_orders_a_deed_does_not_do_it_nor_the_town_where_it_was_nor_whom_it_befell(
    text: str, word: str, doers: set[str]
) -> None:
    assert who(text, word) == doers


def test_who_is_quoted_wants_it_and_not_who_quotes() -> None:
    text = "The newspaper quoted the minister as urging the rebels to disarm."
    assert who(text, "urging") == {"the minister"}


@pytest.mark.parametrize(
    ("text", "word", "spoken_to"),
    [
        ("The dockers have threatened a strike at the port.", "threatened", set()),
        ("The dockers threatened the ministry with a strike.", "threatened", {"the ministry"}),
        ("The pilots went back to work without the raise they had asked for.", "asked", set()),
        ("The cabinet presented a plan to close the port. Dockers rejected the plan.", "plan", set()),
        ("The widow rejected an invitation to Bergen.", "invitation", {"The widow"}),
        ("Oman sent an invitation to Kuwait.", "invitation", {"Kuwait"}),
        ("Anna Berg warned that Norway would increase the pressure on Chad if the talks failed.", "warned", set()),
        ("Berg warned Chad that Norway would close the border.", "warned", {"Chad"}),
    ],
)
def test_no_deed_and_no_town_is_spoken_to_nor_whoever_answers_a_plan(text: str, word: str, spoken_to: set[str]) -> None:
    assert who(text, word, SPOKEN_TO) == spoken_to


def answers(found: Traced, text: str, word: str) -> list[tuple[Status, str]]:
    [event] = at(found, text, word)
    return [(d.status, d.rule) for d in found.analysis.dispositions if d.initiative == event.index]


@pytest.mark.parametrize(
    ("text", "word", "content"),
    [
        ("The envoys met in Cuzco at the suggestion of Quito.", "suggestion", "The envoys met in Cuzco"),
        ("The mayor closed the bridge at the request of the ferry firm.", "request", "The mayor closed the bridge"),
    ],
)
def test_what_is_done_at_somebodys_request_is_what_was_wanted(text: str, word: str, content: str) -> None:
    found = read(text)
    [event] = at(found, text, word)
    assert event.content_text == content
    assert answers(found, text, word) == [(Status.ACCEPTED, "done at what was wanted")]
    [done] = at(found, text, content.split()[2])
    assert done.factuality is Factuality.HAPPENED


def test_nobody_answers_himself() -> None:
    text = "When President Quispe suggested the gathering, he was answering an ultimatum."
    assert answers(read(text), text, "suggested") == []


def test_a_talk_for_which_one_will_travel_lies_ahead() -> None:
    text = "Prime Minister Okoro will travel to Oslo on Monday for talks with Norway's king."
    [talks] = at(read(text), text, "talks")
    assert talks.factuality is Factuality.FUTURE and talks.time is not None
    assert talks.time.begin == "2025-06-23"


def test_who_stands_in_the_subject_of_a_passive_does_nothing_that_another_does() -> None:
    text = "The proposal by the Transport Ministry to raise wages was welcomed by Lufthansa."
    assert who(text, "welcomed") == {"Lufthansa"}
    text = "A request was filed by Peru with Chad for talks."
    assert who(text, "request", SPOKEN_TO) == {"Chad"}
