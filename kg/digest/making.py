"""Making the digest of a snapshot from that of the one before, by what was written in between."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from kg.digest.gathering import READ, Account, Irregular, told_by
from kg.digest.identity import Who
from kg.digest.schema import INDEXES, OF_DOCUMENT, TABLES, VERSION
from kg.errors import StoreError
from kg.rdf.iris import identity_iri
from kg.store import Reader, Store
from kg.store.directory import reading

_COMMIT = 2_000


def file_of(snapshot: Path) -> Path:
    """Give the file with the digest of a snapshot; it stands beside the folder, for RocksDB owns what is in it."""
    return snapshot.with_name(f"{snapshot.name}.sqlite")


def publish(store: Store) -> int:
    """Publish what is written for readers, with its digest, and give the number of the snapshot.

    Without the digest questions are answered all the same, by the whole graph.
    """

    return store.publish(lambda new, before: _beside(store, new, before))


def bring_back(reader: Reader) -> None:
    """Make the digest of a published graph anew, where there is room for it: a backup has none."""
    if reader.snapshot is not None:
        _beside(reader, reader.snapshot, None)


def _beside(store: Reader, new: Path, before: Path | None) -> None:
    known = file_of(before) if before is not None else None
    with suppress(sqlite3.Error, OSError, StoreError):
        make(store, file_of(new), before=known)


def make(store: Reader, target: Path, *, before: Path | None = None) -> bool:
    """Write the digest of a store to a file; False where nothing is decided yet, or the tables lack room for something.

    `before` is the digest of what the store held when it was last published; None, or one that is not to be had, makes
    all of it anew. Raises `sqlite3.Error` and `OSError` where it cannot be written.
    """
    graphs = store.graphs()
    if identity_iri(store.base) not in graphs:
        return False  # nobody is known yet: it would be read for nothing, and again when that is decided
    changes = store.changes.graphs if isinstance(store, Store) else None
    new = target.with_name(f"{target.name}.new")
    _removed(new)
    try:
        base = None if changes is None or before is None else _copied(before, new)
        if base is None or changes is None:
            _removed(new)
            base, changes = _empty(new), dict.fromkeys(graphs)
        with closing(base), reading(store.directory):
            Digesting(store, base).change(changes)
        with new.open("rb+") as file:
            os.fsync(file.fileno())  # or else the name may reach the disk before the tables
        new.replace(target)
        return True
    except Irregular:
        return False
    finally:
        _removed(new)


def _removed(path: Path) -> None:
    for suffix in ("", "-journal"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;")
    return base


def _empty(path: Path) -> sqlite3.Connection:
    base = _connected(path)
    base.executescript(TABLES)
    base.execute("INSERT INTO meta VALUES ('version', ?)", [str(VERSION)])
    return base


def _copied(before: Path, new: Path) -> sqlite3.Connection | None:
    """Copy a digest to begin with; None if there is none, or it is not of this version."""
    try:
        if not before.is_file():
            return None
        with before.open("rb") as source, new.open("xb") as target:
            while piece := source.read(1 << 20):
                target.write(piece)
        base = _connected(new)
        if base.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() == (str(VERSION),):
            return base
        base.close()
    except sqlite3.Error:
        pass
    return None


class Digesting:
    """Rows of documents and of who is who, put into a digest and taken out of it."""

    def __init__(self, store: Reader, base: sqlite3.Connection) -> None:
        """Write what `store` holds to `base`."""
        self._store, self._base = store, base
        self._identity = identity_iri(store.base)
        self._who = Who(store, base, self._identity)

    def change(self, graphs: dict[str, set[str] | None]) -> None:
        """Bring the digest up to date after these graphs were written; of some only what is said of some subjects."""
        base = self._base
        documents = sorted(graphs.keys() - {self._identity})
        anew = base.execute("SELECT 1 FROM document LIMIT 1").fetchone() is None
        if not anew:
            base.executescript(INDEXES)
        base.execute("BEGIN")
        for number, graph in enumerate(documents, 1):
            self._document(graph)
            if number % _COMMIT == 0:
                base.execute("COMMIT")
                base.execute("BEGIN")
        if self._identity in graphs and not anew:
            self._who.refresh(graphs[self._identity], set(documents))
        self._who.tidy()
        if base.in_transaction:
            base.execute("COMMIT")
        base.executescript(f"{INDEXES} ANALYZE;" if anew else INDEXES)

    def _document(self, graph: str) -> None:
        base = self._base
        row = base.execute("SELECT n FROM document WHERE iri = ?", [graph]).fetchone()
        if row:
            for table in ("node", "account"):
                self._who.loosen(table, "document", row[0])
            for table in OF_DOCUMENT:
                base.execute(f"DELETE FROM {table} WHERE document = ?", row)
            base.execute("DELETE FROM document WHERE n = ?", row)
        told = told_by(graph, self._store.facts(graph, READ))
        if told is None:
            return
        copy = told.copy or self._who.is_copy(graph)
        try:
            number = base.execute(
                "INSERT INTO document (iri, id, issued, dated, publisher, title, copy) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (graph, told.id, told.issued, told.dated, told.publisher, told.title, copy),
            ).lastrowid
            nodes = {
                iri: base.execute(
                    "INSERT INTO node (iri, document, label, canon) VALUES (?, ?, ?, ?)",
                    (iri, number, label, self._who.canon_of(iri)),
                ).lastrowid
                for iri, label in told.labels.items()
            }
        except sqlite3.IntegrityError as error:
            raise Irregular(str(error)) from error
        accounts = {one.iri: self._account(one, number or 0, nodes) for one in told.accounts}
        base.executemany(
            "INSERT INTO link VALUES (?, ?, ?)", ((accounts[end], link, number) for link, end in told.links)
        )
        base.executemany(
            "INSERT INTO called VALUES (?, ?, ?, ?)",
            ((nodes[iri], name, times, number) for iri, name, times in told.called),
        )

    def _account(self, account: Account, document: int, nodes: dict[str, int | None]) -> int | None:
        base = self._base
        one = account
        canon = self._who.canon_of(one.iri)
        row = (one.iri, document, canon, one.told, one.begin, one.end, one.kind, one.factuality, one.confidence)
        n = base.execute(
            "INSERT INTO account (iri, document, canon, told, begin, end, kind, factuality, confidence) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        ).lastrowid
        parts = ((role, nodes[side], nodes[node], leaf) for role, side, node, leaf in one.parts)
        spoken = any(role == "speaker" for role, *_ in one.parts)
        rows: Iterator[tuple[str, Iterable[tuple[object, ...]]]] = iter(
            (
                ("class", ((name,) for name in one.classes)),
                ("part", parts),
                ("source", ((words, spoken) for words in one.sources)),
                ("teller", ((nodes[node],) for node in one.tellers)),
                ("status", one.statuses),
                ("figure", one.figures),
                ("quote", one.quotes),
            )
        )
        for table, told in rows:
            values = [(n, *fields, document) for fields in told]
            if values:
                marks = ", ".join("?" * len(values[0]))
                base.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        return n
