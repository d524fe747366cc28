"""Answers, statuses and outcomes across sentences: what the golden texts do not say, about records and their evidence.

The phenomena themselves, one short text each, stand in `tests/golden/texts.txt`.
"""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.discourse.coreference import unite_read, wants_another
from kg.extract.discourse.learned import Links
from kg.model import Analysis, Factuality, RelationKind, Role, Status
from tests.extract.conftest import Extract

OFFER = "Qatar offered to host the negotiations. Sudan accepted the offer."


def statuses(analysis: Analysis) -> dict[str, set[str]]:
    """Content of each initiative, to its statuses."""
    out: dict[str, set[str]] = {}
    for d in analysis.dispositions:
        out.setdefault(analysis.events[d.initiative].content_text, set()).add(str(d.status))
    return out


def test_what_nobody_answers_has_no_disposition(extract: Extract) -> None:
    analysis = extract("Norway proposed a joint inquiry. The weather in Oslo was fine.")
    assert [e.kind for e in analysis.events if e.kind] == ["propose"]
    assert analysis.dispositions == ()


def test_an_anaphor_is_no_second_initiative_but_further_evidence(extract: Extract) -> None:
    text = "The unions demanded a pay rise. The demand was not met."
    [demand] = [e for e in extract(text).events if e.kind]
    assert demand.content_text == "a pay rise"
    assert [text[slice(*e.span)] for e in demand.evidence] == text.replace(". ", ".|").split("|")


def test_both_ends_of_an_answer_carry_evidence(extract: Extract) -> None:
    [relation] = [r for r in extract(OFFER).relations if r.kind is RelationKind.RESPONSE]
    assert OFFER[slice(*relation.cause_evidence.span)] == "Qatar offered to host the negotiations."
    assert OFFER[slice(*relation.effect_evidence.span)] == "Sudan accepted the offer."
    assert relation.rule == "accept: the noun points back to the initiative"


def test_an_answer_goes_to_who_proposed(extract: Extract) -> None:
    [acceptance] = [e for e in extract(OFFER).events if e.cls == "Acceptance"]
    assert {(p.role, p.text) for p in acceptance.participants} >= {(Role.AGENT, "Sudan"), (Role.RECIPIENT, "Qatar")}


def test_a_proposer_does_not_accept_his_own_proposal(extract: Extract) -> None:
    analysis = extract("Qatar offered to host the negotiations. Qatar accepted the proposal.")
    assert str(Status.ACCEPTED) not in statuses(analysis).get("host the negotiations", set())


def test_who_answers_or_is_to_act_was_addressed(extract: Extract) -> None:
    [offer] = [e for e in extract(OFFER).events if e.kind]
    assert [p.text for p in offer.participants if p.role is Role.ADDRESSEE] == ["Sudan"]
    [proposal] = [e for e in extract("Togo proposed that Benin and Ghana meet in Paris.").events if e.kind]
    assert [p.text for p in proposal.participants if p.role is Role.ADDRESSEE] == ["Benin", "Ghana"]


def test_what_was_not_brought_about_is_denied(extract: Extract) -> None:
    analysis = extract("Sweden proposed talks with Finland. The talks did not materialise.")
    [proposal] = [e for e in analysis.events if e.kind]
    assert proposal.content is not None
    assert analysis.events[proposal.content].factuality is Factuality.DENIED


def test_silence_gives_way_to_an_answer(extract: Extract) -> None:
    text = "Spain asked Malta to reopen the port. Malta rejected the request. Malta declined to comment."
    assert statuses(extract(text)) == {"reopen the port": {"rejected"}}


def test_what_a_newspaper_asks_for_is_no_initiative_that_is_answered(extract: Extract) -> None:
    text = "Spain asked Malta to reopen the port. The ministry did not respond to a request for comment."
    assert "reopen the port" not in statuses(extract(text))


def test_an_event_taken_up_again_gains_what_is_told_of_it_later(extract: Extract) -> None:
    text = "Gunmen attacked a convoy on Sunday. The attack near Kidal killed four soldiers."
    attacks = [e for e in extract(text).events if e.cls == "Attack" and e.lemma == "attack"]
    assert [len(e.evidence) for e in attacks] == [2]
    assert Role.PLACE in {p.role for p in attacks[0].participants}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a convoy on Sunday. The second attack killed four soldiers.",
        "Gunmen attacked a convoy in Mali. The attack in Niger killed four soldiers.",
        "Gunmen could attack a convoy on Sunday. The attack killed four soldiers.",
    ],
)
def test_events_that_are_told_apart_stay_apart(extract: Extract, text: str) -> None:
    assert all(len(e.evidence) == 1 for e in extract(text).events if e.cls == "Attack")


@pytest.mark.parametrize(
    ("text", "cause", "effect"),
    [
        ("The strike led to the resignation of the minister.", "strike", "resignation"),
        ("The agreement resulted from a meeting in Vienna.", "meeting", "agreement"),
        ("The raid prompted protests in the capital.", "raid", "protests"),
        ("The bank raised its rates; as a result, loans became dearer.", "raised", "dearer"),
        ("The board dismissed him, citing a lack of trust.", "lack of trust", "dismissed"),
        ("Serbia recalled its envoy. In response, Kosovo closed the crossing.", "recalled", "closed"),
    ],
)
def test_outcome_has_its_direction(extract: Extract, text: str, cause: str, effect: str) -> None:
    relations = extract(text).relations
    assert [(cause in r.cause_text, effect in r.effect_text) for r in relations] == [(True, True)]


EXPELLED = "Norway expelled two envoys on Monday. "


@pytest.mark.parametrize(
    ("text", "cause", "effect"),
    [
        # "this" and a noun that only points mean what the sentence before tells first
        (EXPELLED + "This led to protests in Chad.", "Norway expelled", "protests in Chad"),
        (EXPELLED + "The announcement triggered protests in Chad.", "Norway expelled", "protests in Chad"),
        (EXPELLED + "The move comes after Chad arrested a reporter.", "Chad arrested", "Norway expelled"),
        (EXPELLED + "The move came after Chad arrested a reporter.", "Chad arrested", "Norway expelled"),
        (EXPELLED + "This comes after weeks of riots in Oslo.", "riots in Oslo", "Norway expelled"),
        (EXPELLED + "The embassy was opened in 1992. The step follows riots in Oslo.", "riots", "Norway expelled"),
        ("The mayor said the city had banned the march. It follows weeks of riots.", "riots", "the city had banned"),
    ],
)
def test_what_came_after_is_linked_with_what_came_before(extract: Extract, text: str, cause: str, effect: str) -> None:
    assert [(cause in r.cause_text, effect in r.effect_text) for r in extract(text).relations] == [(True, True)]


def test_the_ends_of_a_link_are_told_without_what_joins_them(extract: Extract) -> None:
    text = (
        "The mayor resigned because the council had refused. The court spoke, but the army left after Chad fired at it."
    )
    assert [(r.cause_text, r.effect_text) for r in extract(text).relations] == [
        ("the council had refused", "The mayor resigned"),
        ("Chad fired at it", "the army left"),
    ]


@pytest.mark.parametrize("condition", ["Had Chad accepted the offer", "If Chad had accepted the offer"])
def test_what_would_have_been_an_answer_is_none(extract: Extract, condition: str) -> None:
    text = f"Qatar offered to host the negotiations. {condition}, the war would have ended."
    assert statuses(extract(text)) == {}


def test_no_preposition_is_left_of_what_stands_at_the_other_end(extract: Extract) -> None:
    [relation] = extract("The army, where needed, shelled the town at the request of the governor.").relations
    assert relation.effect_text == "The army, where needed, shelled the town"


def test_what_the_same_words_tell_is_one_outcome(extract: Extract) -> None:
    told = extract("Kyiv proposed a meeting with Putin in Turkey, but the meeting did not materialise.").relations
    assert [r.effect_text for r in told] == ["the meeting did not materialise"]


@pytest.mark.parametrize(
    "text",
    [
        EXPELLED + "The move came two days after Chad arrested a reporter.",  # a time and no more
        EXPELLED + "The report followed the usual form.",  # what is followed is no happening
        "The house passed the bill on Monday. The senate followed a week later.",
        "It comes after the bridge on the left.",  # nothing was told before
        EXPELLED + "A move that followed riots in Oslo was made by Chad.",  # one move, and not that
    ],
)
def test_what_only_stands_after_comes_of_nothing(extract: Extract, text: str) -> None:
    assert not [r for r in extract(text).relations if "what came before" in r.rule]


def test_what_comes_before_or_while_speaking_is_no_cause(extract: Extract) -> None:
    for text in ("He was asleep when the phone rang.", "The minister said so after he arrived in Rome."):
        assert extract(text).relations == ()


def test_the_same_text_gives_the_same_records(extract: Extract) -> None:
    text = "Kenya invited Sudan and Chad to a summit. Sudan said it would attend, but Chad has yet to reply."
    assert extract(text) == extract(text)
    assert statuses(extract(text)) == {"a summit": {"accepted", "pending"}}


def test_offers_of_different_things_are_two(extract: Extract) -> None:
    said = "We offered to build a harbour. We offered to lower our tolls. We offered to build a larger harbour,"
    text = f"“{said}” Ana Ruiz said."
    first, second, third = (e for e in extract(text).events if e.kind == "offer")
    assert wants_another(second, first)
    assert not wants_another(third, first)


def test_what_is_one_with_what_is_one_with_a_third_is_that_third() -> None:
    board: Any = None  # nothing is read as one besides
    assert unite_read(board, Links(), {5: 3, 3: 1, 4: 2}) == {5: 1, 3: 1, 4: 2}
