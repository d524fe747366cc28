"""Networks as XML: GraphML for nearly every tool, GEXF 1.3 for Gephi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from kg.drawing.marks import colour_of, rgb
from kg.exporters.network import as_networkx
from kg.exporters.record import Edge, Network, Node
from kg.exporters.values import Value

_GEXF_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}


def graphml(network: Network) -> Iterator[str]:
    """Write GraphML (http://graphml.graphdrawing.org/specification.html), line by line, by networkx."""
    import networkx

    for line in networkx.generate_graphml(as_networkx(network)):
        yield line + "\n"


def gexf(network: Network) -> Iterator[str]:
    """Write GEXF 1.3 (https://gexf.net/schema.html) with times as intervals and colours by class.

    networkx writes version 1.3 with a wrong namespace of the schema's location, without the representation of time and
    with the visual module before the attributes, so this is our own.
    """
    timed: list[Node | Edge] = [*network.nodes, *network.edges]
    dynamic = any(one.begin or one.end for one in timed)
    time = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if dynamic else ' mode="static"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    yield f"  <meta><creator>newskg</creator><description>{escape(network.name)}</description></meta>\n"
    yield f'  <graph defaultedgetype="directed" idtype="string"{time}>\n'
    on_nodes = {name: kind for name, kind in network.node_types().items() if name != "label"}
    on_edges = {name: kind for name, kind in network.edge_types().items() if name != "weight"}
    yield from _declared("node", on_nodes)
    yield from _declared("edge", on_edges)
    yield f'    <nodes count="{len(network.nodes)}">\n'
    for node in network.nodes:
        yield from _gexf_node(node, on_nodes)
    yield f'    </nodes>\n    <edges count="{len(network.edges)}">\n'
    for edge in network.edges:
        yield from _gexf_edge(edge, on_edges)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declared(what: str, types: Mapping[str, type]) -> Iterator[str]:
    if types:
        yield f'    <attributes class="{what}">\n'
        for name, kind in types.items():  # graphology calls attributes by their ids
            yield f'      <attribute id={_quoted(name)} title={_quoted(name)} type="{_GEXF_TYPES[kind]}"/>\n'
        yield "    </attributes>\n"


def _gexf_node(node: Node, declared: Mapping[str, type]) -> Iterator[str]:
    yield f"      <node id={_quoted(node.id)} label={_quoted(node.label)}{_times(node)}>\n"
    yield from _values(node.attributes, declared)
    red, green, blue = rgb(colour_of(node.cls, str(node.values.get("family", ""))))
    yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
    yield "      </node>\n"


def _gexf_edge(edge: Edge, declared: Mapping[str, type]) -> Iterator[str]:
    ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
    weight = "" if edge.weight is None else f' weight="{edge.weight}"'
    # parallel edges are kept apart by their kind
    kind = f"label={_quoted(edge.relation)} kind={_quoted(edge.relation)}"
    yield f'      <edge id="{edge.id}" {ends} {kind}{weight}{_times(edge)}>\n'
    yield from _values(edge.attributes, declared)
    yield "      </edge>\n"


def _values(attributes: Mapping[str, Value], declared: Mapping[str, type]) -> Iterator[str]:
    told = {name: value for name, value in attributes.items() if name in declared}
    if told:
        yield "        <attvalues>\n"
        for name, value in told.items():
            yield f"          <attvalue for={_quoted(name)} value={_quoted(_lexical(value))}/>\n"
        yield "        </attvalues>\n"


def _times(one: Node | Edge) -> str:
    begin = f' start="{one.begin}"' if one.begin else ""
    return begin + (f' end="{one.end}"' if one.end else "")


def _lexical(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    """Quote an attribute so that a parser gives line breaks and tabs back."""
    return '"' + escape(text, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}) + '"'
