"""Every export is read back by an independent reader: node for node, edge for edge, triple for triple, row for row."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
import xmlschema

import kg
from kg.exporters import FORMATS, Material, parts_of, save
from kg.exporters.record import Network
from kg.exporters.tables import Table, tables
from kg.exporters.views import VIEWS, view_of
from kg.graph import Graph
from tests.exporters import readers
from tests.exporters.conftest import hostile_network
from tests.exporters.readers import NETWORKS, Told, told
from tests.store.synthetic import Page, published

SOAK = "KG_PASSAGES" in os.environ
GRAPHS = ("demo", "many", "hostile")
VIEWED = [("demo", view) for view in VIEWS] + [
    (name, view) for name in GRAPHS[1:] for view in (VIEWS if SOAK else ("full",))
]
SLOWLY = GRAPHS if SOAK else ("hostile",)
"""What is read by the slow readers of RDF, but for one format of the demo."""
PAIRS = [(format, read) for format, found in NETWORKS.items() for read in found]
ONTOLOGY = "https://w3id.org/newskg/ontology"


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> Graph:
    found: Graph = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=SLOWLY)
def slow(request: pytest.FixtureRequest) -> Graph:
    found: Graph = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module", params=VIEWED, ids="-".join)
def viewed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], tuple[Network, Path]]:
    """Give a function that writes one view of one graph in a format, once, and gives the network and the path."""
    name, view = request.param
    found: Graph = request.getfixturevalue(name)
    network, folder = view_of(found.reader, view), tmp_path_factory.mktemp("viewed")
    assert network.nodes and network.edges

    @cache
    def write(format: str) -> tuple[Network, Path]:
        return network, written(found, format, folder, view)

    return write


def write_network(network: Network, format: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Material, "network", lambda self: network)
    save(FORMATS[format].write(Material(None)), path)  # type: ignore[arg-type]  # the network is given
    return path


def written(graph: Graph, format: str, folder: Path, view: str | None = None) -> Path:
    path = folder / f"out-{format}{FORMATS[format].suffix}"
    save(parts_of(Material(graph.reader, view), format), path)
    return path


def near(back: Told, given: Told) -> None:
    """Compare two networks; of numbers, as many digits as a double of a reader holds."""
    assert sorted(back[0]) == sorted(given[0])
    for id, values in given[0].items():
        assert back[0][id] == like(values), id
    assert [edge[1:3] for edge in back[1]] == [edge[1:3] for edge in given[1]]
    assert [edge[0] for edge in back[1]] in ([edge[0] for edge in given[1]], [""] * len(back[1]))
    for one, other in zip(back[1], given[1], strict=True):
        assert one[3] == like(other[3]), one[0]


def like(values: dict[str, Any]) -> Any:
    return {
        name: pytest.approx(value, rel=1e-12) if isinstance(value, float) else value for name, value in values.items()
    }


@pytest.mark.parametrize(("format", "read"), PAIRS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_networks(viewed: Callable[[str], tuple[Network, Path]], format: str, read: Callable[[Path], Told]) -> None:
    network, path = viewed(format)
    near(read(path), told(network))


@pytest.mark.parametrize(("format", "read"), PAIRS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_hostile_values(
    format: str, read: Callable[[Path], Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = hostile_network()
    assert len(network.nodes) == 10 and len(network.edges) == 10
    near(read(write_network(network, format, tmp_path / "out", monkeypatch)), told(network))


def test_cypher(viewed: Callable[[str], tuple[Network, Path]]) -> None:
    network, path = viewed("neo4j")
    near(readers.cypher_ladybug(path / "load.cypher"), told(network))


def test_hostile_cypher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_network(hostile_network(), "neo4j", tmp_path / "out", monkeypatch) / "load.cypher"
    near(readers.cypher_ladybug(path), told(hostile_network()))


def test_gexf_keeps_its_schema(viewed: Callable[[str], tuple[Network, Path]]) -> None:
    xmlschema.XMLSchema(Path(__file__).parent / "gexf.xsd").validate(viewed("gexf")[1])


def test_hostile_gexf_keeps_its_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_network(hostile_network(), "gexf", tmp_path / "out.gexf", monkeypatch)
    schema = xmlschema.XMLSchema(Path(__file__).parent / "gexf.xsd")
    schema.validate(path)
    broken = path.read_text(encoding="utf-8").replace('timerepresentation="interval"', 'timerepresentation="both"')
    assert not schema.is_valid(broken)


def of_rdflib(data: rdflib.Dataset) -> set[tuple[str, ...]]:
    return {
        tuple(term.n3() if isinstance(term, rdflib.term.Node) else f"<{term}>" for term in quad)
        for quad in data.quads()
    }


@pytest.mark.parametrize(("format", "parser"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_quads_by_rdflib(slow: Graph, format: str, parser: str, tmp_path: Path) -> None:
    back = rdflib.Dataset()
    back.parse(written(slow, format, tmp_path), format=parser)
    dated = back.graph(rdflib.URIRef(ONTOLOGY))
    [version] = dated.objects(rdflib.URIRef(ONTOLOGY), rdflib.OWL.versionIRI)
    [day] = dated.objects(rdflib.URIRef(ONTOLOGY), rdflib.OWL.versionInfo)
    assert version == rdflib.URIRef(f"{ONTOLOGY}/{day}")
    back.remove_graph(dated)
    assert of_rdflib(back) == of_rdflib(slow.to_rdflib())


@pytest.mark.parametrize("format", ["nquads", "trig", "jsonld"])
def test_quads_by_oxigraph(graph: Graph, format: str, tmp_path: Path) -> None:
    kind = {"nquads": "N_QUADS", "trig": "TRIG", "jsonld": "JSON_LD"}[format]
    found = pyoxigraph.parse(path=str(written(graph, format, tmp_path)), format=getattr(pyoxigraph.RdfFormat, kind))
    back = {str(quad) for quad in found if getattr(quad.graph_name, "value", "") != ONTOLOGY}
    given = pyoxigraph.parse(graph.reader.nquads(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert back == {str(quad) for quad in given}


def test_jsonld_by_pyld(slow: Graph, tmp_path: Path) -> None:
    from pyld import jsonld

    document = json.loads(written(slow, "jsonld", tmp_path).read_text(encoding="utf-8"))
    first = document["graph"][0]
    assert {"id", "graph"} == first.keys() and any("label" in node for node in first["graph"])
    text = jsonld.to_rdf(document, {"format": "application/n-quads"})
    back = {
        str(q) for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS) if q.graph_name.value != ONTOLOGY
    }
    assert back == {str(q) for q in pyoxigraph.parse(slow.reader.nquads(), format=pyoxigraph.RdfFormat.N_QUADS)}


def test_the_demo_in_json_ld_by_rdflib(demo: Graph, tmp_path: Path) -> None:
    back = rdflib.Dataset()
    back.parse(written(demo, "jsonld", tmp_path), format="json-ld")
    back.remove_graph(back.graph(rdflib.URIRef(ONTOLOGY)))
    assert len(back) == len(demo.reader)


def test_turtle_is_all_triples(slow: Graph, tmp_path: Path) -> None:
    back = rdflib.Graph().parse(written(slow, "turtle", tmp_path))
    terms = rdflib.Graph()
    for name in ("news.ttl", "plover.ttl"):
        terms.parse(Path(__file__).parents[2] / "ontology" / name)
    given = {quad[:3] for quad in slow.to_rdflib().quads()}
    assert set(back) == given | set(terms)


def test_protege(slow: Graph, tmp_path: Path) -> None:
    back = rdflib.Graph().parse(written(slow, "protege", tmp_path))
    assert {quad[:3] for quad in slow.to_rdflib().quads()} <= set(back)
    owl = rdflib.OWL
    [header] = back.subjects(rdflib.RDF.type, owl.Ontology)
    assert back.value(header, owl.versionIRI) and not [*back.objects(None, owl.imports)]
    kinds = (owl.ObjectProperty, owl.DatatypeProperty, owl.AnnotationProperty)
    built_in = (str(rdflib.RDF), str(rdflib.RDFS), str(owl))
    for name in {name for name in back.predicates() if not str(name).startswith(built_in)}:
        found = [kind for kind in kinds if (name, rdflib.RDF.type, kind) in back]
        assert len(found) == 1, name
        literal = {isinstance(thing, rdflib.Literal) for thing in back.objects(None, name)}
        if found != [owl.AnnotationProperty]:
            assert literal == {found == [owl.DatatypeProperty]}, name
    for cls in {cls for cls in back.objects(None, rdflib.RDF.type) if not str(cls).startswith(built_in)}:
        assert (cls, rdflib.RDF.type, owl.Class) in back, cls


def rows_of(table: Table) -> list[tuple[Any, ...]]:
    kinds = {str: str, float: float, int: int, bool: bool}
    return sorted(
        (
            tuple(None if (v := row.get(n)) is None else kinds[k](v) for n, k in table.columns.items())
            for row in table.rows
        ),
        key=repr,
    )


def test_parquet_by_duckdb_and_pyarrow(graph: Graph, tmp_path: Path) -> None:
    import duckdb
    import pyarrow.parquet

    folder = written(graph, "parquet", tmp_path)
    given = [*tables(graph.reader)]
    assert sorted(path.stem for path in folder.iterdir()) == sorted(table.name for table in given)
    for table in given:
        path = folder / f"{table.name}.parquet"
        found = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")
        assert found.columns == [*table.columns]
        names = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN"}
        assert [str(kind) for kind in found.types] == [names[kind] for kind in table.columns.values()]
        assert sorted(found.fetchall(), key=repr) == rows_of(table)
        columns = pyarrow.parquet.read_table(path).to_pylist()
        assert sorted((tuple(row.values()) for row in columns), key=repr) == rows_of(table)


def test_csv_by_duckdb(graph: Graph, tmp_path: Path) -> None:
    import duckdb

    folder = written(graph, "csv", tmp_path)
    for table in tables(graph.reader):
        found = duckdb.sql(
            f"SELECT * FROM read_csv('{folder / table.name}.csv', header=true, all_varchar=true, "
            "quote='\"', escape='\"', delim=',', parallel=false)"
        )
        back = sorted((tuple(value or "" for value in row) for row in found.fetchall()), key=repr)
        assert back == sorted((tuple(_as_csv(v) for v in row) for row in rows_of(table)), key=repr)


def _as_csv(value: object) -> str:
    """What a cell has to hold: words that a spreadsheet would take for a formula are defused, numbers are not."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_tables_hold_everything(graph: Graph) -> None:
    found = {table.name: table for table in tables(graph.reader)}
    stats = graph.stats()
    assert len(found["documents"].rows) == stats["documents"]
    assert len(found["mentions"].rows) == stats["mentions"]
    assert len(found["events"].rows) == int(str(stats["events"])) + int(str(stats["statements"]))
    assert len(found["links"].rows) == stats["links"]
    assert {row["event"] for row in found["roles"].rows} <= {row["event"] for row in found["events"].rows}
    assert {row["actor"] for row in found["roles"].rows} <= {row["actor"] for row in found["actors"].rows}
    assert {row["entity"] for row in found["actors"].rows} == {row["entity"] for row in found["entities"].rows}
    for table in found.values():
        if table.name not in ("roles", "quotes"):
            keys = [row[next(iter(table.columns))] for row in table.rows]
            assert len(keys) == len({*keys}), table.name


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_offsets_of_tables_count_in_their_texts(format: str, tmp_path: Path) -> None:
    import duckdb

    text = "\r\n  Ann met Bob.\r\nShe \u2028left\x0b it.\r\n "
    page = Page("windows", text)
    ann, bob = (page.actor("Person", name) for name in ("Ann", "Bob"))
    page.event("Meeting", "met", "Ann met Bob.\r\n", agent=(ann, bob))
    page.event("Retreat", "left", "She \u2028left\x0b it.", agent=ann)
    with kg.open(published(tmp_path / "graph", page)) as graph:
        folder = written(graph, format, tmp_path)
    how = ", header=true, parallel=false" if format == "csv" else ""
    name = f"read_{format}('{folder}/{{}}.{format}'{how})"
    [(held,)] = duckdb.sql(f"SELECT text FROM {name.format('documents')}").fetchall()
    assert held == text
    for table in ("mentions", "quotes"):
        found = duckdb.sql(f"SELECT words, first, last FROM {name.format(table)}").fetchall()
        assert [words for words, *_ in found] == [held[first:last] for _, first, last in found] and len(found) == 2


def test_followthemoney(graph: Graph, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney needs libicu-dev and a compiler: make readers")
    entities = [
        json.loads(line) for line in written(graph, "ftm", tmp_path).read_text(encoding="utf-8").split("\n") if line
    ]
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    by_schema: dict[str, int] = {}
    for entity in entities:
        proxy = ftm.model.get_proxy(entity)
        proxy.schema.validate(entity)
        by_schema[proxy.schema.name] = by_schema.get(proxy.schema.name, 0) + 1
        back = {prop.name: sorted(proxy.get(prop)) for prop in proxy.iterprops()}
        assert back == {name: sorted({*values}) for name, values in entity["properties"].items()}
        for prop in proxy.iterprops():
            if prop.type.name == "entity":
                assert {*proxy.get(prop)} <= ids, "it leads to an entity that is there"
    network = view_of(graph.reader)
    deeds = [node for node in network.nodes if node.sort == "event" and node.cls != "Statement"]
    named = [node for node in network.nodes if node.cls == "NamedEvent"]
    assert by_schema["Article"] == len(graph.documents()) and by_schema["Event"] == len(deeds) + len(named)
    assert by_schema.get("Person", 0) == sum(node.cls == "Person" for node in network.nodes)


def test_followthemoney_tells_who_is_involved(demo: Graph, tmp_path: Path) -> None:
    lines = written(demo, "ftm", tmp_path).read_text(encoding="utf-8").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    russia = next(e for e in entities.values() if e["properties"].get("wikidataId") == ["Q159"])
    assert russia["schema"] == "PublicBody" and len(russia["properties"]["proof"]) == 6
    events = [e for e in entities.values() if russia["id"] in e["properties"].get("involved", ())]
    assert len(events) > 10 and all(event["schema"] == "Event" and event["properties"]["proof"] for event in events)
    mentions = [
        e for e in entities.values() if e["schema"] == "Mention" and e["properties"]["resolved"] == [russia["id"]]
    ]
    assert len(mentions) == 6 and any("Russia" in mention["properties"]["name"] for mention in mentions)


def test_geojson(hostile: Graph, demo: Graph, tmp_path: Path) -> None:
    import shapely

    data = json.loads(written(hostile, "geojson", tmp_path).read_text(encoding="utf-8"))
    [feature] = data["features"]
    point = shapely.from_geojson(json.dumps(feature["geometry"]))
    assert (point.x, point.y) == (2.3522, 48.8566)
    network = view_of(hostile.reader)
    met = next(node for node in network.nodes if node.cls == "Meeting")
    properties = feature["properties"]
    assert properties.items() >= met.attributes.items()
    assert (properties["event"], properties["earliest"], properties["latest"]) == (met.id, "2025-05-01", "2025-05-31")
    collection = shapely.from_geojson(json.dumps(data))
    assert collection.geom_type == "GeometryCollection" and len(collection.geoms) == 1
    assert json.loads(written(demo, "geojson", tmp_path).read_text(encoding="utf-8"))["type"] == "FeatureCollection"
