"""What the demo has to show a first user: the answers that the articles were written to give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import kg

Row = dict[str, object]

PROPOSALS: dict[str, Callable[[Row], bool]] = {
    "Putin suggested the talks in Istanbul": lambda row: (
        row["proposerName"] == "Vladimir Putin"
        and row["kind"] == "propose"
        and any(word in str(row["content"]) for word in ("talks", "gathering"))
    ),
    "Ukraine called for a ceasefire, and the call was not met": lambda row: (
        row["proposerName"] == "Ukraine"
        and row["kind"] in ("request", "urge", "demand")
        and "ceasefire" in str(row["content"])
        and row["status"] in ("unmet", "rejected")
    ),
    "so did its allies": lambda row: (
        "allies" in str(row["proposerName"])
        and "ceasefire" in str(row["content"])
        and row["status"] in ("unmet", "rejected")
    ),
    "Kyiv proposed direct talks of Zelenskyy with Putin": lambda row: (
        row["proposerName"] == "Ukraine" and row["kind"] == "propose" and "direct talks" in str(row["content"])
    ),
    "which did not materialise": lambda row: (
        row["proposerName"] in ("Ukraine", "Volodymyr Zelenskyy")
        and "direct talks" in str(row["content"])
        and row["status"] == "unmet"
        and "materialise" in str(row["outcome"])
    ),
    "Russia refused the ceasefire": lambda row: (
        row["addresseeName"] == "Russia" and row["status"] == "rejected" and "ceasefire" in str(row["content"])
    ),
    "Turkey offered to host a second round, and Ukraine accepted": lambda row: (
        row["proposerName"] == "Turkey"
        and row["kind"] == "offer"
        and "second round" in str(row["content"])
        and row["addresseeName"] == "Ukraine"
        and row["status"] == "accepted"
    ),
}


@pytest.mark.parametrize("fact", PROPOSALS)
def test_who_proposed_what(demo: kg.Graph, fact: str) -> None:
    assert any(PROPOSALS[fact](row) for row in map(dict, demo.query("who-proposed-what").to_dicts(rows=True)))


@pytest.mark.parametrize(
    "name", ["who-proposed-what", "who-said-what", "what-happened", "what-outcome-followed", "who-is-involved", "dyads"]
)
def test_the_questions_have_answers_from_every_article(demo: kg.Graph, name: str) -> None:
    rows = demo.query(name).to_dicts()
    assert {row["source"] for row in rows} >= (set(demo.documents()) if name != "what-outcome-followed" else set())
    assert len(rows) >= 6


def test_accounts_differ_in_two_articles_with_their_speakers(demo: kg.Graph) -> None:
    found: dict[str, set[float]] = {}
    for row in demo.query("where-accounts-differ").to_dicts():
        found.setdefault(str(row["source"]), set()).add(float(str(row["value"])))
        assert row["accordingToName"]
    assert found["dispatch-second-day"] == {390, 382}
    assert found["observer-completed"] == {800, 764}


def test_the_first_day_has_its_date_and_its_number(demo: kg.Graph) -> None:
    rows = demo.query("what-happened").to_dicts()
    assert any(row["time"] == "2025-05-23" and float(str(row["quantity"] or 0)) == 390 for row in rows)
    assert any(row["type"] == "CONSULT" and str(row["time"]).startswith("2025-05-16") for row in rows)


def test_trump_announced_that_it_was_complete(demo: kg.Graph) -> None:
    said = [row for row in demo.query("who-said-what").to_dicts() if row["speakerName"] == "Donald Trump"]
    assert any("completed" in str(row["content"]) for row in said)


@pytest.mark.parametrize("name", ["Vladimir Putin", "Volodymyr Zelenskyy", "Russia", "Ukraine", "Istanbul"])
def test_the_main_actors_are_known_by_one_name(demo: kg.Graph, name: str) -> None:
    rows = [row for row in demo.query("who-is-involved").to_dicts() if row["name"] == name]
    assert len({row["entity"] for row in rows}) == 1
    assert str(rows[0]["wikidata"]).startswith("http://www.wikidata.org/entity/Q")


def test_what_is_only_supposed_has_no_outcome(demo: kg.Graph) -> None:
    rows = demo.query("what-outcome-followed").to_dicts()
    assert "condition" not in {row["relation"] for row in rows}
    causes = " | ".join(str(row["cause"]) for row in rows)
    assert not any(words in causes for words in ("if the talks failed", "if somebody means", "convoy had crossed"))


def test_a_body_is_called_by_its_name(demo: kg.Graph) -> None:
    speakers = {row["speakerName"] for row in demo.query("who-said-what").to_dicts()}
    tellers = {row["accordingToName"] for row in demo.query("where-accounts-differ").to_dicts()}
    assert {"Border Lantern", "Open Crossing"} <= tellers and "Border Lantern" in speakers
    assert not any("group" in str(name) for name in speakers | tellers)


def test_nobody_is_asked_who_cannot_answer(demo: kg.Graph) -> None:
    rows = demo.query("who-proposed-what").to_dicts(rows=True)
    parties = {str(row[name]) for row in rows for name in ("proposerName", "addresseeName")}
    assert not any(noun in name for name in parties for noun in ("exchange", "talks", "meeting"))
    wanted = [(row["proposerName"], row["content"]) for row in demo.query("who-proposed-what").to_dicts()]
    assert ("Ukraine", "direct talks between Zelenskyy and Putin") in wanted
    assert {r["addresseeName"] for r in rows if "between Zelenskyy" in str(r["content"])} == {"Vladimir Putin"}
    assert not any(proposer is None and "withdraw" in str(content) for proposer, content in wanted)


def test_what_did_not_come_about_is_told_once(demo: kg.Graph) -> None:
    told = [row for row in demo.query("what-happened").to_dicts() if "materialise" in str(row["label"])]
    assert {row["factuality"] for row in told} == {"denied"}


def test_whoever_is_told_by_office_and_name_acts(demo: kg.Graph) -> None:
    [session] = [row for row in demo.query("what-happened").to_dicts() if "chaired" in str(row["label"])]
    assert session["actorName"] == "Hakan Fidan"


def test_a_condition_is_that_of_one_party(demo: kg.Graph) -> None:
    rows = demo.query("who-proposed-what").to_dicts(rows=True)
    told = {(row["proposerName"], row["addresseeName"]) for row in rows if "door painted" in str(row["content"])}
    assert told == {("Russian delegation", None)}
