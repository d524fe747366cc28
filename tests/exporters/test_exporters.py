"""Exports: read back by the libraries people will read them with."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx
import pytest
import rdflib

import kg
from kg.errors import ExportError
from kg.exporters import EXPORTERS, FORMATS, Material, parts_of, record, stream
from kg.exporters.rdf import ontology
from kg.exporters.record import Draft
from kg.exporters.tables import as_csv, of_answer, tables
from kg.exporters.values import clean, fit_names, normal_rows, plain
from kg.graph import Graph
from tests.exporters.readers import cypher_ladybug
from tests.store.synthetic import OFFER, REFUSED, Page, corridor, published

Read = tuple[set[str], list[tuple[str, ...]]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    odd = Page("odd", "Ann \x0b<met>\U0001f600 & Bob.")
    pair = tuple(odd.actor("Person", name) for name in ("Ann", "Bob"))
    odd.event("Meeting", "met", odd.text, agent=pair, label="met \x0b & \x1f talked")
    with kg.open(published(tmp_path_factory.mktemp("graph"), corridor("one"), corridor("two"), odd)) as graph:
        yield graph


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
    assert on_edges == {"relation", "article", "quote", "article_count", "earliest", "latest"}


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
    kg.export(tmp_path / "g", "nquads", tmp_path / "bare.nq", with_ontology=False)
    with kg.open(tmp_path / "g") as graph:
        text = (tmp_path / "out.nq").read_text(encoding="utf-8")
        assert text == graph.reader.nquads() + ontology()
        assert (tmp_path / "bare.nq").read_text(encoding="utf-8") == graph.reader.nquads()


def test_unknown_format_and_bad_path_are_told(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="format 'xlsx': this format is unknown; use one of turtle, nquads"):
        graph.export("xlsx", tmp_path / "x")
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="cannot be written"):
        graph.export("nquads", tmp_path / "file" / "x")


@pytest.mark.parametrize("format", ["nquads", "csv"])
def test_the_folders_around_an_export_are_made(graph: Graph, tmp_path: Path, format: str) -> None:
    graph.export(format, tmp_path / "new" / "folder" / "x")
    assert (tmp_path / "new" / "folder" / "x").exists()


def test_views_and_answers_are_refused_where_a_format_cannot_hold_them(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="format 'turtle': this format cannot hold a view; use one of graphml, gexf"):
        graph.export("turtle", tmp_path / "x", view="actors")
    with pytest.raises(ExportError, match="cannot hold the answer of a query; use one of turtle"):
        parts_of(graph.material("who-proposed-what"), "ftm")
    with pytest.raises(ExportError, match="view 'people': there is no such view; use one of full, actors"):
        graph.export("graphml", tmp_path / "x", view="people")


def test_answers_are_exported(graph: Graph) -> None:
    material = graph.material("who-proposed-what")
    network = json.loads(b"".join(stream(parts_of(material, "node-link"))))
    back = networkx.node_link_graph(network, edges="edges")
    [offer] = {node for node, data in back.nodes(data=True) if data["class"] == "Offer" and "/doc/one/" in node}
    assert back.nodes[offer]["label"] == "offered a grain corridor"
    table = b"".join(stream(parts_of(material, "csv"))).decode().splitlines()
    assert table[0].startswith("source,proposal,kind,proposerName") and len(table) == 1 + len(material.rows.rows)
    triples = rdflib.Graph().parse(data=b"".join(stream(parts_of(material, "jsonld"))).decode(), format="json-ld")
    assert set(triples) == set(graph.query("who-proposed-what").to_rdflib())


def test_no_column_of_an_answer_is_lost_for_its_name(graph: Graph) -> None:
    sparql = "SELECT ?n ?N ?_id ?id_ ?none ?9 { VALUES (?n ?N ?_id ?id_ ?9) { (1 2 3 4 5) } }"
    table = of_answer(graph.material(sparql).rows, "answer")
    assert "".join(as_csv(table)) == "n,N_2,_id,id_,none,9\r\n1,2,3,4,,5\r\n"
    assert [*table.columns.values()] == [int, int, int, int, str, int]


def test_an_answer_as_a_network_has_the_finest_classes_and_all_that_is_said(graph: Graph) -> None:
    network = graph.material("what-happened").network()
    classes = {node.id.rpartition("/doc/")[2]: node.cls for node in network.nodes}
    told = {row["event"].rpartition("/doc/")[2]: row["class"] for row in events_of(graph)}
    found = {id: cls for id, cls in classes.items() if id in told}
    assert found == {id: told[id] for id in found} and {"Offer", "Refusal", "Accusation"} <= {*found.values()}
    types = graph.material("CONSTRUCT { ?x a ?class } WHERE { GRAPH ?document { ?x a ?class } }").network()
    all_classes = {node.cls for node in types.nodes}
    assert {"Article", "Mention"} <= all_classes and not all_classes & {"Context", "Event", "Initiative"}
    links = [node for node in graph.material("what-outcome-followed").network().nodes if node.cls == "Link"]
    assert links and {node.values["relation"] for node in links} == {"response"}


def events_of(graph: Graph) -> list[dict[str, str]]:
    [table] = [table for table in tables(graph.reader) if table.name == "events"]
    return [{name: str(row[name]) for name in ("event", "class")} for row in table.rows]


def test_what_is_said_under_a_name_of_the_network_is_renamed() -> None:
    nodes = {
        "a": Draft(("actor", "Person", "A"), {"class": "first", "Sort": "kind", "class_": "own", "relation": "kin"}),
        "b": Draft(("actor", "Person", "B")),
    }
    made = record.network(nodes, [Draft(("a", "b", "Meeting"), {"relation": "close", "class": "high"})])
    assert made.nodes[0].attributes == {
        "label": "A", "sort": "actor", "class": "Person", "class_": "first", "Sort_": "kind", "class_2": "own",
        "relation": "kin",
    }  # fmt: skip
    assert made.edges[0].attributes == {"relation": "Meeting", "relation_": "close", "class": "high"}


def test_a_folder_is_streamed_as_an_archive(graph: Graph, tmp_path: Path) -> None:
    graph.export("neo4j", tmp_path / "neo4j")
    data = b"".join(stream(parts_of(Material(graph.reader), "neo4j")))
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        found = {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]
    assert found == {path.name: path.read_bytes() for path in (tmp_path / "neo4j").iterdir()}
    assert (tmp_path / "neo4j" / "import.sh").stat().st_mode & 0o111


@pytest.mark.parametrize("view", ["full", "actors"])
def test_edges_keep_their_ids_when_the_graph_grows(tmp_path: Path, view: str) -> None:
    text = "Ann attacked Zoe. Ann may attack Zoe. Bob met Cid. Ann met Bob."
    few, more = (Page("few", text), Page("more", text))
    for page in (few, more):
        ann, bob, cid, zoe = (page.actor("Person", name) for name in ("Ann", "Bob", "Cid", "Zoe"))
        page.event("Attack", "attacked", "Ann attacked Zoe.", agent=ann, patient=zoe)
        page.event("Attack", "may attack", "Ann may attack Zoe.", agent=ann, patient=zoe, factuality="Hypothetical")
        page.event("Meeting", "met", "Bob met Cid.", agent=(bob, cid))
        if page is more:
            page.event("Aid", "Ann met", "Ann met Bob.", agent=ann, patient=bob)
    edges = []
    for name, pages in (("one", (few,)), ("two", (few, more))):
        with kg.open(published(tmp_path / name, *pages)) as graph:
            graph.export("neo4j", tmp_path / f"neo4j-{name}", view=view)
            _, read = cypher_ladybug(tmp_path / f"neo4j-{name}" / "load.cypher")
            edges.append({(s, t, said["relation"], said.get("factuality")): key for key, s, t, said in read})
    assert len({*edges[1].values()}) == len(edges[1]) > len(edges[0]) >= 4
    assert edges[0].items() <= edges[1].items()


def test_files_end_as_their_formats_do() -> None:
    assert {name for name, known in FORMATS.items() if not known.suffix} == {"neo4j", "csv", "parquet"}


def test_the_actors_view_is_weighted_and_dated(graph: Graph) -> None:
    network = graph.to_networkx(view="actors")
    labels = dict(network.nodes(data="label"))
    found = {(labels[s], labels[t]): data for s, t, data in network.edges(data=True) if data["relation"] == "Offer"}
    offer = (
        found["Russia", "the United States"]
        if ("Russia", "the United States") in found
        else found["Russia", "United States"]
    )
    assert offer["weight"] == 1 and offer["earliest"] == offer["latest"] == "2025-05-19"
    assert (offer["factuality"], offer["plover"], offer["article"]) == ("happened", "COOPERATE", "one | two")
    assert not [node for node, cls in network.nodes(data="class") if cls == "Participant"]


def test_the_events_view_has_events_and_what_joins_them(graph: Graph) -> None:
    network = graph.to_networkx(view="events")
    assert {sort for _, sort in network.nodes(data="sort")} == {"event"}
    assert {data["relation"] for *_, data in network.edges(data=True)} == {"response"}


def test_the_proposals_view_has_proposals_with_their_answers(graph: Graph) -> None:
    network = graph.to_networkx(view="proposals")
    [offer] = (node for node, family in network.nodes(data="family") if family == "proposal")
    assert network.nodes[offer]["status"] == "accepted | rejected" and network.nodes[offer]["kind"] == "offer"
    assert {data["relation"] for _, _, data in network.out_edges(offer, data=True)} == {
        "proposer",
        "addressee",
        "response",
    }
    assert {data["class"] for _, data in network.nodes(data=True)} >= {"Offer", "Refusal", "GeopoliticalEntity"}


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (None, None),
        (float("nan"), None),
        (float("-inf"), None),
        (Decimal("NaN"), None),
        (Decimal("1.5"), 1.5),
        (True, True),
        (2**63 - 1, 2**63 - 1),
        (2**63, str(2**63)),
        (-(2**63) - 1, str(-(2**63) - 1)),
        ("", None),
        (" \x00\x1f ", None),
        ("a\r\nb\u2028c\x85d", "a\nb\nc\nd"),
        ("\ud800\ufffex\U0001f600", "x\U0001f600"),
        (date(2025, 5, 24), "2025-05-24"),
        (datetime(2025, 5, 24, 1, 2), "2025-05-24T01:02:00"),
        (b"\xffa", "\ufffda"),
        (["b", None, "a", "b", float("nan")], "b | a"),
        ({"z", "y"}, "y | z"),
        ([], None),
        ({"b": 1, "a": [2]}, '{"a": [2], "b": 1}'),
    ],
)
def test_values_have_one_normal_form(value: object, left: object) -> None:
    found = plain(value)
    assert found == left and type(found) is type(left)


def test_a_column_has_one_type_and_joined_values_are_counted() -> None:
    rows = normal_rows(
        [{"a": 1, "b": 1, "c": ["x", "y"]}, {"a": 0.5, "b": "x", "c": "z"}, {"a": 2, "b": True, "c": None}]
    )
    assert rows == [
        {"a": 1.0, "b": "1", "c": "x | y", "c_count": 2},
        {"a": 0.5, "b": "x", "c": "z", "c_count": 1},
        {"a": 2.0, "b": "true"},
    ]
    assert [type(row["a"]) for row in rows] == [float] * 3
    assert normal_rows([{"b": True}, {"b": False}]) == [{"b": True}, {"b": False}]
    assert normal_rows([{"b": True}, {"b": None}]) == [{"b": "true"}, {}]
    assert normal_rows([{"n": 2**60}, {"n": 0.5}]) == [{"n": str(2**60)}, {"n": "0.5"}]


def test_no_name_is_one_that_formats_keep_for_themselves() -> None:
    kept = "id type source target start end viz name pid label weight".split()
    assert fit_names(kept) == {name: f"{name}_" for name in kept}
    assert fit_names(["weight"], meant=["weight"]) == {"weight": "weight"}
    found = fit_names(["id", "ID", "id_", "a:b", "a b", "1", "\x00", "é"])
    assert len({name.casefold() for name in found.values()}) == len(found)
    assert all(re.fullmatch(r"[^\W\d]\w*", name) for name in found.values())
    assert clean("\x0b") == ""
