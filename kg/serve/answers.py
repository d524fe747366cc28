"""Answers of the query library for pages: names looked up in the catalogue, and only documents asked that can tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.questions import Param, Question, Result, Value
from kg.questions.library import NAMED
from kg.questions.parameters import with_values
from kg.questions.result import Taken, result_of
from kg.rdf import doc_iri, identity_iri
from kg.serve.catalogue import Catalogue
from kg.store import Reader
from kg.store.answering import asked_of

_GRAPH = re.compile(r"\bGRAPH\s+(\?\w+|<[^>]*>)", re.IGNORECASE)
_ONE_TEXT = {"?document", "?identity", "?copies"}
_ALSO = {"source": "document", "document": "source", "since": "from", "from": "since", "name": "actor"}
"""Other names under which an address may give a parameter: links of earlier versions go on to lead somewhere."""

SOURCES = ("source", "document")
"""Names of the parameter that takes the id of a text."""

MOST = 250
"""Documents that are asked at once where a question is not narrowed: the newest first, then on by page."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A result, with the SPARQL that gave it, and which of how many documents were asked (all where `of` is 0)."""

    result: Result
    sparql: str
    begin: int = 0
    of: int = 0


def called(param: str) -> tuple[str, ...]:
    """Give the names under which an address may give a parameter, its own first."""
    return (param, _ALSO[param]) if param in _ALSO else (param,)


def given_to(question: Question, values: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """Give what an address says of a question's parameters; `values` are those of a name in it."""
    own = {param.name for param in question.params}
    given = {}
    for name in own:
        also = _ALSO.get(name, "")
        found = values(name) or (values(also) if also and also not in own else [])
        if found:
            given[name] = found
    return given


def answered(
    reader: Reader,
    catalogue: Catalogue,
    question: Question,
    given: Mapping[str, list[str]],
    *,
    begin: int = 0,
) -> Answered:
    """Answer a question of the library. Raises `QueryError` for a parameter that it cannot take.

    What tells of one text at a time is only asked of texts that can have an answer: those that `source` names, those
    that mention who is named. Where nothing narrows it and there are more than `MOST`, from the `begin`th on.
    """
    values: dict[str, Value | Iterable[Value]] = dict(given)
    taken: Taken = {}
    for param in question.params:
        if param.type in NAMED and given.get(param.name):
            names = catalogue.names(reader.directory)
            taken[param.name] = {name: names.called(name, place=param.type == "place") for name in given[param.name]}
            values[param.name] = [label for name, labels in taken[param.name].items() for label in labels or (name,)]
    sparql = with_values(question, values)
    graphs, of = _graphs(reader, catalogue, question, given, taken, begin)
    if graphs is None:
        answer = reader.query(sparql, where=question.where)
    else:
        answer = asked_of(reader, sparql, [*graphs, identity_iri(reader.base)], where=question.where)
    result = result_of(answer, reader, thing=question.thing, by=question.by, taken=taken)
    return Answered(result, sparql, begin, of)


def _graphs(
    reader: Reader,
    catalogue: Catalogue,
    question: Question,
    given: Mapping[str, list[str]],
    taken: Taken,
    begin: int,
) -> tuple[list[str] | None, int]:
    """Give the graphs that can have an answer, None for all, and of how many texts these are a part."""
    if not set(_GRAPH.findall(question.sparql)) <= _ONE_TEXT:
        return None, 0
    sets = [
        found for param in question.params if (found := _telling(reader, catalogue, param, given, taken)) is not None
    ]
    total = int(catalogue.value("SELECT COUNT(*) FROM document"))
    if sets:
        told = set.intersection(*sets)
        if len(told) <= MOST:
            return sorted(told), 0
        newest = [
            iri for (iri,) in catalogue.rows_of("SELECT iri FROM document ORDER BY issued DESC, id") if iri in told
        ]
        return newest[begin : begin + MOST], len(newest)
    if total <= MOST:
        return None, 0
    rows = catalogue.rows_of("SELECT iri FROM document ORDER BY issued DESC, id LIMIT ? OFFSET ?", MOST, begin)
    return [iri for (iri,) in rows], total


def _telling(
    reader: Reader, catalogue: Catalogue, param: Param, given: Mapping[str, list[str]], taken: Taken
) -> set[str] | None:
    """Give the texts that one parameter leaves; None if it leaves all."""
    values = given.get(param.name)
    if not values:
        return None
    if param.name in SOURCES:
        return {doc_iri(reader.base, value) for value in values}
    if param.name not in taken:
        return None
    out: set[str] = set()
    for labels in taken[param.name].values():
        for label in labels:
            rows = catalogue.rows_of(
                "SELECT document.iri FROM actor JOIN seen ON seen.actor = actor.n "
                "JOIN document ON document.n = seen.document WHERE label = ?",
                label,
            )
            if not rows:
                return None  # somebody whom only the words of a report name
            out |= {iri for (iri,) in rows}
    return out or None
