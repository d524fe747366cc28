"""Networks as JSON: Cytoscape.js and Cytoscape (cyjs), CX2 for NDEx and Cytoscape, node-link for networkx and D3."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.drawing.marks import FAMILIES, TYPES, colour_of
from kg.exporters.record import Network
from kg.exporters.values import Value

_EXACT = 2**53  # beyond it JavaScript has no whole numbers
_CX2_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}


def cytoscape(network: Network) -> Iterator[str]:
    """Write Cytoscape.js JSON (https://js.cytoscape.org/#notation/elements-json), which Cytoscape opens as .cyjs.

    `name` is there for Cytoscape, which labels nodes and edges by it; the style colours nodes by class.
    """
    nodes = [
        {"data": {"id": node.id, "name": node.label, **values}}
        for node, values in zip(network.nodes, _exact([node.attributes for node in network.nodes]), strict=True)
    ]
    edges = [
        {"data": {"id": edge.id, "source": edge.source, "target": edge.target, "name": edge.relation, **values}}
        for edge, values in zip(network.edges, _exact([edge.attributes for edge in network.edges]), strict=True)
    ]
    # ids of nodes and edges share one space
    taken = {node.id for node in network.nodes}
    for edge in edges:
        while edge["data"]["id"] in taken:
            edge["data"]["id"] = f"{edge['data']['id']}_"
    yield '{"format_version":"1.0","generated_by":"newskg","target_cytoscapejs_version":"~3",'
    yield f'"data":{_json({"name": network.name})},"style":{_json(_style())},\n"elements":{{"nodes":[\n'
    yield from _listed(nodes)
    yield '],"edges":[\n'
    yield from _listed(edges)
    yield "]}}\n"


def cx2(network: Network) -> Iterator[str]:
    """Write CX2 (https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/).

    Nodes have whole numbers as ids there, so their IRI is the attribute `iri`; labels are `name`, relations
    `interaction`, as Cytoscape expects it.
    """
    number = {node.id: at for at, node in enumerate(network.nodes)}
    node_types = {"iri": str, "name": str, **_without(network.node_types(), "label")}
    edge_types = {"interaction": str, **_without(network.edge_types(), "relation")}
    declared = {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": {name: {"d": _CX2_TYPES[kind]} for name, kind in node_types.items()},
        "edges": {name: {"d": _CX2_TYPES[kind]} for name, kind in edge_types.items()},
    }
    counts = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(network.nodes)}
    counts |= {"edges": len(network.edges), "visualProperties": 1}
    metadata = [{"name": name, "elementCount": count} for name, count in counts.items()]
    yield '[{"CXVersion":"2.0","hasFragments":false},\n'
    yield _json({"metaData": metadata}) + ",\n" + _json({"attributeDeclarations": [declared]}) + ",\n"
    yield _json({"networkAttributes": [{"name": network.name}]}) + ',\n{"nodes":[\n'
    yield from _listed(
        [
            {"id": number[node.id], "v": {"iri": node.id, "name": node.label, **_without(node.attributes, "label")}}
            for node in network.nodes
        ]
    )
    yield ']},\n{"edges":[\n'
    yield from _listed(
        [
            {
                "id": at,
                "s": number[edge.source],
                "t": number[edge.target],
                "v": {"interaction": edge.relation, **_without(edge.attributes, "relation")},
            }
            for at, edge in enumerate(network.edges)
        ]
    )
    yield "]},\n" + _json({"visualProperties": [_cx2_style(network)]}) + ',\n{"status":[{"success":true}]}]\n'


def node_link(network: Network) -> Iterator[str]:
    """Write node-link JSON, which `networkx.node_link_graph` reads (version 3.6 or newer as it is) and D3 draws."""
    yield f'{{"directed":true,"multigraph":true,"graph":{_json({"name": network.name})},"nodes":[\n'
    yield from _listed([{"id": node.id, **node.attributes} for node in network.nodes])
    yield '],"edges":[\n'
    yield from _listed([{"source": e.source, "target": e.target, "key": e.id, **e.attributes} for e in network.edges])
    yield "]}\n"


def _without(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


def _exact(rows: list[dict[str, Value]]) -> list[dict[str, Value]]:
    """Give columns with whole numbers that JavaScript would round as texts."""
    large = {name for row in rows for name, value in row.items() if type(value) is int and abs(value) > _EXACT}
    return [{name: str(value) if name in large else value for name, value in row.items()} for row in rows]


def _style() -> list[dict[str, Any]]:
    plain = {"label": "data(name)", "font-size": 9, "text-wrap": "ellipsis", "text-max-width": "120px"}
    arrow = {"curve-style": "bezier", "target-arrow-shape": "triangle", "width": 1, "line-color": "#c3ccd6"}
    by_family = [(f'[family = "{name}"]', colour) for name, colour in FAMILIES.items()]
    by_class = [(f'[class = "{name}"]', colour) for name, colour in TYPES.items()]
    return [
        {"selector": "node", "style": plain},
        {"selector": "edge", "style": arrow},
        *(
            {"selector": f"node{which}", "style": {"background-color": colour}}
            for which, colour in by_family + by_class
        ),
    ]


def _cx2_style(network: Network) -> dict[str, Any]:
    classes = sorted({(node.cls, str(node.values.get("family", ""))) for node in network.nodes})
    colours = [{"v": cls, "vp": colour_of(cls, family)} for cls, family in dict(classes).items()]
    shape = {"NODE_SHAPE": "ellipse", "NODE_WIDTH": 30, "NODE_HEIGHT": 30, "NODE_LABEL_FONT_SIZE": 9}
    return {
        "default": {"network": {}, "node": shape, "edge": {"EDGE_TARGET_ARROW_SHAPE": "triangle"}},
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}},
            "NODE_BACKGROUND_COLOR": {
                "type": "DISCRETE",
                "definition": {"attribute": "class", "type": "string", "map": colours},
            },
        },
        "edgeMapping": {},
    }


def _listed(things: list[dict[str, Any]]) -> Iterator[str]:
    for at, thing in enumerate(things, 1):
        yield _json(thing) + (",\n" if at < len(things) else "\n")


def _json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
