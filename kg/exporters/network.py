"""The graph for network analysis: canonical actors and events, roles and links; every value a string or a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import RelationKind, Role
from kg.store import Reader

if TYPE_CHECKING:
    import networkx

_NODES = """
SELECT ?node ?class ?label ?wikidata ?sort WHERE {
  { SELECT DISTINCT ?node ?sort WHERE {
      GRAPH ?doc { ?doc a nkg:Article . { ?thing a nkg:Event BIND("event" AS ?sort) }
                   UNION { ?mention nkg:refersTo ?thing BIND("actor" AS ?sort) } }
      ?thing nkg:canonical ?node } }
  ?node a ?class
  OPTIONAL { ?node rdfs:label ?label }
  OPTIONAL { ?node skos:exactMatch ?wikidata }
}"""

_FACTS = """
SELECT ?node ?factuality ?plover ?time ?quantity ?source ?quote WHERE {
  GRAPH ?doc {
    ?doc dcterms:identifier ?source . ?event a nkg:Event ; nkg:evidence/nif:anchorOf ?quote .
    OPTIONAL { ?event nkg:factuality ?factuality }
    OPTIONAL { ?event nkg:plover ?plover }
    OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?time }
    OPTIONAL { ?event nkg:quantity/nkg:value ?quantity }
  }
  ?event nkg:canonical ?node
}"""

_ROLES = """
SELECT ?event ?actor ?role ?source ?quote WHERE {
  VALUES ?role { ROLES }
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?account ?role ?participant ; nkg:evidence/nif:anchorOf ?quote }
  ?account nkg:canonical ?event . ?participant nkg:canonical ?actor
}""".replace("ROLES", " ".join(f"nkg:{role}" for role in (*Role, "attributedTo")))

_LINKS = """
SELECT ?from ?to ?relation ?source ?quote WHERE {
  GRAPH ?doc {
    ?doc dcterms:identifier ?source .
    ?link nkg:cause ?cause ; nkg:effect ?effect ; nkg:relation ?relation ; nkg:effectEvidence/nif:anchorOf ?quote
  }
  ?cause nkg:canonical ?from . ?effect nkg:canonical ?to
}"""

_CONTENT = """
SELECT ?from ?to ?source ?quote WHERE {
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?act nkg:content ?told ; nkg:evidence/nif:anchorOf ?quote }
  ?act nkg:canonical ?from . ?told nkg:canonical ?to
}"""

# XML 1.0 has no way to write these, not even escaped
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(reader: Reader) -> networkx.MultiDiGraph:
    """Give a directed multigraph.

    Nodes are canonical IRIs with `sort` ("actor" or "event"), `class`, `label`, and where known `wikidata`, for events
    also `factuality`, `plover`, `time`, `quantity`, `article` and `quote`. Edges run from an event to its participants
    (`relation` is the role), from cause to effect (`relation` is the kind of link) and from an act to what it speaks of
    (`relation` is "content"), each with `article` and `quote`. What several documents or sentences say is joined by
    " | ". The key of an edge is its id, which no other edge of the graph has.
    """
    import networkx

    # File formats and other libraries keep names for themselves that no attribute may have, or it is lost without a
    # word: source, target, id, key, type, name, value, weight, start, end; of an edge label, too.
    graph = networkx.MultiDiGraph()
    for node, cls, label, wikidata, sort in _rows(reader, _NODES):
        known = {"wikidata": wikidata} if wikidata else {}
        graph.add_node(node, **{"sort": sort, "class": _local(cls), "label": label or _local(cls), **known})
    for node, factuality, plover, time, quantity, article, quote in _rows(reader, _FACTS):
        facts = {"factuality": _local(factuality).lower(), "plover": _local(plover), "time": time}
        _join(graph.nodes[node], {**facts, "quantity": quantity, "article": article, "quote": quote})
    edges: dict[tuple[str, str, str], dict[str, str]] = {}
    for event, actor, role, article, quote in _rows(reader, _ROLES):
        _join(edges.setdefault((event, actor, _local(role)), {}), {"article": article, "quote": quote})
    for cause, effect, relation, article, quote in _rows(reader, _LINKS):
        assert relation in set(RelationKind)
        _join(edges.setdefault((cause, effect, relation), {}), {"article": article, "quote": quote})
    for act, told, article, quote in _rows(reader, _CONTENT):
        _join(edges.setdefault((act, told, "content"), {}), {"article": article, "quote": quote})
    for number, ((start, end, relation), said) in enumerate(edges.items(), 1):
        graph.add_edge(start, end, key=f"e{number}", relation=relation, **said)
    return graph


def graphml(reader: Reader) -> str:
    """Give `to_networkx` as GraphML (http://graphml.graphdrawing.org/specification.html)."""
    import networkx

    return "\n".join(networkx.generate_graphml(to_networkx(reader))) + "\n"


def _rows(reader: Reader, sparql: str) -> list[list[str]]:
    rows = {tuple(_NOT_XML.sub("", term.value) if term else "" for term in row) for row in reader.query(sparql).rows}
    return [[*row] for row in sorted(rows)]


def _join(attributes: dict[str, str], said: dict[str, str]) -> None:
    for name, text in said.items():
        parts = attributes.get(name, "").split(" | ") if attributes.get(name) else []
        if text and text not in parts:
            attributes[name] = " | ".join([*parts, text])


def _local(name: str) -> str:
    return re.split(r"[#/]", name)[-1]
