"""FollowTheMoney JSON lines (https://followthemoney.tech) for OpenAleph, Aleph and the tools around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from kg.exporters import collect
from kg.exporters.record import Node, day
from kg.exporters.values import clean
from kg.exporters.views import view_of
from kg.store import Reader

SCHEMATA = {
    "Person": "Person",
    "Organization": "Organization",
    "GeopoliticalEntity": "PublicBody",
    "Group": "LegalEntity",
    "NamedEvent": "Event",
}
"""Class of an actor to the schema it has there; places are `Address`, and things ("390 prisoners") are left out."""

_ARTICLES = """
SELECT ?doc ?id ?title ?published ?publisher ?url ?text WHERE { GRAPH ?doc {
  ?doc a nkg:Article ; dcterms:identifier ?id ; nif:isString ?text
  OPTIONAL { ?doc dcterms:title ?title } OPTIONAL { ?doc dcterms:issued ?published }
  OPTIONAL { ?doc dcterms:publisher ?publisher } OPTIONAL { ?doc schema:url ?url } } }"""
_MENTIONS = """
SELECT ?doc ?node ?words WHERE {
  GRAPH ?doc { ?mention nkg:refersTo ?actor ; nif:anchorOf ?words ; nkg:mentionKind "name" }
  GRAPH ?identity { ?actor nkg:canonical ?node }
}"""
_TOLD_IN = """
SELECT DISTINCT ?node ?doc WHERE {
  GRAPH ?doc { ?doc a nkg:Article . ?event a nkg:Event } GRAPH ?identity { ?event nkg:canonical ?node }
}"""
_INVOLVED = frozenset(("agent", "patient", "recipient", "proposer", "addressee", "responder", "speaker"))


def followthemoney(reader: Reader) -> Iterator[str]:
    """Write one entity a line: articles, actors, events and mentions.

    An event has who is `involved`, the articles it is told in as `proof`, its days, places as `location`, and its
    sentences as `summary`; statements are left out. An actor has `wikidataId` and its articles as `proof`. A mention
    leads from a name in an article to the actor (`resolved`). Ids are the SHA-1 of IRIs, as FollowTheMoney wants ids
    without a slash.
    """
    network = view_of(reader)
    nodes = {node.id: node for node in network.nodes}
    told: dict[str, set[str]] = {}
    for event, doc in collect.rows(reader, _TOLD_IN):
        told.setdefault(event, set()).add(doc)
    names: dict[tuple[str, str], set[str]] = {}
    for doc, actor, name in collect.rows(reader, _MENTIONS):
        told.setdefault(actor, set()).add(doc)
        if actor in nodes and nodes[actor].cls in SCHEMATA:
            names.setdefault((doc, actor), set()).add(name)
    yield from _articles(reader)
    involved: dict[str, dict[str, set[str]]] = {}
    for edge in network.edges:
        target = nodes[edge.target]
        if edge.relation in _INVOLVED and SCHEMATA.get(target.cls, "Event") != "Event":
            involved.setdefault(edge.source, {}).setdefault("involved", set()).add(_id(edge.target))
        elif edge.relation == "place":
            involved.setdefault(edge.source, {}).setdefault("location", set()).add(target.label)
    for node in network.nodes:
        proof = {_id(doc) for doc in told.get(node.id, ())}
        if node.sort == "actor" and node.cls in SCHEMATA:
            yield _actor(node, proof)
        elif node.sort == "event" and node.cls != "Statement":
            yield _event(node, proof, involved.get(node.id, {}))
    for (doc, actor), words in sorted(names.items()):
        schema = SCHEMATA[nodes[actor].cls]
        told_so = {"document": [_id(doc)], "resolved": [_id(actor)], "name": sorted(words), "detectedSchema": [schema]}
        yield _line(f"{doc} {actor}", "Mention", told_so)


def _articles(reader: Reader) -> Iterator[str]:
    for doc, name, title, published, publisher, url, text in collect.rows(reader, _ARTICLES):
        date = [published[:10]] if day(published) else []
        yield _line(
            doc,
            "Article",
            {
                "title": [title or name],
                "fileName": [name],
                "publishedAt": date,
                "publisher": [publisher],
                "sourceUrl": [url] if url.startswith(("http://", "https://")) else [],
                "bodyText": [text],
                "language": ["eng"],
            },
        )


def _actor(node: Node, proof: set[str]) -> str:
    wikidata = str(node.values.get("wikidata", ""))
    ids = [part for part in (collect.local(one) for one in wikidata.split(" | ")) if part.startswith("Q")]
    return _line(node.id, SCHEMATA[node.cls], {"name": [node.label], "wikidataId": ids, "proof": sorted(proof)})


def _event(node: Node, proof: set[str], parts: Mapping[str, set[str]]) -> str:
    values = node.values
    one_day = node.begin is not None and node.begin == node.end
    told: dict[str, list[str]] = {
        "name": [node.label],
        "summary": [str(values["quote"])] if "quote" in values else [],
        "date": [node.begin] if node.begin and one_day else [],
        "startDate": [node.begin] if node.begin and not one_day else [],
        "endDate": [node.end] if node.end and not one_day else [],
        "keywords": [node.cls, *(str(values[name]) for name in ("factuality", "plover", "status") if name in values)],
        "involved": sorted(parts.get("involved", ())),
        "location": sorted(parts.get("location", ())),
        "proof": sorted(proof),
    }
    return _line(node.id, "Event", told)


def _line(iri: str, schema: str, properties: Mapping[str, list[str]]) -> str:
    fit = {name: [text for text in (clean(one) for one in many) if text] for name, many in properties.items()}
    entity = {"id": _id(iri), "schema": schema, "properties": {name: many for name, many in fit.items() if many}}
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def _id(iri: str) -> str:
    return hashlib.sha1(iri.encode(), usedforsecurity=False).hexdigest()
