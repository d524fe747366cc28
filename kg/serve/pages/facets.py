"""Facets: what the things of an answer have in common, with counts, each a link that narrows the answer to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.questions import Question, Result
from kg.serve.answers import called, given_to
from kg.serve.catalogue import Row
from kg.serve.pages.page import At
from kg.serve.reaching import SOURCES
from kg.serve.words import STATUSES, spaced
from kg.serve.words import value as said

_MOST = 8
_LISTED = 14  # values of a facet of a list
_FREE = ("string", "iri", "integer", "decimal", "date")


def facets(at: At, question: Question, result: Result) -> list[dict[str, Any]]:
    """Give the groups of an answer: one for each parameter whose value a column shows, texts last."""
    groups = []
    given = given_to(question, at.all)
    for param in sorted(question.params, key=lambda one: one.name in SOURCES):
        names = ("source",) if param.name in SOURCES else (f"{param.name}Name", param.name)
        column = next((name for name in names if name in result.columns), None)
        if column is None or (param.type in _FREE and param.name not in SOURCES):
            continue
        counts: dict[str, int] = {}
        for part in result.parts():
            for value in {result.rows[row][column].value for row in part if column in result.rows[row]}:
                counts[value] = counts.get(value, 0) + 1
        chosen = given.get(param.name, [])
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if len(ranked) < 2 and not chosen:
            continue
        values = [_value(at, param.name, name, None, chosen) for name in chosen]
        values += [
            _value(at, param.name, name, number, chosen) for name, number in ranked[:_MOST] if name not in chosen
        ]
        icons = bool(counts) and set(counts) <= set(STATUSES)
        groups.append(
            {"title": "Text" if param.name in SOURCES else spaced(param.name), "values": values, "icons": icons}
        )
    return groups


def counted(at: At, name: str, rows: Iterable[Row], *, title: str = "") -> dict[str, Any]:
    """Give the group of one parameter from rows of `value` and `n`; what is chosen can be taken back."""
    found, chosen = [(row["value"], row["n"]) for row in rows], at.get(name)
    if chosen and all(value != chosen for value, _ in found[:_LISTED]):
        found.insert(0, (chosen, 0))
    values = [
        {
            "label": said(name, value),
            "value": value,
            "count": None if value == chosen else number,
            "chosen": value == chosen,
            "url": at.with_(**{name: None if value == chosen else value}, page=None),
        }
        for value, number in found[:_LISTED]
    ]
    return {"title": title or spaced(name), "icons": name == "status", "values": values}


def _value(at: At, param: str, name: str, number: int | None, chosen: list[str]) -> dict[str, Any]:
    others: dict[str, object] = dict.fromkeys(called(param))  # however the address has it now
    value: object = name if number is not None else [value for value in chosen if value != name]
    url = at.with_(**{**others, param: value, "page": None})
    label = said(param, name)
    if param in SOURCES:
        label = at.catalogue.value("SELECT NULLIF(title, '') FROM document WHERE id = ?", name) or name
    return {"label": label, "value": name, "count": number, "chosen": number is None, "url": url}
