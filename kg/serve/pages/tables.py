"""Answers as tables for people: what only programs need is left out, quotes stand below with a link to the sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kg.questions import Result
from kg.serve.addresses import document_url, node_url
from kg.serve.catalogue import Catalogue
from kg.serve.words import day, spaced, value
from kg.store import Term

_LEFT_OUT = re.compile(
    r"(?:Start|End|At|Mention)$|^(?:rule|wikidata|order|dated|published|trigger|cue|label2)$"
    r"|^(?:latitude|longitude|lower|upper)$"
)
_QUOTE = re.compile(r"quote$", re.IGNORECASE)
_DAY = re.compile(r"^(?:date|time|first|last|asOf|since|issued)$")
_NAME = re.compile(r"(?:Name|^sourceActor|^targetActor|^name)$")
_WEIGHED = ("kind", "type", "code", "step", "label", "content")  # beside which it stands how sure a reading is
_NUMBERS = ("quantity", "value")
_LABELS = ("label", "content", "what", "outcome", "cause", "effect", "about")


def columns_of(result: Result) -> list[tuple[str, str]]:
    """Give the columns that people read: name and heading. Columns of IRIs become links of others."""
    kept = []
    numbered = any(name in result.columns for name in _NUMBERS)  # a number is told in one cell: "about 800 people"
    told = any(_QUOTE.search(name) for name in result.columns)  # a quote names its text already
    for name in result.columns:
        terms = [row[name] for row in result.rows if name in row]
        if (
            not terms
            or (told and name in ("source", "publishedBy"))
            or (numbered and name in ("qualifier", "counted"))
            or _LEFT_OUT.search(name)
            or _QUOTE.search(name)
            or all(term.kind == "iri" for term in terms)
        ):
            continue
        kept.append((name, spaced(re.sub(r"Name$", "", name))))
    if kept:
        return kept
    return [(name, spaced(name)) for name in result.columns if not _QUOTE.search(name)]


def cells_of(catalogue: Catalogue, result: Result, part: slice) -> list[dict[str, Any]]:
    """Give rows for people: the cells of `columns_of`, each a list of values with where they lead, and the quotes."""
    named = dict.fromkeys(name for name, _ in columns_of(result))
    weighed = next((name for name in (*_WEIGHED, *named) if name in named and not _DAY.search(name)), "")
    out = []
    for one in result.cells()[part]:
        texts = [term.value for term in one.get("source", ())]
        where = node_of(catalogue, [term for terms in one.values() for term in terms if term.kind == "iri"])
        cells = [(name, [_value(catalogue, name, term, where) for term in one[name]]) for name in named]
        about = " or ".join(term.value for term in one.get("qualifier", ()) if term.value != "exact")
        counted = " or ".join(term.value for term in one.get("counted", ()))
        for name, values in cells:
            if name in _NUMBERS:
                values[:] = [shown | {"text": f"{about} {shown['text']} {counted}".strip()} for shown in values]
        quotes = [term.value for name in result.columns if _QUOTE.search(name) for term in one[name]]
        found = [_quoted(catalogue, words, texts) for words in dict.fromkeys(quotes)]
        out.append({"cells": cells, "quotes": found, "confidence": _confidence(catalogue, one), "weighed": weighed})
    return out


def _confidence(catalogue: Catalogue, one: Mapping[str, Sequence[Term]]) -> float | None:
    """Give how sure the least sure reading is that a row rests on; None where none was weighed."""
    found = [
        catalogue.value("SELECT confidence FROM account WHERE iri = ?", term.value)
        for terms in one.values()
        for term in terms
        if term.kind == "iri"
    ]
    return min((number for number in found if number is not None), default=None)


def _value(catalogue: Catalogue, column: str, term: Term, where: str) -> dict[str, str]:
    text = term.value
    shown, url, form = value(column, text), "", "text"
    if term.kind == "iri":
        url = node_of(catalogue, [term])
    elif column == "source":
        url, form = document_url(text), "source"
        shown = str(catalogue.value("SELECT COALESCE(NULLIF(title, ''), id) FROM document WHERE id = ?", text) or text)
    elif column == "status":
        form = "status"
    elif _DAY.search(column):
        shown, form = day(text), "day"
    elif _NAME.search(column):
        iri = catalogue.value("SELECT iri FROM actor WHERE label = ? ORDER BY mentions DESC LIMIT 1", text)
        url = node_url("actor", iri, catalogue.base) if iri else ""
    elif term.datatype.endswith(("#integer", "#decimal")):
        shown, form = f"{float(text):,.10g}" if re.fullmatch(r"-?[\d.]+", text) else text, "number"
    elif column in _LABELS:
        url = where
    return {"text": shown, "url": url, "form": form, "raw": text}


def node_of(catalogue: Catalogue, terms: list[Term]) -> str:
    """Give the page of the first event, proposal or actor among some IRIs."""
    base = catalogue.base
    for term in terms:
        found = catalogue.row(
            "SELECT event.iri, a.family FROM account a JOIN event ON event.n = a.event WHERE a.iri = ?1 "
            "UNION ALL SELECT iri, family FROM event WHERE iri = ?1",
            term.value,
        )
        if found:
            return node_url("proposal" if found["family"] == "Initiative" else "event", found["iri"], base)
    for term in terms:
        if catalogue.value("SELECT 1 FROM actor WHERE iri = ?", term.value):
            return node_url("actor", term.value, base)
        id = catalogue.value("SELECT id FROM document WHERE iri = ?", term.value)
        if id:
            return document_url(id)
    return ""


def _quoted(catalogue: Catalogue, words: str, sources: list[str]) -> dict[str, Any]:
    """Find a quote in its text, so that a link can open it there."""
    for source in sources:
        found = catalogue.row(
            "SELECT id, title, publisher, issued, instr(text, ?) AS at FROM document WHERE id = ?", words, source
        )
        if found and found["at"]:
            begin = int(found["at"]) - 1
            return {
                "quote": " ".join(words.split()),
                "document": source,
                "begin": begin,
                "end": begin + len(words),
                "title": found["title"],
                "publisher": found["publisher"],
                "issued": found["issued"],
            }
    return {"quote": words, "document": "", "begin": 0, "end": 0, "title": "", "publisher": "", "issued": ""}
