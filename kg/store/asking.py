"""Asking a database: SPARQL that is refused before it runs, and what goes wrong with it told in a sentence."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.directory import reading
from kg.store.terms import Answer, answer_of, malformed, position
from kg.vocab import PREFIXES

_LETTERS = string.ascii_lowercase.replace("s", "") + "àáâäåèéêëìíîïòóôöùúûü"
_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_TOKEN = re.compile(
    r'"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|"(?:[^"\\\n\r]|\\.)*"'
    r"|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\s]*>|#[^\n\r]*|[?$@]\w+|[\w.-]*:[\w:%\\.-]*|\w+',
    re.DOTALL,
)
_ALONE = re.compile(r"(?<![^\W\d])(?<![?$@:/#-])service(?!\w)", re.IGNORECASE | re.ASCII)


def ask(database: ox.Store, sparql: str, *, directory: Path, where: str, most: int | None = None) -> Answer:
    """Run SPARQL 1.1 over the union of all graphs, or those that it names after FROM; prefixes are those of `kg.vocab`.

    Raises `QueryError` naming `where` if it is malformed, asks another machine, cannot be evaluated, or has more than
    `most` rows.
    """
    try:
        _refuse_service(sparql, where)
        return answer_of(_run(database, sparql), where=where, most=most)
    except SyntaxError as error:
        raise malformed(sparql, str(error), where) from error
    except (RuntimeError, OSError) as error:
        if "corruption" in str(error).lower():
            with reading(directory):
                raise
        raise QueryError(f"the query cannot be evaluated ({error})", where=where, remedy="simplify it") from error
    except ValueError as error:
        raise QueryError(f"the query cannot be evaluated ({error})", where=where, remedy="simplify it") from error


def _run(database: ox.Store, sparql: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    # a query that says which graphs it is about gets these; asked for the union, the engine would overlook that
    return database.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=not names_dataset(sparql))


def names_dataset(sparql: str) -> bool:
    """Whether a query has a FROM or FROM NAMED clause.

    FROM is a keyword of no other clause, so it is enough to know it from names, texts, addresses and comments.

    >>> names_dataset("SELECT * FROM <http://x/a> { ?s ?p ?o }")
    True
    >>> names_dataset("SELECT ?from { ?from rdfs:label 'from <x>' } # from <x>")
    False
    """
    return any(word[0].lower() == "from" for word in _TOKEN.finditer(sparql))


def _refuse_service(sparql: str, where: str) -> None:
    """Refuse a query that would send requests to another machine; the engine has no switch for that.

    Only its own parser knows which "service" is the keyword, and which stands in a string, an IRI, a comment or a name.
    So it is asked: with every "service" spelled otherwise, a query that has the keyword is malformed and any other one
    is as good as before. What runs here holds the keyword nowhere, and meets an empty store.
    """
    if not _SERVICE.search(sparql):
        return
    text = sparql.lower()
    other = next((letter for letter in _LETTERS if f"{letter}ervice" not in text), "x")
    try:
        _run(
            ox.Store(), _SERVICE.sub(lambda word: (other if word[0][0] == "s" else other.upper()) + word[0][1:], sparql)
        )
    except SyntaxError as error:
        line, column = position(str(error)) or (1, 1)
        at = sum(len(before) + 1 for before in sparql.split("\n")[: line - 1]) + column - 1
        # the parser stops at the keyword's end or at what follows it; this is for the message, refused it is anyway
        if not any(word.start() < at <= _next(sparql, word.end()) + 1 for word in _ALONE.finditer(sparql)):
            raise
        raise QueryError(
            "SERVICE would send requests to another machine, which is never done",
            where=f"{where}, line {line}",
            remedy="take that part out and ask the other machine yourself",
        ) from None


def _next(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())
