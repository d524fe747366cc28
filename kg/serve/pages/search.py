"""Search over actors, events, questions and texts, and suggestions while somebody types."""

from __future__ import annotations

import json
from typing import Any

from kg.questions import questions
from kg.serve.addresses import document_url, node_url
from kg.serve.catalogue import Catalogue, match
from kg.serve.pages.lists import ACCOUNTS, quoted
from kg.serve.pages.page import At, Page
from kg.serve.words import count, type_name

_MANY, _FEW, _SUGGESTED = 30, 6, 8
_SORTS = {"actors": "Actors", "events": "Events", "questions": "Questions", "texts": "Texts"}
_PLACES = ("GeopoliticalEntity", "Place")


def page(at: At) -> Page:
    """Give what was found, or suggestions."""
    words = at.get("q")
    if at.head == "suggest":
        return _suggested(at, words)
    here, sort = at.number("page", 1), at.get("in") if at.get("in") in _SORTS else ""
    many = _MANY if sort else _FEW
    offset = (here - 1) * many
    totals = {
        "actors": _count(at, "SELECT COUNT(DISTINCT actor) FROM known WHERE known MATCH ?", words),
        "events": _count(at, "SELECT COUNT(DISTINCT event) FROM told WHERE told MATCH ?", words),
        "questions": len(_questions(words)),
        "texts": _count(at, "SELECT COUNT(*) FROM words WHERE words MATCH ?", words),
    }
    data: dict[str, Any] = {"q": words, "totals": totals, "actors": [], "events": [], "questions": [], "texts": []}
    for name, find in (("actors", _actors), ("events", _events), ("texts", _texts)):
        if words and sort in ("", name):
            data[name] = find(at.catalogue, words, many, offset)
    if sort in ("", "questions"):
        data["questions"] = _questions(words)
    drawn = {
        "sorts": [
            {
                "label": title,
                "count": totals[name],
                "chosen": name == sort,
                "value": name,
                "url": at.with_(**{"in": name}, page=None),
            }
            for name, title in _SORTS.items()
        ],
        "sort": sort,
        "here": here,
        "last": -(-totals[sort] // many) if sort else 1,
        "all_url": at.with_(**{"in": None}, page=None),
    }
    rows = [("actor", one["label"], one["url"]) for one in data["actors"]]
    rows += [("event", one["label"], one["iri"]) for one in data["events"]]
    rows += [("question", one["question"], one["url"]) for one in data["questions"]]
    rows += [("text", one["title"], one["url"]) for one in data["texts"]]
    return Page(
        "search.html", f"Search: {words}" if words else "Search", data, drawn, ("sort", "label", "address"), rows
    )


def _count(at: At, sql: str, words: str) -> int:
    return int(at.catalogue.value(sql, match(words)) or 0) if match(words) else 0


def _actors(
    base: Catalogue, words: str, many: int, offset: int = 0, types: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    if not match(words):
        return []
    only = f"AND actor.type IN ({', '.join('?' * len(types))})" if types else ""
    rows = base.rows(
        "SELECT actor.iri, actor.label, actor.type, mentions, documents, events, MIN(known.name) AS name FROM known "
        f"JOIN actor ON actor.n = known.actor WHERE known MATCH ? {only} GROUP BY actor.n "
        "ORDER BY lower(actor.label) = lower(?) DESC, mentions DESC, actor.label LIMIT ? OFFSET ?",
        match(words),
        *types,
        words.strip(),
        many,
        offset,
    )
    return [row | {"url": node_url("actor", row["iri"], base.base)} for row in rows]


def _events(base: Catalogue, words: str, many: int, offset: int = 0) -> list[dict[str, Any]]:
    if not match(words):
        return []
    rows = base.rows(
        f"{ACCOUNTS} WHERE a.n IN (SELECT MIN(x.n) FROM told "
        "JOIN account x ON x.event = told.event AND x.family != 'Statement' "
        "WHERE told MATCH ? GROUP BY told.event ORDER BY MIN(told.rowid) LIMIT ? OFFSET ?) ORDER BY a.n",
        match(words),
        many,
        offset,
    )
    return quoted(base, rows)


def _questions(words: str) -> list[dict[str, Any]]:
    asked = [word.strip("?.,“”\"'") for word in words.lower().split()]
    found = []
    for one in questions():
        text = f"{one.question} {one.description} {' '.join(one.tags)} {one.name}".lower()
        if asked and all(word in text for word in asked):
            found.append({"name": one.name, "question": one.question, "url": f"/question/{one.name}"})
    return found


def _texts(base: Catalogue, words: str, many: int, offset: int = 0) -> list[dict[str, Any]]:
    """Find texts, each with the place in it where the words stand, and the words around it."""
    if not match(words):
        return []
    rows = base.rows_of(
        "SELECT document.id, document.title, document.publisher, document.issued, document.text, "
        "highlight(words, 1, char(1), char(2)) FROM words JOIN document ON document.n = words.rowid "
        "WHERE words MATCH ? ORDER BY rank, document.id LIMIT ? OFFSET ?",
        match(words),
        many,
        offset,
    )
    return [_text(*row) for row in rows]


def _text(id: str, title: str, publisher: str, issued: str, text: str, marked: str) -> dict[str, Any]:
    begin = marked.find("\x01")
    if begin < 0 or "\x01" in text or "\x02" in text:
        begin, end = 0, 0
    else:
        end = begin + marked[begin + 1 :].find("\x02")
    left = max(text.rfind(" ", 0, max(0, begin - 80)) + 1, 0) if begin > 80 else 0
    right = text.find(" ", min(len(text), end + 120))
    after = text[end : right if right > 0 else len(text)]
    return {
        "id": id,
        "title": title or id,
        "publisher": publisher,
        "issued": issued,
        "url": document_url(id, (begin, end)),
        "before": " ".join(text[left:begin].split()) + (" " if text[left:begin][-1:].isspace() else ""),
        "words": text[begin:end],
        "after": (" " if after[:1].isspace() else "") + " ".join(after.split()),
    }


def _suggested(at: At, words: str) -> Page:
    base, kind = at.catalogue, at.get("kind")
    found: list[dict[str, str]] = []
    if kind in ("", "actor", "place"):
        types = _PLACES if kind == "place" else ()
        found += [
            {
                "text": one["label"],
                "sort": type_name(one["type"]),
                "note": count(one["events"], "event"),
                "url": one["url"],
            }
            for one in _actors(base, words, _SUGGESTED if kind else 5, 0, types)
        ]
    if kind == "document":
        rows = base.rows_of(
            "SELECT id, title FROM document WHERE id LIKE ?1 OR title LIKE ?1 ORDER BY issued DESC LIMIT 8",
            f"%{words}%",
        )
        found += [{"text": id, "sort": "Text", "note": title, "url": document_url(id)} for id, title in rows]
    if not kind:
        found += [
            {"text": one["question"], "sort": "Question", "note": "", "url": one["url"]}
            for one in _questions(words)[:3]
        ]
        for one in _events(base, words, 4):
            sort = "proposal" if one["family"] == "Initiative" else "event"
            url = node_url(sort, one["iri"], base.base)
            found.append({"text": one["label"], "sort": sort.capitalize(), "note": one["day"], "url": url})
        found += [
            {"text": one["title"], "sort": "Text", "note": one["issued"], "url": one["url"]}
            for one in _texts(base, words, 3)
        ]
    body = json.dumps(found[:12], ensure_ascii=False).encode()
    return Page("", "", file=("application/json; charset=utf-8", "", body))
