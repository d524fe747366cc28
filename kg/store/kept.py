"""Facts of documents just written, kept from their lines: they are asked for soon, and the database gives them slowly.

A table in the database costs four look-ups for each quad; the line is at hand when it is written. What is kept lies in
an unnamed file beside the store, compressed and bounded; where it holds a document no more, the database is asked.
"""

from __future__ import annotations

import json
import re
import tempfile
import zlib
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.store.terms import Term, term_of
from kg.vocab import XSD

MOST = 1 << 30
"""Bytes of the file; documents that come when it is full are asked of the database."""

_STRING, _INTEGER = XSD + "string", XSD + "integer"
_WHOLE = {_INTEGER, XSD + "nonNegativeInteger"}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>\\]*)>|@([A-Za-z0-9-]+))?')

Facts = dict[str, dict[str, list[Term]]]
_Object = str | tuple[str, ...]
"""An IRI, or kind, value and datatype of a literal."""


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

    def put(self, graph: str, lines: Iterable[str]) -> None:
        """Keep the facts of a graph's N-Quads lines; a graph that is written in an unusual way is not kept."""
        self.drop(graph)
        if self._end >= MOST:
            return
        told = self._read(graph, lines)
        if told is None:
            return
        # a line for each property, so that only those are read that are asked for
        lines = (f"{name}\t{_dumped(of)}" for name, of in told.items())
        data = zlib.compress("\n".join(lines).encode(), 1)
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
        text = zlib.decompress(self._file.read(place[1])).decode()
        told = dict(line.split("\t", 1) for line in text.split("\n") if line)
        return {one: _loaded(told[one]) if one in told else {} for one in asked}

    def _read(self, graph: str, lines: Iterable[str]) -> dict[str, dict[str, list[_Object]]] | None:
        end = f" <{graph}> ."
        found: dict[str, dict[str, list[_Object]]] = {}
        names = self._names
        for line in lines:
            try:
                subject, predicate, rest = line.split(" ", 2)
            except ValueError:
                return None
            name = names.get(predicate)
            if name is None:
                continue
            if not rest.endswith(end) or subject[0] != "<" or "\\" in subject:
                return None
            thing = rest[: -len(end)]
            term = _term(thing)
            if term is None:
                return None
            terms = found.setdefault(name, {}).setdefault(subject[1:-1], [])
            if term not in terms:
                terms.append(term)
        return found


def _dumped(of: dict[str, list[_Object]]) -> str:
    return json.dumps(of, ensure_ascii=False, separators=(",", ":"))


def _loaded(text: str) -> dict[str, list[Term]]:
    found: dict[str, list[_Object]] = json.loads(text)
    return {
        subject: [Term("iri", one) if isinstance(one, str) else Term(*one) for one in objects]
        for subject, objects in found.items()
    }


def _term(text: str) -> _Object | None:
    """Read an object of N-Quads as the database would give it back; None for what only the library may judge."""
    if text[0] == "<":
        return text[1:-1] if "\\" not in text and text[-1] == ">" else None
    literal = _LITERAL.fullmatch(text)
    if literal is None:
        return None
    value, datatype, language = literal.groups()
    if language:
        return None
    if datatype in _WHOLE and value.isascii() and value.isdecimal() and (value == "0" or value[0] != "0"):
        return ("literal", value, _INTEGER) if len(value) < 18 else None
    if datatype and datatype != _STRING:
        return _as_stored(text)
    return ("literal", value if "\\" not in value else _as_stored(text)[1], _STRING)


@lru_cache(maxsize=65_536)
def _as_stored(text: str) -> tuple[str, ...]:
    """Have the library read a literal: a database keeps the value of numbers and times, not how they were written."""
    node = ox.NamedNode("http://x/")
    store = ox.Store()
    store.load(f"<http://x/> <http://x/> {text} .", format=ox.RdfFormat.N_TRIPLES)
    for quad in store.quads_for_pattern(node, node, None, None):
        term = term_of(quad.object)
        if term is not None:
            return term.kind, term.value, term.datatype
    raise ValueError(text)  # a malformed line is refused before it comes here
