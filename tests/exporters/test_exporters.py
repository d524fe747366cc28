"""Exports: read back by the libraries people will read them with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
import rdflib

import kg
from kg.errors import ExportError
from kg.exporters import EXPORTERS
from kg.graph import Graph
from tests.store.synthetic import OFFER, REFUSED, Page, corridor, published


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    odd = Page("odd", "Ann \x0b<met>\U0001f600 & Bob.")
    pair = tuple(odd.actor("Person", name) for name in ("Ann", "Bob"))
    odd.event("Meeting", "met", odd.text, agent=pair, label="met \x0b & \x1f talked")
    with kg.open(published(tmp_path_factory.mktemp("graph"), corridor("one"), corridor("two"), odd)) as graph:
        yield graph


@pytest.mark.parametrize(("format", "reader"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_quad_formats_keep_every_quad(graph: Graph, tmp_path: Path, format: str, reader: str) -> None:
    graph.export(format, tmp_path / "out")
    back = rdflib.Dataset()
    back.parse(tmp_path / "out", format=reader)
    assert {str(quad) for quad in back.quads()} == {str(quad) for quad in graph.to_rdflib().quads()}


def test_turtle_holds_the_triples_of_all_graphs(graph: Graph, tmp_path: Path) -> None:
    graph.export("turtle", tmp_path / "out.ttl")
    text = (tmp_path / "out.ttl").read_text(encoding="utf-8")
    assert "@prefix nkg: <https://w3id.org/newskg/ontology#>" in text
    back = rdflib.Graph().parse(data=text, format="turtle")
    assert set(back) == {quad[:3] for quad in graph.to_rdflib().quads()}


def test_exports_are_the_same_each_time(graph: Graph) -> None:
    for name, export in EXPORTERS.items():
        assert export(graph.reader) == export(graph.reader), name


def test_graphml_has_canonical_nodes_roles_and_links(graph: Graph, tmp_path: Path) -> None:
    graph.export("graphml", tmp_path / "out.graphml")
    network = networkx.read_graphml(tmp_path / "out.graphml")
    by_label: dict[str, list[str]] = {}
    for node, data in network.nodes(data=True):
        by_label.setdefault(data["label"], []).append(node)
    (russia,) = by_label["Russia"]
    assert network.nodes[russia]["sort"] == "actor"
    assert network.nodes[russia]["type"] == "GeopoliticalEntity"
    assert network.nodes[russia]["wikidata"].endswith("Q159")
    offers = by_label["offered a grain corridor"]
    assert len(offers) == 1  # two documents tell of it
    assert network.nodes[offers[0]]["factuality"] == "happened"
    assert network.nodes[offers[0]]["plover"] == "COOPERATE"
    assert network.nodes[offers[0]]["quote"] == OFFER
    edges = {(start, data["type"]) for start, _, data in network.edges(data=True) if start == offers[0]}
    assert {kind for _, kind in edges} == {"agent", "proposer", "recipient", "addressee", "response"}
    links = [data for *_, data in network.edges(data=True) if data["type"] == "response"]
    assert {(link["source"], link["quote"]) for link in links} == {("one | two", REFUSED)}
    (met,) = (label for label in by_label if label.startswith("met"))
    assert met == "met  &  talked"
    died = network.nodes[by_label["died in the port"][0]]
    assert sorted(died["quantity"].split(" | ")) == ["27", "9"]


def test_networkx_is_the_same_graph_as_the_file(graph: Graph, tmp_path: Path) -> None:
    graph.export("graphml", tmp_path / "out.graphml")
    network = graph.to_networkx()
    back = networkx.read_graphml(tmp_path / "out.graphml")
    assert set(network.nodes) == set(back.nodes)
    assert network.number_of_edges() == back.number_of_edges()


def test_the_public_function_opens_and_writes(tmp_path: Path) -> None:
    published(tmp_path / "g", corridor())
    kg.export(tmp_path / "g", "nquads", tmp_path / "out.nq")
    with kg.open(tmp_path / "g") as graph:
        assert (tmp_path / "out.nq").read_text(encoding="utf-8") == graph.reader.nquads()


def test_unknown_format_and_bad_path_are_told(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="format 'gexf': this format is unknown; use one of turtle, nquads"):
        graph.export("gexf", tmp_path / "x")
    with pytest.raises(ExportError, match="cannot be written"):
        graph.export("nquads", tmp_path / "missing" / "x")
