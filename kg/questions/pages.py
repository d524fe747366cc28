"""Pages of an answer: the first things of it without working out all the others.

Where an answer is in the order of its documents, documents are asked a few at a time until the page is full, which gives
what the whole answer begins with. Where a query says by the line `#+ page` that a subselect picks its things in order,
`LIMIT` and `OFFSET` go there. Any other answer is worked out whole, and cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.questions.library import NAMED, Question
from kg.questions.parameters import placed
from kg.questions.things import grouped
from kg.store import Answer, Reader, Term, sparql_term

PAGE_LINE = re.compile(r"^[ \t]*#\+ page[ \t]*$", re.MULTILINE)
_BY_DOCUMENT = re.compile(r"\bORDER BY \?source\b(?![\s\S]*\bORDER BY\b)")
_BATCHES = (25, 100, 400, 1_600)

Rows = Sequence[tuple[Term | None, ...]]


def page_of(reader: Reader, question: Question, blocks: Mapping[str, str], *, limit: int | None, offset: int) -> Answer:
    """Give the rows of the things from `offset` on, at most `limit` of them.

    `blocks` are the patterns of the parameters that are set (`blocks_of`). Raises `QueryError` as `Reader.query` does.
    """
    sparql = placed(question, blocks.values())
    if limit is None and not offset:
        return reader.query(sparql, where=question.where)
    if PAGE_LINE.search(sparql) and blocks.keys() <= _inside(question):
        span = f"OFFSET {offset}" if limit is None else f"LIMIT {limit} OFFSET {offset}"
        return reader.query(PAGE_LINE.sub(span, sparql, count=1), where=question.where)
    if limit is None or "document" in blocks or question.narrows is None or not _BY_DOCUMENT.search(sparql):
        answer = reader.query(sparql, where=question.where)
        return _cut(question, answer, answer.rows, limit=limit, offset=offset)
    return _by_document(reader, question, blocks, limit=limit, offset=offset)


def _inside(question: Question) -> frozenset[str]:
    """The parameters that are tested where the page is picked: in the subselect that ends with its line."""
    before = PAGE_LINE.split(question.sparql, maxsplit=1)[0]
    inside = {param.name for param in question.params if f"?{param.variable}" in before}
    return frozenset(inside | {param.name for param in question.params if param.shared or param.name == "document"})


def _by_document(
    reader: Reader, question: Question, blocks: Mapping[str, str], *, limit: int, offset: int
) -> Answer:
    """Ask the documents in turn; no thing of such an answer is told by two of them."""
    rows: list[tuple[Term | None, ...]] = []
    answer = None
    for documents in _batches(_candidates(reader, question, blocks)):
        these = "VALUES ?document { " + " ".join(sparql_term(iri) for iri in documents) + " }"
        answer = reader.query(placed(question, (these, *blocks.values())), where=question.where)
        rows.extend(answer.rows)
        if len(_parts(question, answer.columns, rows)) >= offset + limit:
            break
    if answer is None:
        return reader.query(placed(question, blocks.values()), where=question.where)
    return _cut(question, answer, rows, limit=limit, offset=offset)


def _candidates(reader: Reader, question: Question, blocks: Mapping[str, str]) -> list[str]:
    """The documents that may answer, in the order of their ids: all, or those that speak of an actor and a place."""
    known = sorted(reader.documents().items())
    bearing = {param.name for param in question.params if param.shared and param.type in NAMED} | question.reach.keys()
    bearers = [block for name, block in blocks.items() if name in bearing]
    if not bearers:
        return [iri for _, iri in known]
    found = reader.query(f"SELECT DISTINCT ?document WHERE {{ {' '.join(bearers)} }}")
    wanted = {row[0].value for row in found.rows if row[0]}
    return [iri for _, iri in known if iri in wanted]


def _batches(documents: Sequence[str]) -> Iterator[Sequence[str]]:
    at, turn = 0, 0
    while at < len(documents):
        size = _BATCHES[min(turn, len(_BATCHES) - 1)]
        yield documents[at : at + size]
        at, turn = at + size, turn + 1


def _parts(question: Question, columns: Sequence[str], rows: Rows) -> list[list[int]]:
    known = question.thing if all(name in columns for name in question.thing) else ()
    at = {name: place for place, name in enumerate(columns)}
    # an unbound column counts as any other value: what `Result.parts` does
    keyed = [{name: term for name in known if (term := row[at[name]]) is not None} for row in rows]
    return grouped(keyed, known)


def _cut(question: Question, answer: Answer, rows: Rows, *, limit: int | None, offset: int) -> Answer:
    if answer.form != "select":
        return replace(answer, rows=tuple(rows[offset:][:limit]))
    parts = _parts(question, answer.columns, rows)[offset:]
    kept = sorted(at for part in parts[:limit] for at in part)
    return replace(answer, rows=tuple(rows[at] for at in kept))
