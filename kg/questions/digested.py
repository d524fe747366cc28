"""Questions that count over all documents, answered from the digest of a snapshot (`kg/digest`).

Each query here gives the rows that its `.rq` file gives, in the same order; `tests/questions/test_digested.py` holds
that. What narrows a question is looked up first, as the accounts that it leaves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.digest import Digest, digest_of
from kg.questions.counting import NAMED, QUERIES, Query
from kg.questions.library import Question, questions
from kg.questions.pages import cut
from kg.questions.parameters import Value
from kg.questions.reached import Given, chosen, given_to
from kg.store import Answer, Reader, Term
from kg.vocab import XSD

Row = tuple[Any, ...]


_PIECE = 2
"""Names that are asked at first where an answer is in the order of names; twice as many each time after."""


def counted(
    reader: Reader,
    question: Question,
    params: Mapping[str, Value | Iterable[Value]],
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Answer | None:
    """Answer a question of the library from the digest; None where there is none, or it cannot answer that question.

    `params` have been checked, and names are the labels that they were taken for.
    """
    digest = digest_of(reader)
    query = QUERIES.get(question.name)
    if digest is None or query is None or question not in questions():
        return None
    try:
        rows = _rows(digest, query, question, given_to(question, params), None if limit is None else offset + limit)
    except sqlite3.Error:  # the file is damaged; what it was made from need not be
        return None
    if rows is None:
        return None
    return cut(question, _answer(question, query, rows), limit=limit, offset=offset)


def _rows(digest: Digest, query: Query, question: Question, given: Given, wanted: int | None) -> list[Row] | None:
    narrowed = chosen(digest, question, given)
    if narrowed is None:
        return None
    conditions, values = list(narrowed.conditions), list(narrowed.values)
    for name, condition in query.own.items():
        if name in given:
            if len(given[name]) > 1 and name == "about":
                return None
            conditions.append(condition.format(marks=", ".join("?" * len(given[name]))))
            values += [one.lower() for one in given[name]] if name == "about" else given[name]
    if query.original and "document" not in given:
        conditions.append(query.original)
    if query.names and wanted is not None and not narrowed.is_narrow and not query.own.keys() & given.keys():
        return _in_pieces(digest, query, conditions, values, wanted)
    page = f" LIMIT {wanted}" if query.apart and wanted is not None else ""
    return digest.rows(query.sql.replace("{only}", _and(conditions)) + page, values)


def _and(conditions: Sequence[str]) -> str:
    return "".join(f" AND {one}" for one in conditions)


def _in_pieces(digest: Digest, query: Query, conditions: list[str], values: list[str], wanted: int) -> list[Row]:
    """Ask for one stretch of the alphabet after the other until there are so many rows."""
    rows: list[Row] = []
    last, piece, begins = "", _PIECE, ">="
    while len(rows) < wanted:
        found = digest.rows(
            "SELECT DISTINCT label FROM canon WHERE label "
            f"{begins} ? AND EXISTS (SELECT 1 FROM node WHERE node.canon = canon.n) ORDER BY label LIMIT ?",
            (last, piece),
        )
        if not found:
            break
        only = _and([*conditions, NAMED.format(column=query.names, which=f"{begins} ? AND one.label <= ?")])
        rows += digest.rows(query.sql.replace("{only}", only), [*values, last, found[-1][0]])
        last, piece, begins = found[-1][0], piece * 2, ">"
    return rows


def _answer(question: Question, query: Query, rows: Sequence[Row]) -> Answer:
    if question.name == "most-contested":
        rows = [(one[0], kind, *one[2:]) for one in rows for kind in sorted(str(one[1]).split(" "))]
    kinds = list(query.columns.values())
    values = kinds.index("v") if "v" in kinds else None
    made = []
    for row in rows:
        terms = [_term(kind, value) for kind, value in zip(kinds, row, strict=False)]
        if values is not None:
            terms[values] = Term("literal", str(row[values]), str(row[-3]))
            terms[-1] = Term("literal", str(row[len(kinds) - 1]), str(row[-2])) if row[-2] else None
        made.append(tuple(terms))
    return Answer("select", tuple(query.columns), tuple(made))


def _term(kind: str, value: object) -> Term | None:
    if value is None:
        return None
    if kind == "i":
        return Term("iri", str(value))
    datatype = {"n": "integer", "d": "decimal"}.get(kind, "string")
    return Term("literal", str(value), XSD + datatype)
