"""Exports: read back by the libraries people will read them with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx
import pytest
import rdflib

import kg
from kg.errors import ExportError
from kg.exporters import EXPORTERS
from kg.graph import Graph
from tests.store.synthetic import OFFER, REFUSED, Page, corridor, published

Read = tuple[set[str], list[tuple[str, ...]]]


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
    assert network.nodes[russia]["class"] == "GeopoliticalEntity"
    assert network.nodes[russia]["wikidata"].endswith("Q159")
    offers = by_label["offered a grain corridor"]
    assert len(offers) == 1  # two documents tell of it
    assert network.nodes[offers[0]]["factuality"] == "happened"
    assert network.nodes[offers[0]]["plover"] == "COOPERATE"
    assert network.nodes[offers[0]]["quote"] == OFFER
    edges = {(start, data["relation"]) for start, _, data in network.edges(data=True) if start == offers[0]}
    assert {kind for _, kind in edges} == {"agent", "proposer", "recipient", "addressee", "response"}
    links = [data for *_, data in network.edges(data=True) if data["relation"] == "response"]
    assert {(link["article"], link["quote"]) for link in links} == {("one | two", REFUSED)}
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


def told(edges: Iterable[tuple[str, str, dict[str, str]]]) -> list[tuple[str, ...]]:
    """Give the edges as texts: what a library calls them, and its own attributes, left out."""
    return sorted(
        (start, end, *(data[name] for name in ("relation", "article", "quote"))) for start, end, data in edges
    )


def by_graphml(network: networkx.MultiDiGraph, path: Path) -> Read:
    networkx.write_graphml(network, path)
    back = networkx.read_graphml(path, force_multigraph=True)
    assert {*back.edges(keys=True)} == {*network.edges(keys=True)}
    return set(back), told(back.edges(data=True))


def by_gexf(network: networkx.MultiDiGraph, path: Path) -> Read:
    networkx.write_gexf(network, path)
    ids = [edge.get("id") for edge in ElementTree.parse(path).iter("{http://www.gexf.net/1.2draft}edge")]
    assert len(ids) == len({*ids}) == network.number_of_edges()
    back = networkx.read_gexf(path)
    return set(back), told(back.edges(data=True))


def by_igraph(network: networkx.MultiDiGraph, path: Path) -> Read:
    networkx.write_graphml(network, path)
    back = igraph.Graph.Read_GraphML(str(path))
    assert len(set(back.es["id"])) == network.number_of_edges()
    nodes = back.vs["id"]
    return {*nodes}, told((nodes[edge.source], nodes[edge.target], edge.attributes()) for edge in back.es)


def by_igraph_itself(network: networkx.MultiDiGraph, path: Path) -> Read:
    back = igraph.Graph.from_networkx(network)
    nodes = back.vs["_nx_name"]
    return {*nodes}, told((nodes[edge.source], nodes[edge.target], edge.attributes()) for edge in back.es)


def by_cytoscape(network: networkx.MultiDiGraph, path: Path) -> Read:
    back = networkx.cytoscape_graph(json.loads(json.dumps(networkx.cytoscape_data(network))))
    return set(back), told(back.edges(data=True))


def by_node_link(network: networkx.MultiDiGraph, path: Path) -> Read:
    data = json.loads(json.dumps(networkx.node_link_data(network, edges="links")))
    back = networkx.node_link_graph(data, edges="links")
    return set(back), told(back.edges(data=True))


def by_pandas(network: networkx.MultiDiGraph, path: Path) -> Read:
    table = networkx.to_pandas_edgelist(network, edge_key="edge")
    assert table["edge"].is_unique
    records = table.to_dict("records")
    return set(network), told((row["source"], row["target"], row) for row in records)


@pytest.mark.parametrize(
    "read", [by_graphml, by_gexf, by_igraph, by_igraph_itself, by_cytoscape, by_node_link, by_pandas]
)
def test_other_libraries_read_every_node_and_edge_with_all_it_says(
    graph: Graph, tmp_path: Path, read: Callable[[networkx.MultiDiGraph, Path], Read]
) -> None:
    network = graph.to_networkx()
    assert network.number_of_edges() > 10
    assert read(network, tmp_path / "network") == (set(network), told(network.edges(data=True)))


def test_no_attribute_has_a_name_that_formats_keep_for_themselves(graph: Graph) -> None:
    network = graph.to_networkx()
    on_nodes = {name for _, data in network.nodes(data=True) for name in data}
    on_edges = {name for *_, data in network.edges(data=True) for name in data}
    assert not (on_nodes | on_edges) & {"source", "target", "id", "key", "type", "name", "value", "start", "end"}
    assert on_edges == {"relation", "article", "quote"}


def test_ids_in_graphml_are_unique(graph: Graph, tmp_path: Path) -> None:
    """As its schema asks for: among the keys of attributes, too, where nodes and edges share a name."""
    for network in (graph.to_networkx(), graph.query("who-proposed-what").to_networkx()):
        networkx.write_graphml(network, tmp_path / "out.graphml")
        for tag in ("key", "node", "edge"):
            found = ElementTree.parse(tmp_path / "out.graphml").iter(f"{{http://graphml.graphdrawing.org/xmlns}}{tag}")
            ids = [one.get("id") for one in found]
            assert len(ids) > 3 and len(ids) == len({*ids}), tag
    graph.export("graphml", tmp_path / "exported.graphml")
    assert (
        len(igraph.Graph.Read_GraphML(str(tmp_path / "exported.graphml")).es) == graph.to_networkx().number_of_edges()
    )


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
