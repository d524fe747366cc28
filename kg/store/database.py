"""Writing and publishing the embedded Oxigraph database of a graph directory."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from weakref import finalize

import pyoxigraph as ox

from kg.store import large
from kg.store.bulk import bulk_load, checked
from kg.store.changes import Changes
from kg.store.directory import current_snapshot, disk, write_atomically
from kg.store.kept import Kept
from kg.store.reader import Reader
from kg.store.snapshots import SNAPSHOTS, folder_of, is_published, write_sums
from kg.store.terms import Term, quads_of, term_of, text_of
from kg.store.writer import database_of

BULK = 5_000
"""Triples from which new ones are taken in as tables: fewer would make many small files."""


class Store(Reader):
    """A graph opened for writing; one process at a time. Ask it like a `Reader`; readers see it after `publish`."""

    _kept: Kept | None = None
    _changes: Changes | None = None

    def __init__(self, database: ox.Store, *, directory: Path, base: str, writer: sqlite3.Connection) -> None:
        """Wrap an open database with the lock of its writer, which goes when this is closed, or gone."""
        super().__init__(database, directory=directory, base=base)
        self._let_go = finalize(self, writer.close)

    def close(self) -> None:
        """Let go of the database, then of the lock."""
        super().close()
        self._let_go()

    def reopen(self) -> None:
        """Close the database and open it again, with empty caches; another writer is refused in between, too.

        The library has no switch for what it holds of the tables that it has looked into, which grows with them.
        """
        with disk(self.directory):
            self._database.flush()
            self._opened = None
            self._opened = database_of(self.directory)

    @property
    def changes(self) -> Changes:
        """What was written since the last publication, in earlier runs, too."""
        if self._changes is None:
            self._changes = Changes(self.directory)
        return self._changes

    def keep(self, properties: Iterable[str]) -> None:
        """Keep facts with these properties of whatever is written from now on: `facts` gives them sooner then."""
        self._kept = Kept(self.directory, frozenset(properties))

    def facts(self, graph: str, properties: Iterable[str]) -> dict[str, dict[str, list[Term]]]:
        """Give what `Reader.facts` gives, from what was kept of a graph that was written by this object, if it was."""
        asked = tuple(properties)
        kept = self._kept.get(graph, asked) if self._kept else None
        return super().facts(graph, asked) if kept is None else kept

    def write_documents(self, documents: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Write (graph IRI, N-Quads lines) pairs: new graphs by one atomic insertion, changed ones each in one update.

        A graph that is already there is replaced; what stays the same in it is not touched. One that is or was too
        large for a transaction is written in pieces; if that is broken off, it is as it was when the store is opened
        next.
        """
        given = {graph: lines if isinstance(lines, Collection) else list(lines) for graph, lines in documents}
        with disk(self.directory):
            self.changes.note(given)
        there = {graph for graph in given if self._database.contains_named_graph(ox.NamedNode(graph))}
        small = {graph: lines for graph, lines in given.items() if len(lines) <= large.MOST}
        texts = {graph: text_of(graph, lines) for graph, lines in small.items()}
        parsed = {graph: quads_of(graph, text.split("\n")) for graph, text in texts.items() if graph in there}
        fresh = [(graph, text) for graph, text in texts.items() if graph not in there]
        with disk(self.directory):
            # written as tables that the database takes in all at once: half the work of a transaction, and on the disk
            self._load(fresh)
        for graph in given.keys() - small.keys():
            self._forget(graph)
            with disk(self.directory):
                large.write(self._database, self.directory, graph, given[graph], quads_of)
        for graph, quads in parsed.items():
            self._forget(graph)
            self._replace(graph, quads, small[graph])
        with disk(self.directory):
            self._database.flush()  # or else write buffers stay in memory until the store is closed
        if self._kept:
            for graph, text in texts.items():
                self._kept.put(graph, text)

    def begin_graph(self, graph: str, lines: Collection[str]) -> None:
        """Have a graph of any size hold only these N-Quads lines; broken off, it holds a part of what it held.

        For what is derived, and is begun again then: nothing is noted to bring back what there was.
        """
        with disk(self.directory):
            self.changes.note([graph])
            large.clear(self._database, graph)
        self.write_documents([(graph, lines)])

    def _load(self, graphs: list[tuple[str, str]]) -> None:
        """Take in new graphs at once, as text that the library reads; the one that it cannot read is named."""
        try:
            self._database.bulk_load("".join(text for _, text in graphs).encode(), format=ox.RdfFormat.N_QUADS)
        except SyntaxError:
            for graph, text in graphs:
                quads_of(graph, text.split("\n"))
            raise

    def _forget(self, graph: str) -> None:
        if self._kept:
            self._kept.drop(graph)

    def take_in(self, *pieces: bytes, replaced: Iterable[str] = (), came: Collection[str] | None = None) -> None:
        """Take in whole graphs as N-Quads text, its pieces at once; those `replaced` are taken out before.

        `came` are its graphs, if known. If a line is malformed, raises `SyntaxError` with it and takes in nothing.
        """
        gone = [*replaced]
        whole = [b"".join(pieces)] if came is None else pieces
        if gone and (failure := checked(whole)):  # read twice, since what is taken out cannot be brought back
            raise failure
        with disk(self.directory):
            self.changes.note([*gone, *(came or ())], all=came is None)
            self.remove_documents(gone)
            failure = bulk_load(self._database, whole)
            if isinstance(failure, SyntaxError):
                self.remove_documents(came or ())
            if failure is not None:
                raise failure
            self._database.flush()

    def remove_documents(self, graphs: Iterable[str]) -> None:
        """Take whole graphs out, by their IRIs."""
        gone = [*graphs]
        with disk(self.directory):
            self.changes.note(gone)
            for graph in gone:
                self._forget(graph)
                if sum(1 for _ in large.begin_of(self._database, graph)) > large.MOST:
                    large.write(self._database, self.directory, graph, (), quads_of)
                self._database.remove_graph(ox.NamedNode(graph))
            self._database.flush()

    def patch_graph(self, graph: str, *, gone: Iterable[str] = (), come: Iterable[str] = ()) -> None:
        """Take triples (N-Triples lines without the dot) out of one graph and add others, in one transaction."""
        old, new = (quads_of(graph, [f"{triple} <{graph}> ." for triple in triples]) for triples in (gone, come))
        if not (old or new):
            return
        self._forget(graph)
        with disk(self.directory):
            self.changes.note(
                [graph], subjects=(term.value for quad in (*old, *new) if (term := term_of(quad.subject)))
            )
            if old:
                blocks = (("DELETE", old), ("INSERT", new))
                self._database.update(
                    " ; ".join(f"{verb} DATA {{ {large.block(graph, quads)} }}" for verb, quads in blocks if quads)
                )
            elif len(new) < BULK:
                self._database.extend(new)
            else:
                self._database.bulk_extend(new)
                self._database.flush()

    @property
    def is_published(self) -> bool:
        """Whether readers see everything that was written, in an earlier run, too."""
        return is_published(self.directory)

    def flush(self) -> None:
        """Have all that was written on the disk when this returns, also if the power goes off."""
        with disk(self.directory):
            self._database.flush()

    def _replace(self, graph: str, quads: list[ox.Quad], lines: Collection[str]) -> None:
        """Have a graph that is there hold just these quads, which are these lines."""
        old = set(large.begin_of(self._database, graph))
        if len(old) > large.MOST:
            with disk(self.directory):
                large.write(self._database, self.directory, graph, lines, quads_of)
            return
        as_stored = ox.Store()  # numbers come back from a store in their canonical form; else nothing would be the same
        as_stored.extend(quads)
        new = set(as_stored)
        gone, come = old - new, new - old
        with disk(self.directory):
            if gone:
                self._database.update(
                    f"DELETE DATA {{ {large.block(graph, gone)} }} ; INSERT DATA {{ {large.block(graph, come)} }}"
                )
            else:
                self._database.extend(come)

    def publish(self, beside: Callable[[Path, Path | None], None] | None = None) -> int:
        """Publish what is written for readers and give the number of the snapshot.

        `beside` may write what is derived from it to a file, before readers see it: it is given the folders of the
        new snapshot and of the one before, if there was one.
        """
        folder = self.directory / SNAPSHOTS
        with disk(self.directory):
            folder.mkdir(exist_ok=True)
            before = current_snapshot(self.directory)
            number = max((int(path.stem) for path in folder.iterdir() if path.stem.isdigit()), default=0) + 1
            self._database.flush()
            self._database.backup(folder_of(self.directory, number))
            write_sums(self.directory, number, before=before)
            if beside is not None:
                beside(folder_of(self.directory, number), None if before is None else folder_of(self.directory, before))
            write_atomically(self.directory / "current", f"{number}\n")
            self.changes.published()
            for path in folder.iterdir():
                if path.stem not in {str(number), str(before)}:
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        return number
