"""JSON-LD 1.1, compacted, with its context in the file: short names for the ontology's terms, graphs kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from kg.exporters.rdf import ontology, quads
from kg.store import Answer, Reader, Term, quads_in, triples_text
from kg.vocab import DCTERMS, NIF, NKG, PREFIXES, RDF, RDFS, SCHEMA, SEM, SKOS, XSD

_OWL = "http://www.w3.org/2002/07/owl#"
_ELSEWHERE: dict[str, tuple[str, str]] = {
    "label": (RDFS + "label", ""),
    "altLabel": (SKOS + "altLabel", ""),
    "exactMatch": (SKOS + "exactMatch", "@id"),
    "identifier": (DCTERMS + "identifier", ""),
    "title": (DCTERMS + "title", ""),
    "publisher": (DCTERMS + "publisher", ""),
    "issued": (DCTERMS + "issued", XSD + "date"),
    "url": (SCHEMA + "url", "@id"),
    "text": (NIF + "isString", ""),
    "words": (NIF + "anchorOf", ""),
    "beginIndex": (NIF + "beginIndex", XSD + "nonNegativeInteger"),
    "endIndex": (NIF + "endIndex", XSD + "nonNegativeInteger"),
    "referenceContext": (NIF + "referenceContext", "@id"),
    "begins": (SEM + "hasEarliestBeginTimeStamp", XSD + "date"),
    "ends": (SEM + "hasLatestEndTimeStamp", XSD + "date"),
}
_RENAMED = {"plover": "ploverCode"}  # that name is a prefix
_KEYWORDS = {"id": "@id", "type": "@type", "graph": "@graph"}


def jsonld(source: Reader | Answer, *, with_ontology: bool = True) -> Iterator[str]:
    """Write a graph with its named graphs, graph by graph, or the triples of an answer, as compacted JSON-LD.

    Values stand as texts under terms that give their datatype; numbers are texts, too, so that none is rounded.
    """
    yield f'{{"@context":{_json(context())},"graph":[\n'
    text = triples_text(source) if isinstance(source, Answer) else quads(source, with_ontology=with_ontology)
    ordered = sorted(quads_in(text), key=lambda quad: (quad[3], quad[0].value, quad[1].value, str(quad[2])))
    first = True
    for graph, lines in groupby(ordered, key=lambda quad: quad[3]):
        nodes = [_node(subject, rest) for subject, rest in groupby(lines, key=lambda quad: quad[0])]
        parts = [_json(node) for node in nodes] if not graph else [_graph(graph, nodes)]
        for part in parts:
            yield part if first else ",\n" + part
            first = False
    yield "\n]}\n"


@cache
def context() -> dict[str, Any]:
    """Give the context: prefixes, a term for each property of the ontology, and some of other vocabularies."""
    out: dict[str, Any] = {**_KEYWORDS, **dict(sorted({**PREFIXES, "owl": _OWL}.items()))}
    for name, (iri, kind) in sorted(_terms().items()):
        out[name] = {"@id": _curie(iri), "@type": kind if kind == "@id" else _curie(kind)} if kind else _curie(iri)
    return out


@cache
def _terms() -> dict[str, tuple[str, str]]:
    """Give term → property and how its values are typed: "@id", a datatype, or "" for plain text."""
    kinds: dict[str, str] = {}
    ranges: dict[str, str] = {}
    for subject, predicate, thing, _ in quads_in(ontology()):
        if subject.value.startswith(NKG) and predicate.value == RDF + "type":
            kind = thing.value.removeprefix(_OWL)
            if kind in ("ObjectProperty", "DatatypeProperty"):
                kinds[subject.value] = kind
        elif predicate.value == RDFS + "range":
            ranges[subject.value] = thing.value
    found = dict(_ELSEWHERE)
    for iri, kind in kinds.items():
        name = _RENAMED.get(iri.removeprefix(NKG), iri.removeprefix(NKG))
        if name not in found and name not in _KEYWORDS and name not in PREFIXES:
            datatype = ranges.get(iri, "")
            plain = "" if not datatype.startswith(XSD) or datatype == XSD + "string" else datatype
            found[name] = (iri, "@id" if kind == "ObjectProperty" else plain)
    return found


@cache
def _by_iri() -> dict[str, tuple[str, str]]:
    return {iri: (name, kind) for name, (iri, kind) in _terms().items()}


def _graph(name: str, nodes: list[dict[str, Any]]) -> str:
    return f'{{"id":{_json(name)},"graph":[\n' + ",\n".join(_json(node) for node in nodes) + "]}"


def _node(subject: Term, quads: Iterable[tuple[Term, Term, Term, str]]) -> dict[str, Any]:
    out: dict[str, Any] = {"id": _id(subject)}
    for _, predicate, thing, _ in quads:
        name, kind = _by_iri().get(predicate.value, (_curie(predicate.value), ""))
        is_type = predicate.value == RDF + "type" and thing.kind == "iri"
        value = _curie(thing.value) if is_type else _value(thing, kind)
        key = "type" if is_type else name
        held = out.setdefault(key, [])
        held.append(value)
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in out.items()}


def _value(thing: Term, kind: str) -> Any:
    if thing.kind != "literal":
        return _id(thing) if kind == "@id" else {"id": _id(thing)}
    if thing.language:
        return {"@value": thing.value, "@language": thing.language}
    if thing.datatype == (kind or XSD + "string"):
        return thing.value
    typed = {} if thing.datatype == XSD + "string" else {"@type": _curie(thing.datatype)}
    return {"@value": thing.value, **typed}


def _id(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _curie(iri: str) -> str:
    for prefix, start in (*PREFIXES.items(), ("owl", _OWL)):
        if iri.startswith(start) and not iri[len(start) :].startswith("//"):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
