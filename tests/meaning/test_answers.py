"""What the linker reads as answers, and what grammar lets it decide."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kg.extract.discourse.answers import Answer
from kg.extract.discourse.learned import borne_out
from kg.model import Analysis, EventReading, Readings, Span, Status
from kg.model.readings import DECIDED
from tests.meaning.reading import read


def statuses(found: Analysis, kind: str) -> list[Status]:
    return [d.status for d in found.dispositions if found.events[d.initiative].kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        # a refusal told by what was not done, with the verb left out
        ("The owner asked the court to drop the case. The court did not; it fined him.", "request", Status.REJECTED),
        # some of the many who were asked
        ("The governor asked residents to shelter their neighbours. Thousands did.", "request", Status.ACCEPTED),
        # a deed that is doubtful by itself, but surely the answer
        ("The Liberals demanded the mayor's removal. Their motion failed by three votes.", "demand", Status.REJECTED),
        # whose word it is keeps it
        ("Ghana kept its promise to send rice.", "offer", Status.REALISED),
        ("The rebels carried out their threat to burn the bridge.", "threaten", Status.REALISED),
        ("Ghana proposed a ceasefire, which the rebels dismissed as a trick.", "propose", Status.REJECTED),
        ("Ghana proposed a ceasefire. The ceasefire took effect on Friday.", "propose", Status.REALISED),
        ("The mayor proposed a curfew. It went into effect on Monday.", "propose", Status.REALISED),
        ("The mayor's plan to charge tourists will take effect on Monday.", "plan", Status.PENDING),
    ],
)
def test_an_answer_by_its_place(text: str, kind: str, status: Status) -> None:
    assert statuses(read(text).analysis, kind) == [status]


@pytest.mark.parametrize(
    "text",
    [
        "The premier will only support the union's proposal if it is acceptable to both towns.",  # supposed
        "Chad offered a truce to Sudan. Sudan has not rejected the offer.",  # the refusal is what is denied
        "Minister Ode announced a plan to close the school. Parents criticised the plan.",  # it decides nothing
    ],
)
def test_what_decides_nothing(text: str) -> None:
    found = read(text).analysis
    assert any(e.kind is not None for e in found.events)
    assert not [d for d in found.dispositions if d.status.value in DECIDED]


def test_others_are_not_who_was_asked() -> None:
    found = read("Britain asked France to close the camp. Others did the same.").analysis
    [asked] = [e for e in found.events if e.kind is not None]
    assert "France" in {p.text for p in asked.participants}
    assert not statuses(found, "request")


@pytest.mark.parametrize(
    ("text", "cause", "effect"),
    [
        ("The ban followed talks between the two sides.", "talks between the two sides", "The ban"),
        ("The decision to close the port came after a strike.", "a strike", "The decision to close the port"),
    ],
)
def test_a_noun_that_says_more_than_that_something_happened_came_after(text: str, cause: str, effect: str) -> None:
    assert [(r.cause_text, r.effect_text) for r in read(text).analysis.relations] == [(cause, effect)]


def test_what_answers_one_by_a_pronoun_answers_no_other() -> None:
    told = (
        "Medinsky has since offered to hand Kyiv a memorandum with conditions. Such a ceasefire had been demanded by "
        "Ukraine before the talks. Moscow refused it then and has not changed its mind."
    )
    found = read(told).analysis
    assert statuses(found, "demand") == [Status.REJECTED] and statuses(found, "offer") == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Uganda refused.", [Status.REJECTED]),
        ("Uganda refused entry to two Kenyan lorries at Busia.", []),
    ],
)
def test_the_next_to_act_answers_with_a_verb_alone(answer: str, status: list[Status]) -> None:
    assert statuses(read(f"Kenya proposed talks on the lake. {answer}").analysis, "propose") == status


@pytest.mark.parametrize(
    ("chance", "kept"),
    [
        (0.05, ["named", "unread"]),  # grammar names it, or nobody read the answer
        (0.2, ["pointed", "named", "unread"]),
    ],
)
def test_the_linker_bears_out_what_rules_take_for_an_answer(chance: float, kept: list[str]) -> None:
    one = EventReading(Span(0, 1), 0.9, "REJECT", 0.9, ("ACCUSE", 0.1), None, 0.9, "happened", 0.9)
    readings = Readings(events=(one, one), answering={(0, 1): chance})
    board: Any = SimpleNamespace(events=[SimpleNamespace(reading=number) for number in (0, 1, None)])
    answers = [
        Answer(1, 0, Status.REJECTED, "pointed", ()),
        Answer(1, 0, Status.REJECTED, "named", (), named=True),
        Answer(1, 2, Status.REJECTED, "unread", ()),
    ]
    assert [one.rule for one in borne_out(board, readings, answers, same_as={})] == kept
    assert borne_out(board, None, answers, same_as={}) == answers


def test_the_words_of_an_answer_are_those_around_its_verb() -> None:
    told = read("The club has rejected a second bid from Valona for striker Ben Adeyi.")
    assert [r.effect_text for r in told.analysis.relations] == ["The club has rejected"]
