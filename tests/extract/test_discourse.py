"""Answers, statuses and outcomes across sentences: our own short texts, one phenomenon each."""

from __future__ import annotations

import pytest

from kg.model import Analysis, RelationKind, Role, Status
from tests.extract.conftest import Extract


def statuses(analysis: Analysis) -> dict[str, set[str]]:
    """Content of each initiative, to its statuses."""
    out: dict[str, set[str]] = {}
    for d in analysis.dispositions:
        out.setdefault(analysis.events[d.initiative].content_text, set()).add(str(d.status))
    return out


@pytest.mark.parametrize(
    ("text", "content", "status"),
    [
        ("Norway proposed talks in Oslo. The proposal was rejected by the rebels.", "talks", Status.REJECTED),
        ("Qatar offered to host the negotiations. Sudan accepted the offer.", "host", Status.ACCEPTED),
        ("The unions demanded a pay rise. The demand was not met.", "pay rise", Status.UNMET),
        ("Sweden proposed a joint inquiry, but this did not materialise.", "joint inquiry", Status.UNMET),
        ("The UN called for an immediate truce. This call went unheeded.", "truce", Status.UNMET),
        ("Japan asked Peru for an apology. Peru refused the request.", "apology", Status.REJECTED),
        ("Kenya invited Sudan to a summit in Nairobi. Sudan accepted the invitation.", "summit", Status.ACCEPTED),
        ("An offer of mediation by Chad was turned down by Niger.", "mediation", Status.REJECTED),
    ],
)
def test_status_of_a_proposal(extract: Extract, text: str, content: str, status: Status) -> None:
    found = {s for words, told in statuses(extract(text)).items() if content in words for s in told}
    assert found == {str(status)}


def test_what_nobody_answers_has_no_disposition(extract: Extract) -> None:
    analysis = extract("Norway proposed a joint inquiry. The weather in Oslo was fine.")
    assert [e.kind for e in analysis.events if e.kind] == ["propose"]
    assert analysis.dispositions == ()


def test_an_anaphor_is_no_second_initiative(extract: Extract) -> None:
    analysis = extract("The unions demanded a pay rise. The demand was not met.")
    assert [e.content_text for e in analysis.events if e.kind] == ["a pay rise"]


def test_both_ends_of_an_answer_carry_evidence(extract: Extract) -> None:
    text = "Qatar offered to host the negotiations. Sudan accepted the offer."
    analysis = extract(text)
    [relation] = [r for r in analysis.relations if r.kind is RelationKind.RESPONSE]
    assert text[slice(*relation.cause_evidence.span)] == "Qatar offered to host the negotiations."
    assert text[slice(*relation.effect_evidence.span)] == "Sudan accepted the offer."
    assert relation.rule


def test_an_answer_goes_to_who_proposed(extract: Extract) -> None:
    analysis = extract("Qatar offered to host the negotiations. Sudan accepted the offer.")
    [acceptance] = [e for e in analysis.events if e.cls == "Acceptance"]
    assert {(p.role, p.text) for p in acceptance.participants} >= {(Role.AGENT, "Sudan"), (Role.RECIPIENT, "Qatar")}


def test_a_proposer_does_not_accept_his_own_proposal(extract: Extract) -> None:
    analysis = extract("Qatar offered to host the negotiations. Qatar accepted the proposal.")
    assert str(Status.ACCEPTED) not in statuses(analysis).get("host the negotiations", set())


@pytest.mark.parametrize(
    ("text", "cause", "effect"),
    [
        ("The strike led to the resignation of the minister.", "strike", "resignation"),
        ("The agreement resulted from a meeting in Vienna.", "meeting", "agreement"),
        ("The raid prompted protests in the capital.", "raid", "protests"),
    ],
)
def test_outcome_has_its_direction(extract: Extract, text: str, cause: str, effect: str) -> None:
    relations = extract(text).relations
    assert [(cause in r.cause_text, effect in r.effect_text) for r in relations] == [(True, True)]
