"""Pages of an answer: the first things of it without working out all the others.

Where a document, an actor or a place narrows a question to few documents, each is asked by itself, as the one graph
meant. Where an answer is in the order of its documents, these are asked in turn until the page is full. Where a query
says by the line `#+ page` that a subselect picks its things in order, `LIMIT` and `OFFSET` go there. Any other answer
is worked out whole, and cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.questions.library import Question
from kg.questions.parameters import placed
from kg.questions.things import grouped
from kg.store import Answer, Reader, Term, sparql_term

PAGE_LINE = re.compile(r"^[ \t]*#\+ page[ \t]*$", re.MULTILINE)
_BY_DOCUMENT = re.compile(r"\bORDER BY \?source\b(?![\s\S]*\bORDER BY\b)")
_ORDER = re.compile(r"\bORDER BY\s+(?P<keys>[^{}]+?)\s*$")
_KEY = re.compile(r"(?P<down>DESC\()?(?P<call>STRLEN\(STR\()?\?(?P<name>\w+)\)*")
_GRAPH = re.compile(r"\bGRAPH \?document\b")
_SUBJECT = re.compile(r"(?<=[\s{.])\?document(?=\s+(?:<|a\s|[a-z]+:))")
_APART = 40
"""So many documents are asked one by one; where more might answer, the rest are asked together."""

_FILTERED = re.compile(r"GRAPH \?identity \{[^{}]*\bFILTER\b")
"""Where names are filtered as they are looked up, a constant graph makes the engine begin with all names."""

Documents = Sequence[tuple[str, str]]
"""IRIs and ids, in the order of the ids."""

Rows = Sequence[tuple[Term | None, ...]]


def page_of(reader: Reader, question: Question, blocks: Mapping[str, str], *, limit: int | None, offset: int) -> Answer:
    """Give the rows of the things from `offset` on, at most `limit` of them, or all.

    `blocks` are the patterns of the parameters that are set (`blocks_of`). Raises `QueryError` as `Reader.query` does.
    """
    narrowed = _documents_of(reader, question, blocks)
    if narrowed is not None and len(narrowed) <= _APART and _by_itself(question):
        found = _each(reader, question, blocks, narrowed)
        if not _BY_DOCUMENT.search(question.sparql):
            found = _sorted(question, found)
        return _cut(question, found, limit=limit, offset=offset)
    sparql = placed(question, blocks.values())
    if limit is not None and PAGE_LINE.search(sparql) and blocks.keys() <= _inside(question):
        return reader.query(PAGE_LINE.sub(f"LIMIT {limit} OFFSET {offset}", sparql, count=1), where=question.where)
    if limit is not None and question.narrows is not None and _BY_DOCUMENT.search(sparql):
        begun = _first(reader, question, blocks, narrowed, offset + limit)
        if begun is not None:
            return _cut(question, begun, limit=limit, offset=offset)
    return _cut(question, reader.query(sparql, where=question.where), limit=limit, offset=offset)


def _by_itself(question: Question) -> bool:
    """Whether each row is told by one document alone, so that asking each gives what asking all does."""
    if _FILTERED.search(question.sparql):
        return False
    return "?source" in question.sparql and "counts" not in question.tags and "disagreement" not in question.tags


def _inside(question: Question) -> frozenset[str]:
    """The parameters that are tested where the page is picked: in the subselect that ends with its line."""
    before = PAGE_LINE.split(question.sparql, maxsplit=1)[0]
    inside = {param.name for param in question.params if f"?{param.variable}" in before}
    return frozenset(inside | {param.name for param in question.params if param.shared or param.name == "document"})


def _documents_of(reader: Reader, question: Question, blocks: Mapping[str, str]) -> Documents | None:
    """The documents that can answer, in the order of their ids; None where nothing narrows them."""
    if question.narrows is None:
        return None
    shared = {param.name for param in question.params if param.shared or param.name == "document"}
    bearing = (shared & {"actor", "place", "document"}) | question.reach.keys()
    patterns = [block for name, block in blocks.items() if name in bearing]
    if not patterns:
        return None
    order = "GRAPH ?document { ?document <http://purl.org/dc/terms/identifier> ?id }"
    found = reader.query(f"SELECT DISTINCT ?document ?id WHERE {{ {' '.join(patterns)} {order} }} ORDER BY ?id")
    return [(row[0].value, row[1].value) for row in found.rows if row[0] and row[1]]


def _each(reader: Reader, question: Question, blocks: Mapping[str, str], documents: Documents) -> Answer:
    """Ask documents one by one, each as the one graph that is meant, so that nothing outside of it is looked at."""
    rows: list[tuple[Term | None, ...]] = []
    answer = None
    for document in documents:
        answer = _in_document(reader, question, blocks, document)
        rows.extend(answer.rows)
    if answer is None:
        return replace(_in_document(reader, question, blocks, ("urn:x-newskg:nothing", "")), rows=())
    return replace(answer, rows=tuple(rows))


def _in_document(reader: Reader, question: Question, blocks: Mapping[str, str], document: tuple[str, str]) -> Answer:
    node, id = sparql_term(document[0]), sparql_term(document[1], datatype="string")
    only = dict(blocks) | ({"document": f"VALUES ?param_document {{ {id} }}"} if "document" in blocks else {})
    sparql = placed(question, (f"VALUES ?document {{ {node} }}", *only.values()))
    sparql = _SUBJECT.sub(node, _GRAPH.sub(f"GRAPH {node}", sparql))
    return reader.query(sparql, where=question.where)


def _first(
    reader: Reader, question: Question, blocks: Mapping[str, str], narrowed: Documents | None, wanted: int
) -> Answer | None:
    """Ask documents in the order of the answer until it is long enough; None where the first ones do not fill it."""
    documents = narrowed if narrowed is not None else [(iri, id) for id, iri in sorted(reader.documents().items())]
    if not _by_itself(question):
        return None
    rows: list[tuple[Term | None, ...]] = []
    for document in documents if narrowed is not None else documents[: _APART + wanted]:
        answer = _in_document(reader, question, blocks, document)
        rows.extend(answer.rows)
        if len(_parts(question, answer.columns, rows)) >= wanted:
            return replace(answer, rows=tuple(rows))
    if narrowed is None:
        return None
    return replace(_in_document(reader, question, blocks, ("urn:x-newskg:nothing", "")), rows=tuple(rows))


def _sorted(question: Question, answer: Answer) -> Answer:
    """Put rows of several documents into the order that the query asks for."""
    found = _ORDER.search(question.sparql)
    rows = list(answer.rows)
    for key in reversed(list(_KEY.finditer(found["keys"]))) if found else ():
        if key["name"] in answer.columns:
            at, length = answer.columns.index(key["name"]), bool(key["call"])
            ranked = sorted(enumerate(rows), key=lambda one: _rank(one[1][at], length), reverse=bool(key["down"]))
            rows = [row for _, row in ranked]
    return replace(answer, rows=tuple(rows))


def _rank(term: Term | None, length: bool) -> tuple[int, float, str]:
    if term is None:
        return (0, 0.0, "")
    if length:
        return (1, float(len(term.value)), "")
    numeric = term.datatype.endswith(("#integer", "#decimal", "#double"))
    return (1, float(term.value), "") if numeric else (2, 0.0, term.value)


def _parts(question: Question, columns: Sequence[str], rows: Rows) -> list[list[int]]:
    known = question.thing if all(name in columns for name in question.thing) else ()
    at = {name: place for place, name in enumerate(columns)}
    # an unbound column counts as any other value: what `Result.parts` does
    keyed = [{name: term for name in known if (term := row[at[name]]) is not None} for row in rows]
    return grouped(keyed, known)


def _cut(question: Question, answer: Answer, *, limit: int | None, offset: int) -> Answer:
    if limit is None and not offset:
        return answer
    if answer.form != "select":
        return replace(answer, rows=answer.rows[offset:][:limit])
    parts = _parts(question, answer.columns, answer.rows)[offset:]
    kept = sorted(at for part in parts[:limit] for at in part)
    return replace(answer, rows=tuple(answer.rows[at] for at in kept))
