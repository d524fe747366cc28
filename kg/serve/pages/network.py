"""The network of actors: who appears with whom in events, from any of them on, expanded by clicks."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from kg.drawing.layout import Point, laid_out
from kg.drawing.network import Node, Tie, network, shape
from kg.drawing.svg import element
from kg.serve.addresses import node_url, with_query
from kg.serve.catalogue import Catalogue, Row
from kg.serve.pages.lists import within
from kg.serve.pages.page import At, Page
from kg.serve.words import TYPES, count, spaced

_MOST, _AROUND = 120, 14
_ALL = 36
_TYPES = ("Person", "Organization", "GeopoliticalEntity", "Group", "Place", "NamedEvent")

Found = tuple[int, int, int, str]


def page(at: At) -> Page:
    """Give the network of an address, as a page, a picture or a file for graph programs."""
    base = at.catalogue
    began = [row for iri in at.all("start")[:12] if (row := _actor(base, iri))]
    ties, points, nodes = _grown(at, [row["n"] for row in began])
    listed = _nodes(at, nodes, {row["n"] for row in began})
    named = {row["n"]: row for row in nodes}
    drawn_ties = [_tie(at, named[a], named[b], number, told) for a, b, number, told in ties]
    label = f"{count(len(listed), 'actor')}, {count(len(drawn_ties), 'tie')}"
    picture = network(listed, drawn_ties, points, label=label)
    if at.form == "svg":
        if not picture:
            return at.missing("There is no picture of nobody: take a filter away.", near=[("Network", "/network")])
        return Page("", "", file=("image/svg+xml", "network.svg", _standing_alone(picture)))
    if at.form == "gexf":
        return Page("", "", file=("application/gexf+xml", "network.gexf", _gexf(nodes, ties)))
    data: dict[str, Any] = {
        "nodes": [{name: row[name] for name in ("iri", "label", "type", "events")} for row in nodes],
        "edges": [
            {"a": named[a]["iri"], "b": named[b]["iri"], "events": number, "kinds": told} for a, b, number, told in ties
        ],
        "start": [row["iri"] for row in began],
    }
    drawn = {
        "picture": picture,
        "labels": {row["iri"]: row["label"] for row in nodes},
        "began": [
            {"label": row["label"], "url": at.with_(start=[s for s in at.all("start") if s != row["iri"]])}
            for row in began
        ],
        "kinds": base.rows_of(
            "SELECT class FROM account WHERE family != 'Statement' GROUP BY 1 ORDER BY COUNT(*) DESC"
        ),
        "types": [(name, TYPES[name], _sample(name)) for name in _TYPES],
        "chosen": at.all("type") or [*_TYPES],
    }
    columns = ("actor", "other", "events", "kinds")
    rows = [(named[a]["label"], named[b]["label"], number, told) for a, b, number, told in ties]
    return Page("network.html", "Network", data, drawn, columns, rows)


def _actor(base: Catalogue, iri: str) -> Row | None:
    return base.row("SELECT n, iri, label, type, events FROM actor WHERE iri = ? OR label = ? LIMIT 1", iri, iri)


def _filter(at: At) -> tuple[str, list[object]]:
    """Give the condition on accounts `a` and actors `o` that the address asks for."""
    clause, values = "", list[object]()
    types = [name for name in at.all("type") if name in _TYPES] or [*_TYPES]
    clause += f" AND o.type IN ({', '.join('?' * len(types))})"
    values += types
    if at.get("kind"):
        clause += " AND a.class = ?"
        values.append(at.get("kind"))
    if at.get("statements") != "yes":
        clause += " AND a.family != 'Statement'"
    days, given = within(at, "d")
    return clause + days, [*values, *given]


def _grown(at: At, began: Sequence[int]) -> tuple[list[Found], dict[str, Point], list[Row]]:
    """Grow the network from its beginnings, one after the other, so that what was there before does not move."""
    base = at.catalogue
    steps: list[list[int]] = []
    kept: list[int] = []
    for actor in began:
        kept += [n for n in (actor, *_around(at, actor)) if n not in kept]
        steps.append(kept[:_MOST])
    if not steps:
        clause, values = _filter(at)
        steps = [
            [
                row[0]
                for row in base.rows_of(
                    "SELECT o.n FROM actor o JOIN part p ON p.actor = o.n JOIN account a ON a.n = p.account "
                    f"JOIN document d ON d.n = a.document WHERE 1 {clause} "
                    f"GROUP BY o.n ORDER BY COUNT(DISTINCT a.n) DESC, o.n LIMIT {_ALL}",
                    *values,
                )
            ]
        ]
    points: dict[str, Point] = {}
    ties: list[Found] = []
    for step in steps:
        ties = _ties(at, step)
        points = laid_out([str(n) for n in step], [(str(a), str(b), w) for a, b, w, _ in ties], fixed=points)
    if not began:  # who appears with nobody says nothing here
        tied = {n for a, b, *_ in ties for n in (a, b)}
        steps[-1] = [n for n in steps[-1] if n in tied]
        points = laid_out([str(n) for n in steps[-1]], [(str(a), str(b), w) for a, b, w, _ in ties])
    marks = ", ".join("?" * len(steps[-1]))
    nodes = base.rows(f"SELECT n, iri, label, type, events FROM actor WHERE n IN ({marks}) ORDER BY n", *steps[-1])
    return ties, points, nodes


def _around(at: At, actor: int) -> list[int]:
    clause, values = _filter(at)
    rows = at.catalogue.rows_of(
        "SELECT o.n FROM part p CROSS JOIN account a ON a.n = p.account JOIN document d ON d.n = a.document "
        "CROSS JOIN part q ON q.account = a.n JOIN actor o ON o.n = q.actor "
        f"WHERE p.actor = ? AND o.n != p.actor {clause} "
        f"GROUP BY o.n ORDER BY COUNT(DISTINCT a.n) DESC, o.n LIMIT {_AROUND}",
        actor,
        *values,
    )
    return [row[0] for row in rows]


def _ties(at: At, nodes: Sequence[int]) -> list[Found]:
    """Give the ties among some actors: the two, in how many accounts, and of which kinds."""
    clause, values = _filter(at)
    marks = ", ".join("?" * len(nodes))
    rows = at.catalogue.rows_of(
        "SELECT p.actor, o.n, a.class, COUNT(DISTINCT a.n) FROM part p CROSS JOIN part q ON q.account = p.account "
        "JOIN actor o ON o.n = q.actor JOIN account a ON a.n = p.account JOIN document d ON d.n = a.document "
        f"WHERE p.actor IN ({marks}) AND o.n IN ({marks}) AND p.actor < o.n {clause} "
        "GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC, 3",
        *nodes,
        *nodes,
        *values,
    )
    found: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for a, b, kind, number in rows:
        found.setdefault((a, b), []).append((kind, number))
    return [
        (a, b, sum(n for _, n in kinds), ", ".join(f"{n} {spaced(kind).lower()}" for kind, n in kinds[:4]))
        for (a, b), kinds in found.items()
    ]


def _nodes(at: At, nodes: Sequence[Row], began: set[int]) -> list[Node]:
    """Make nodes of actors: a click expands, and on one that is expanded it leads to its page."""
    base, starts = at.catalogue.base, at.all("start")
    return [
        Node(
            str(row["n"]),
            row["label"],
            row["type"],
            row["events"],
            node_url("actor", row["iri"], base) if row["n"] in began else at.with_(start=[*starts, row["iri"]]),
            began=row["n"] in began,
        )
        for row in nodes
    ]


def _tie(at: At, a: Row, b: Row, number: int, told: str) -> Tie:
    asked = [(name, at.get(name)) for name in ("kind", "since", "until")]
    asked.append(("statements", "" if at.get("statements") == "yes" else "no"))
    url = with_query("/actor", [("iri", a["iri"]), ("show", "all"), ("with", b["iri"]), *asked])
    return Tie(str(a["n"]), str(b["n"]), number, f"{a['label']} – {b['label']}: {told}", url)


def _sample(type: str) -> Markup:
    return element("svg", shape(type, 6), viewBox="-9 -9 18 18", class_=f"sample t-{type}", aria_hidden="true")


def _standing_alone(picture: Markup) -> bytes:
    style = (files("kg.serve") / "static" / "network.css").read_text(encoding="utf-8")
    begin, _, rest = str(picture).partition(">")
    return f"{begin}><style>{style}</style>{rest}".encode()


def _gexf(nodes: Sequence[Row], ties: Sequence[Found]) -> bytes:
    import networkx

    graph: Any = networkx.Graph()
    for row in nodes:
        graph.add_node(row["iri"], label=_plain(row["label"]), sort=row["type"], events=row["events"])
    names = {row["n"]: row["iri"] for row in nodes}
    for a, b, number, told in ties:
        graph.add_edge(names[a], names[b], weight=number, kinds=told)
    return "\n".join(networkx.generate_gexf(graph)).encode()


def _plain(text: str) -> str:
    """Take out what XML cannot hold."""
    return "".join(char for char in text if char >= " " and not "\ud800" <= char <= "\udfff")
