"""Rows of one thing made one: what an answer says of a proposal, an event or a statement, joined cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.store import Term
from kg.vocab import XSD

SEPARATOR = " | "
"""What stands between several values of one cell."""

Row = Mapping[str, Term]
Cells = dict[str, tuple[Term, ...]]


def grouped(rows: Sequence[Row], thing: Sequence[str]) -> list[list[int]]:
    """Give the positions of the rows that are about one thing, in the order of the first row of each.

    Without columns that identify a thing, every row is one.
    """
    if not thing:
        return [[at] for at in range(len(rows))]
    groups: dict[tuple[Term | None, ...], list[int]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(tuple(row.get(name) for name in thing), []).append(at)
    return list(groups.values())


def cells(rows: Sequence[Row], columns: Sequence[str], by: Sequence[str] = ()) -> Cells:
    """Give the values of each column over the rows of one thing, each once, in the order in which they come.

    `by` is a column and those that depend on it: where these differ, a value says in brackets for whom it holds.
    """
    found = {name: tuple(dict.fromkeys(row[name] for row in rows if name in row)) for name in columns}
    for name in by[1:]:
        holders: dict[Term | None, dict[Term | None, None]] = {}
        for row in rows:
            holders.setdefault(row.get(name), {})[row.get(by[0])] = None
        if len(holders) > 1:
            found[name] = tuple(_held(term, whose) for term, whose in holders.items() if term is not None)
    return found


def _held(term: Term, whose: Mapping[Term | None, None]) -> Term:
    names = ", ".join(holder.value for holder in whose if holder is not None)
    return Term("literal", f"{term.value} ({names})", XSD + "string") if names else term
