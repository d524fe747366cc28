"""Independent readers of networks: each gives back nodes and edges with all that is said of them.

A network is told as {node id: attributes} and a sorted list of (edge id, source, target, attributes), so that two are
compared node for node and edge for edge.
"""

from __future__ import annotations

import csv
import html
import json
import math
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.exporters.record import Network

NODE = Path(__file__).parent / "node"
Told = tuple[dict[str, dict[str, Any]], list[tuple[str, str, str, dict[str, Any]]]]


def told(network: Network) -> Told:
    return (
        {node.id: node.attributes for node in network.nodes},
        _sorted((e.id, e.source, e.target, e.attributes) for e in network.edges),
    )


def _sorted(edges: Iterable[tuple[str, str, str, dict[str, Any]]]) -> list[tuple[str, str, str, dict[str, Any]]]:
    return sorted(edges, key=_place)


def _place(edge: tuple[str, str, str, dict[str, Any]]) -> tuple[str, ...]:
    """Order edges by what every reader gives, for it may not give their ids."""
    return (
        *edge[1:3],
        str(edge[3]["relation"]),
        *(f"{name}={_number(value)}" for name, value in sorted(edge[3].items())),
    )


def _number(value: Any) -> Any:
    return value if isinstance(value, str | bool) else float(value)


def _known(values: Mapping[str, Any], without: Iterable[str] = ()) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if name not in without and value not in ("", None) and not (isinstance(value, float) and math.isnan(value))
    }


def graphml_networkx(path: Path) -> Told:
    import networkx

    back = networkx.read_graphml(path, force_multigraph=True)
    edges = ((key, start, end, data) for start, end, key, data in back.edges(keys=True, data=True))
    return {node: data for node, data in back.nodes(data=True)}, _sorted(
        (k, s, e, _known(d, ("id",))) for k, s, e, d in edges
    )


def graphml_igraph(path: Path) -> Told:
    import igraph

    back = igraph.Graph.Read_GraphML(str(path))
    ids = [html.unescape(id) for id in back.vs["id"]]  # igraph leaves &#38; in them
    nodes = {ids[node.index]: _known(node.attributes(), ("id",)) for node in back.vs}
    # igraph 1.0 gives edges the ids of nodes once there are some more keys; all else is there
    edges = (("", ids[e.source], ids[e.target], _known(e.attributes(), ("id",))) for e in back.es)
    return nodes, _sorted(edges)


def gexf_networkx(path: Path) -> Told:
    import networkx

    back = networkx.read_gexf(path, version="1.3")
    beside = ("id", "viz", "start", "end")
    nodes = {node: _known(data, beside) for node, data in back.nodes(data=True)}
    edges = ((data["id"], start, end, _known(data, (*beside, "label"))) for start, end, data in back.edges(data=True))
    return nodes, _sorted(edges)


def _by_node(library: str, path: Path) -> dict[str, Any]:
    if not shutil.which("node") or not (NODE / "node_modules").is_dir():
        pytest.skip("the JavaScript readers are not installed: run make readers (it needs node and npm)")
    run = subprocess.run(
        ["node", str(NODE / "read.mjs"), library, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def graphml_graphology(path: Path) -> Told:
    back = _by_node("graphml", path)
    return {id: _known(data) for id, data in back["nodes"]}, _sorted(
        (k, s, t, _known(d)) for k, s, t, d in back["edges"]
    )


def gexf_graphology(path: Path) -> Told:
    back = _by_node("gexf", path)
    nodes = {id: _known(data, ("color", "start", "end")) for id, data in back["nodes"]}
    return nodes, _sorted((k, s, t, _known(d, ("start", "end", "label", "kind"))) for k, s, t, d in back["edges"])


def cytoscape_js(path: Path) -> Told:
    back = _by_node("cytoscape", path)
    assert all(re.fullmatch(r"rgb\(\d+,\d+,\d+\)", colour) for _, colour in back["colours"])
    nodes = {id: _known(data, ("id", "name")) for id, data in back["nodes"]}
    return nodes, _sorted((k, s, t, _known(d, ("id", "name", "source", "target"))) for k, s, t, d in back["edges"])


def cx2_ndex2(path: Path) -> Told:
    from ndex2.cx2 import RawCX2NetworkFactory

    back = RawCX2NetworkFactory().get_cx2network(json.loads(path.read_text(encoding="utf-8")))
    given = {id: node["v"] for id, node in back.get_nodes().items()}
    nodes = {v["iri"]: {"label": v["name"], **_known(v, ("iri", "name"))} for v in given.values()}
    assert [*back.get_edges()] == [*range(len(back.get_edges()))]  # ids are numbers in this format
    edges = [
        (
            "",
            given[edge["s"]]["iri"],
            given[edge["t"]]["iri"],
            {"relation": edge["v"]["interaction"], **_known(edge["v"], ("interaction",))},
        )
        for edge in back.get_edges().values()
    ]
    return nodes, _sorted(edges)


def node_link_networkx(path: Path) -> Told:
    import networkx

    back = networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    edges = ((key, start, end, data) for start, end, key, data in back.edges(keys=True, data=True))
    return {node: data for node, data in back.nodes(data=True)}, _sorted(edges)


def _ladybug_type(kind: str) -> str:
    return {"string": "STRING", "long": "INT64", "double": "DOUBLE", "boolean": "BOOL"}[kind]


def neo4j_ladybug(folder: Path) -> Told:
    """Read the CSV as a property graph's importer does: typed headers, an ID space a sort."""
    import ladybug

    database = ladybug.Connection(ladybug.Database(":memory:"))
    nodes: dict[str, dict[str, Any]] = {}
    edges: list[tuple[str, str, str, dict[str, Any]]] = []
    command = (folder / "import.sh").read_text(encoding="utf-8")
    for name in re.findall(r"--nodes=(\S+)", command):
        header, rows = _csv(folder / name)
        space = re.fullmatch(r"iri:ID\((\w+)\)", header[0])
        assert space and header[-1] == ":LABEL"
        columns = [column.rsplit(":", 1) for column in header[1:-1]]
        typed = ", ".join(f"`{column}` {_ladybug_type(kind)}" for column, kind in columns)
        database.execute(f"CREATE NODE TABLE `{space[1]}` (iri STRING PRIMARY KEY, {typed}, labels STRING)")
        _copy(database, space[1], folder / name)
        for values in _rows(database, f"MATCH (n:`{space[1]}`) RETURN n.*"):
            fields = dict(zip(("iri", *(column for column, _ in columns), "labels"), values, strict=True))
            assert fields["labels"].split(";")[0] == space[1]
            nodes[fields["iri"]] = _known(fields, ("iri", "labels"))
        assert len(rows) == len(_rows(database, f"MATCH (n:`{space[1]}`) RETURN n.iri"))
    for name in re.findall(r"--relationships=(\S+)", command):
        header, rows = _csv(folder / name)
        ends = re.fullmatch(r":START_ID\((\w+)\) :END_ID\((\w+)\) :TYPE", " ".join(header[:3]))
        assert ends
        columns = [column.rsplit(":", 1) for column in header[3:]]
        table = f"{ends[1]}_{ends[2]}"
        typed = ", ".join(f"`{column}` {_ladybug_type(kind)}" for column, kind in columns)
        database.execute(f"CREATE REL TABLE `{table}` (FROM `{ends[1]}` TO `{ends[2]}`, kind_ STRING, {typed})")
        _copy(database, table, folder / name)
        for source, target, *values in _rows(database, f"MATCH (a)-[r:`{table}`]->(b) RETURN a.iri, b.iri, r.*"):
            fields = dict(zip(("kind_", *(column for column, _ in columns)), values, strict=True))
            assert fields["kind_"].replace("_", "") == re.sub(r"\W", "", fields["relation"]).upper()
            edges.append((fields["key"], source, target, _known(fields, ("key", "kind_"))))
        assert len(rows) == len(_rows(database, f"MATCH ()-[r:`{table}`]->() RETURN r.key"))
    return nodes, _sorted(edges)


def _copy(database: Any, table: str, path: Path) -> None:
    database.execute(
        f'COPY `{table}` FROM "{path}" (header=true, parallel=false, auto_detect=false, delim=",", '
        """quote='"', escape='"')"""
    )


def _rows(database: Any, cypher: str) -> list[list[Any]]:
    result = database.execute(cypher)
    out = []
    while result.has_next():
        out.append(result.get_next())
    return out


def _csv(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = [*csv.reader(file)]
    return header, rows


def cypher_ladybug(path: Path) -> Told:
    """Have the literals of the script evaluated by an engine of Cypher, and put together what MERGE makes of them."""
    import ladybug

    database = ladybug.Connection(ladybug.Database(":memory:"))
    nodes: dict[str, dict[str, Any]] = {}
    edges: list[tuple[str, str, str, dict[str, Any]]] = []
    for statement in path.read_text(encoding="utf-8").split(";\n"):
        if not statement.startswith("UNWIND ["):
            assert not statement or statement.startswith("CREATE CONSTRAINT"), statement
            continue
        given, _, rest = statement.removeprefix("UNWIND [").partition("] AS row\n")
        relation = re.search(r"MERGE \(s\)-\[r:`(\w+)` \{key: row\.k\}\]->\(t\) SET r \+= row\.p$", rest)
        assert relation or re.search(r"SET n:`\w+` SET n \+= row\.p$", rest), rest
        for literal in given.split(",\n"):
            [[row]] = _rows(database, f"RETURN {literal} AS row")
            if relation:
                assert relation[1].replace("_", "") == re.sub(r"\W", "", row["p"]["relation"]).upper()
                edges.append((row["k"], row["s"], row["t"], row["p"]))
            else:
                nodes[row["iri"]] = row["p"]
    return nodes, _sorted(edges)


NETWORKS: dict[str, list[Callable[[Path], Told]]] = {
    "graphml": [graphml_networkx, graphml_igraph, graphml_graphology],
    "gexf": [gexf_networkx, gexf_graphology],
    "cytoscape": [cytoscape_js],
    "cx2": [cx2_ndex2],
    "node-link": [node_link_networkx],
    "neo4j": [neo4j_ladybug],
}
"""Format to its readers."""
