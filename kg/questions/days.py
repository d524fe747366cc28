"""The first page of an answer that is in the order of days, without working out all the others.

The days of a graph are known (`sem:hasEarliestBeginTimeStamp` of events, `dcterms:issued` of articles), and an engine
goes from a day to the documents that have it. So documents are asked day by day, each by itself, until the page is
full: whatever has not been asked by then has later days only (or earlier ones, where the latest come first).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from kg.digest import digest_of
from kg.questions.library import Question
from kg.store import Answer, Reader, Term, sparql_term

_BY_DAY = re.compile(r"\bORDER BY (?P<down>DESC\()?\?date\b\)?(?![\s\S]*\bORDER BY\b)")
_DATED = "BIND(STR(COALESCE(?begin, ?issued)) AS ?date)"
_MOST = 120
"""So many documents are asked at most; where they do not fill a page, the whole is asked at once."""
_TRIED = 12
"""If so many have told nothing of the kind, it is seldom told, and the engine finds it sooner than days do."""

_BEGINS = "SELECT DISTINCT ?day WHERE { GRAPH ?d { ?event sem:hasEarliestBeginTimeStamp ?day } }"
_ISSUES = "SELECT DISTINCT ?day WHERE { GRAPH ?d { ?d dcterms:issued ?day } }"
_NO_DAY = "GRAPH ?document { ?document dcterms:identifier ?id FILTER NOT EXISTS { ?document dcterms:issued ?any } }"
_HAVING = (
    "{{ {values} GRAPH ?document {{ ?event sem:hasEarliestBeginTimeStamp ?day }} }} UNION "
    "{{ {values} GRAPH ?document {{ ?document dcterms:issued ?day }} }} "
    "GRAPH ?document {{ ?document dcterms:identifier ?id }}"
)

_DIGESTED = """
SELECT DISTINCT day, iri, id FROM (SELECT begin AS day, document FROM account WHERE begin IS NOT NULL
UNION SELECT COALESCE(issued, ''), n FROM document) JOIN document ON n = document ORDER BY day, id"""

Documents = Sequence[tuple[str, str]]
Rows = list[tuple[Term | None, ...]]


@dataclass(frozen=True, slots=True)
class _Days:
    """Every day of a graph, with the terms that are written so, or where known with the documents that have it."""

    terms: Mapping[str, tuple[Term, ...]]
    having: Mapping[str, Documents] | None = None

    def documents(self, reader: Reader, day: str) -> Documents:
        """Give the documents that have a day; of "" those that have no day of their own."""
        if self.having is not None:
            return self.having.get(day, ())
        return _having(reader, self.terms.get(day, ()))


_KNOWN: WeakKeyDictionary[Reader, _Days] = WeakKeyDictionary()


def in_order_of_days(question: Question) -> bool:
    """Whether rows come by the day of their event, or else of their article, before all else."""
    return bool(_BY_DAY.search(question.sparql)) and _DATED in question.sparql and "?source" in question.sparql


def page_by_day(
    reader: Reader,
    question: Question,
    asked: Callable[[tuple[str, str]], Answer],
    narrowed: Documents | None,
    enough: Callable[[Sequence[str], Rows], bool],
) -> Answer | None:
    """Ask documents day by day until the page is full; None where it is not after so many documents as may be asked.

    `asked` answers for one document (IRI and id), `narrowed` are those that can answer, None for all, and `enough`
    tells of the rows whose days have passed whether they fill the page. The rows of the answer are in no order.
    """
    found = _BY_DAY.search(question.sparql)
    down = bool(found and found["down"])
    days = _days_of(reader)
    only = None if narrowed is None else dict(narrowed)
    done: set[str] = set()
    waiting: list[tuple[str, tuple[Term | None, ...]]] = []
    rows: Rows = []
    answer: Answer | None = None
    ordered = sorted(days.terms, reverse=down)
    for day in ordered if down else ["", *ordered]:
        for document in days.documents(reader, day):
            if document[0] in done or (only is not None and document[0] not in only):
                continue
            done.add(document[0])
            if len(done) > _MOST or (len(done) > _TRIED and not rows and not waiting):
                return None
            answer = asked(document)
            waiting += [(_day(answer.columns, row), row) for row in answer.rows]
        if answer is None:
            continue
        passed = [row for at, row in waiting if (at >= day if down else at <= day)]
        if passed:
            rows += passed
            waiting = [(at, row) for at, row in waiting if not (at >= day if down else at <= day)]
            if enough(answer.columns, rows):
                return replace(answer, rows=tuple(rows))
        if only is not None and len(done) == len(only):
            return replace(answer, rows=(*rows, *(row for _, row in waiting)))
    return None


def _day(columns: Sequence[str], row: tuple[Term | None, ...]) -> str:
    term = row[list(columns).index("date")]
    return term.value if term is not None else ""


def _having(reader: Reader, days: Sequence[Term]) -> list[tuple[str, str]]:
    """Give the documents that have one of these days; without any, those that have no day of their own."""
    where = _HAVING.format(values=f"VALUES ?day {{ {' '.join(_written(one) for one in days)} }}") if days else _NO_DAY
    answer = reader.query(f"SELECT DISTINCT ?document ?id WHERE {{ {where} }} ORDER BY ?id")
    return [(row[0].value, row[1].value) for row in answer.rows if row[0] and row[1]]


def _written(day: Term) -> str:
    return f"{sparql_term(day.value, datatype='string')}^^<{day.datatype}>"


def _days_of(reader: Reader) -> _Days:
    found = _KNOWN.get(reader)
    digest = digest_of(reader) if found is None else None
    if digest is not None:
        with suppress(sqlite3.Error):  # the file is damaged: the graph itself is asked
            having: dict[str, list[tuple[str, str]]] = {}
            for day, iri, id in digest.rows(_DIGESTED):
                having.setdefault(day, []).append((iri, id))
            found = _KNOWN[reader] = _Days(dict.fromkeys((day for day in having if day), ()), having)
    if found is None:
        terms: dict[str, dict[Term, None]] = {}
        for sparql in (_BEGINS, _ISSUES):
            for row in reader.query(sparql).rows:
                if row[0] is not None:
                    terms.setdefault(row[0].value, {})[row[0]] = None
        found = _Days({day: tuple(same) for day, same in terms.items()})
        if reader.is_settled:
            _KNOWN[reader] = found
    return found
