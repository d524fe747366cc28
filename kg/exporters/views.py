"""Views of a graph as networks: who did what to whom, what led to what, what became of proposals, or all of it."""

from __future__ import annotations

from kg.errors import ExportError
from kg.exporters import collect
from kg.exporters.record import Draft, Network, network
from kg.store import Answer, Reader, Term
from kg.vocab import RDF, RDFS, XSD

VIEWS = ("full", "actors", "events", "proposals")
"""What `view` may be."""

_STEPS = frozenset(("response", "outcome", "realisation", "cause", "condition", "content"))
_BROAD = ("", "Event", "Initiative", "Response")
_PARTS = frozenset(("proposer", "addressee", "responder", "agent"))


def view_of(reader: Reader, view: str = "full") -> Network:
    """Give a view of a graph.

    full        canonical actors and events; roles, links and contents as edges
    actors      actors only; an edge tells how often one did something to another (`weight`), what, and when
    events      events only; links (cause to effect) and contents as edges
    proposals   proposals, who made them, to whom, and what answered them or came of them

    Raises `ExportError` for another view.
    """
    if view not in VIEWS:
        raise ExportError("there is no such view", where=f"view {view!r}", remedy=f"use one of {', '.join(VIEWS)}")
    nodes = collect.nodes(reader)
    if view == "actors":
        classes = {key: node.what[1] for key, node in nodes.items() if node.what[0] == "event"}
        edges = [
            edge
            for edge in collect.dyads(reader, classes)
            if _is_actor(nodes, edge.what[0]) and _is_actor(nodes, edge.what[1])
        ]
        return network(_touched(nodes, edges), edges, name="newskg actors")
    edges = collect.edges(reader)
    for edge in edges:
        event = nodes.get(edge.what[0])
        if event is not None:
            edge.begin, edge.end = event.begin, event.end
    if view == "events":
        edges = [edge for edge in edges if edge.what[2] in _STEPS]
        return network(
            {key: node for key, node in nodes.items() if node.what[0] == "event"}, edges, name="newskg events"
        )
    if view == "proposals":
        edges = _proposals(nodes, edges)
        made = {key: node for key, node in nodes.items() if node.values["family"] == "proposal"}
        return network({**_touched(nodes, edges), **made}, edges, name="newskg proposals")
    return network(nodes, edges, name="newskg")


def described(answer: Answer) -> Network:
    """Give triples (subject, predicate, object) as a network: IRIs are nodes, literals what is said of them.

    A node's class is its finest type ("Attack", not "Event"), of several the last by its IRI in the order of
    the alphabet; relations and attributes are named by the last part of the predicate.
    """
    triples = sorted({row for row in answer.rows if all(row)}, key=str)
    nodes: dict[str, Draft] = {}
    edges: list[Draft] = []
    for subject, predicate, thing in triples:
        assert subject and predicate and thing
        node = nodes.setdefault(_name(subject), Draft(("thing", "", "")))
        sort, cls, label = node.what
        if predicate.value == RDF + "type":
            node.what = (sort, max(collect.local(thing.value), cls, key=_fineness), label)
        elif predicate.value == RDFS + "label" and not label:
            node.what = (sort, cls, thing.value)
        elif thing.kind == "literal":
            node.also(collect.local(predicate.value), value_of(thing))
        else:
            nodes.setdefault(_name(thing), Draft(("thing", "", "")))
            edges.append(Draft((_name(subject), _name(thing), collect.local(predicate.value))))
    for node in nodes.values():
        for name, told in node.values.items():
            if isinstance(told, list) and len(told) == 1:
                node.values[name] = told[0]
    return network(nodes, edges, name="newskg answer")


def _fineness(cls: str) -> int:
    return _BROAD.index(cls) if cls in _BROAD else len(_BROAD)


def _is_actor(nodes: dict[str, Draft], key: str) -> bool:
    return key in nodes and nodes[key].what[:2] != ("actor", "Participant") and nodes[key].what[0] == "actor"


def _touched(nodes: dict[str, Draft], edges: list[Draft]) -> dict[str, Draft]:
    ends = {end for edge in edges for end in edge.what[:2]}
    return {key: node for key, node in nodes.items() if key in ends}


def _proposals(nodes: dict[str, Draft], edges: list[Draft]) -> list[Draft]:
    made = {key for key, node in nodes.items() if node.values["family"] == "proposal"}
    steps = [edge for edge in edges if edge.what[2] in _STEPS and made & {*edge.what[:2]}]
    about = made | {end for edge in steps for end in edge.what[:2]}
    parts = [
        edge
        for edge in edges
        if edge.what[2] in _PARTS and edge.what[0] in about and not (edge.what[2] == "agent" and edge.what[0] in made)
    ]
    return steps + parts


def _name(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "blank" else term.value


def value_of(term: Term) -> object:
    """Give a term as a Python value by its datatype; an ill-typed literal stays text."""
    kind = term.datatype.removeprefix(XSD)
    try:
        if kind in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"):
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
    except ValueError:
        return term.value
    return term.value in ("true", "1") if kind == "boolean" else term.value
