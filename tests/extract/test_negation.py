"""Answers that are denied, answers to two at once, who answers what: statuses never say the opposite of the text."""

from __future__ import annotations

import pytest

from kg.model import Analysis, Factuality, Role
from tests.extract.conftest import Extract

HAPPENED = Factuality.HAPPENED


def statuses(analysis: Analysis) -> dict[str, str]:
    """Proposer of each initiative, to its status; "" where no answer is told."""
    status = {d.initiative: str(d.status) for d in analysis.dispositions}
    return {
        next(p.text for p in e.participants if p.role is Role.PROPOSER): status.get(e.index, "")
        for e in analysis.events
        if e.kind is not None
    }


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Latvia has not rejected the proposal.", ""),
        ("Latvia did not turn down the proposal.", ""),
        ("Latvia never vetoed the proposal.", ""),
        ("Latvia hasn’t spurned the proposal.", ""),
        ("Latvia did not accept the proposal.", "rejected"),
        ("Latvia has not accepted the proposal.", "pending"),
        ("Latvia has neither accepted nor rejected the proposal.", "pending"),
        ("Latvia has not rejected the proposal, but neither has it accepted it.", "pending"),
        ("Latvia accepted the proposal.", "accepted"),
        ("Latvia rejected the proposal.", "rejected"),
        ("The proposal did not amount to anything.", "unmet"),
    ],
)
def test_a_denied_answer_is_not_the_answer(extract: Extract, answer: str, status: str) -> None:
    assert statuses(extract(f"Estonia proposed a joint patrol to Latvia. {answer}")) == {"Estonia": status}


def test_not_acceding_to_a_demand_rejects_it(extract: Extract) -> None:
    assert statuses(extract("Nurses demanded an audit. The minister did not accede to the demand.")) == {
        "Nurses": "rejected"
    }
    assert statuses(extract("Nurses demanded an audit. The minister acceded to the demand.")) == {"Nurses": "accepted"}


@pytest.mark.parametrize(
    "answer",
    ["Neither idea came to anything.", "Both ideas came to nothing."],
)
def test_two_ideas_share_their_fate(extract: Extract, answer: str) -> None:
    text = f"Benin proposed a conference to Togo, and Ghana offered to pay for it. {answer}"
    assert statuses(extract(text)) == {"Benin": "unmet", "Ghana": "unmet"}


def test_an_urging_may_be_called_a_proposal(extract: Extract) -> None:
    text = "The bishop urged the guerrillas to keep a truce of a week. They turned the proposal down."
    assert statuses(extract(text)) == {"The bishop": "rejected"}


def test_a_plan_of_another_state_is_not_the_one_that_is_rejected(extract: Extract) -> None:
    text = "Latvia offered Estonia a railway. Finland rejected the Swedish plan."
    assert statuses(extract(text)) == {"Latvia": ""}


def test_without_a_deal_there_is_none(extract: Extract) -> None:
    for text in ("The talks in Bern ended without a deal.", "The talks in Bern ended without any agreement."):
        agreements = [e for e in extract(text).events if e.cls in ("Agreement", "Refusal")]
        assert [e.factuality for e in agreements] == [Factuality.DENIED]


@pytest.mark.parametrize(
    "text",
    [
        "Togo did not invite Benin to the summit.",
        "Togo never demanded a ransom.",
        "Togo has no plans to build a dam.",
        "Nobody proposed a truce.",
        "Togo refused to propose a truce.",
        "Togo failed to offer Benin a loan.",
    ],
)
def test_what_nobody_proposed_is_no_initiative(extract: Extract, text: str) -> None:
    assert [e.label for e in extract(text).events if e.kind is not None] == []


@pytest.mark.parametrize(
    ("text", "proposers"),
    [
        ("The mayor sent a letter asking the railway to close the bridge.", ["The mayor"]),
        ("Miners held banners urging the owner to resign.", ["Miners"]),
        ("Blue notices ask the police to find a missing person.", []),
        ("Some hotels offer free breakfasts on Sundays.", []),
        ("Three ferries offer trips to Malta.", []),
        ("The hotel offered the refugees free breakfasts.", ["The hotel"]),
    ],
)
def test_who_proposes_is_somebody(extract: Extract, text: str, proposers: list[str]) -> None:
    events = [e for e in extract(text).events if e.kind is not None]
    assert [p.text for e in events for p in e.participants if p.role is Role.PROPOSER] == proposers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A tsunami hit Fiji on Monday.", "ASSAULT"),
        ("Landslides killed nine people in Nepal.", "ASSAULT"),
        ("The festival in Lima ended on Sunday.", "RETREAT"),
        ("Chile's opposition met in Arica on Monday.", "REJECT"),
        ("The negotiations have yielded nothing.", "CONCEDE"),
        ("He was answering an ultimatum.", "CONCEDE"),
    ],
)
def test_what_is_no_act_has_no_code(extract: Extract, text: str, code: str) -> None:
    assert code not in {e.plover for e in extract(text).events}


def test_a_bomb_that_goes_off_is_an_attack(extract: Extract) -> None:
    [attack] = [e for e in extract("A mine detonated in Herat.").events if e.plover == "ASSAULT"]
    assert attack.factuality is HAPPENED
    assert Role.AGENT not in {p.role for p in attack.participants}


def test_deeds_and_idioms_are_no_statements(extract: Extract) -> None:
    text = "Rebels attacked Gao with rockets. The judge called it a night. The bank called in a debt."
    assert [e for e in extract(text).events if e.cls == "Statement"] == []


def test_of_two_objects_the_first_is_who_is_offered_something(extract: Extract) -> None:
    [offer] = [e for e in extract("Oslo Offers Kiruna Miners Free Tickets\n\nThe weather was fine.").events if e.kind]
    assert [p.text for p in offer.participants if p.role is Role.ADDRESSEE] == ["Kiruna Miners"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police storm a camp in Lagos on Friday.", HAPPENED),
        ("The court meets on Monday.", Factuality.FUTURE),
        ("Ministers are meeting in Rome on Monday.", Factuality.FUTURE),
        ("Ministers visit Rome next week.", Factuality.FUTURE),
    ],
)
def test_the_present_of_captions_and_of_timetables(extract: Extract, text: str, expected: Factuality) -> None:
    assert {e.factuality for e in extract(text).events if e.cls in ("Attack", "Meeting")} == {expected}
