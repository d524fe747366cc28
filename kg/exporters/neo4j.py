"""A network for Neo4j: CSV files for `neo4j-admin database import`, with the command, and a script of Cypher."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kg.exporters.record import Edge, Network, Node
from kg.exporters.values import Value

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_BATCH = 200

COMMAND = """\
#!/bin/sh
# Run this in this folder, with the database stopped: it makes the database "neo4j" anew from these files.
# (Neo4j 5 or newer; see https://neo4j.com/docs/operations-manual/current/import/)
neo4j-admin database import full neo4j --overwrite-destination=true --multiline-fields=true --id-type=string \\
{files}
"""


def files(network: Network) -> dict[str, Callable[[], Iterator[str]]]:
    """Give the files by name: nodes of a sort and edges between two sorts each, `import.sh` and `load.cypher`.

    Each sort is an ID space of its own. Headers are typed; a node has the label of its sort and of its class.
    """
    sorts = {node.id: _space(node) for node in network.nodes}
    out: dict[str, Callable[[], Iterator[str]]] = {}
    told: list[str] = []
    for space in sorted({*sorts.values()}):
        nodes = [node for node in network.nodes if sorts[node.id] == space]
        name = f"nodes-{space.lower()}.csv"
        out[name] = _bound(_node_rows, space, nodes, network.node_types())
        told.append(f"  --nodes={name}")
    for start, end in sorted({(sorts[edge.source], sorts[edge.target]) for edge in network.edges}):
        edges = [edge for edge in network.edges if (sorts[edge.source], sorts[edge.target]) == (start, end)]
        name = f"edges-{start.lower()}-{end.lower()}.csv"
        out[name] = _bound(_edge_rows, (start, end), edges, network.edge_types())
        told.append(f"  --relationships={name}")
    out["import.sh"] = _bound(_command, told)
    out["load.cypher"] = _bound(cypher, network)
    return out


def cypher(network: Network) -> Iterator[str]:
    """Write statements that make the same graph in a running database: `cypher-shell -f load.cypher`.

    They may be run again, of a graph that has grown, too: a node that is there is found by its IRI, an edge by its key,
    and brought up to date.
    """
    spaces: dict[str, list[Node]] = {}
    for node in network.nodes:
        spaces.setdefault(_space(node), []).append(node)
    sorts = {node.id: _space(node) for node in network.nodes}
    for space in sorted(spaces):
        yield f"CREATE CONSTRAINT {space.lower()}_iri IF NOT EXISTS FOR (n:{space}) REQUIRE n.iri IS UNIQUE;\n"
    for space, nodes in sorted(spaces.items()):
        for cls in sorted({node.cls for node in nodes}):
            same = [{"iri": node.id, "p": dict(node.attributes)} for node in nodes if node.cls == cls]
            for part in _parts(same):
                yield f"UNWIND {_literal(part)} AS row\nMERGE (n:{space} {{iri: row.iri}})\n"
                yield f"SET n:{_label(cls)} SET n += row.p;\n"
    kinds: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in network.edges:
        kinds.setdefault((sorts[edge.source], sorts[edge.target], edge.relation), []).append(edge)
    for (start, end, relation), edges in sorted(kinds.items()):
        rows = [{"s": e.source, "t": e.target, "k": e.id, "p": dict(e.attributes)} for e in edges]
        for part in _parts(rows):
            yield f"UNWIND {_literal(part)} AS row\nMATCH (s:{start} {{iri: row.s}}) MATCH (t:{end} {{iri: row.t}})\n"
            yield f"MERGE (s)-[r:`{_type(relation)}` {{key: row.k}}]->(t) SET r += row.p;\n"


def _node_rows(space: str, nodes: list[Node], types: Mapping[str, type]) -> Iterator[str]:
    used = {name: kind for name, kind in types.items() if any(name in node.attributes for node in nodes)}
    header = [f"iri:ID({space})", *(f"{name}:{_TYPES[kind]}" for name, kind in used.items()), ":LABEL"]
    yield _line(header)
    for node in nodes:
        labels = ";".join(dict.fromkeys((space, _fit(node.cls))))
        yield _line([node.id, *(_cell(node.attributes.get(name)) for name in used), labels])


def _edge_rows(ends: tuple[str, str], edges: list[Edge], types: Mapping[str, type]) -> Iterator[str]:
    used = {name: kind for name, kind in types.items() if any(name in edge.attributes for edge in edges)}
    start, end = (f":START_ID({ends[0]})", f":END_ID({ends[1]})")
    yield _line([start, end, ":TYPE", "key:string", *(f"{name}:{_TYPES[kind]}" for name, kind in used.items())])
    for edge in edges:
        told = (_cell(edge.attributes.get(name)) for name in used)
        yield _line([edge.source, edge.target, _type(edge.relation), edge.id, *told])


def _command(told: list[str]) -> Iterator[str]:
    yield COMMAND.format(files=" \\\n".join(told))


def _space(node: Node) -> str:
    return _fit(node.sort.capitalize())


def _fit(name: str) -> str:
    fit = re.sub(r"\W+", "_", name).strip("_") or "Thing"
    return f"_{fit}" if fit[0].isdigit() else fit


def _type(relation: str) -> str:
    """Give the type of a relationship as Neo4j's style has it: ATTRIBUTED_TO."""
    return _fit(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", relation)).upper()


def _label(name: str) -> str:
    return f"`{_fit(name)}`"


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _parts(rows: Sequence[Mapping[str, object]]) -> Iterator[Sequence[Mapping[str, object]]]:
    for at in range(0, len(rows), _BATCH):
        yield rows[at : at + _BATCH]


def _literal(value: object) -> str:
    """Give a value as a literal of Cypher: maps have bare keys, and strings the escapes of JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"`{key}`: {_literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(_literal(one) for one in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return _cell(value) if isinstance(value, bool | int | float) else "null"


def _bound(function: Callable[..., Iterator[str]], *given: object) -> Callable[[], Iterator[str]]:
    return lambda: function(*given)
