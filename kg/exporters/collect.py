"""Reading a graph for a network: canonical actors and events, roles and links, with what each article says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from kg.exporters.record import Draft
from kg.model import Role
from kg.store import Reader
from kg.vocab import FAMILIES

_GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"

_CANONICAL = "SELECT ?thing ?node WHERE { GRAPH ?identity { ?thing nkg:canonical ?node } }"

_NODES = """
SELECT ?node ?class ?label ?wikidata WHERE {
  GRAPH ?identity { ?identity a nkg:IdentityGraph . ?node a ?class
    OPTIONAL { ?node rdfs:label ?label } OPTIONAL { ?node skos:exactMatch ?wikidata } }
}"""

_THINGS = """
SELECT DISTINCT ?thing ?sort WHERE {
  GRAPH ?doc { ?doc a nkg:Article . { ?thing a nkg:Event BIND("event" AS ?sort) }
               UNION { ?mention nkg:refersTo ?thing BIND("actor" AS ?sort) } }
}"""

_MENTIONED = """
SELECT ?actor ?source (COUNT(?mention) AS ?mentions) WHERE {
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?mention nkg:refersTo ?actor }
} GROUP BY ?actor ?source"""

_PLACED = "SELECT ?place ?lat ?long WHERE { GRAPH ?graph { ?place <GEOlat> ?lat ; <GEOlong> ?long } }".replace(
    "GEO", _GEO
)

_FACTS = """
SELECT ?event ?factuality ?plover ?begin ?end ?quantity ?noun ?source ?quote ?confidence WHERE {
  GRAPH ?doc {
    ?doc dcterms:identifier ?source . ?event a nkg:Event ; nkg:evidence/nif:anchorOf ?quote .
    OPTIONAL { ?event nkg:factuality ?factuality }
    OPTIONAL { ?event nkg:plover ?plover }
    OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?begin }
    OPTIONAL { ?event sem:hasLatestEndTimeStamp ?end }
    OPTIONAL { ?event nkg:quantity ?number . ?number nkg:value ?quantity OPTIONAL { ?number nkg:countedNoun ?noun } }
    OPTIONAL { ?event nkg:confidence ?confidence }
  }
}"""

_PROPOSALS = """
SELECT ?event ?kind ?content ?status WHERE {
  GRAPH ?doc {
    ?event a nkg:Initiative .
    OPTIONAL { ?event nkg:kind ?kind }
    OPTIONAL { ?event nkg:contentText ?content }
    OPTIONAL { ?event nkg:disposition/nkg:status ?status }
  }
}"""

_ROLES = """
SELECT ?event ?actor ?role ?source ?quote WHERE {
  VALUES ?role { ROLES }
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?event ?role ?actor ; nkg:evidence/nif:anchorOf ?quote }
}""".replace("ROLES", " ".join(f"nkg:{role}" for role in (*Role, "attributedTo")))

_LINKS = """
SELECT ?cause ?effect ?relation ?source ?quote WHERE {
  GRAPH ?doc {
    ?doc dcterms:identifier ?source .
    ?link nkg:cause ?cause ; nkg:effect ?effect ; nkg:relation ?relation ; nkg:effectEvidence/nif:anchorOf ?quote
  }
}"""

_CONTENT = """
SELECT ?act ?told ?relation ?source ?quote WHERE {
  GRAPH ?doc { ?doc dcterms:identifier ?source . ?act nkg:content ?told ; nkg:evidence/nif:anchorOf ?quote }
  BIND("content" AS ?relation)
}"""

_MEMBERS = "SELECT ?whole ?part WHERE { GRAPH ?doc { ?doc a nkg:Article . ?whole nkg:hasMember ?part } }"
_ISSUED = "SELECT ?source ?day WHERE { GRAPH ?doc { ?doc dcterms:identifier ?source ; dcterms:issued ?day } }"


def canonical(reader: Reader) -> dict[str, str]:
    """Give what each node of a document is across documents.

    The join is made here and not in the query: Oxigraph joins graphs pair by pair, which is slow where many documents
    speak of the same actors.
    """
    return dict(rows(reader, _CANONICAL))


def nodes(reader: Reader) -> dict[str, Draft]:
    """Give canonical actors and events by IRI, with what is told of each."""
    known = canonical(reader)
    sorts = {known[thing]: sort for thing, sort in rows(reader, _THINGS) if thing in known}
    found: dict[str, Draft] = {}
    for node, cls, label, wikidata in rows(reader, _NODES):
        if node not in sorts:
            continue
        kind, sort = local(cls), sorts[node]
        family = "proposal" if FAMILIES.get(kind) == "Initiative" else sort
        draft = found.setdefault(node, Draft((sort, kind, label or kind)))
        draft.values["family"] = "statement" if kind == "Statement" else family if sort == "event" else "actor"
        if wikidata:
            draft.values["wikidata"] = wikidata
    for actor, source, count in rows(reader, _MENTIONED):
        if (drafted := found.get(known.get(actor, ""))) is not None:
            drafted.also("article", source)
            held = drafted.values.get("mentions", 0)
            drafted.values["mentions"] = int(count) + (held if isinstance(held, int) else 0)
    for node, lat, long in places(reader):
        if node in found:
            found[node].values.setdefault("latitude", lat)
            found[node].values.setdefault("longitude", long)
    _facts(reader, known, found)
    for event, kind, content, status in rows(reader, _PROPOSALS):
        if (drafted := found.get(known.get(event, ""))) is not None:
            for name, value in (("kind", kind), ("content", content), ("status", local(status).lower())):
                drafted.also(name, value)
    return found


def _facts(reader: Reader, known: dict[str, str], found: dict[str, Draft]) -> None:
    for event, factuality, plover, begin, end, quantity, noun, source, quote, confidence in rows(reader, _FACTS):
        draft = found.get(known.get(event, ""))
        if draft is None:
            continue
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
    known = canonical(reader)
    found: dict[tuple[str, ...], Draft] = {}
    for sparql in (_ROLES, _LINKS, _CONTENT):
        for one, other, relation, source, quote in rows(reader, sparql):
            if one in known and other in known:
                key = (known[one], known[other], local(relation))
                draft = found.setdefault(key, Draft(key))
                draft.also("article", source)
                draft.also("quote", quote)
    return [*found.values()]


def dyads(reader: Reader, classes: Mapping[str, str]) -> list[Draft]:
    """Give who did what to whom: an edge for each pair of actors, class of event and factuality, weighted by events.

    The other side is the recipient, or else the patient; who acts together without either (a meeting) is joined in both
    directions, as event coders do it. Of "Oslo and its partners" the members are taken. `classes` are
    those of canonical events; plain statements are no deeds.
    """
    known, members = canonical(reader), _members(reader)
    issued = dict(rows(reader, _ISSUED))
    parts: dict[str, dict[str, set[str]]] = {}
    for event, actor, role, *_ in rows(reader, _ROLES):
        parts.setdefault(event, {}).setdefault(local(role), set()).update(members.get(actor, (actor,)))
    found: dict[tuple[str, ...], Draft] = {}
    for event, factuality, plover, begin, end, _, _, source, quote, _ in rows(reader, _FACTS):
        happening, roles = known.get(event, ""), parts.get(event, {})
        if classes.get(happening, "Statement") == "Statement" or not roles.get("agent"):
            continue
        others = roles.get("recipient") or roles.get("patient") or roles["agent"]
        told, day = local(factuality).lower(), begin or issued.get(source, "")
        pairs = {(known[a], known[b]) for a in roles["agent"] for b in others if a in known and b in known}
        for one, other in sorted(pair for pair in pairs if pair[0] != pair[1]):
            key = (one, other, classes[happening], told)
            draft = found.setdefault(key, Draft((one, other, classes[happening]), apart=told))
            draft.events.add(happening)
            draft.dated(day, end or day)
            draft.values["factuality"] = told
            for name, value in (("plover", local(plover)), ("article", source), ("quote", quote)):
                draft.also(name, value)
    for draft in found.values():
        draft.weight = len(draft.events)
    return [*found.values()]


def _members(reader: Reader) -> dict[str, set[str]]:
    """Give the members of each actor that has some, two levels deep, as the shipped queries take groups apart."""
    direct: dict[str, set[str]] = {}
    for whole, part in rows(reader, _MEMBERS):
        direct.setdefault(whole, set()).add(part)
    return {whole: {one for part in inside for one in direct.get(part, {part})} for whole, inside in direct.items()}


def places(reader: Reader) -> Iterator[tuple[str, float, float]]:
    """Give canonical places with latitude and longitude in degrees (WGS 84); what no globe has is left out.

    Coordinates may stand on a document's place or on the canonical one.
    """
    known = canonical(reader)
    for place, lat, long in rows(reader, _PLACED):
        at = figure(lat), figure(long)
        if at[0] is not None and at[1] is not None and abs(at[0]) <= 90 and abs(at[1]) <= 180:
            yield known.get(place, place), at[0], at[1]


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
