"""A network as all its writers take it: nodes and edges with values in normal form."""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.exporters.values import Value, clean, column_types, normal_rows

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `id` is its IRI, `sort` what kind of thing it is ("actor", "event"), `cls` its ontology class.

    `begin` and `end` are days as ISO dates, None where unknown; `values` are in normal form.
    """

    id: str
    label: str
    sort: str
    cls: str
    values: Mapping[str, Value] = field(default_factory=dict)
    begin: str | None = None
    end: str | None = None

    @property
    def attributes(self) -> dict[str, Value]:
        """Give all that is said of it, for a writer that takes names and values."""
        return {"label": self.label, "sort": self.sort, "class": self.cls, **self.values}


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge from one node's id to another's; `id` is its own, which no other edge of the network has.

    It is the same in every network of a growing graph, for it is a hash of the ends, the relation and what tells edges
    apart that have these in common.

    `events` are those that `weight` counts, where it counts some: one event may be on several edges.
    """

    id: str
    source: str
    target: str
    relation: str
    values: Mapping[str, Value] = field(default_factory=dict)
    weight: int | None = None
    begin: str | None = None
    end: str | None = None
    events: frozenset[str] = frozenset()

    @property
    def attributes(self) -> dict[str, Value]:
        """Give all that is said of it, for a writer that takes names and values."""
        weight = {} if self.weight is None else {"weight": self.weight}
        return {"relation": self.relation, **weight, **self.values}


@dataclass(frozen=True, slots=True)
class Network:
    """A directed multigraph in normal form; every column of node values and of edge values has one type."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    name: str = "newskg"

    def node_types(self) -> dict[str, type]:
        """Give the name and type of each attribute of nodes."""
        return column_types(node.attributes for node in self.nodes)

    def edge_types(self) -> dict[str, type]:
        """Give the name and type of each attribute of edges."""
        return column_types(edge.attributes for edge in self.edges)


@dataclass(slots=True)
class Draft:
    """A node or edge that is being collected: what is said of it may be anything.

    `apart` tells an edge apart from others of the same ends and relation.
    """

    what: tuple[str, ...]
    values: dict[str, object] = field(default_factory=dict)
    begin: str | None = None
    end: str | None = None
    weight: int | None = None
    events: set[str] = field(default_factory=set)
    apart: str = ""

    def also(self, name: str, value: object) -> None:
        """Add a value to those that are told under a name."""
        held = self.values.setdefault(name, [])
        if isinstance(held, list) and value not in ("", None) and value not in held:
            held.append(value)

    def dated(self, begin: str, end: str) -> None:
        """Widen the time by another account's."""
        first, last = day(begin), day(end, last=True)
        self.begin = min(filter(None, (self.begin, first)), default=None)
        self.end = max(filter(None, (self.end, last)), default=None)


def network(nodes: Mapping[str, Draft], edges: Iterable[Draft], *, name: str = "newskg") -> Network:
    """Freeze what was collected: `what` of a node is (sort, class, label), of an edge (source, target, relation).

    Edges whose ends are no nodes are left out. Nodes are sorted by id, edges by their ends, relation and order.
    """
    ids = _fit_ids(nodes)
    given = sorted(nodes, key=lambda node: ids[node])
    values = normal_rows((_row(nodes[node]) for node in given), kept=("sort", "class"))
    made = tuple(_node(ids[node], nodes[node], row) for node, row in zip(given, values, strict=True))
    kept = sorted((edge for edge in edges if edge.what[0] in ids and edge.what[1] in ids), key=lambda e: e.what)
    rows = normal_rows((_row(edge) for edge in kept), kept=("relation",))
    own = _edge_ids((ids[edge.what[0]], ids[edge.what[1]], edge.what[2], edge.apart) for edge in kept)
    joined = tuple(
        Edge(
            id,
            ids[edge.what[0]],
            ids[edge.what[1]],
            clean(edge.what[2]) or "relation",
            row,
            edge.weight,
            *_time(edge),
            frozenset(edge.events),
        )
        for id, edge, row in zip(own, kept, rows, strict=True)
    )
    return Network(made, joined, clean(name) or "newskg")


def day(text: str | None, *, last: bool = False) -> str | None:
    """Give the first or last day of a date, month or year, None for anything else.

    >>> day("2024-02"), day("2024-02", last=True), day("soon")
    ('2024-02-01', '2024-02-29', None)
    """
    at = _DAY.fullmatch(text or "")
    if not at or at[1] == "0000":
        return None
    year, month = int(at[1]), int(at[2] or (12 if last else 1))
    if not 1 <= month <= 12:
        return None
    days = monthrange(year, month)[1]
    number = int(at[3] or (days if last else 1))
    return f"{at[1]}-{month:02}-{number:02}" if 1 <= number <= days else None


def _row(draft: Draft) -> dict[str, object]:
    return {**draft.values, "earliest": draft.begin, "latest": draft.end}


def _node(id: str, draft: Draft, values: dict[str, Value]) -> Node:
    sort, cls, label = (clean(text) for text in draft.what)
    return Node(id, label or cls or id, sort or "thing", cls or "Thing", values, *_time(draft))


def _time(draft: Draft) -> tuple[str | None, str | None]:
    if draft.begin and draft.end and draft.end < draft.begin:
        return draft.begin, None
    return draft.begin, draft.end


def _edge_ids(edges: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Give an id for each edge; of edges that nothing tells apart, the later ones have a number."""
    seen: Counter[str] = Counter()
    for edge in edges:
        id = f"e{hashlib.sha256(repr(edge).encode(errors='backslashreplace')).hexdigest()[:16]}"
        seen[id] += 1
        yield id if seen[id] == 1 else f"{id}_{seen[id]}"


def _fit_ids(nodes: Iterable[str]) -> dict[str, str]:
    """Give ids that survive every file; two that would become one are told apart."""
    out: dict[str, str] = {}
    taken: set[str] = set()
    for node in nodes:
        fit = re.sub(r"\s+", " ", clean(node)) or "node"
        unique, number = fit, 1
        while unique in taken:
            number += 1
            unique = f"{fit}#{number}"
        taken.add(unique)
        out[node] = unique
    return out
