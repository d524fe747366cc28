"""Bulk loading: N-Quads files of whole documents into a store, batch by batch, each taken in all at once.

A batch ends where a document ends, so a load that is broken off has whole documents, and goes on when it is repeated.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, cast

from kg.errors import ExtraError, InputError
from kg.store.bulk import checked
from kg.store.database import Store
from kg.store.reader import DocumentState
from kg.vocab import NKG

BATCH = 250_000
"""Quads that are taken in at once; Oxigraph writes up to a million in one step."""
TOGETHER = 20_000
"""Quads from which a batch is taken in as two pieces at once."""
_HASH, _VERSION = (f" <{NKG}{name}> ".encode() for name in ("contentHash", "pipelineVersion"))
PIECE = 4 << 20
"""Bytes that are read at once."""
_SAME = re.compile(rb"[<_][^\n]* <([^<>\n ]*)> \.\n(?:[<_][^\n]* <\1> \.\n)*+")
"""Lines that name one graph, as `kg` writes them."""
_NAMED = re.compile(rb"<([^<>]*)> \.\n$")
_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)" <[^<>]*> \.$')


class Loaded(NamedTuple):
    """What a load took in: quads, the graphs of documents that came or changed, and how many stood there just so."""

    quads: int
    graphs: tuple[str, ...]
    skipped: int


class _Group(NamedTuple):
    """The lines of one graph, each with its line feed, and their number."""

    graph: bytes
    text: bytes
    lines: int


def load(store: Store, shards: list[Path]) -> Loaded:
    """Load files of N-Quads, also compressed (.gz, .bz2, .xz, .zst), into a store; each graph is one document's.

    The lines of a graph stand together, as `kg build` and `kg export` write them. A document that the store has just so
    (hash and version), or that two files have alike, is passed over, one that it has otherwise is replaced. Raises
    `InputError` for a file that cannot be read, is malformed, has a document otherwise than one before it, or holds
    graphs that are no documents of this graph's base; what was taken in before stays.
    """
    graphs = store.documents()
    known = {graphs[name].encode(): state for name, state in store.manifest().items() if name in graphs}
    there = {iri.encode() for iri in graphs.values()}
    before: set[bytes] = set()
    quads = skipped = 0
    came: list[str] = []
    batch: list[_Group] = []
    size = 0
    base = f"{store.base}doc/".encode()
    for shard in shards:
        seen: set[bytes] = set()
        for group in _groups(shard, base):
            if group.graph in seen:
                raise _wrong(shard, f"the lines of <{group.graph.decode()}> do not stand together", "sort it by graph")
            seen.add(group.graph)
            stands = _state_of(store, group.graph.decode()) if group.graph in before else known.get(group.graph)
            if stands is not None and _state(group) == stands:
                skipped += 1
                continue
            if group.graph in before:
                what = f"<{group.graph.decode()}> stands otherwise in a file before it"
                raise _wrong(shard, what, "load each of them by itself, the one that counts last")
            batch.append(group)
            size += group.lines
            if size >= BATCH:
                quads += _take_in(store, batch, there, shard)
                came += [one.graph.decode() for one in batch]
                batch, size = [], 0
        if batch:
            quads += _take_in(store, batch, there, shard)
            came += [one.graph.decode() for one in batch]
            batch, size = [], 0
        before |= seen
    return Loaded(quads, tuple(came), skipped)


def check(shard: Path, base: str) -> None:
    """Look at the first document of a file, so that what is no shard is refused before a graph is made for it.

    Raises `InputError`.
    """
    with closing(_groups(shard, f"{base}doc/".encode())) as groups:
        first = next(groups, None)
    failure = checked([first.text] if first else [])
    if isinstance(failure, SyntaxError):
        raise _malformed(shard, failure) from failure


def _take_in(store: Store, batch: list[_Group], there: set[bytes], shard: Path) -> int:
    old = [one.graph.decode() for one in batch if one.graph in there]
    try:
        store.take_in(*_halves(batch), replaced=old, came=[one.graph.decode() for one in batch])
    except SyntaxError as error:
        raise _malformed(shard, error) from error
    return sum(one.lines for one in batch)


def _malformed(shard: Path, error: SyntaxError) -> InputError:
    return _wrong(shard, f"{_place(shard, error)} is no N-Quads ({error})", "make it anew")


def _halves(batch: list[_Group]) -> list[bytes]:
    """Give the text of whole documents in two pieces of about the same size, in one if it is short."""
    size = sum(one.lines for one in batch)
    if size < TOGETHER:
        return [b"".join(one.text for one in batch)]
    first, lines = 0, 0
    while first < len(batch) - 1 and lines < size // 2:
        lines += batch[first].lines
        first += 1
    return [b"".join(one.text for one in half) for half in (batch[:first], batch[first:])]


def _place(shard: Path, error: SyntaxError) -> str:
    """Tell which line of a file it is that was refused: the library counts within what it was given."""
    wrong = (error.text or "").strip().encode()
    with _opened(shard) as stream:
        at = next((number for number, line in enumerate(stream, 1) if wrong and line.strip() == wrong), None)
    return "a line" if at is None else f"line {at:,}"


def _state(group: _Group) -> DocumentState | None:
    """Which text and version these lines are of, None where they do not say."""
    told: dict[bytes, str] = {}
    for line in group.text.split(b"\n"):
        for property in (_HASH, _VERSION):
            if property in line and (found := _LITERAL.search(line.rstrip())):
                told.setdefault(property, found[1].decode())
    return DocumentState(told[_HASH], told[_VERSION]) if len(told) == 2 else None


def _state_of(store: Store, graph: str) -> DocumentState | None:
    """The same of a graph in the store."""
    found = store.facts(graph, (NKG + "contentHash", NKG + "pipelineVersion"))
    values = [terms[0].value for of in found.values() for terms in of.values()]
    return DocumentState(*values) if len(values) == 2 else None


def _groups(shard: Path, base: bytes) -> Generator[_Group, None, None]:
    """Cut a file into the graphs that stand in it one after the other."""
    try:
        with _opened(shard) as stream:
            yield from _cut(iter(partial(stream.read, PIECE), b""), shard, base)
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise _wrong(shard, f"it cannot be read ({str(error) or type(error).__name__})", "check the file") from error


def _cut(pieces: Iterator[bytes], shard: Path, base: bytes) -> Iterator[_Group]:
    """Cut pieces of a file: all lines of a graph that stand together at once."""
    rest, at, is_more = b"", 0, True
    graph, parts, lines = b"", list[bytes](), 0
    while True:
        end = rest.find(b"\n", at)
        if end < 0 and is_more:
            piece = next(pieces, b"")
            is_more = bool(piece)
            rest, at = rest[at:] + (piece or b"\n"), 0
            continue
        if end < 0:
            break
        if found := _SAME.match(rest, at):
            text, name, at = found[0], found[1], found.end()
        else:
            text, at = rest[at:end].strip() + b"\n", end + 1
            if text == b"\n" or text.startswith(b"#"):
                continue
            name = _name(text, shard)
        if name != graph:
            if lines:
                yield _Group(graph, b"".join(parts), lines)
            if not name.startswith(base):
                what = f"the graph <{name.decode(errors='replace')}> is no document of <{base.decode()}…>"
                remedy = "give what kg shard wrote with the same --base, of an export the graphs of documents alone"
                raise _wrong(shard, what, remedy)
            graph, parts, lines = name, [], 0
        parts.append(text)
        lines += text.count(b"\n")
    if lines:
        yield _Group(graph, b"".join(parts), lines)


def _name(line: bytes, shard: Path) -> bytes:
    """The graph that a line names. Raises `InputError` if it names none."""
    found = _NAMED.search(line)
    if found is None:
        raise _wrong(shard, "this is no file of N-Quads", "give what kg shard wrote")
    return found[1]


def _opened(shard: Path) -> IO[bytes]:
    match shard.suffix:
        case ".gz":
            return cast("IO[bytes]", gzip.open(shard, "rb"))
        case ".bz2":
            return bz2.open(shard, "rb")
        case ".xz":
            return lzma.open(shard, "rb")
        case ".zst":
            try:
                import zstandard
            except ImportError:
                raise ExtraError(
                    "files named .zst are read by the package zstandard, which is not installed",
                    where=str(shard),
                    remedy="install it with: pip install 'newskg[formats]'",
                ) from None
            return cast("IO[bytes]", zstandard.open(shard, "rb"))
        case _:
            return shard.open("rb")


def _wrong(shard: Path, what: str, remedy: str) -> InputError:
    return InputError(what, where=str(shard), remedy=remedy)
