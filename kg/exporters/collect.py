"""Reading a graph for a network: canonical actors and events, roles and links, with what each article says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kg.exporters.record import Draft
from kg.model import Role
from kg.store import Reader
from kg.vocab import FAMILIES

_GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"

_NODES = """
SELECT ?node ?class ?label ?wikidata ?sort WHERE {
  { SELECT DISTINCT ?node ?sort WHERE {
      GRAPH ?doc { ?doc a nkg:Article . { ?thing a nkg:Event BIND("event" AS ?sort) }
                   UNION { ?mention nkg:refersTo ?thing BIND("actor" AS ?sort) } }
      GRAPH ?identity { ?thing nkg:canonical ?node } } }
  GRAPH ?known { ?node a ?class
  OPTIONAL { ?node rdfs:label ?label }
  OPTIONAL { ?node skos:exactMatch ?wikidata } }
}"""

_MENTIONED = """
SELECT ?node ?source (COUNT(?mention) AS ?mentions) WHERE {
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?mention nkg:refersTo ?actor }
  GRAPH ?identity { ?actor nkg:canonical ?node }
} GROUP BY ?node ?source"""

PLACED = """
SELECT ?node ?lat ?long WHERE {
  { GRAPH ?doc { ?place geo:lat ?lat ; geo:long ?long } GRAPH ?identity { ?place nkg:canonical ?node } }
  UNION
  { GRAPH ?identity { ?node geo:lat ?lat ; geo:long ?long } }
}""".replace("geo:lat", f"<{_GEO}lat>").replace("geo:long", f"<{_GEO}long>")

_FACTS = """
SELECT ?node ?factuality ?plover ?begin ?end ?quantity ?noun ?source ?quote ?confidence WHERE {
  GRAPH ?doc {
    ?doc dcterms:identifier ?source . ?event a nkg:Event ; nkg:evidence/nif:anchorOf ?quote .
    OPTIONAL { ?event nkg:factuality ?factuality }
    OPTIONAL { ?event nkg:plover ?plover }
    OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?begin }
    OPTIONAL { ?event sem:hasLatestEndTimeStamp ?end }
    OPTIONAL { ?event nkg:quantity ?number . ?number nkg:value ?quantity OPTIONAL { ?number nkg:countedNoun ?noun } }
    OPTIONAL { ?event nkg:confidence ?confidence }
  }
  GRAPH ?identity { ?event nkg:canonical ?node }
}"""

_PROPOSALS = """
SELECT ?node ?kind ?content ?status WHERE {
  GRAPH ?doc {
    ?event a nkg:Initiative .
    OPTIONAL { ?event nkg:kind ?kind }
    OPTIONAL { ?event nkg:contentText ?content }
    OPTIONAL { ?event nkg:disposition/nkg:status ?status }
  }
  GRAPH ?identity { ?event nkg:canonical ?node }
}"""

_ROLES = """
SELECT ?event ?actor ?role ?source ?quote WHERE {
  VALUES ?role { ROLES }
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?account ?role ?participant ; nkg:evidence/nif:anchorOf ?quote }
  GRAPH ?identity { ?account nkg:canonical ?event . ?participant nkg:canonical ?actor }
}""".replace("ROLES", " ".join(f"nkg:{role}" for role in (*Role, "attributedTo")))

_LINKS = """
SELECT ?from ?to ?relation ?source ?quote WHERE {
  GRAPH ?doc {
    ?doc dcterms:identifier ?source .
    ?link nkg:cause ?cause ; nkg:effect ?effect ; nkg:relation ?relation ; nkg:effectEvidence/nif:anchorOf ?quote
  }
  GRAPH ?identity { ?cause nkg:canonical ?from . ?effect nkg:canonical ?to }
}"""

_CONTENT = """
SELECT ?from ?to ?relation ?source ?quote WHERE {
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?act nkg:content ?told ; nkg:evidence/nif:anchorOf ?quote }
  GRAPH ?identity { ?act nkg:canonical ?from . ?told nkg:canonical ?to }
  BIND("content" AS ?relation)
}"""

_DYADS = """
SELECT ?event ?from ?to ?class ?plover ?factuality ?begin ?end ?issued ?source ?quote WHERE {
  GRAPH ?doc {
    ?doc dcterms:identifier ?source .
    ?account a nkg:Event ; nkg:agent ?acting ; nkg:evidence/nif:anchorOf ?quote .
    FILTER NOT EXISTS { ?account a nkg:Statement }
    OPTIONAL { ?acting nkg:hasMember ?member1 . OPTIONAL { ?member1 nkg:hasMember ?member2 } }
    BIND(COALESCE(?member2, ?member1, ?acting) AS ?one)
    { ?account nkg:recipient ?concerned }
    UNION { ?account nkg:patient ?concerned . FILTER NOT EXISTS { ?account nkg:recipient ?anybody } }
    UNION { ?account nkg:agent ?concerned . FILTER NOT EXISTS { ?account nkg:recipient|nkg:patient ?anybody } }
    OPTIONAL { ?concerned nkg:hasMember ?part1 . OPTIONAL { ?part1 nkg:hasMember ?part2 } }
    BIND(COALESCE(?part2, ?part1, ?concerned) AS ?other)
    OPTIONAL { ?account nkg:plover ?plover }
    OPTIONAL { ?account nkg:factuality ?factuality }
    OPTIONAL { ?account sem:hasEarliestBeginTimeStamp ?begin }
    OPTIONAL { ?account sem:hasLatestEndTimeStamp ?end }
    OPTIONAL { ?doc dcterms:issued ?issued }
  }
  GRAPH ?identity { ?account nkg:canonical ?event . ?one nkg:canonical ?from . ?other nkg:canonical ?to .
                   ?event a ?class }
  FILTER(?from != ?to)
}"""


def nodes(reader: Reader) -> dict[str, Draft]:
    """Give canonical actors and events by IRI, with what is told of each."""
    found: dict[str, Draft] = {}
    for node, cls, label, wikidata, sort in rows(reader, _NODES):
        kind = local(cls)
        family = "proposal" if FAMILIES.get(kind) == "Initiative" else sort
        draft = found.setdefault(node, Draft((sort, kind, label or kind)))
        draft.values["family"] = "statement" if kind == "Statement" else family if sort == "event" else "actor"
        if wikidata:
            draft.values["wikidata"] = wikidata
    for node, source, count in rows(reader, _MENTIONED):
        if node in found:
            found[node].also("article", source)
            held = found[node].values.get("mentions", 0)
            found[node].values["mentions"] = int(count) + (held if isinstance(held, int) else 0)
    for node, lat, long in places(reader):
        if node in found:
            found[node].values.setdefault("latitude", lat)
            found[node].values.setdefault("longitude", long)
    _facts(reader, found)
    for node, kind, content, status in rows(reader, _PROPOSALS):
        if node in found:
            for name, value in (("kind", kind), ("content", content), ("status", local(status).lower())):
                found[node].also(name, value)
    return found


def _facts(reader: Reader, found: dict[str, Draft]) -> None:
    for node, factuality, plover, begin, end, quantity, noun, source, quote, confidence in rows(reader, _FACTS):
        if node not in found:
            continue
        draft = found[node]
        draft.dated(begin, end or begin)
        facts = {"factuality": local(factuality).lower(), "plover": local(plover), "time": begin}
        for name, value in {**facts, "quantity": quantity, "counted": noun, "article": source, "quote": quote}.items():
            draft.also(name, value)
        number = figure(quantity)
        if number is not None:
            draft.values["least"] = min(number, _number(draft, "least", number))
            draft.values["most"] = max(number, _number(draft, "most", number))
        sure = figure(confidence)
        if sure is not None:
            draft.values["confidence"] = max(sure, _number(draft, "confidence", sure))


def edges(reader: Reader) -> list[Draft]:
    """Give roles (event to participant), links (cause to effect) and contents (act to what it speaks of)."""
    found: dict[tuple[str, ...], Draft] = {}
    for sparql in (_ROLES, _LINKS, _CONTENT):
        for start, end, relation, source, quote in rows(reader, sparql):
            draft = found.setdefault((start, end, local(relation)), Draft((start, end, local(relation))))
            draft.also("article", source)
            draft.also("quote", quote)
    return [*found.values()]


def dyads(reader: Reader) -> list[Draft]:
    """Give who did what to whom: an edge for each pair of actors, class of event and factuality, weighted by events.

    Who acts together without a recipient (a meeting) is joined in both directions, as event coders do it.
    """
    found: dict[tuple[str, ...], Draft] = {}
    events: dict[tuple[str, ...], set[str]] = {}
    for event, one, other, cls, plover, factuality, begin, end, issued, source, quote in rows(reader, _DYADS):
        told = local(factuality).lower()
        key = (one, other, local(cls), told)
        draft = found.setdefault(key, Draft((one, other, local(cls))))
        events.setdefault(key, set()).add(event)
        draft.dated(begin or issued, end or begin or issued)
        draft.values["factuality"] = told
        for name, value in (("plover", local(plover)), ("article", source), ("quote", quote)):
            draft.also(name, value)
    for pair, draft in found.items():
        draft.weight = len(events[pair])
    return [*found.values()]


def places(reader: Reader) -> Iterator[tuple[str, float, float]]:
    """Give canonical places with latitude and longitude in degrees (WGS 84); what no globe has is left out."""
    for node, lat, long in rows(reader, PLACED):
        at = figure(lat), figure(long)
        if at[0] is not None and at[1] is not None and abs(at[0]) <= 90 and abs(at[1]) <= 180:
            yield node, at[0], at[1]


def rows(reader: Reader, sparql: str) -> list[list[str]]:
    """Give the rows of a query as texts, each once, sorted; what is unbound is empty."""
    found = {tuple(term.value if term else "" for term in row) for row in reader.query(sparql).rows}
    return [[*row] for row in sorted(found)]


def local(name: str) -> str:
    """Give the last part of an IRI, or a name that is none as it is."""
    return re.split(r"[#/]", name)[-1]


def figure(text: str) -> float | None:
    """Give a number of a literal, None if it is none or not finite."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() else None


def _number(draft: Draft, name: str, default: float) -> float:
    held = draft.values.get(name, default)
    return held if isinstance(held, float) else default
