"""Facets: what the things of an answer have in common, with counts, each a link that narrows the answer to it."""

from __future__ import annotations

from typing import Any

from kg.questions import Question, Result
from kg.serve.pages.page import At
from kg.serve.words import STATUSES, spaced

_MOST = 8
_FREE = ("string", "iri", "integer", "decimal", "date")


def facets(at: At, question: Question, result: Result) -> list[dict[str, Any]]:
    """Give the groups of an answer: one for each parameter whose value a column shows."""
    groups = []
    for param in question.params:
        column = next((name for name in (f"{param.name}Name", param.name) if name in result.columns), None)
        if column is None or (param.type in _FREE and param.name != "source"):
            continue
        counts: dict[str, int] = {}
        for part in result.parts():
            for value in {result.rows[row][column].value for row in part if column in result.rows[row]}:
                counts[value] = counts.get(value, 0) + 1
        chosen = at.all(param.name)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if len(ranked) < 2 and not chosen:
            continue
        values = [_value(at, param.name, name, None, chosen) for name in chosen]
        values += [
            _value(at, param.name, name, number, chosen) for name, number in ranked[:_MOST] if name not in chosen
        ]
        icons = set(counts) <= set(STATUSES)
        groups.append({"title": spaced(param.name), "values": values, "icons": icons})
    return groups


def _value(at: At, param: str, name: str, number: int | None, chosen: list[str]) -> dict[str, Any]:
    if number is None:
        rest = [value for value in chosen if value != name]
        return {
            "label": name,
            "value": name,
            "count": None,
            "chosen": True,
            "url": at.with_(**{param: rest}, page=None),
        }
    return {"label": name, "value": name, "count": number, "chosen": False, "url": at.with_(**{param: name}, page=None)}
