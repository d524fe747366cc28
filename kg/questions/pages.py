"""Pages of an answer: the first things of it without working out all the others.

Where a document, an actor or a place narrows a question to few documents, each is asked by itself, as the one graph
meant. Where an answer is in the order of its documents, or of days (`kg/questions/days.py`), these are asked in turn
until the page is full. Where a query says by the line `#+ page` that a subselect picks its things in order, `LIMIT` and
`OFFSET` go there. Any other answer is worked out whole, and cut.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import takewhile

from kg.digest import digest_of
from kg.questions.datasets import identity_apart
from kg.questions.days import in_order_of_days, page_by_day
from kg.questions.library import Question
from kg.questions.meant import Blocks, Documents, documents_meant, together
from kg.questions.parameters import placed
from kg.questions.reached import Given, documents_of
from kg.questions.things import grouped
from kg.rdf.iris import identity_iri
from kg.store import Answer, Dataset, Reader, Term, sparql_term

PAGE_LINE = re.compile(r"^[ \t]*#\+ page[ \t]*$", re.MULTILINE)
_BY_DOCUMENT = re.compile(r"\bORDER BY \?source\b(?![\s\S]*\bORDER BY\b)")
_ORDER = re.compile(r"\bORDER BY\s+(?P<keys>[^{}]+?)\s*$")
_KEY = re.compile(r"(?P<down>DESC\()?(?P<call>STRLEN\(STR\()?\?(?P<name>\w+)\)*")
_GRAPH = re.compile(r"\bGRAPH \?document\b")
_SUBJECT = re.compile(r"(?<=[\s{.])\?document(?=\s+(?:<|a\s|[a-z]+:))")
_NOTHING = ("urn:x-newskg:nothing", "")
_FEW = 2
"""From so many documents on they are asked together, as one dataset."""
_APART = 40
"""So many documents are asked one by one; where more might answer, the rest are asked together."""
_TOGETHER = 24
"""So many documents are one dataset at first where names leave more; each next has twice as many, up to `_WIDEST`."""
_WIDEST = 96

_FILTERED = re.compile(r"GRAPH \?identity \{[^{}]*\bFILTER\b")
"""Where names are filtered as they are looked up, a constant graph makes the engine begin with all names."""

_ACROSS = re.compile(r"\bGRAPH \?(?:another|telling)\b")
"""Where one text is held against others."""

Rows = Sequence[tuple[Term | None, ...]]


def page_of(
    reader: Reader,
    question: Question,
    blocks: Mapping[str, str],
    *,
    limit: int | None,
    offset: int,
    given: Given | None = None,
) -> Answer:
    """Give the rows of the things from `offset` on, at most `limit` of them, or all.

    `blocks` are the patterns of the parameters that are set (`blocks_of`), `given` their values: with these a digest
    tells what the question is narrowed to. Raises `QueryError` as `Reader.query` does.
    """
    narrowed, meant = documents_meant(reader, question, blocks, given)

    def asked(document: tuple[str, str]) -> Answer:
        return within(document, {})

    def within(document: tuple[str, str], more: Mapping[str, str]) -> Answer:
        return _in_document(reader, question, {**blocks, **meant.get(document[0], {}), **more}, document)

    by_document = bool(_BY_DOCUMENT.search(question.sparql))
    few = narrowed if narrowed is not None and len(narrowed) <= _APART and _by_itself(question) else None
    by_day = limit is not None and in_order_of_days(question) and _by_itself(question)
    if limit is not None and by_day and (few is None or (few and not blocks)):
        paged = page_by_day(
            reader,
            question,
            asked,
            narrowed,
            lambda columns, rows: len(_parts(question, columns, rows)) >= offset + limit,
        )
        if paged is not None:
            return cut(question, _sorted(question, paged), limit=limit, offset=offset)
    if few is not None:
        found = _at_once(reader, question, blocks, meant, few) or _each(asked, few)
        return cut(question, found if by_document else _sorted(question, found), limit=limit, offset=offset)
    if narrowed is not None and meant and _by_itself(question) and (limit is None or by_document):
        wanted = None if limit is None else offset + limit
        turned = _in_turn(reader, question, blocks, meant, narrowed, wanted)
        if turned is not None:
            return cut(question, turned if by_document else _sorted(question, turned), limit=limit, offset=offset)
    patterns = {**blocks, **together(question, blocks, meant)}.values()
    sparql = placed(question, patterns)
    if limit is not None and PAGE_LINE.search(sparql) and blocks.keys() <= _inside(question):
        bounds = f"LIMIT {limit} OFFSET {offset}"
        picking = PAGE_LINE.sub(bounds, placed(replace(question, sparql=_picking(question)), patterns))
        apart = None if "document" in blocks else _in_two(reader, question, within, picking)
        return apart or reader.query(PAGE_LINE.sub(bounds, sparql, count=1), where=question.where)
    if limit is not None and question.narrows is not None and _BY_DOCUMENT.search(sparql):
        most = None if blocks and narrowed is not None else _APART + offset + limit
        begun = _first(reader, question, asked, narrowed, offset + limit, most=most)
        if begun is not None:
            return cut(question, begun, limit=limit, offset=offset)
    return cut(question, reader.query(sparql, where=question.where), limit=limit, offset=offset)


def _in_two(
    reader: Reader,
    question: Question,
    within: Callable[[tuple[str, str], Mapping[str, str]], Answer],
    picking: str,
) -> Answer | None:
    """Pick the things of a page first, then ask for these alone in their documents; None where that cannot be done.

    An engine that joins all names to a page of things before it has the things takes as long as for all of them.
    """
    if question.narrows is None or question.narrows.path or not _by_itself(question):
        return None
    variable = question.narrows.variable
    chosen = reader.query(picking, where=question.where)
    things: dict[str, list[str]] = {}
    for row in chosen.rows:
        known = dict(zip(chosen.columns, row, strict=True))
        document, thing = known.get("document"), known.get(variable)
        if document is None or thing is None:
            return None
        things.setdefault(document.value, []).append(sparql_term(thing.value))
    rows: list[tuple[Term | None, ...]] = []
    answer = within(_NOTHING, {})
    for iri, nodes in things.items():
        answer = within((iri, ""), {"page": f"VALUES ?{variable} {{ {' '.join(nodes)} }}"})
        rows.extend(answer.rows)
    return _sorted(question, replace(answer, rows=tuple(rows)))


def _picking(question: Question) -> str:
    """Give the subselect that picks the things of a page: the one at whose end the line `#+ page` stands."""
    text = question.sparql
    found = PAGE_LINE.search(text)
    assert found is not None
    at, depth = found.start(), 0
    while depth < 1:
        at -= 1
        depth += {"{": 1, "}": -1}.get(text[at], 0)
    return text[text.index("SELECT", at) : text.index("}", found.end())]


def _by_itself(question: Question) -> bool:
    """Whether each row is told by one document alone, so that asking each gives what asking all does."""
    if _FILTERED.search(question.sparql):
        return False
    return "?source" in question.sparql and "counts" not in question.tags and not _ACROSS.search(question.sparql)


def _inside(question: Question) -> frozenset[str]:
    """The parameters that are tested where the page is picked: in the subselect that ends with its line."""
    before = PAGE_LINE.split(question.sparql, maxsplit=1)[0]
    inside = {param.name for param in question.params if f"?{param.variable}" in before}
    return frozenset(inside | {param.name for param in question.params if param.shared or param.name == "document"})


def _at_once(
    reader: Reader, question: Question, blocks: Mapping[str, str], meant: Blocks, documents: Documents
) -> Answer | None:
    """Ask for the documents together, as if there were no others, with who is who apart; None where that cannot be."""
    written = together(question, blocks, meant)
    if len(documents) < _FEW or written.keys() != {name for here in meant.values() for name in here}:
        return None
    apart = identity_apart(placed(question, {**blocks, **written}.values()))
    if apart is None:
        return None
    dataset = Dataset(tuple(iri for iri, _ in documents), (identity_iri(reader.base),))
    return reader.query(apart, where=question.where, dataset=dataset)


def _in_turn(
    reader: Reader,
    question: Question,
    blocks: Mapping[str, str],
    meant: Blocks,
    documents: Documents,
    wanted: int | None,
) -> Answer | None:
    """Ask for some documents together, then for the next ones, until there are so many things; None as `_at_once`."""
    rows: list[tuple[Term | None, ...]] = []
    answer: Answer | None = None
    at, some = 0, _TOGETHER
    while at < len(documents):
        # a last one alone goes with those before
        end = at + some if len(documents) - at - some >= _FEW else len(documents)
        here = documents[at:end]
        answer = _at_once(reader, question, blocks, {iri: meant[iri] for iri, _ in here if iri in meant}, here)
        if answer is None:
            return None
        rows.extend(answer.rows)
        if wanted is not None and len(_parts(question, answer.columns, rows)) >= wanted:
            break
        at, some = end, min(2 * some, _WIDEST)
    return None if answer is None else replace(answer, rows=tuple(rows))


def _each(asked: Callable[[tuple[str, str]], Answer], documents: Documents) -> Answer:
    """Ask documents one by one, each as the one graph that is meant, so that nothing outside of it is looked at."""
    rows: list[tuple[Term | None, ...]] = []
    answer = None
    for document in documents:
        answer = asked(document)
        rows.extend(answer.rows)
    if answer is None:
        return replace(asked(_NOTHING), rows=())
    return replace(answer, rows=tuple(rows))


def _in_document(reader: Reader, question: Question, blocks: Mapping[str, str], document: tuple[str, str]) -> Answer:
    node, id = sparql_term(document[0]), sparql_term(document[1], datatype="string")
    # where nothing can be told, nobody has to be looked up: only the columns are wanted
    only = {} if document == _NOTHING else dict(blocks)
    only |= {"document": f"VALUES ?param_document {{ {id} }}"} if "document" in blocks else {}
    sparql = placed(question, (f"VALUES ?document {{ {node} }}", *only.values()))
    sparql = _SUBJECT.sub(node, _GRAPH.sub(f"GRAPH {node}", sparql))
    return reader.query(sparql, where=question.where)


def _first(
    reader: Reader,
    question: Question,
    asked: Callable[[tuple[str, str]], Answer],
    narrowed: Documents | None,
    wanted: int,
    *,
    most: int | None,
) -> Answer | None:
    """Ask documents in the order of the answer until it is long enough; None where the `most` first do not fill it."""
    if not _by_itself(question):
        return None
    documents = narrowed if narrowed is not None else _all(reader)
    rows: list[tuple[Term | None, ...]] = []
    for document in documents[:most]:
        answer = asked(document)
        rows.extend(answer.rows)
        if len(_parts(question, answer.columns, rows)) >= wanted:
            return replace(answer, rows=tuple(rows))
    if most is not None and len(documents) > most:
        return None
    return replace(asked(_NOTHING), rows=tuple(rows))


def _all(reader: Reader) -> Documents:
    digest = digest_of(reader)
    if digest is not None:
        with suppress(sqlite3.Error):
            return documents_of(digest)
    return [(iri, id) for id, iri in sorted(reader.documents().items())]


def _sorted(question: Question, answer: Answer) -> Answer:
    """Put rows of several documents into the order that the query asks for."""
    found = _ORDER.search(question.sparql)
    rows = list(answer.rows)
    keys = list(_KEY.finditer(found["keys"])) if found else []
    # behind one that is no column, as a place in the text is, rows of one document are in their order already
    keys = list(takewhile(lambda key: key["name"] in answer.columns, keys))
    for key in reversed(keys):
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


def cut(question: Question, answer: Answer, *, limit: int | None, offset: int) -> Answer:
    """Give the rows of the things of a page."""
    if limit is None and not offset:
        return answer
    if answer.form != "select":
        return replace(answer, rows=answer.rows[offset:][:limit])
    parts = _parts(question, answer.columns, answer.rows)[offset:]
    kept = sorted(at for part in parts[:limit] for at in part)
    return replace(answer, rows=tuple(answer.rows[at] for at in kept))
