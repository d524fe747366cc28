"""Asking, writing and publishing the embedded Oxigraph database of a graph directory."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from weakref import finalize

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import large
from kg.store.asking import Dataset, ask, asked_anew
from kg.store.bulk import bulk_load
from kg.store.changes import Changes
from kg.store.directory import current_snapshot, disk, reading, write_atomically
from kg.store.guarded import Limits, in_child
from kg.store.kept import Kept
from kg.store.snapshots import SNAPSHOTS, folder_of, is_published, write_sums
from kg.store.terms import Answer, Term, quads_of, restored, term_of, text_of
from kg.store.writer import database_of

BULK = 5_000
"""Triples from which new ones are taken in as tables: fewer would make many small files."""


class DocumentState(NamedTuple):
    """What the store knows of a document it holds: if either differs, the document has to be read again."""

    content_hash: str
    pipeline_version: str


class Reader:
    """A graph opened for questions. Queries see the union of all graphs and may name graphs; it never writes."""

    def __init__(self, database: ox.Store, *, directory: Path, base: str) -> None:
        """Wrap an open database; `open_reader` and `create_or_open` are the ways to get one."""
        self._opened: ox.Store | None = database
        self.directory = directory
        self.base = base
        self.snapshot: Path | None = None
        self.guard: Limits | None = None
        """Set it to have queries of a published graph run in a process of their own, within limits."""

    @property
    def is_settled(self) -> bool:
        """Whether what is looked up once may be kept while this is open: a published graph stays as it is."""
        return self.snapshot is not None

    def __len__(self) -> int:
        """Count the quads."""
        with reading(self.directory):
            return len(self._database)

    def query(self, sparql: str, *, where: str = "the SPARQL query", dataset: Dataset | None = None) -> Answer:
        """Run SPARQL 1.1 over the union of all graphs, or those named after FROM; prefixes are those of `kg.vocab`.

        With a `dataset` there are no other graphs than these, whatever the query says.

        Raises `QueryError` naming `where` and the line if the query is malformed, cannot be evaluated, or asks for a
        SERVICE: no query sends anything to another machine.
        """
        database = self._database
        if self.guard is not None and self.snapshot is not None:
            work = partial(asked_anew, self.snapshot, sparql, where, self.guard.rows, dataset)
            return in_child(work, where=where, megabytes=self.guard.megabytes, seconds=self.guard.seconds)
        most = self.guard.rows if self.guard else None
        return ask(database, sparql, directory=self.directory, where=where, most=most, dataset=dataset)

    def graphs(self) -> tuple[str, ...]:
        """Give the IRIs of all named graphs, sorted."""
        with reading(self.directory):
            return tuple(sorted(name.value for name in self._database.named_graphs()))

    def documents(self) -> dict[str, str]:
        """Give document id → document IRI, which also names its graph, sorted by id."""
        found = self.query("SELECT ?id ?doc WHERE { GRAPH ?doc { ?doc a nkg:Article ; dcterms:identifier ?id } }")
        return dict(sorted((row[0].value, row[1].value) for row in found.rows if row[0] and row[1]))

    def manifest(self) -> dict[str, DocumentState]:
        """Give document id → content hash and pipeline version, read from the graphs themselves."""
        found = self.query(
            "SELECT ?id ?hash ?version WHERE "
            "{ ?doc dcterms:identifier ?id ; nkg:contentHash ?hash ; nkg:pipelineVersion ?version }"
        )
        rows = [[term.value if term else "" for term in row] for row in found.rows]
        return {name: DocumentState(content_hash, version) for name, content_hash, version in sorted(rows)}

    def nquads(self) -> str:
        """Give the whole store as N-Quads, sorted by code point, so that equal stores give equal bytes."""
        with reading(self.directory):
            data = restored((self._database.dump(format=ox.RdfFormat.N_QUADS) or b"").decode())
        # not splitlines: literals may hold U+2028 and its like
        return "".join(sorted(line + "\n" for line in data.split("\n") if line))

    def ntriples(self, graph: str) -> str:
        """Give one named graph as N-Triples."""
        with reading(self.directory):
            data = self._database.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        return restored((data or b"").decode())

    def facts(self, graph: str, properties: Iterable[str]) -> dict[str, dict[str, list[Term]]]:
        """Give property → subject → objects, in no order, as one named graph has them; properties are whole IRIs.

        What a query over one document would find piece by piece is read here at once, in a tenth of the time.
        """
        name = ox.NamedNode(graph)
        found: dict[str, dict[str, list[Term]]] = {}
        with reading(self.directory):
            for one in properties:
                of = found[one] = {}
                for quad in self._database.quads_for_pattern(None, ox.NamedNode(one), None, name):
                    told = term_of(quad.object)
                    if told is not None and isinstance(quad.subject, ox.NamedNode):
                        of.setdefault(quad.subject.value, []).append(told)
        return found

    def close(self) -> None:
        """Let go of the database; whoever asks it afterwards is told so by a `StoreError`."""
        self._opened = None

    @property
    def _database(self) -> ox.Store:
        if self._opened is None:
            raise StoreError(
                "the graph is closed", where=str(self.directory), remedy="open it again, or ask before it is closed"
            )
        return self._opened

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close."""
        self.close()


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

        A graph that is already there is replaced; what stays the same in it is not touched. One too large for a
        transaction is written in pieces; if that is broken off, it is what it was before when the store is opened next.
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
            self._replace(graph, quads)
        with disk(self.directory):
            self._database.flush()  # or else write buffers stay in memory until the store is closed
        if self._kept:
            for graph, text in texts.items():
                self._kept.put(graph, text)

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
        with disk(self.directory):
            self.changes.note([*gone, *(came or ())], all=came is None)
            self.remove_documents(gone)
            failure = bulk_load(self._database, [b"".join(pieces)] if came is None else pieces)
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

    def _replace(self, graph: str, quads: list[ox.Quad]) -> None:
        old = set(self._database.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
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
