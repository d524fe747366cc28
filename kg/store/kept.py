"""Facts of documents just written, kept from their lines: they are asked for soon, and the database gives them slowly.

A table in the database costs four look-ups for each quad; the line is at hand when it is written. What is kept lies in
an unnamed file beside the store, bounded; where it holds a document no more, the database is asked.
"""

from __future__ import annotations

import marshal
import re
import tempfile
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.store.terms import Term, term_of
from kg.vocab import XSD

MOST = 4 << 30
"""Bytes of the file; documents that come when it is full are asked of the database."""

_STRING, _INTEGER = XSD + "string", XSD + "integer"
_WHOLE = {_INTEGER, XSD + "nonNegativeInteger"}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>\\]*)>|@([A-Za-z0-9-]+))?')

Facts = dict[str, dict[str, list[Term]]]
_Plain = tuple[str, str, str, str]
"""A term as `Term` has it: kind, value, datatype, language."""
_term = cast("Callable[[_Plain], Term]", partial(tuple.__new__, Term))
"""As `Term._make`, which is a function of Python."""


class Kept:
    """The facts of graphs with given properties, as the database would give them."""

    def __init__(self, directory: Path, properties: Collection[str]) -> None:
        """Keep facts with these properties (whole IRIs); the file goes with this object, and with the process."""
        self.properties = frozenset(properties)
        self._names = {f"<{one}>": one for one in properties}
        self._directory = directory
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, graph: str, text: str) -> None:
        """Keep the facts of a graph's N-Quads, each line with its feed; what is written in an unusual way is not kept.

        The file is of this process alone, so what it holds is plain tuples in Python's own form: it costs a tenth of
        JSON. Each property stands by itself, so that only those are read that are asked for.
        """
        self.drop(graph)
        if self._end >= MOST:
            return
        told = self._read(graph, text)
        if told is None:
            return
        data = marshal.dumps({name: marshal.dumps(of) for name, of in told.items()})
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=self._directory)  # noqa: SIM115 - it is open as long as this object
            self._file.seek(self._end)
            self._file.write(data)
            self._file.flush()
        except OSError:  # no room for what only saves time
            self._end = MOST
            return
        self._places[graph] = (self._end, len(data))
        self._end += len(data)

    def drop(self, graph: str) -> None:
        """Forget a graph."""
        self._places.pop(graph, None)

    def get(self, graph: str, properties: Iterable[str]) -> Facts | None:
        """Give property → subject → objects of a graph, None if they are not kept."""
        place, asked = self._places.get(graph), list(properties)
        if place is None or self._file is None or not self.properties.issuperset(asked):
            return None
        self._file.seek(place[0])
        told: dict[str, bytes] = marshal.loads(self._file.read(place[1]))
        return {one: _loaded(told[one]) if one in told else {} for one in asked}

    def _read(self, graph: str, text: str) -> dict[str, dict[str, list[_Plain]]] | None:
        lines = text.split(f" <{graph}> .\n")
        if lines.pop() or len(lines) != text.count("\n"):
            return None
        found: dict[str, dict[str, list[_Plain]]] = {}
        of_name = {name: found.setdefault(one, {}) for name, one in self._names.items()}
        is_plain = "\\" not in text
        for line in lines:
            try:
                subject, predicate, thing = line.split(" ", 2)
            except ValueError:
                return None
            of = of_name.get(predicate)
            if of is None:
                continue
            if thing[0] == "<":
                term: _Plain | None = ("iri", thing[1:-1], "", "")
                if thing[-1] != ">" or not (is_plain or "\\" not in thing):
                    return None
            elif thing[-1] == '"' and (is_plain or "\\" not in thing):
                term = ("literal", thing[1:-1], _STRING, "")
            else:
                term = _literal(thing)
            terms = of.get(subject)
            if term is None or (terms is None and (subject[0] != "<" or "\\" in subject)):
                return None
            if terms is None:
                of[subject] = [term]
            elif term not in terms:
                terms.append(term)
        return {name: {subject[1:-1]: terms for subject, terms in of.items()} for name, of in found.items() if of}


def _loaded(data: bytes) -> dict[str, list[Term]]:
    told: dict[str, list[_Plain]] = marshal.loads(data)
    return {subject: list(map(_term, objects)) for subject, objects in told.items()}


def _literal(text: str) -> _Plain | None:
    """Read a literal of N-Quads as the database would give it back; None for what only the library may judge."""
    literal = _LITERAL.fullmatch(text)
    if literal is None:
        return None
    value, datatype, language = literal.groups()
    if language:
        return None
    if datatype in _WHOLE and value.isascii() and value.isdecimal() and (value == "0" or value[0] != "0"):
        return ("literal", value, _INTEGER, "") if len(value) < 18 else None
    if datatype and datatype != _STRING:
        return _as_stored(text)
    return ("literal", value if "\\" not in value else _as_stored(text)[1], _STRING, "")


@lru_cache(maxsize=8_192)
def _as_stored(text: str) -> _Plain:
    """Have the library read a literal: a database keeps the value of numbers and times, not how they were written."""
    node = ox.NamedNode("http://x/")
    store = ox.Store()
    store.load(f"<http://x/> <http://x/> {text} .", format=ox.RdfFormat.N_TRIPLES)
    for quad in store.quads_for_pattern(node, node, None, None):
        term = term_of(quad.object)
        if term is not None:
            return term.kind, term.value, term.datatype, ""
    raise ValueError(text)  # a malformed line is refused before it comes here
