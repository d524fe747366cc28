"""An answer as a picture: a timeline of its days, a network of who acts on whom, a map of its places."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from kg.drawing.days import Link, timeline
from kg.drawing.layout import laid_out
from kg.drawing.network import Node, Tie, network
from kg.drawing.world import Spot, world
from kg.questions import Question, Result
from kg.serve.addresses import node_url
from kg.serve.pages.page import At
from kg.serve.words import count

_DAYS = ("date", "time", "first", "asOf")
_PAIRS = (
    ("proposerName", "addresseeName"),
    ("sourceActor", "targetActor"),
    ("actorName", "otherName"),
    ("actorName", "recipientName"),
    ("cause", "effect"),
)
_MOST = 36  # ties of which a picture can still be read


def views_of(question: Question, result: Result) -> list[str]:
    """Give the ways in which an answer can be shown, the one its question asks for first."""
    columns = set(result.columns)
    views = ["table"]
    if _day_of(result):
        views.append("timeline")
    if _pair_of(columns):
        views.append("graph")
    if "placeName" in columns:
        views.append("map")
    return sorted(views, key=lambda view: (view != question.view, views.index(view)))


def drawn_as(view: str, at: At, question: Question, result: Result) -> Markup:
    """Draw an answer; the table is drawn by its template."""
    if view == "timeline":
        days = Counter(
            day
            for part in result.parts()
            if (
                day := next(
                    (row[name].value for at_ in part for row in [result.rows[at_]] for name in _DAYS if name in row), ""
                )
            )
        )
        return timeline(days, link=_link(at, question), label="The answer by day")
    if view == "graph":
        return _graph(at, question, result)
    if view == "map":
        return _map(at, result)
    return Markup("")


def _link(at: At, question: Question) -> Link:
    takes = {param.name for param in question.params}
    first = next((name for name in ("from", "since") if name in takes), "")
    if first and "until" in takes:
        return lambda begin, end: at.with_(**{"since": None, first: begin, "until": end}, page=None)
    return lambda begin, end: "#answer"


def _day_of(result: Result) -> str:
    return next((name for name in _DAYS if any(name in row and row[name].value for row in result.rows)), "")


def _pair_of(columns: set[str]) -> tuple[str, str] | None:
    return next((pair for pair in _PAIRS if set(pair) <= columns), None)


def _graph(at: At, question: Question, result: Result) -> Markup:
    pair = _pair_of(set(result.columns))
    if pair is None:
        return Markup("")
    ties: Counter[tuple[str, str]] = Counter()
    for part in result.parts():
        found = {
            (row[pair[0]].value, row[pair[1]].value)
            for row in (result.rows[number] for number in part)
            if pair[0] in row and pair[1] in row
        }
        ties.update(one for one in found if one[0] != one[1])
    kept = [one for one, _ in ties.most_common(_MOST)]
    weight: Counter[str] = Counter()
    for a, b in kept:
        weight[a] += ties[a, b]
        weight[b] += ties[a, b]
    known = {
        label: (iri, type)
        for label in weight
        for iri, type in at.catalogue.rows_of(
            "SELECT iri, type FROM actor WHERE label = ? ORDER BY mentions DESC LIMIT 1", label
        )
    }
    base = at.catalogue.base
    nodes = [
        Node(label, label, known[label][1], number, node_url("actor", known[label][0], base))
        if label in known
        else Node(label, label, "Participant", number, at.with_(view="table"))
        for label, number in sorted(weight.items())
    ]
    takes = [param.name for param in question.params]
    names = [next((name for name in (column.removesuffix("Name"), column) if name in takes), "") for column in pair]
    drawn = []
    for a, b in kept:
        narrowed = {name: value for name, value in zip(names, (a, b), strict=True) if name}
        url = at.with_(**narrowed, view="table", page=None)
        drawn.append(Tie(a, b, ties[a, b], f"{a} → {b}: {count(ties[a, b], 'time')}", url, directed=True))
    points = laid_out([*weight], [(a, b, ties[a, b]) for a, b in kept])
    picture = network(nodes, drawn, points, label=f"{count(len(nodes), 'node')}, {count(len(kept), 'tie')}")
    if len(kept) == len(ties):
        return picture
    said = Markup('<p class="quiet small">The {} most frequent of {}; the table has all.</p>')
    return picture + said.format(count(len(kept)), count(len(ties), "pair"))


def _map(at: At, result: Result) -> Markup:
    places: Counter[str] = Counter()
    for row in result.rows:
        if "placeName" in row:
            places[row["placeName"].value] += int(row["count"].value) if "count" in row else 1
    spots = []
    for name, number in sorted(places.items()):
        found = at.catalogue.row("SELECT iri, lat, long FROM actor WHERE label = ? AND lat IS NOT NULL LIMIT 1", name)
        if found:
            url = at.with_(place=name, view="table", page=None)
            spots.append(Spot(name, found["lat"], found["long"], number, url))
    return world(spots, label="Where it happened") if spots else Markup("")
