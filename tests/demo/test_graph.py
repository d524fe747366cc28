"""What has to hold of every graph, held on the demo graph: evidence, shapes, determinism."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib import namespace as spaces

import kg
from kg.vocab import NKG
from tests.conftest import ARTICLES
from tests.store.synthetic import corridor, published

TEXTS = {record["id"]: record["text"] for record in map(json.loads, ARTICLES.read_text(encoding="utf-8").splitlines())}

SPANS = """SELECT ?id ?span ?b ?e ?words WHERE { GRAPH ?doc {
  ?doc dcterms:identifier ?id .
  ?span nif:referenceContext ?doc ; nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?words } }"""

# What must have a span, and the property that leads to it; mentions are spans themselves.
EVIDENCE = {
    "event": "?x a nkg:Event FILTER NOT EXISTS { ?x nkg:evidence/nif:anchorOf ?s }",
    "trigger": "?x a nkg:Event FILTER NOT EXISTS { ?x nkg:trigger/nif:anchorOf ?s }",
    "cue": "?x a nkg:Statement FILTER NOT EXISTS { ?x nkg:cue/nif:anchorOf ?s }",
    "content": "?x a nkg:Statement FILTER NOT EXISTS { ?x nkg:contentSpan/nif:anchorOf ?s }",
    "mention": "?x a nkg:Mention FILTER NOT EXISTS { ?x nif:anchorOf ?s ; nif:beginIndex ?b ; nif:endIndex ?e }",
    "disposition": "?x a nkg:Disposition FILTER NOT EXISTS { ?x nkg:evidence/nif:anchorOf ?s }",
    "quantity": "?x a nkg:Quantity FILTER NOT EXISTS { ?x nkg:evidence/nif:anchorOf ?s }",
    "cause": "?x a nkg:Link FILTER NOT EXISTS { ?x nkg:causeEvidence/nif:anchorOf ?s }",
    "effect": "?x a nkg:Link FILTER NOT EXISTS { ?x nkg:effectEvidence/nif:anchorOf ?s }",
}


def test_all_articles_are_in_the_graph(demo: kg.Graph) -> None:
    assert set(demo.documents()) == set(TEXTS)
    assert len(TEXTS) == 6


def test_every_anchor_is_the_text_at_its_offsets(demo: kg.Graph) -> None:
    rows = demo.query(SPANS).to_dicts()
    assert len(rows) > 400
    for row in rows:
        begin, end = int(str(row["b"])), int(str(row["e"]))
        assert TEXTS[str(row["id"])][begin:end] == row["words"] != "", row["span"]


@pytest.mark.parametrize("kind", EVIDENCE)
def test_nothing_stands_without_evidence(demo: kg.Graph, kind: str) -> None:
    assert demo.query(f"SELECT ?x WHERE {{ GRAPH ?doc {{ ?doc a nkg:Article . {EVIDENCE[kind]} }} }}").to_dicts() == []


def test_whatever_has_a_property_is_of_a_class_that_the_ontology_gives_it(demo: kg.Graph, tmp_path: Path) -> None:
    ontology = Graph().parse(Path(__file__).parents[2] / "ontology" / "news.ttl")
    used = 0
    with kg.open(published(tmp_path, corridor())) as other:
        assert other.query("SELECT ?x WHERE { GRAPH ?g { ?x a nkg:Candidate } }").rows
        for graph in (demo, other):
            for row in graph.query("SELECT DISTINCT ?p WHERE { GRAPH ?g { ?x ?p ?y } }").to_dicts():
                named = URIRef(str(row["p"]))
                given = {
                    one for told in (RDFS.domain, spaces.SDO.domainIncludes) for one in ontology.objects(named, told)
                }
                below = {sub for one in given for sub in ontology.transitive_subjects(RDFS.subClassOf, one)}
                if not str(named).startswith(NKG) or not given:
                    continue
                used += 1
                classes = ", ".join(f"<{one}>" for one in below)
                typed = f"GRAPH ?any {{ ?x <{RDF.type}> ?class FILTER(?class IN ({classes})) }}"
                wrong = f"SELECT ?x WHERE {{ GRAPH ?g {{ ?x <{named}> ?y }} FILTER NOT EXISTS {{ {typed} }} }} LIMIT 1"
                assert not graph.query(wrong).to_dicts(), named
    assert used > 60


def test_quotes_are_whole_sentences_of_their_article(demo: kg.Graph) -> None:
    for name in ("who-proposed-what", "who-said-what", "what-happened", "what-outcome-followed"):
        for row in demo.query(name).to_dicts(rows=True):
            quote = str(row["quote"])
            assert quote in TEXTS[str(row["source"])]
            assert quote[-1] in '.!?”"…', (name, quote)


def test_statement_offsets_give_their_content_and_speaker(demo: kg.Graph) -> None:
    for row in demo.query("who-said-what").to_dicts(rows=True):
        text = TEXTS[str(row["source"])]
        piece = text[int(str(row["contentStart"])) : int(str(row["contentEnd"]))]
        assert piece.strip() and piece in str(row["content"])
        if row["speakerStart"] is not None:
            assert text[int(str(row["speakerStart"])) : int(str(row["speakerEnd"]))].strip()


def test_the_graph_has_the_shape_it_promises(demo: kg.Graph) -> None:
    report = demo.validate()
    assert report.conforms, report.violations[:3]
    assert report.graphs >= 6


def test_two_cold_builds_in_any_order_give_the_same_quads(demo: kg.Graph, tmp_path: Path) -> None:
    backwards = tmp_path / "backwards.jsonl"
    lines = ARTICLES.read_text(encoding="utf-8").splitlines()
    backwards.write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")
    with kg.build([backwards], graph=tmp_path / "graph") as again:
        assert sorted(again.reader.nquads().splitlines()) == sorted(demo.reader.nquads().splitlines())
