"""Questions to the graph: the query library, parameters, results."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.questions.library import Param, Question, load, parse, questions, read
from kg.questions.parameters import Value, with_values
from kg.questions.result import Result, Scalar, result_of
from kg.store import Reader

__all__ = ["Param", "Question", "Result", "Scalar", "Value", "ask", "load", "parse", "questions", "read"]


def ask(reader: Reader, query: str | Path | Question, **params: Value | Iterable[Value]) -> Result:
    """Answer a named query, a query file (a path, or a name ending in `.rq`) or SPARQL given as text.

    What is SPARQL and what is a name, `load` tells apart. Raises `QueryError` for an unknown query or parameter, a
    missing or ill-typed value, and malformed SPARQL, with the line.
    """
    question = query if isinstance(query, Question) else load(query)
    return result_of(reader.query(with_values(question, params), where=question.where), reader)
