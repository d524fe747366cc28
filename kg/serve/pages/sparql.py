"""The editor: SPARQL with the usual prefixes, the library's queries to begin with, and an address for each query."""

from __future__ import annotations

from typing import Any

from kg.errors import QueryError, ServiceError
from kg.questions import questions
from kg.questions.result import result_of
from kg.serve.addresses import with_query
from kg.serve.pages.page import At, Page
from kg.serve.pages.tables import node_of
from kg.vocab import PREFIXES

_MANY = 100
_FIRST = """SELECT ?label ?status WHERE {
  ?proposal a nkg:Initiative ; rdfs:label ?label .
  OPTIONAL { ?proposal nkg:disposition/nkg:status/rdfs:label|nkg:disposition/nkg:status ?status }
}
LIMIT 50"""


def page(at: At) -> Page:
    """Give the editor, with the answer of the query in the address."""
    sparql = at.get("query") or at.get("q")
    data: dict[str, Any] = {
        "query": sparql or _FIRST,
        "columns": [],
        "rows": [],
        "total": 0,
        "problem": "",
        "asked": bool(sparql),
    }
    drawn: dict[str, Any] = {
        "prefixes": PREFIXES,
        "library": [(one.name, one.question, with_query("/query", [("query", one.sparql)])) for one in questions()],
        "formats": [],
        "here": 1,
        "last": 1,
        "table": [],
        "headings": [],
    }
    status = 200
    if sparql:
        try:
            answer = at.reader.query(sparql, where="the query")
        except QueryError as error:
            data["problem"] = str(error)
            return Page("sparql.html", "SPARQL", data, drawn, status=403 if isinstance(error, ServiceError) else 400)
        result = result_of(answer, at.reader)
        here, last = at.number("page", 1), max(1, -(-len(result.rows) // _MANY))
        data["columns"], data["total"] = list(result.columns), len(result.rows)
        data["rows"] = [{name: term.value for name, term in row.items()} for row in result.rows]
        drawn |= {
            "here": min(here, last),
            "last": last,
            "headings": [(name, f"?{name}") for name in result.columns],
            "table": _rows(at, result, min(here, last)),
            "formats": _formats(sparql, answer.form),
        }
    rows = [[one.get(name, "") for name in data["columns"]] for one in data["rows"]]
    return Page("sparql.html", "SPARQL", data, drawn, tuple(data["columns"]), rows, status=status)


def _rows(at: At, result: Any, here: int) -> list[list[tuple[str, str]]]:
    """Give the rows of a page as (text, address): IRIs of the graph lead to their pages."""
    out = []
    part = slice((here - 1) * _MANY, here * _MANY)
    for row in result.rows[part]:
        out.append(
            [
                (row[name].value, node_of(at.catalogue, [row[name]]) if row[name].kind == "iri" else "")
                if name in row
                else ("", "")
                for name in result.columns
            ]
        )
    return out


def _formats(sparql: str, form: str) -> list[tuple[str, str]]:
    names = ("turtle", "nt", "json-ld") if form == "construct" else ("json", "csv", "tsv", "xml")
    return [(name.upper(), with_query("/sparql", [("query", sparql), ("format", name)])) for name in names]
