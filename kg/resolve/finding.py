"""Nodes by what people call them: an IRI or its end, a name of an actor, words of an event's label or sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.entities.account_groups import digest
from kg.entities.names import normalised
from kg.errors import InputError
from kg.resolve.accounts import text
from kg.store import Reader, sparql_term

SHOWN = 5  # candidates that an error lists
LISTED = 12  # actors of a document that an error lists

_MEMBERS = "SELECT DISTINCT ?node WHERE { ?node nkg:canonical %s } ORDER BY ?node"
_ENDING = """
SELECT DISTINCT ?node WHERE {
  GRAPH ?doc { ?doc a nkg:Article . { ?mention nkg:refersTo ?node } UNION { ?node nkg:trigger ?word } }
  FILTER(STRENDS(STR(?node), %s))
} ORDER BY ?node LIMIT 6"""
_LABELS = """
SELECT DISTINCT ?thing ?label ?node WHERE {
  GRAPH ?doc { ?doc a nkg:Article . ?mention nkg:refersTo ?node . ?node rdfs:label ?told }
  OPTIONAL { ?node nkg:canonical ?canonical . ?canonical rdfs:label|skos:altLabel ?name }
  BIND(COALESCE(?canonical, ?node) AS ?thing)
  BIND(COALESCE(?name, ?told) AS ?label)
} ORDER BY ?thing ?node ?label"""
_WORDS = """
SELECT DISTINCT ?thing ?label ?node WHERE {
  GRAPH ?doc { ?doc a nkg:Article . ?mention nkg:refersTo ?node ; nkg:mentionKind "name" ; nif:anchorOf ?label }
  OPTIONAL { ?node nkg:canonical ?canonical }
  BIND(COALESCE(?canonical, ?node) AS ?thing)
} ORDER BY ?thing ?node ?label"""
_EVENTS = """
SELECT DISTINCT ?event ?label ?quote WHERE {
  GRAPH ?doc { ?doc a nkg:Article . ?event a nkg:Event ; rdfs:label ?label ; nkg:evidence/nif:anchorOf ?quote }
} ORDER BY ?event ?quote"""
_OF_ACTOR = """
SELECT DISTINCT ?event ?label WHERE {
  VALUES ?node { %s }
  GRAPH ?doc { ?doc a nkg:Article . ?event a nkg:Event ; rdfs:label ?label ; ?role ?node }
  FILTER(?role != nkg:attributedTo)
} ORDER BY ?event"""
_LABEL = "SELECT ?label WHERE { GRAPH ?doc { ?doc a nkg:Article . %s rdfs:label ?label } } ORDER BY ?label LIMIT 1"
_ALL = "SELECT DISTINCT ?event WHERE { GRAPH ?doc { ?doc a nkg:Article . ?event a nkg:Event } }"


@dataclass(frozen=True, slots=True)
class Called:
    """One thing that is called so: its nodes in documents, and how it is told apart from others in a list."""

    nodes: tuple[str, ...]
    shown: str


def members(reader: Reader, name: str) -> list[str]:
    """Give the nodes of documents that are the one thing called so; a canonical node or an actor's name gives several.

    Raises `InputError` where there is none, or more than one: the sentence lists what may be meant.
    """
    found = called(reader, name)
    return list(only(found, name).nodes)


def pair(reader: Reader, one: str, other: str) -> tuple[str, str]:
    """Give a node of each of two that are called so: where both names are one thing's, those that a text calls so.

    Raises `InputError` as `members` does.
    """
    left, right = members(reader, one), members(reader, other)
    if set(left) != set(right):
        return left[0], right[0]
    told = [{node for found in _written(reader, name) for node in found.nodes} & set(left) for name in (one, other)]
    first = min(told[0] - told[1] or told[0] or set(left))
    return first, min(told[1] - told[0] - {first} or told[1] - {first} or set(left) - {first} or {first})


def event(reader: Reader, name: str) -> str:
    """Give the one event of a document that is called so, or in which alone an actor of this name takes part.

    Raises `InputError` where there is none, or more than one: the sentence lists what may be meant.
    """
    found = [one for one in called(reader, name) if "/event/" in one.nodes[0]]
    if not found:
        actors = actors_named(reader, name)
        nodes = " ".join(sparql_term(node) for one in actors for node in one.nodes)
        rows = reader.query(_OF_ACTOR % nodes).rows if nodes else []
        found = [Called((text(node),), _shown(reader, text(node), text(label))) for node, label in rows]
        if actors and len(found) != 1:
            what = f"that is an actor; {_listed(found)}" if found else "that is an actor of no event"
            raise InputError(what, where=name, remedy="name an event, by its IRI or words of its sentence")
    return only(found, name).nodes[0]


def called(reader: Reader, name: str) -> list[Called]:
    """Give everything that is called so: by IRI first, then by the end of one, by a name, by words of the text."""
    bare = name.strip("<> ")
    held = _canonical(reader, bare)
    if held:
        return [Called(tuple(held), bare)]
    ending = [text(row[0]) for row in reader.query(_ENDING % sparql_term(bare, datatype="string")).rows]
    whole = bare if "://" in bare else reader.base + bare
    if ending and bare:
        return [Called((one,), _shown(reader, one, "")) for one in ending if one == whole or whole not in ending]
    return _merged_away(reader, bare) or actors_named(reader, name) or events_saying(reader, name)


def _canonical(reader: Reader, bare: str) -> list[str]:
    try:
        rows = reader.query(_MEMBERS % sparql_term(bare if "://" in bare else reader.base + bare)).rows
    except ValueError:
        return []  # it cannot be an IRI
    return [text(row[0]) for row in rows]


def _merged_away(reader: Reader, bare: str) -> list[Called]:
    """What a canonical node that a person's merge has taken away stands for now: `--split` still finds it."""
    sort, _, key = bare.removeprefix(reader.base).partition("/")
    if sort == "event" and re.fullmatch(r"[0-9a-f]{8,}", key):
        nodes = (text(row[0]) for row in reader.query(_ALL).rows)
        return [Called((node,), node) for node in nodes if digest(node) == key][:1]
    if sort != "actor":
        return []
    return _with_label(reader, lambda label: "-".join(re.findall(r"\w+", normalised(label))) == key.partition("-")[2])


def actors_named(reader: Reader, name: str, *, document: str | None = None) -> list[Called]:
    """Give the actors with this name or alias; else those that a text calls so; else those whose name has its words.

    `document`, the IRI of one, leaves only those of it.
    """
    wanted = normalised(name)
    if not wanted:
        return []
    words = set(wanted.split())
    labels = _of(document, _LABELS)
    return (
        _with_label(reader, lambda label: normalised(label) == wanted, labels)
        or _written(reader, name, document=document)
        or _with_label(reader, lambda label: words <= set(normalised(label).split()), labels)
    )


def _written(reader: Reader, name: str, *, document: str | None = None) -> list[Called]:
    """Give the actors that a text calls so."""
    wanted = normalised(name)
    return _with_label(reader, lambda label: normalised(label) == wanted, _of(document, _WORDS))


def _of(document: str | None, query: str) -> str:
    return query if document is None else query.replace("?doc", sparql_term(document))


def _with_label(reader: Reader, fits: Callable[[str], bool], labels: str = _LABELS) -> list[Called]:
    things: dict[str, tuple[str, dict[str, None]]] = {}
    for thing, label, node in (map(text, row) for row in reader.query(labels).rows):
        if fits(label):
            things.setdefault(thing, (label, {}))[1][node] = None
    return [Called(tuple(nodes), _shown(reader, thing, label)) for thing, (label, nodes) in things.items()]


def events_saying(reader: Reader, words: str) -> list[Called]:
    """Give the events with this label; else those whose label has these words, else those whose sentence has them."""
    wanted = normalised(words)
    by_name: dict[str, str] = {}
    by_label: dict[str, str] = {}
    by_quote: dict[str, str] = {}
    for node, label, quote in (map(text, row) for row in reader.query(_EVENTS).rows if wanted):
        if wanted == normalised(label):
            by_name[node] = label
        elif wanted in normalised(label):
            by_label[node] = label
        elif wanted in normalised(quote):
            by_quote[node] = label
    return [Called((node,), _shown(reader, node, label)) for node, label in (by_name or by_label or by_quote).items()]


def only(found: Sequence[Called], name: str) -> Called:
    """Give the one that is called so. Raises `InputError` where there is none, or more than one."""
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            "no actor or event is called so",
            where=name,
            remedy="give a name, words of an event's sentence, or an IRI from kg query NAME --wide",
        )
    raise InputError(
        f"several are called so: {_listed(found)}", where=name, remedy="give more of the name, or one of these IRIs"
    )


def label_of(reader: Reader, node: str) -> str:
    """Give the label of a node of a document, in one line, "" if it has none, or is no node."""
    if "://" not in node:
        return ""
    rows = reader.query(_LABEL % sparql_term(node)).rows
    return " ".join(text(rows[0][0]).split()) if rows else ""


def _listed(found: Sequence[Called]) -> str:
    more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return "; ".join(one.shown for one in found[:SHOWN]) + more


def _shown(reader: Reader, node: str, label: str) -> str:
    words = " ".join(label.split())
    short = words if len(words) <= 60 else words[:59] + "…"
    return node.removeprefix(reader.base) + (f" (“{short}”)" if short else "")


def actor_in(reader: Reader, document: str, name: str) -> str:
    """Give the actor of a document (its IRI) that is called so there, or by the IRI or name of whom it stands for.

    Raises `InputError` where the document has none, or more than one: the sentence lists whom it names.
    """
    found = actors_named(reader, name, document=document) or called(reader, name)
    own = {node for one in found for node in one.nodes if node.startswith(f"{document}/actor/")}
    if len(own) == 1:
        return own.pop()
    named = sorted({text(row[1]) for row in reader.query(_of(document, _LABELS)).rows})
    raise InputError(
        f"{'several actors' if own else 'no actor'} of this document {'are' if own else 'is'} called so",
        where=name,
        remedy=f"name one of {'; '.join(named[:LISTED])}" if named else "name one that its text mentions",
    )
