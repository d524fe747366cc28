"""The questions that look across documents: one graph of ten articles, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.rdf.terms import iri
from kg.vocab import NKG
from tests.resolve.test_resolution import pages
from tests.store.synthetic import Page, published


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    with kg.open(published(tmp_path_factory.mktemp("graph"), *pages())) as graph:
        yield graph


def test_an_actor_is_told_by_its_roles(graph: kg.Graph) -> None:
    rows = graph.query("actor-profile", actor="Russia", source="corridor").to_dicts()
    assert [(row["role"], row["kind"], row["count"]) for row in rows] == [("proposer", "Offer", 1)]
    rows = graph.query("actor-profile", actor="Norland").to_dicts()
    found = {(row["source"], row["role"], row["kind"], row["count"]) for row in rows}
    assert ("herald", "agent", "Meeting", 1) in found and ("raid", "agent", "Attack", 1) in found
    assert graph.query("actor-profile", actor="Norland", role="speaker").to_dicts() == []


def test_two_actors_over_time(graph: kg.Graph) -> None:
    rows = graph.query("relations-between", actor="Norland", other="Sudria").to_dicts()
    assert next(row["source"] for row in rows) == "years-before"
    assert {row["kind"] for row in rows} == {"Meeting"}
    assert all(str(row["date"]) <= "2025-05-20" for row in rows)
    later = graph.query("relations-between", actor="Norland", since="2025-01-01").to_dicts()
    assert "years-before" not in {row["source"] for row in later}


def test_the_timeline_is_in_order_and_names_the_event(graph: kg.Graph) -> None:
    rows = graph.query("timeline").to_dicts()
    dates = [str(row["date"]) for row in rows]
    assert dates == sorted(dates)
    talks = {row["event"] for row in rows if row["source"] in ("herald", "tribune", "gazette")}
    assert len(talks) == 1
    assert {row["dated"] for row in rows if row["source"] == "gazette"} == {False}
    assert (
        graph.query("timeline", topic="behind closed doors", until="2023-01-01").to_dicts()[0]["source"]
        == "years-before"
    )


def test_the_most_contested_comes_first(graph: kg.Graph) -> None:
    rows = graph.query("most-contested").to_dicts()
    assert rows[0]["source"] == "corridor" and rows[0]["figures"] == 2 and rows[0]["contested"] == 1
    assert {row["source"] for row in rows} == {"corridor"}


def test_places_tell_what_happened_there(graph: kg.Graph) -> None:
    rows = graph.query("places", place="oslo").to_dicts()
    assert {(row["source"], row["kind"], row["count"]) for row in rows} == {
        (name, "Meeting", 1) for name in ("herald", "tribune", "gazette", "years-before")
    }
    assert min(str(row["first"]) for row in rows if row["first"])[:10] == "2022-03-29"


def test_who_denies_is_who_says_so_and_no_one_who_only_wants_or_did_not_propose_it(tmp_path: Path) -> None:
    told = ("Mali did not propose a truce.", "Chad urged Togo not to arrest the editor.", "The talks were not held.")
    papers = []
    for publisher in ("The Herald", ""):
        page = Page(publisher or "leaflet", " ".join((*told, "Mali said it never shot.")), publisher=publisher)
        mali, chad = (page.actor("GeopoliticalEntity", name) for name in ("Mali", "Chad"))
        truce = page.event("Agreement", "a truce", told[0], factuality="Denied", attributedTo=mali)
        unsaid = page.event("Proposal", "propose", told[0], factuality="Denied", proposer=mali)
        arrest = page.event("Arrest", "arrest", told[1], factuality="Denied", attributedTo=chad)
        urged = page.event("Request", "urged", told[1], proposer=chad)
        page.add(unsaid, NKG + "content", iri(truce))
        page.add(urged, NKG + "content", iri(arrest))
        page.event("Meeting", "talks", told[2], factuality="Denied")
        page.event("Attack", "shot", "Mali said it never shot.", factuality="Denied", attributedTo=mali)
        papers.append(page)
    with kg.open(published(tmp_path / "graph", *papers)) as graph:
        rows = graph.query("what-is-denied").to_dicts()
    assert {(row["source"], row["label"], row["accordingToName"]) for row in rows} == {
        (page.id, label, teller)
        for page, nobody in zip(papers, ("The Herald", "this article"), strict=True)
        for label, teller in (("propose", nobody), ("talks", nobody), ("shot", "Mali"))
    }


QUOTED = {
    "actor-profile": {"actor": "Mali"},
    "co-participants": {},
    "compare-actors": {"actor": "Mali"},
    "place-counts": {"place": "Kidal"},
    "places": {"place": "Kidal"},
    "who-asks-whom": {},
}


@pytest.fixture(scope="module")
def offered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    """An offer that another sentence takes up, in two articles, and another in the first of them."""
    papers = []
    for id, day in (("a-late", "2025-05-09"), ("b-early", "2025-05-02")):
        first = f"Whatever {id} says, Mali offered Chad a truce in Kidal."
        page = Page(
            id, f"Another thing is told. {first} All of it was refused. Chad is offering Mali salt.", issued=day
        )
        mali, chad = (page.actor("GeopoliticalEntity", name) for name in ("Mali", "Chad"))
        kidal = page.actor("Place", "Kidal")
        for trigger, proposer, addressee in (("offered", mali, chad), ("offering", chad, mali)):
            own = first if proposer == mali else "Chad is offering Mali salt."
            quotes = ("Another thing is told.", own, "All of it was refused.")
            roles = {"proposer": proposer, "agent": proposer, "addressee": addressee, "recipient": addressee}
            event = page.event("Offer", trigger, *quotes, place=kidal, **roles)
            page.says(event, "kind", "offer")
        papers.append(page)
    with kg.open(published(tmp_path_factory.mktemp("offered") / "graph", *papers)) as graph:
        yield graph


@pytest.mark.parametrize("name", QUOTED)
def test_a_count_is_quoted_by_what_tells_it_in_the_first_article(offered: kg.Graph, name: str) -> None:
    rows = offered.query(name, **QUOTED[name]).to_dicts()
    first = {(row.get("source", "b-early"), row["quote"]) for row in rows if row.get("proposerName") != "Chad"}
    assert ("b-early", "Whatever b-early says, Mali offered Chad a truce in Kidal.") in first
    assert not {quote for _, quote in first} & {"Another thing is told.", "All of it was refused."}
