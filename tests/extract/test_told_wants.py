"""Whether something wanted is told, and by whom: what is trusted, and what stands as a deed or not at all."""

from __future__ import annotations

import pytest

from kg.language import analyse as parse
from kg.language import load_nlp
from kg.model import Analysis, Document, Event, Role
from kg.pipeline import analyse
from tests.extract.conftest import Extract


@pytest.fixture(scope="module")
def extract() -> Extract:
    """Text to what readings, frames and grammar together make of it."""
    nlp = load_nlp()

    def run(text: str) -> Analysis:
        [doc] = parse(nlp, [text])
        return analyse(Document(id="t", text=text), doc)

    return run


def wants(found: Analysis) -> list[Event]:
    return [e for e in found.events if e.kind is not None]


def proposers(found: Analysis) -> set[str]:
    return {p.text for e in wants(found) for p in e.participants if p.role is Role.PROPOSER}


@pytest.mark.parametrize(
    "text",
    [
        "The blockade is pressing the villagers to leave their homes, aid workers said.",
        "The truce was threatened by two days of heavy rain and violence.",
        "Mr. Oduya said he will seek to amend the charter.",
        "Mayor Lena Horvat seeks to repair the bridge before winter.",
        "The growing violence is threatening the fragile truce in the north.",
    ],
)
def test_nobody_wants_anything_of_anybody(extract: Extract, text: str) -> None:
    assert not wants(extract(text)), [(e.kind, e.lemma) for e in wants(extract(text))]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("One of the miners' lawyers, Ada Quist, demanded a new trial.", "Ada Quist"),
        ("The kidnappers released a video threatening to kill the hostages.", "The kidnappers"),
        ("The rebels issued a statement demanding the release of all prisoners.", "The rebels"),
        ("Residents must leave the valley by Friday, Governor Tomas Reyes said.", "Tomas Reyes"),
        ("The Kenyan government has demanded that Uganda withdraw its troops.", "The Kenyan government"),
        ("Rwanda threatened to close the border unless the rebels disarm.", "Rwanda"),
    ],
)
def test_who_wants_it(extract: Extract, text: str, who: str) -> None:
    told = proposers(extract(text))
    assert told, text
    assert all(who in name for name in told), told


@pytest.mark.parametrize(
    ("text", "not_them"),
    [
        ("Voters approved an amendment to allow a third candidate.", "Voters"),
        ("The South Korean government has approved a proposal to withdraw its troops from Mali.", "South Korean"),
        ("The prime minister rejected demands to step down.", "prime minister"),
        ("Candidates must register for the poll in early May, officials said.", "Candidates"),
    ],
)
def test_who_answers_or_is_asked_is_not_the_author(extract: Extract, text: str, not_them: str) -> None:
    told = proposers(extract(text))
    assert not any(not_them in name for name in told), told


def test_what_a_relative_clause_lists_is_not_wanted_by_itself(extract: Extract) -> None:
    text = "Peru presented plans for the activities of the trade bloc, which includes Chile, Bolivia, Ecuador and Cuba."
    told = wants(extract(text))
    assert len(told) <= 1, [e.content_text for e in told]


@pytest.mark.parametrize("text", ["Kenya insisted that Chad withdraw its claim.", "Ana insists Tom repair the bridge."])
def test_the_subjunctive_tells_what_is_demanded(extract: Extract, text: str) -> None:
    assert [e.kind for e in wants(extract(text))] == ["demand"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Malawi cut its exports on Friday in response to a call from Lusaka.", "urge"),
        ("The Liberals demanded the mayor's removal. Their motion failed by three votes on Monday.", "propose"),
    ],
)
def test_who_wants_it_is_enough_where_it_is_surely_read(extract: Extract, text: str, kind: str) -> None:
    [found] = [e for e in wants(extract(text)) if not e.content_text]
    assert found.kind == kind
    assert any(p.role is Role.PROPOSER for p in found.participants)


@pytest.mark.parametrize(
    "text",
    [
        "The talks went ahead under pressure from Lusaka's allies.",  # a mass: no single act of asking
        "The accord names the problem but includes no detailed proposals.",  # of nobody
    ],
)
def test_neither_what_nor_who_or_no_single_act_is_no_initiative(extract: Extract, text: str) -> None:
    assert not wants(extract(text)), [(e.kind, e.lemma) for e in wants(extract(text))]
