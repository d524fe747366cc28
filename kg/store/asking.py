"""Asking a database: SPARQL that is refused before it runs, and what goes wrong with it told in a sentence."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError, ServiceError, StoreError
from kg.store.directory import reading
from kg.store.terms import Answer, answer_of, malformed, position
from kg.vocab import PREFIXES

_LETTERS = string.ascii_lowercase + "àáâäåèéêëìíîïòóôöùúûü"
_FROM = re.compile(r"(?<![\w?$])from(?!\w)", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![^\W\d])(?<![?$@:/#-])service(?!\w)", re.IGNORECASE | re.ASCII)


class Dataset(NamedTuple):
    """What a query is asked of, in place of all graphs: the graphs that it may name, and those it need not name."""

    named: tuple[str, ...]
    default: tuple[str, ...]


def ask(
    database: ox.Store,
    sparql: str,
    *,
    directory: Path,
    where: str,
    most: int | None = None,
    dataset: Dataset | None = None,
) -> Answer:
    """Run SPARQL 1.1 over the union of all graphs, or a dataset, with the prefixes of `kg.vocab` declared.

    Raises `QueryError` naming `where` if it is malformed, cannot be evaluated, or has more than `most` rows,
    `ServiceError` if it asks another machine.
    """
    try:
        refuse_service(sparql, where)
        if dataset is not None:
            named, default = ([ox.NamedNode(graph) for graph in graphs] for graphs in dataset)
            found = database.query(sparql, prefixes=PREFIXES, default_graph=[*default], named_graphs=[*named])
            return answer_of(found, where=where, most=most)
        # the engine's union of all graphs would hide what FROM names
        union = not has_dataset(sparql)
        return answer_of(_run(database, sparql, union=union), where=where, most=most)
    except SyntaxError as error:
        raise malformed(sparql, str(error), where) from error
    except (RuntimeError, OSError) as error:
        if "corruption" in str(error).lower():
            with reading(directory):
                raise
        raise QueryError(f"the query cannot be evaluated ({error})", where=where, remedy="simplify it") from error
    except ValueError as error:
        raise QueryError(f"the query cannot be evaluated ({error})", where=where, remedy="simplify it") from error


def _run(
    database: ox.Store, sparql: str, *, union: bool = True
) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    return database.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=union)


def _without(keyword: str, sparql: str) -> None:
    """Ask the engine's parser whether a query does without a keyword; raises its `SyntaxError` if not.

    Only that parser knows which word is the keyword, and which stands in a string, an IRI, a comment or a name. So it
    is given the query with the word spelled otherwise everywhere: a query that has the keyword is malformed then, and
    any other one is as good as before. What runs here holds the keyword nowhere, and meets an empty store.
    """
    first, rest = keyword[0], keyword[1:]
    text = sparql.lower()
    other = next((letter for letter in _LETTERS if letter != first and f"{letter}{rest}" not in text), "x")

    def respelled(word: re.Match[str]) -> str:
        return (other if word[0][0] == first else other.upper()) + word[0][1:]

    # with a base, for what a relative IRI is relative to is of no account here
    respelt = re.sub(keyword, respelled, sparql, flags=re.IGNORECASE | re.ASCII)
    ox.Store().query(respelt, base_iri="http://localhost/", prefixes=PREFIXES)


def has_dataset(sparql: str) -> bool:
    """Tell whether a query names graphs after FROM. Raises `SyntaxError` only where the engine does."""
    # comments say "from" often; where a text goes over several lines, one may only look like a comment
    lines = sparql.split("\n")
    if '"""' not in sparql and "'''" not in sparql:
        lines = [line for line in lines if not line.lstrip().startswith("#")]
    if not any(_FROM.search(line) for line in lines):
        return False
    try:
        _without("from", sparql)
    except SyntaxError:
        return True
    return False


def refuse_service(sparql: str, where: str) -> None:
    """Refuse a query that would send requests to another machine; the engine has no switch for that.

    Raises `ServiceError` naming `where`, and the engine's `SyntaxError` for a query that is malformed besides.
    """
    if "service" not in sparql.lower():
        return
    try:
        _without("service", sparql)
    except SyntaxError as error:
        line, column = position(str(error)) or (1, 1)
        at = sum(len(before) + 1 for before in sparql.split("\n")[: line - 1]) + column - 1
        # the parser stops at the keyword's end or at what follows it; this is for the message, refused it is anyway
        if not any(word.start() < at <= _next(sparql, word.end()) + 1 for word in _SERVICE.finditer(sparql)):
            raise
        raise ServiceError(
            "SERVICE would send requests to another machine, which is never done",
            where=f"{where}, line {line}",
            remedy="take that part out and ask the other machine yourself",
        ) from None


def _next(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def asked_anew(snapshot: Path, sparql: str, where: str, most: int | None, dataset: Dataset | None) -> Answer:
    """Ask a snapshot in a child: threads of an open database do not come along into it.

    Raises `StoreError` if it is no longer there: only the last two that were published are.
    """
    directory = snapshot.parents[1]
    with reading(directory):
        if not snapshot.is_dir():
            raise StoreError(
                "this state of the graph is no longer kept, for newer ones were published since it was opened",
                where=str(directory),
                remedy="open the graph again",
            )
        database = ox.Store.read_only(str(snapshot))
    return ask(database, sparql, directory=snapshot, where=where, most=most, dataset=dataset)
