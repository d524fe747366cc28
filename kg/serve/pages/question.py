"""Questions of the library: the list of them, and each with its form, its answer and what narrows it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.errors import QueryError
from kg.questions import Question, load, questions
from kg.questions.library import NAMED
from kg.serve.addresses import with_query
from kg.serve.answers import Answered, answered, given_to
from kg.serve.pages.facets import facets
from kg.serve.pages.page import At, Page, nearest
from kg.serve.pages.tables import cells_of, columns_of
from kg.serve.pages.views import drawn_as, views_of
from kg.serve.reaching import SOURCES
from kg.serve.words import sentences, value

_MANY = 50


def page(at: At) -> Page:
    """Give the list, or one question with its answer."""
    if not at.rest:
        return _list()
    library = {one.name: one for one in questions()}
    question = library.get(at.rest)
    if question is None:
        near = [(name, f"/question/{name}") for name in nearest(at.rest, library)]
        return at.missing("There is no such question.", near=near)
    return _one(at, load(question.name))


def _list() -> Page:
    listed = [
        {"name": one.name, "question": one.question, "description": one.description, "tags": list(one.tags)}
        for one in questions()
    ]
    tags = Counter(tag for one in questions() for tag in one.tags)
    groups = [(tag, [one for one in listed if one["tags"] and one["tags"][0] == tag]) for tag, _ in tags.most_common()]
    rest = [one for one in listed if not one["tags"]]
    drawn = {"groups": [(tag, some) for tag, some in groups if some] + ([("other", rest)] if rest else [])}
    rows = [[one["name"], one["question"], one["description"]] for one in listed]
    return Page("questions.html", "Questions", {"questions": listed}, drawn, ("name", "question", "description"), rows)


def _one(at: At, question: Question) -> Page:
    given = given_to(question, at.all)
    begin = at.number("texts", 1) - 1
    lacking = [param for param in question.params if param.required and param.name not in given]
    problem, found = "", None
    if not lacking:
        try:
            found = answered(at.reader, at.catalogue, question, given, begin=begin)
        except QueryError as error:
            problem = f"{error.what[:1].upper()}{error.what[1:]}; {error.remedy}."
    data: dict[str, Any] = {
        "question": question.question or question.name,
        "name": question.name,
        "description": question.description,
        "params": {param.name: given[param.name] for param in question.params if param.name in given},
        "problem": problem,
        "asks_for": [param.text for param in lacking],
    }
    drawn: dict[str, Any] = {
        "told": sentences(question.description),
        "form": [_field(param, given) for param in question.params],
        "found": found,
    }
    if found is None:
        empty = {"columns": [], "things": [], "total": 0, "sparql": "", "taken": {}, "texts": None}
        shown = {"groups": [], "views": [], "view": "", "picture": "", "here": 1, "last": 1, "table": []}
        return Page("question.html", data["question"], data | empty, drawn | shown, status=400 if problem else 200)
    return _answer(at, question, found, data, drawn)


def _answer(at: At, question: Question, found: Answered, data: dict[str, Any], drawn: dict[str, Any]) -> Page:
    result = found.result
    dicts = result.to_dicts()
    here, last = at.number("page", 1), max(1, -(-len(dicts) // _MANY))
    here = min(here, last)
    part = slice((here - 1) * _MANY, here * _MANY)
    views = views_of(question, result)
    view = at.get("view") if at.get("view") in views else views[0]
    data |= {
        "columns": list(result.columns),
        "texts": _texts(at, found),
        "things": dicts,
        "total": len(dicts),
        "sparql": found.sparql,
        "taken": {
            param: {name: list(labels) for name, labels in names.items()} for param, names in result.taken.items()
        },
    }
    drawn |= {
        "near": {
            name: _like(at, name) for names in data["taken"].values() for name, known in names.items() if not known
        },
        "groups": facets(at, question, result),
        "views": [{"name": name, "url": at.with_(view=name, page=None)} for name in views] if len(views) > 1 else [],
        "view": view,
        "picture": drawn_as(view, at, question, result),
        "table": cells_of(at.catalogue, result, part),
        "headings": columns_of(result),
        "here": here,
        "last": last,
        "editor": with_query("/query", [("query", found.sparql)]),
    }
    rows = [[one[name] for name in result.columns] for one in dicts]
    return Page("question.html", data["question"], data, drawn, result.columns, rows)


def _like(at: At, name: str) -> list[str]:
    """Give up to three names of this graph that look like one that nobody has."""
    known = at.catalogue.rows_of("SELECT name FROM known ORDER BY rowid LIMIT 20000")
    folded = {name.casefold(): name for (name,) in reversed(known)}
    return [folded[one] for one in nearest(name.casefold(), folded, alike=0.7)]


def _texts(at: At, found: Answered) -> dict[str, Any] | None:
    """Say which texts were asked, where these are not all."""
    if not found.of:
        return None
    end = found.begin + found.number
    return {
        "begin": found.begin + 1,
        "end": end,
        "of": found.of,
        "newest": at.with_(texts=None, page=None) if found.begin else "",
        "older": at.with_(texts=end + 1, page=None) if end < found.of else "",
    }


def _field(param: Any, given: dict[str, list[str]]) -> dict[str, Any]:
    """Give what a form needs to know of a parameter; what newer libraries tell of it besides is taken where it is."""
    kinds = {"date": "date", "integer": "number", "decimal": "number", "iri": "url"}
    suggest = {"name": "/suggest.json?kind=actor", "place": "/suggest.json?kind=place"}.get(param.type, "")
    if param.name in SOURCES:
        suggest = "/suggest.json?kind=document"
    return {
        "name": param.name,
        "text": param.text,
        "values": given.get(param.name, []),
        "required": param.required,
        "shared": param.shared or (param.name in SOURCES and not param.required),
        "choices": [(choice, value(param.name, choice)) for choice in param.choices],
        "input": kinds.get(param.type, "text"),
        "suggest": suggest if param.type in NAMED or param.name in SOURCES else "",
    }
