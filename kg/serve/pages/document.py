"""Documents: the list of them, and the text of each one with its names, statements and events marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from kg.rdf import identity_iri
from kg.serve.accounts import Described, Said, first, span_of
from kg.serve.addresses import document_url, node_url
from kg.serve.catalogue import Row, match
from kg.serve.pages.lists import ACCOUNTS, quoted
from kg.serve.pages.page import At, Page, nearest
from kg.serve.words import shorter, spaced, type_name
from kg.store import sparql_term
from kg.store.answering import described
from kg.vocab import NIF, NKG, RDF

_MANY = 40


class Mark(NamedTuple):
    """A stretch of the text that is marked: its layer, where a click leads, and what is said of it."""

    begin: int
    end: int
    layer: str
    url: str
    said: str


class Piece(NamedTuple):
    """A stretch of the text with one set of marks."""

    text: str
    layers: tuple[str, ...]
    url: str
    said: str
    at: bool
    first: bool


def page(at: At) -> Page:
    """Give the list, or one text."""
    id = at.get("id") or at.rest
    if at.head == "documents" or not id:
        return _list(at)
    base = at.catalogue
    document = base.row("SELECT * FROM document WHERE id = ?", id)
    if document is None:
        known = [row[0] for row in base.rows_of("SELECT id FROM document ORDER BY id LIMIT 20000")]
        return at.missing(
            "No text of this graph has this id.", near=[(name, document_url(name)) for name in nearest(id, known)]
        )
    return _one(at, document)


def _list(at: At) -> Page:
    base, here = at.catalogue, at.number("page", 1)
    where, values = "1", list[object]()
    if match(at.get("about")):
        where = "n IN (SELECT rowid FROM words WHERE words MATCH ?)"
        values.append(match(at.get("about")))
    total = base.value(f"SELECT COUNT(*) FROM document WHERE {where}", *values)
    rows = base.rows(
        "SELECT id, title, issued, publisher, copy, length(text) AS length, "
        "(SELECT COUNT(*) FROM account WHERE document = document.n AND family != 'Statement') AS events, "
        "(SELECT COUNT(*) FROM account WHERE document = document.n AND family = 'Statement') AS statements "
        f"FROM document WHERE {where} ORDER BY issued DESC, id LIMIT {_MANY} OFFSET {(here - 1) * _MANY}",
        *values,
    )
    columns = ("id", "title", "issued", "publisher", "events", "statements")
    return Page(
        "documents.html",
        "Texts",
        {"documents": [row | {"url": document_url(row["id"])} for row in rows], "total": total},
        {"here": here, "last": -(-total // _MANY), "about": at.get("about")},
        columns,
        [[row[name] for name in columns] for row in rows],
    )


def _one(at: At, document: Row) -> Page:
    base = at.catalogue
    told = described(at.reader, document["iri"])
    accounts = quoted(base, base.rows(f"{ACCOUNTS} WHERE a.document = ? ORDER BY a.begin, a.n", document["n"]))
    marks = _marks(at, told, accounts)
    open_at = _asked(at.get("at"), len(document["text"]))
    data: dict[str, Any] = {
        "document": {name: document[name] for name in ("iri", "id", "title", "issued", "publisher", "url", "text")},
        "copy": bool(document["copy"]),
        "at": list(open_at) if open_at else None,
        "marks": [mark._asdict() for mark in marks],
        "events": [one for one in accounts if one["family"] != "Statement"],
        "statements": [one for one in accounts if one["family"] == "Statement"],
    }
    about = [one for one in accounts if open_at and one["begin"] < open_at[1] and one["end"] > open_at[0]]
    drawn = {
        "paragraphs": _paragraphs(document["text"], marks, open_at),
        "about": about,
        "open_at": open_at,
        "plain": base.rows(
            "SELECT iri, label, type, seen.mentions FROM seen JOIN actor ON actor.n = seen.actor "
            "WHERE seen.document = ? AND type != 'Participant' ORDER BY seen.mentions DESC, label",
            document["n"],
        ),
    }
    columns = ("begin", "end", "layer", "said", "words")
    rows = [[m.begin, m.end, m.layer, m.said, document["text"][m.begin : m.end]] for m in marks]
    return Page("document.html", document["title"] or document["id"], data, drawn, columns, rows)


def _asked(text: str, length: int) -> tuple[int, int] | None:
    """Read `begin-end`, in code points of the text."""
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if not found:
        return None
    begin, end = int(found[1]), int(found[2])
    return (begin, min(end, length)) if begin < min(end, length) else None


def _marks(at: At, told: Described, accounts: Sequence[Row]) -> list[Mark]:
    known = {row["account"]: row for row in accounts}
    canonical = _canonical(at, told)
    marks: list[Mark] = []
    for node, said in told.items():
        types = {term.value.removeprefix(NKG) for term in said.get(RDF + "type", ())}
        if "Mention" in types:
            marks += _name(at, said, canonical)
        elif "Event" in types and node in known:
            marks += _event(at, told, said, known[node])
    return sorted(marks)


def _name(at: At, said: Said, canonical: Mapping[str, tuple[str, str, str]]) -> list[Mark]:
    iri, label, kind = canonical.get(first(said, NKG + "refersTo"), ("", "", ""))
    begin, end = int(first(said, NIF + "beginIndex") or 0), int(first(said, NIF + "endIndex") or 0)
    if not iri or kind == "Participant" or begin >= end:
        return []
    url = node_url("actor", iri, at.catalogue.base)
    return [Mark(begin, end, f"t-{kind}", url, f"{label}, {type_name(kind).lower()}")]


def _canonical(at: At, told: Described) -> dict[str, tuple[str, str, str]]:
    """Give of each actor of a document who it is: IRI, name and class, as the identity graph has them."""
    actors = {term.value for said in told.values() for term in said.get(NKG + "refersTo", ())}
    graph, values = sparql_term(identity_iri(at.reader.base)), " ".join(map(sparql_term, sorted(actors)))
    found = at.reader.query(
        f"SELECT ?node ?known WHERE {{ VALUES ?node {{ {values} }} GRAPH {graph} {{ ?node nkg:canonical ?known }} }}"
    )
    out = {}
    for node, known in found.rows:
        row = at.catalogue.row("SELECT iri, label, type FROM actor WHERE iri = ?", known.value) if known else None
        if node and row:
            out[node.value] = (row["iri"], row["label"], row["type"])
    return out


def _event(at: At, told: Described, said: Said, account: Row) -> list[Mark]:
    url = node_url("proposal" if account["family"] == "Initiative" else "event", account["iri"], at.catalogue.base)
    if account["family"] == "Statement":
        speaker = next((part["label"] for part in account["parts"] if part["role"] == "speaker"), "somebody")
        spans = [span_of(told, term.value) for term in said.get(NKG + "contentSpan", ())]
        return [Mark(b, e, "said", url, f"said by {speaker}") for b, e in spans if b < e]
    begin, end = span_of(told, first(said, NKG + "trigger"))
    layer = "initiative" if account["family"] == "Initiative" else "event"
    what = f"{spaced(account['kind'] or account['class'])}: {shorter(account['label'])}"
    return [Mark(begin, end, layer, url, what)] if begin < end else []


_RANK = {"event": 3, "initiative": 4, "said": 1}


def _paragraphs(text: str, marks: Sequence[Mark], at: tuple[int, int] | None) -> list[list[Piece]]:
    """Cut a text where a mark begins or ends; of several the finest one leads somewhere."""
    cuts = {0, len(text), *(m.begin for m in marks), *(m.end for m in marks), *(at or ())}
    cuts |= {found.end() for found in re.finditer(r"\n+", text)} | {
        found.start() for found in re.finditer(r"\n+", text)
    }
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    opening: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(mark.begin, []).append(mark)
    paragraphs: list[list[Piece]] = [[]]
    live: list[Mark] = []
    for begin, end in pairwise(edges):
        live = [mark for mark in live if mark.end > begin] + opening.get(begin, [])
        words = text[begin:end]
        if not words.strip("\n"):
            paragraphs.append([])
            continue
        best = max(live, key=lambda mark: (_RANK.get(mark.layer, 2), mark.begin), default=None)
        inside = at is not None and at[0] <= begin and end <= at[1]
        layers = tuple(dict.fromkeys(mark.layer for mark in live))
        starts = bool(at and begin == at[0])
        paragraphs[-1].append(Piece(words, layers, best.url if best else "", best.said if best else "", inside, starts))
    return [paragraph for paragraph in paragraphs if paragraph]
