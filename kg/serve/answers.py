"""Answers of the query library for pages: names looked up in the catalogue, and only documents asked that can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.questions import Question, Result, Value
from kg.questions.datasets import asks_each_text, identity_apart
from kg.questions.digested import counted
from kg.questions.library import NAMED
from kg.questions.parameters import blocks_of, placed, values_of, with_values
from kg.questions.result import Taken, result_of
from kg.rdf import identity_iri
from kg.serve.catalogue import Catalogue
from kg.serve.reaching import blocks_within, reach_of
from kg.store import Reader
from kg.store.answering import asked_of, excerpt

_ALSO = {"source": "document", "document": "source", "since": "from", "from": "since", "name": "actor"}
"""Other names under which an address may give a parameter: links of earlier versions go on to lead somewhere."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A result, with the SPARQL that gives it, and which of how many documents were asked (all where `of` is 0)."""

    result: Result
    sparql: str
    begin: int = 0
    number: int = 0
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
    that mention who is named. Where these are many, of the newest first, from the `begin`th on (see `reaching`).
    """
    values: dict[str, Value | Iterable[Value]] = dict(given)
    taken: Taken = {}
    for param in question.params:
        if param.type in NAMED and given.get(param.name):
            names = catalogue.names(reader.directory)
            taken[param.name] = {name: names.called(name, place=param.type == "place") for name in given[param.name]}
            values[param.name] = [label for name, labels in taken[param.name].items() for label in labels or (name,)]
    sparql = with_values(question, values)
    reach = None
    if asks_each_text(question.sparql):
        reach = reach_of(catalogue, question, given, taken, begin)
    if reach is None:
        # what holds texts against each other takes the engine longer than anybody waits
        answer = counted(reader, question, values) or reader.query(sparql, where=question.where)
        return Answered(result_of(answer, reader, thing=question.thing, by=question.by, taken=taken), sparql)
    if reach.any:
        part = _newest(reader, catalogue, reach.documents)
        answer = part.query(sparql, where=question.where)
        result = result_of(answer, part, thing=question.thing, by=question.by, taken=taken)
        return Answered(result, sparql, reach.begin, len(reach.documents), reach.of)
    labels = {name: [str(value) for value in values_of(values[name])] for name in taken}
    within = placed(question, blocks_within(reader, catalogue, question, blocks_of(question, values), labels, reach))
    apart, identity = identity_apart(within), identity_iri(reader.base)
    if apart is None:
        answer = asked_of(reader, within, [*reach.documents, identity], where=question.where)
    else:
        answer = asked_of(reader, apart, reach.documents, default=[identity], where=question.where)
    result = result_of(answer, reader, thing=question.thing, by=question.by, taken=taken)
    return Answered(result, sparql, reach.begin, len(reach.documents), reach.of)


def _newest(reader: Reader, catalogue: Catalogue, documents: list[str]) -> Reader:
    """Give a copy of some texts in memory, the last of which is kept: what nothing narrows is mostly asked of these."""
    if catalogue.kept is None or catalogue.kept[0] != documents:
        catalogue.kept = None  # its memory is free before more is taken
        catalogue.kept = documents, excerpt(reader, documents, identity_iri(reader.base))
    return catalogue.kept[1]
