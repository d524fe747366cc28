"""Graphs too large for one transaction: written piece by piece, and as they were before if that does not end.

RocksDB holds a transaction in memory as a whole, which is a gigabyte for a text of a megabyte.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.store.directory import write_atomically

MOST = 50_000
"""Quads in one transaction."""
NAME, BEFORE = "writing", "writing.nt"
"""Files beside the store while a large graph is written: its name, and what it held before."""

_T = TypeVar("_T")
Parse = Callable[[str, Iterable[str]], list[ox.Quad]]


def begin_of(database: ox.Store, graph: str) -> Iterator[ox.Quad]:
    """Give what a graph holds, of one too large for a transaction one quad more than goes into it."""
    return islice(database.quads_for_pattern(None, None, None, ox.NamedNode(graph)), MOST + 1)


def write(database: ox.Store, directory: Path, graph: str, lines: Collection[str], parse: Parse) -> None:
    """Have a graph hold just these N-Quads lines. Raises what `parse` raises before anything is written."""
    for piece in _pieces(lines):
        parse(graph, piece)
    database.dump(directory / BEFORE, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
    write_atomically(directory / NAME, graph)
    clear(database, graph)
    for piece in _pieces(lines):
        database.extend(parse(graph, piece))
        database.flush()  # or else write buffers hold all of it in memory
    _done(database, directory)


def settle(database: ox.Store, directory: Path) -> None:
    """Bring back what a graph held before a writing that was broken off; nothing if there was none."""
    if not (directory / NAME).is_file():
        return
    graph = (directory / NAME).read_text(encoding="utf-8")
    clear(database, graph)
    name = ox.NamedNode(graph)
    before = ox.parse(path=directory / BEFORE, format=ox.RdfFormat.N_TRIPLES)
    for piece in _pieces(ox.Quad(one.subject, one.predicate, one.object, name) for one in before):
        database.extend(piece)
    _done(database, directory)


def _done(database: ox.Store, directory: Path) -> None:
    database.flush()
    (directory / NAME).unlink()
    (directory / BEFORE).unlink(missing_ok=True)


def clear(database: ox.Store, graph: str) -> None:
    """Take everything out of a graph, piece by piece; broken off, it leaves a part."""
    while gone := list(islice(database.quads_for_pattern(None, None, None, ox.NamedNode(graph)), MOST)):
        database.update(f"DELETE DATA {{ {block(graph, gone)} }}")
        database.flush()


def block(graph: str, quads: Iterable[ox.Quad]) -> str:
    """Write quads of one graph as SPARQL has them."""
    return f"GRAPH <{graph}> {{ " + "\n".join(f"{quad.triple} ." for quad in quads) + " }"


def _pieces(things: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(things)
    while piece := list(islice(rest, MOST)):
        yield piece
