"""Questions to the graph: the query library, parameters, results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.questions.digested import counted
from kg.questions.library import NAMED, Param, Question, load, parse, questions, read
from kg.questions.names import names_of
from kg.questions.pages import page_of
from kg.questions.parameters import Value, blocks_of, named, values_of
from kg.questions.reached import given_to
from kg.questions.result import Result, Scalar, Taken, result_of
from kg.questions.suggestions import suggestions
from kg.questions.unresolved import lacks_identity
from kg.store import Reader

__all__ = [
    "Param",
    "Question",
    "Result",
    "Scalar",
    "Taken",
    "Value",
    "ask",
    "lacks_identity",
    "load",
    "names_of",
    "parse",
    "questions",
    "read",
    "suggestions",
]


def ask(
    reader: Reader,
    query: str | Path | Question,
    *,
    limit: int | None = None,
    offset: int = 0,
    **params: Value | Iterable[Value],
) -> Result:
    """Answer a named query, a query file (a path, or a name ending in `.rq`) or SPARQL given as text.

    With `limit` at most so many things, from the thing number `offset` on (counted from 0), in the order of the answer.
    What is SPARQL and what is a name, `load` tells apart. Raises `QueryError` for an unknown query or parameter, a
    missing or ill-typed value, and malformed SPARQL, with the line.
    """
    question = query if isinstance(query, Question) else load(query)
    values, taken = _named(reader, question, named(question, params))
    blocks = blocks_of(question, values)
    answer = counted(reader, question, values, limit=limit, offset=offset)
    if answer is None:
        answer = page_of(reader, question, blocks, limit=limit, offset=offset, given=given_to(question, values))
    return result_of(answer, reader, thing=question.thing, by=question.by, taken=taken)


def _named(
    reader: Reader, question: Question, params: Mapping[str, Value | Iterable[Value]]
) -> tuple[dict[str, Value | Iterable[Value]], Taken]:
    """Put in the labels of those whom names stand for, and say what was taken for whom."""
    values, taken = dict(params), {}
    for param in question.params:
        given = values_of(params.get(param.name)) if param.type in NAMED else []
        if given:
            names = names_of(reader)
            taken[param.name] = {str(name): names.called(str(name), place=param.type == "place") for name in given}
            # a name that nobody has is asked for all the same, and answers nothing
            values[param.name] = [label for name, labels in taken[param.name].items() for label in labels or (name,)]
    return values, taken
