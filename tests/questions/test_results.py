"""Results: their forms, and what opening and asking a graph gives in Python."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import QueryError, StoreError
from kg.graph import Graph
from kg.questions import Result
from kg.store import Term
from kg.vocab import NKG, XSD
from tests.store.synthetic import Page, corridor, published

MIXED = """SELECT ?iri ?text ?said ?whole ?part ?day ?moment ?yes ?odd ?none WHERE {
  VALUES (?iri ?text ?said ?whole ?part ?day ?moment ?yes ?odd ?none) {
    (<http://x/a> "a, \\"b\\"\\n" "hé"@fr 7 2.50 "2025-05-23"^^xsd:date "2025-05-23T10:00:00"^^xsd:dateTime true
     "x"^^xsd:integer UNDEF) } }"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with kg.open(published(tmp_path_factory.mktemp("graph"), corridor())) as graph:
        yield graph


def test_rows_keep_datatypes_and_dicts_are_python(graph: Graph) -> None:
    result = graph.query(MIXED)
    assert result.columns == ("iri", "text", "said", "whole", "part", "day", "moment", "yes", "odd", "none")
    (row,) = result.rows
    assert row["whole"] == Term("literal", "7", XSD + "integer")
    assert row["said"].language == "fr"
    assert "none" not in row
    assert (
        result.to_dicts()
        == list(result)
        == [
            {
                "iri": "http://x/a",
                "text": 'a, "b"\n',
                "said": "hé",
                "whole": 7,
                "part": 2.5,
                "day": date(2025, 5, 23),
                "moment": datetime(2025, 5, 23, 10),
                "yes": True,
                "odd": "x",
                "none": None,
            }
        ]
    )


def test_json_is_what_other_sparql_clients_read(graph: Graph) -> None:
    text = graph.query(MIXED).to_json()
    assert json.loads(text)["results"]["bindings"][0]["whole"] == {
        "type": "literal",
        "value": "7",
        "datatype": XSD + "integer",
    }
    parsed = rdflib.query.Result.parse(io.BytesIO(text.encode()), format="json")
    (row,) = parsed
    assert row.said == rdflib.Literal("hé", lang="fr")
    assert row.iri == rdflib.URIRef("http://x/a")
    assert row.none is None


def test_csv_is_quoted_and_leaves_unbound_cells_empty(graph: Graph) -> None:
    text = graph.query(MIXED).to_csv()
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert head[:2] == ["iri", "text"]
    assert row[1] == 'a, "b"\n'
    assert row[-1] == ""
    assert text.endswith("\r\n")


def test_pandas_has_a_column_per_variable_even_without_rows(graph: Graph) -> None:
    frame = graph.query("who-is-involved").to_pandas()
    assert len(frame) == 7
    assert frame["mentions"].sum() == 7
    assert list(graph.query("who-is-involved", source="none").to_pandas().columns) == list(frame.columns)


def test_ask_is_a_boolean(graph: Graph) -> None:
    result = graph.query("ASK { ?x a nkg:Offer }")
    assert (result.form, result.to_dicts()) == ("ask", [{"answer": True}])
    assert json.loads(result.to_json()) == {"head": {}, "boolean": True}
    with pytest.raises(QueryError, match="yes or no is no RDF"):
        result.to_turtle()


def test_construct_gives_its_triples(graph: Graph) -> None:
    result = graph.query("CONSTRUCT { ?x a nkg:Thing ; rdfs:label ?l } WHERE { ?x a nkg:Offer ; rdfs:label ?l }")
    assert result.columns == ("subject", "predicate", "object")
    triples = rdflib.Graph().parse(data=result.to_turtle(), format="turtle")
    assert triples.isomorphic(result.to_rdflib())
    assert {str(o) for o in triples.objects(None, rdflib.RDFS.label)} == {"offered a grain corridor"}
    assert result.to_networkx().nodes[result.rows[0]["subject"].value]


def described(result: Result) -> rdflib.Graph:
    return rdflib.Graph().parse(data=result.to_turtle(), format="turtle")


def test_turtle_of_a_table_describes_the_things_it_names(graph: Graph) -> None:
    result = graph.query("who-proposed-what")
    triples = described(result)
    proposal = rdflib.URIRef(result.rows[0]["proposal"].value)
    assert (proposal, rdflib.RDF.type, rdflib.URIRef(NKG + "Offer")) in triples
    (addressee, *_) = triples.objects(proposal, rdflib.URIRef(NKG + "addressee"))
    assert triples.value(addressee, rdflib.RDFS.label)
    assert len(described(graph.query("who-proposed-what", source="none"))) == 0
    texts = list(
        triples.objects(None, rdflib.URIRef("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString"))
    )
    assert texts == []
    network = result.to_networkx()
    assert NKG + "addressee" in {edge["predicate"] for *_, edge in network.out_edges(str(proposal), data=True)}


def test_a_file_and_text_are_asked_alike(graph: Graph, tmp_path: Path) -> None:
    sparql = "#+ question: Which classes?\nSELECT DISTINCT ?class WHERE { ?x a ?class } ORDER BY ?class"
    (tmp_path / "classes.rq").write_text(sparql)
    by_file = graph.query(tmp_path / "classes.rq")
    assert by_file == graph.query(str(tmp_path / "classes.rq")) == graph.query(sparql)
    (tmp_path / "bad.rq").write_text("SELECT ?x\nWHERE {\n ?x ?y")
    with pytest.raises(QueryError, match=r"bad\.rq, line 3"):
        graph.query(tmp_path / "bad.rq")


def test_stats_count_what_they_say(graph: Graph) -> None:
    assert graph.stats() == {
        "documents": 1,
        "triples": len(graph.reader),
        "mentions": 10,
        "statements": 1,
        "events": 5,
        "proposals": 1,
        "links": 1,
        "actors": 8,  # two more are things
        "entities": 8,
        "happenings": 4,  # of one, two sources give figures
        "events_by_class": {"Accusation": 1, "Happening": 2, "Offer": 1, "Refusal": 1},
        "entities_by_type": {"GPE": 4, "NORP": 2, "ORG": 1, "PERSON": 1},
    }


def test_stats_count_one_thing_in_two_documents_once_and_an_answer_of_no_kind(tmp_path: Path) -> None:
    page = Page("reply", "Ann replied to Bob.")
    ann, bob = (page.actor("Person", name) for name in ("Ann", "Bob"))
    page.event("Response", "replied", page.text, agent=ann, recipient=bob)
    with kg.open(published(tmp_path, corridor("a"), corridor("b"), page)) as graph:
        stats = graph.stats()
    assert (stats["documents"], stats["events"], stats["actors"], stats["entities"]) == (
        3,
        11,
        18,
        14,
    )  # four are in both
    assert stats["happenings"] == 5
    assert stats["events_by_class"] == {"Accusation": 2, "Happening": 4, "Offer": 2, "Refusal": 2, "Response": 1}


def test_the_whole_graph_goes_to_rdflib(graph: Graph) -> None:
    dataset = graph.to_rdflib()
    assert sum(1 for _ in dataset.quads()) == graph.stats()["triples"]
    assert len(list(dataset.query("SELECT ?x WHERE { ?x a <https://w3id.org/newskg/ontology#Offer> }"))) == 2


def test_validation_reports_what_breaks_which_shape(graph: Graph, tmp_path: Path) -> None:
    report = graph.validate()
    assert (report.graphs, [violation.message for violation in report.violations]) == (2, [])
    assert report.conforms
    page = Page("bad", "Ann met Bob.")
    event = page.event("Meeting", "met", page.text, factuality="Maybe")
    with kg.open(published(tmp_path, page)) as broken:
        report = broken.validate(documents=["bad"])
        assert not report.conforms
        (violation,) = report.violations
        assert (violation.graph, violation.focus) == (page.iri, event)
        assert violation.path == NKG + "factuality"
        assert violation.constraint == "InConstraintComponent"
        with pytest.raises(kg.errors.InputError, match="holds no such document"):
            broken.validate(documents=["good"])


def test_validation_reports_a_document_without_its_article(tmp_path: Path) -> None:
    page = Page("empty", "Ann met Bob.")
    page.triples = {}
    page.add(page.iri, "http://example.org/said", '"something else"')
    with kg.open(published(tmp_path, Page("good", "Ann met Bob."), page)) as graph:
        report = graph.validate()
    assert {violation.focus for violation in report.violations} == {page.iri}
    assert "The node of a document is an nkg:Article." in {violation.message for violation in report.violations}


def test_an_answer_outlives_its_graph_or_says_that_it_is_closed(tmp_path: Path) -> None:
    with kg.open(published(tmp_path, corridor())) as graph:
        rows = graph.query("who-proposed-what")
        triples = graph.query("CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a nkg:Offer ; rdfs:label ?l }")
        expected = (rows.to_dicts(), rows.to_json(), rows.to_csv(), triples.to_turtle())
    assert (rows.to_dicts(), rows.to_json(), rows.to_csv(), triples.to_turtle()) == expected
    assert len(rows.to_pandas()) == len(rows) > 0 and len(triples.to_rdflib()) == len(triples) > 0
    assert triples.to_networkx().nodes
    described = (rows.to_rdflib, rows.to_turtle, rows.to_networkx)
    for late in (*described, graph.stats, graph.documents, graph.to_networkx, graph.to_rdflib, graph.validate):
        with pytest.raises(StoreError, match="the graph is closed; open it again, or ask before it is closed"):
            late()
