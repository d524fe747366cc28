"""Every question of the library on the demo graph: what it has to answer, its pages, and its shared parameters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

import kg
from kg.questions import Question, load, questions, suggestions
from kg.questions.describing import library_turtle, void_turtle
from kg.questions.listing import library_markdown

EXPECTED: dict[str, dict[str, object]] = {
    "actor-profile": {"actorName": "Vladimir Putin", "role": "proposer", "kind": "Proposal"},
    "casualties": {"value": 764.0, "accordingToName": "Open Crossing", "source": "observer-completed"},
    "causes": {"source": "continental-analysis", "cause": "Their meeting on 16 May"},
    "co-participants": {"oneName": "Russia", "otherName": "Ukraine"},
    "compare-actors": {"actorName": "Turkey", "role": "does", "kind": "Offer"},
    "documents-about": {"source": "ledger-trump", "entityName": "Donald Trump", "date": "2025-05-23"},
    "dyads": {"sourceActor": "Russia", "targetActor": "Ukraine", "code": "ASSAULT", "date": "2025-05-24"},
    "first-and-last-mention": {"entityName": "Rustem Umerov", "first": "2025-05-17", "last": "2025-05-27"},
    "latest-statements": {"speakerName": "Ingrid Solberg", "source": "continental-analysis"},
    "most-contested": {"kind": "Release"},
    "most-quoted": {"speakerName": "Donald Trump"},
    "open-proposals": {"proposerName": "Volodymyr Zelenskyy", "addresseeName": "Western governments"},
    "place-counts": {"placeName": "Istanbul", "articles": 5},
    "places": {"placeName": "Istanbul", "kind": "Meeting"},
    "promises": {"proposerName": "Donald Trump", "status": "unmet"},
    "proposal-history": {"source": "observer-completed", "content": "those talks"},
    "proposals-by-fate": {"proposerName": "Rustem Umerov", "status": "rejected", "count": 1},
    "relations-between": {"actorName": "Volodymyr Zelenskyy", "kind": "Accusation"},
    "timeline": {"kind": "Attack", "date": "2025-05-24"},
    "what-happened": {"type": "ASSAULT", "actorName": "Russia", "recipientName": "Ukraine", "time": "2025-05-24"},
    "what-is-announced": {"label": "The swap", "date": "2025-05-25"},
    "what-is-denied": {"label": "the meeting did not materialise"},
    "what-outcome-followed": {"effect": "The request was not met", "relation": "outcome"},
    "where-accounts-differ": {"value": 382.0, "source": "dispatch-second-day"},
    "who-accused-whom": {"agentName": "Volodymyr Zelenskyy", "recipientName": "Russia"},
    "who-agreed-on-what": {"content": "exchange 1,000 prisoners for 1,000", "source": "courier-talks"},
    "who-asks-whom": {"proposerName": "Turkey", "addresseeName": "Russia", "count": 1},
    "who-attacked-whom": {"agentName": "Russia", "recipientName": "Ukraine", "date": "2025-05-24"},
    "who-is-involved": {"name": "Vladimir Medinsky", "type": "PERSON"},
    "who-met-whom": {"agentName": "Donald Trump", "recipientName": "Vladimir Putin", "date": "2025-05-19"},
    "who-proposed-what": {"proposerName": "Turkey", "kind": "offer", "content": "host a second round in June"},
    "who-said-what": {"speakerName": "Hakan Fidan"},
    "who-threatened-whom": {"agentName": "Friedrich Merz"},
}
GIVEN = {
    "document": "wire-first-day",
    "from": "2025-05-17",
    "until": "2025-05-24",
    "actor": "Kyiv",
    "place": "Istanbul",
    "min-confidence": "0.9",
}


def rows(graph: kg.Graph, question: Question, **params: object) -> list[tuple[str, ...]]:
    found = graph.query(question, **params)  # type: ignore[arg-type]
    return [tuple(row[name].value if name in row else "" for name in found.columns) for row in found.rows]


def test_there_are_as_many_as_promised_and_each_has_an_expected_answer_or_none() -> None:
    assert len(questions()) >= 25
    assert {question.name for question in questions()} - EXPECTED.keys() == {"reversals"}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_answer_is_there(demo: kg.Graph, name: str) -> None:
    found = demo.query(name).to_dicts(rows=True)
    wanted = EXPECTED[name]
    assert any(all(row[column] == value for column, value in wanted.items()) for row in found)


def test_nobody_changed_an_answer_in_the_demo_and_who_did_is_told_elsewhere(demo: kg.Graph, tmp_path: Path) -> None:
    assert len(demo.query("reversals")) == 0
    text = "Norway proposed talks to Chad. Chad rejected the proposal. A week later Chad accepted the proposal."
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    with kg.build(tmp_path / "text.txt", graph=tmp_path / "graph") as graph:
        (row,) = graph.query("reversals").to_dicts()
    assert (row["whoName"], row["before"], row["after"]) == ("Chad", "rejected", "accepted")
    assert row["quoteAfter"] == "A week later Chad accepted the proposal."


def test_the_answer_of_a_later_day_stands_wherever_the_text_tells_it(tmp_path: Path) -> None:
    text = (
        "Norway invited Chad and Peru to talks in Oslo on 2 June. Chad accepted the invitation on 9 June. It had "
        "rejected the invitation on 4 June, saying it had no time. Peru declined the invitation."
    )
    (tmp_path / "2025-06-20.txt").write_text(text, encoding="utf-8")
    with kg.build(tmp_path / "2025-06-20.txt", graph=tmp_path / "graph") as graph:
        rows = graph.query("who-proposed-what").to_dicts(rows=True)
        assert {(row["addresseeName"], row["status"]) for row in rows} == {("Chad", "accepted"), ("Peru", "rejected")}
        (row,) = graph.query("reversals").to_dicts()
        assert (row["whoName"], row["before"], row["after"]) == ("Chad", "rejected", "accepted")
        assert graph.query("reversals", actor="Chad").to_dicts() == [row]
        assert not len(graph.query("reversals", actor="Peru"))


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_pages_put_together_are_the_whole_answer(demo: kg.Graph, question: Question) -> None:
    whole = rows(demo, question)
    pages: list[tuple[str, ...]] = []
    things = len(demo.query(question))
    for offset in range(0, things, 20):
        page = demo.query(question, limit=20, offset=offset)
        assert len(page) == min(20, things - offset)
        pages += rows(demo, question, limit=20, offset=offset)
    assert pages == whole


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_shared_parameters_narrow(demo: kg.Graph, question: Question) -> None:
    whole = set(rows(demo, question))
    counts = "counts" in question.tags or question.name in (
        "places",
        "actor-profile",
        "who-is-involved",
        "documents-about",
    )
    for param in question.params:
        if param.name in GIVEN:
            found = rows(demo, question, **{param.name: GIVEN[param.name]})
            assert len(found) <= len(whole), param.name
            assert counts or set(found) <= whole, param.name
            if param.name == "document" and "source" in demo.query(question).columns:
                assert {row["source"] for row in demo.query(question, document="wire-first-day")} <= {"wire-first-day"}


def test_a_document_asked_by_itself_says_what_it_says_among_all(demo: kg.Graph) -> None:
    for name in ("who-proposed-what", "who-said-what", "what-happened", "timeline", "who-met-whom"):
        every = [row for row in demo.query(name) if row["source"] == "observer-completed"]
        assert demo.query(name, document="observer-completed").to_dicts() == every


def test_hyphens_and_words_of_python_can_be_written_in_python(demo: kg.Graph) -> None:
    assert len(demo.query("timeline", min_confidence=0.9)) < len(demo.query("timeline"))
    assert len(demo.query("timeline", from_=date(2025, 5, 24))) == len(demo.query("timeline", since="2025-05-24"))


@pytest.fixture(scope="module")
def exported(demo: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "demo.nq"
    demo.export("nquads", path)
    return path


@pytest.fixture(scope="module")
def engines(exported: Path) -> dict[str, Callable[[str], list[tuple[str, ...]]]]:
    """Two engines whose default graph is empty."""
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(exported, format="nquads")
    store = pyoxigraph.Store()
    store.load(path=str(exported), format=pyoxigraph.RdfFormat.N_QUADS)

    def in_rdflib(sparql: str) -> list[tuple[str, ...]]:
        return [tuple("" if term is None else str(term) for term in row) for row in dataset.query(sparql)]

    def in_oxigraph(sparql: str) -> list[tuple[str, ...]]:
        found = store.query(sparql)
        names = [variable.value for variable in found.variables]
        return [tuple(getattr(row[name], "value", "") for name in names) for row in found]

    return {"rdflib": in_rdflib, "oxigraph": in_oxigraph}


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_plain_store_gives_the_same_rows(
    demo: kg.Graph, engines: dict[str, Callable[[str], list[tuple[str, ...]]]], question: Question
) -> None:
    here = sorted(rows(demo, question))
    assert sorted(engines["oxigraph"](question.sparql)) == here


def test_metadata_says_where_suggestions_come_from(demo: kg.Graph) -> None:
    params = {param.name: param for param in load("what-happened").params}
    assert {name: params[name].suggest for name in ("document", "actor", "place", "type", "from")} == {
        "document": "documents",
        "actor": "actors",
        "place": "places",
        "type": "choices",
        "from": "days",
    }
    assert suggestions(demo.reader, params["actor"], beginning="zel") == ("Volodymyr Zelenskyy",)
    assert suggestions(demo.reader, params["place"])[0] in ("Istanbul", "Russia", "Ukraine")
    assert suggestions(demo.reader, params["type"], beginning="as") == ("ASSAULT",)
    assert suggestions(demo.reader, params["from"])[0] == "2025-05-17"


def test_the_page_of_the_manual_is_that_of_the_library() -> None:
    page = Path(__file__).parents[2] / "docs" / "library.md"
    assert page.read_text(encoding="utf-8").rstrip() == library_markdown().rstrip()


def test_the_library_and_the_counts_are_rdf_that_editors_read(demo: kg.Graph) -> None:
    graph = rdflib.Graph().parse(data=library_turtle(), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    selects = {str(node).rpartition("/")[2]: str(text) for node, text in graph.subject_objects(sh.select)}
    assert selects == {question.name: question.sparql for question in questions()}
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    counts = rdflib.Graph().parse(data=void_turtle(demo.reader), format="turtle")
    [dataset] = counts.subjects(void.documents, rdflib.Literal(6))
    assert counts.value(dataset, void.triples) == rdflib.Literal(len(demo.reader))
