"""Actors: the list of them, and the page of each one, with what it proposed, was asked, did and said."""

from __future__ import annotations

from typing import Any

from kg.drawing.days import timeline
from kg.serve.addresses import node_iri, node_url, with_query
from kg.serve.catalogue import Catalogue, Row, match
from kg.serve.pages.facets import counted
from kg.serve.pages.lists import ACCOUNTS, quoted, within
from kg.serve.pages.page import At, Page, nearest
from kg.serve.words import DOES, STATUSES, day, spaced

_MANY = 40
_NARROWS = ("since", "until", "with", "kind", "statements")

VIEWS = {
    "proposals": ("Proposes", "a.family = 'Initiative' AND role IN ('proposer')"),
    "asked": ("Is asked", "a.family = 'Initiative' AND role IN ('addressee')"),
    "statements": ("Says", "a.family = 'Statement' AND role = 'speaker'"),
    "deeds": ("Does", "a.family NOT IN ('Statement', 'Initiative') AND role IN ('agent', 'responder')"),
    "done": ("Is concerned", "a.family NOT IN ('Statement', 'Initiative') AND role NOT IN ('agent', 'responder')"),
    "all": ("All", "1"),
}
"""Name in the address → heading, and which accounts it shows."""


def page(at: At) -> Page:
    """Give the list, or one actor."""
    if at.head == "actors" or (not at.rest and not at.get("iri")):
        return _list(at)
    base = at.catalogue
    iri = node_iri("actor", at.rest, at.get("iri"), base.base)
    found = base.row("SELECT * FROM actor WHERE iri = ?", iri)
    if found is None:
        known = dict(base.rows_of("SELECT label, iri FROM actor WHERE type != 'Participant'"))
        words = at.rest.replace("-", " ")
        near = [(name, node_url("actor", known[name], base.base)) for name in nearest(words, known)]
        return at.missing("No actor of this graph has this address.", near=near)
    return _one(at, found)


def _list(at: At) -> Page:
    base, kind, words = at.catalogue, at.get("type"), at.get("name")
    where, values = ["type != 'Participant'"], list[object]()
    if words and match(words):
        where.append("n IN (SELECT actor FROM known WHERE known MATCH ?)")
        values.append(match(words))
    types = base.rows(
        f"SELECT type AS value, COUNT(*) AS n FROM actor WHERE {' AND '.join(where)} GROUP BY type ORDER BY n DESC",
        *values,
    )
    if kind:
        where.append("type = ?")
        values.append(kind)
    total = base.value(f"SELECT COUNT(*) FROM actor WHERE {' AND '.join(where)}", *values)
    here = at.number("page", 1)
    actors = base.rows(
        "SELECT iri, label, type, wikidata, mentions, documents, events FROM actor "
        f"WHERE {' AND '.join(where)} ORDER BY mentions DESC, label, iri LIMIT {_MANY} OFFSET {(here - 1) * _MANY}",
        *values,
    )
    groups = [counted(at, "type", types)]
    columns = ("label", "type", "mentions", "documents", "events", "wikidata", "iri")
    return Page(
        "actors.html",
        "Actors",
        {"actors": actors, "total": total},
        {"groups": groups, "here": here, "last": -(-total // _MANY), "words": words},
        columns,
        [[row[name] for name in columns] for row in actors],
    )


def _one(at: At, actor: Row) -> Page:
    base, n = at.catalogue, actor["n"]
    clause, values, narrowed = _narrowed(at)
    numbers = {name: _count(base, n, where + clause, values) for name, (_, where) in VIEWS.items()}
    shown = at.get("show") if at.get("show") in VIEWS else next((v for v, k in numbers.items() if k), "proposals")
    total = numbers[shown]
    here = at.number("page", 1)
    accounts = quoted(
        base,
        base.rows(
            f"{ACCOUNTS} JOIN part ON part.account = a.n WHERE part.actor = ? AND {VIEWS[shown][1]}{clause} "
            "GROUP BY a.n ORDER BY COALESCE(NULLIF(a.day, ''), document.issued) DESC, a.n "
            f"LIMIT {_MANY} OFFSET {(here - 1) * _MANY}",
            n,
            *values,
        ),
    )
    days = {
        row["day"]: row["n"]
        for row in base.rows(
            "SELECT substr(COALESCE(NULLIF(day, ''), issued), 1, 10) AS day, COUNT(DISTINCT account.n) AS n FROM part "
            "JOIN account ON account.n = account JOIN document ON document.n = document WHERE actor = ? "
            "AND day || issued != '' GROUP BY 1",
            n,
        )
    }
    names = [row["name"] for row in base.rows("SELECT name FROM name WHERE actor = ? ORDER BY name", n)]
    data: dict[str, Any] = {
        "actor": {
            name: actor[name] for name in ("iri", "label", "type", "wikidata", "mentions", "documents", "events")
        },
        "names": [name for name in names if name != actor["label"]],
        "numbers": numbers,
        "shown": shown,
        "total": total,
        "accounts": accounts,
        "fates": _fates(base, n),
        "others": _others(base, n),
        "days": days,
    }
    drawn = {
        "dated_of": sum(days.values()),
        "timeline": timeline(
            days, link=lambda a, b: at.with_(show="all", since=a, until=b, page=None), label="Told of it by day"
        ),
        "views": [
            {"name": name, "title": title, "count": numbers[name], "url": at.with_(show=name, page=None)}
            for name, (title, _) in VIEWS.items()
        ],
        "here": here,
        "last": -(-total // _MANY),
        "network": with_query("/network", [("start", actor["iri"])]),
        "narrowed": narrowed,
        "whole": at.with_(**dict.fromkeys(_NARROWS), page=None),
        "both": lambda other: at.with_(**dict.fromkeys(_NARROWS) | {"show": "all", "with": other}, page=None),
    }
    columns = ("day", "class", "label", "status", "factuality", "document", "quote", "account")
    rows = [[row[name] for name in columns] for row in accounts]
    return Page("actor.html", actor["label"], data, drawn, columns, rows)


def _narrowed(at: At) -> tuple[str, list[object], list[str]]:
    """Give the condition that the address puts on accounts `a`, its values, and what it says for people."""
    clause, values = within(at)
    since, until = day(at.get("since")), day(at.get("until"))
    said = [" ".join(filter(None, (since and f"from {since}", until and f"until {until}")))]
    if at.get("with"):
        other = at.catalogue.row("SELECT n, label FROM actor WHERE iri = ?", at.get("with"))
        clause += " AND EXISTS (SELECT 1 FROM part other WHERE other.account = a.n AND other.actor = ?)"
        values.append(other["n"] if other else None)
        said.append(f"together with {other['label'] if other else 'somebody who is not in this graph'}")
    if at.get("kind"):
        clause += " AND a.class = ?"
        values.append(at.get("kind"))
        said.append(spaced(at.get("kind")).lower())
    if at.get("statements") == "no":
        clause += " AND a.family != 'Statement'"
        said.append("without statements")
    return clause, values, [one for one in said if one]


def _count(base: Catalogue, actor: int, where: str, values: list[object]) -> int:
    return int(
        base.value(
            "SELECT COUNT(DISTINCT a.n) FROM part CROSS JOIN account a ON a.n = part.account "
            f"JOIN document ON document.n = a.document WHERE part.actor = ? AND {where}",
            actor,
            *values,
        )
    )


def _fates(base: Catalogue, actor: int) -> dict[str, dict[str, int]]:
    """Count how what an actor proposed, and what it was asked, was answered."""
    out: dict[str, dict[str, int]] = {}
    for name, role in (("proposals", "proposer"), ("asked", "addressee")):
        rows = base.rows(
            "SELECT status, COUNT(DISTINCT a.n) AS n FROM part JOIN account a ON a.n = account "
            "WHERE actor = ? AND role = ? AND family = 'Initiative' GROUP BY status",
            actor,
            role,
        )
        found = {row["status"]: row["n"] for row in rows}
        out[name] = {status: found[status] for status in STATUSES if status in found}
    return out


def _others(base: Catalogue, actor: int) -> list[Row]:
    """Give with whom an actor appears in events, most often first, and in what."""
    rows = base.rows(
        "SELECT o.iri, o.label, o.type, COUNT(DISTINCT p.account) AS n, MIN(p.role) AS role FROM part p "
        "CROSS JOIN part q ON q.account = p.account JOIN actor o ON o.n = q.actor "
        "WHERE p.actor = ? AND q.actor != p.actor AND o.type NOT IN ('Participant', 'NamedEvent') "
        "GROUP BY o.n ORDER BY n DESC, o.label LIMIT 12",
        actor,
    )
    return [row | {"role": DOES.get(row["role"], spaced(row["role"]))} for row in rows]
