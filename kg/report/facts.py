"""What a report tells, gathered from the graph once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.drawing.marks import MIXED
from kg.drawing.words import count
from kg.graph import Graph
from kg.questions.lives import Life

_DOCUMENTS = """
SELECT ?id ?title ?published ?publisher ?url WHERE { GRAPH ?doc {
  ?doc a nkg:Article ; dcterms:identifier ?id
  OPTIONAL { ?doc dcterms:title ?title } OPTIONAL { ?doc dcterms:issued ?published }
  OPTIONAL { ?doc dcterms:publisher ?publisher } OPTIONAL { ?doc schema:url ?url } } } ORDER BY ?published ?id"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal: its kind, its status, who made it to whom, and a sentence that says so."""

    kind: str
    status: str
    pairs: frozenset[tuple[str, str]]
    quote: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event that is told as done: its day (empty if no account dates it), class, words, and one sentence."""

    day: str
    cls: str
    label: str
    quote: str
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report tells. `involved` has name, class and mentions; `told` the number of events of each article.

    A status is that of `who-proposed-what`: the latest for each addressee, `MIXED` where these differ.
    """

    documents: list[dict[str, str]]
    stats: dict[str, int]
    days: list[str]
    involved: list[tuple[str, str, int]]
    proposals: list[Proposal]
    lives: list[Life]
    events: list[Told]
    differences: dict[str, list[dict[str, str]]]
    told: dict[str, int]


def gather(graph: Graph) -> Facts:
    """Ask the graph for everything that a report tells."""
    documents = [
        {name: term.value if term else "" for name, term in zip(_COLUMNS, row, strict=True)}
        for row in graph.reader.query(_DOCUMENTS).rows
    ]
    counts = graph.stats()
    events, told = _events(graph)
    lives = list(graph.lives())
    proposals = _proposals(graph, {life.proposal: life.status for life in lives})
    return Facts(
        documents,
        {name: number for name, number in counts.items() if isinstance(number, int)},
        [document["published"] for document in documents if document["published"]],
        _involved(graph),
        [*proposals.values()],
        [replace(one, status=proposals[one.proposal].status) if one.proposal in proposals else one for one in lives],
        events,
        _differences(graph),
        told,
    )


_COLUMNS = ("id", "title", "published", "publisher", "url")


def _involved(graph: Graph) -> list[tuple[str, str, int]]:
    network = graph.to_networkx()
    found = [
        (str(data["label"]), str(data["class"]), int(data.get("mentions", 0)))
        for _, data in network.nodes(data=True)
        if data["sort"] == "actor" and data["class"] != "Participant"
    ]
    words = {"GeopoliticalEntity": "state or town", "NamedEvent": "event", "Organization": "organisation"}
    ranked = sorted(found, key=lambda one: (-one[2], one[0]))
    return [(name, words.get(cls, cls.lower()), number) for name, cls, number in ranked]


def _proposals(graph: Graph, told: Mapping[str, str]) -> dict[str, Proposal]:
    """Give each proposal; where the question knows no status, that which is `told` of it."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    fates: dict[str, set[str]] = {}
    rows: dict[str, dict[str, object]] = {}
    for row in graph.query("who-proposed-what").to_dicts(rows=True):
        key = str(row["proposal"])
        rows.setdefault(key, dict(row))
        fates.setdefault(key, set()).add(str(row["status"]))
        if row["proposerName"] and row["addresseeName"] and row["proposerName"] != row["addresseeName"]:
            pairs.setdefault(key, set()).add((str(row["proposerName"]), str(row["addresseeName"])))
    return {
        key: Proposal(
            str(row["kind"]),
            _fate(fates[key], told.get(key, "unknown")),
            frozenset(pairs.get(key, ())),
            str(row["quote"] or ""),
            str(row["source"]),
        )
        for key, row in rows.items()
    }


def _fate(statuses: set[str], told: str) -> str:
    known = statuses - {"unknown"}
    return MIXED if len(known) > 1 else next(iter(known), told)


def _events(graph: Graph) -> tuple[list[Told], dict[str, int]]:
    """Give each happening that an account tells as done once, by its earliest day, and count accounts by article."""
    told: Counter[str] = Counter()
    found: dict[str, Told] = {}
    for row in graph.query("timeline").to_dicts(rows=True):
        told[str(row["source"])] += 1
        if row["factuality"] != "happened":
            continue
        dated = str(row["date"]) if row["dated"] and len(str(row["date"])) >= 10 else ""
        event = Told(dated[:10], str(row["kind"]), str(row["label"]), str(row["quote"] or ""), str(row["source"]))
        held = found.get(str(row["event"]))
        if held is None or (event.day and (not held.day or event.day < held.day)):
            found[str(row["event"])] = event
    return sorted(found.values(), key=lambda event: (event.day or "9999", event.label, event.source)), dict(told)


def _differences(graph: Graph) -> dict[str, list[dict[str, str]]]:
    found: dict[str, dict[tuple[str, ...], dict[str, str]]] = {}
    names: dict[str, str] = {}
    for row in graph.query("where-accounts-differ").to_dicts(rows=True):
        value: Mapping[str, object] = row
        number = value["value"]
        shown = count(number) if isinstance(number, int | float) else str(number)
        exact = "" if value["qualifier"] in (None, "exact") else f"{value['qualifier']} "
        told = {
            "value": f"{exact}{shown}",
            "about": str(value["about"] or ""),
            "who": str(value["accordingToName"] or ""),
            "quote": str(value["quote"] or ""),
            "source": str(value["source"]),
        }
        key = str(value["event"])
        names.setdefault(key, str(value["label"] or value["about"] or "one event"))
        found.setdefault(key, {})[tuple(told[name] for name in ("value", "who", "source"))] = told
    out: dict[str, list[dict[str, str]]] = {}
    for key, rows in found.items():
        name = names[key]
        out[name if name not in out else f"{name} ({len(out) + 1})"] = [*rows.values()]
    return out
