"""Making the catalogue of a snapshot, once; it stands beside the graph, or in a temporary folder.

`python -m kg.serve.gathering GRAPH` does it in a process of its own.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.rdf import identity_iri
from kg.serve.accounts import document_rows
from kg.serve.messages import Site
from kg.serve.schema import FINISH, TABLES
from kg.store import Reader, Term, open_reader
from kg.store.answering import described, said_by
from kg.store.snapshots import folder_of, sums_of
from kg.vocab import DCTERMS, NKG, PROV, RDF, RDFS, SKOS, WIKIDATA

Progress = Callable[[int, int], None]
"""Told how many of how many documents are gathered."""

GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_NAME = "explorer-{key}.sqlite"
_MADE_BY = ("accounts.py", "gathering.py", "schema.py")
"""The modules on which a catalogue depends."""


def prepared(directory: Path, *, progress: Progress | None = None) -> Site:
    """Give the published snapshot with its catalogue, which is made if there is none. Raises `StoreError`."""
    with open_reader(directory) as reader:
        assert reader.snapshot is not None
        site = catalogue_of(directory, int(reader.snapshot.name))
        if not site.catalogue.is_file():
            _make(reader, site.catalogue, progress or (lambda done, of: None))
    _tidied(site.catalogue)
    return site


def _tidied(kept: Path) -> None:
    """Remove old catalogues, but not the last one beside this: somebody may just be asking it."""
    others = [path for path in kept.parent.glob(_NAME.format(key="*")) if path != kept]
    with suppress(OSError):
        for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
            old.unlink()


def catalogue_of(directory: Path, number: int) -> Site:
    """Name the catalogue of a snapshot by all that it depends on; whether it is there is another matter."""
    held = hashlib.sha256(_code(_MADE_BY))
    with suppress(OSError):
        held.update(sums_of(directory, number).read_bytes())
    held.update(f"{directory.resolve()} {number}".encode())
    beside = directory / _NAME.format(key=held.hexdigest()[:16])
    elsewhere = Path(tempfile.gettempdir()) / f"newskg-{os.getuid() if hasattr(os, 'getuid') else ''}" / beside.name
    path = beside if beside.is_file() or os.access(directory, os.W_OK) else elsewhere
    held.update(_code())
    return Site(directory=directory, snapshot=folder_of(directory, number), catalogue=path, key=held.hexdigest()[:16])


@cache
def _code(names: tuple[str, ...] = ()) -> bytes:
    """Give what a page depends on besides the snapshot, the code of this package, or of some of its modules."""
    held = hashlib.sha256()
    todo = [files("kg.serve")]
    while todo:
        for entry in sorted(todo.pop().iterdir(), key=lambda one: one.name):
            if entry.is_dir():
                todo.append(entry)
            elif entry.name.endswith((".py", ".html")) and (not names or entry.name in names):
                held.update(entry.read_bytes())
    return held.digest()


def _make(reader: Reader, path: Path, progress: Progress) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as base:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;")
            base.executescript(TABLES)
            base.execute("BEGIN")
            _identity(reader, base)
            _documents(reader, base, progress)
            base.executescript(FINISH)  # ends the transaction before it
            triples = len(reader)
            base.executemany("INSERT INTO meta VALUES (?, ?)", [("base", reader.base), ("triples", str(triples))])
            base.executescript("ANALYZE;")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _identity(reader: Reader, base: sqlite3.Connection) -> None:
    """Gather who is who: canonical nodes with their names and types, and whom each node of a document stands for."""
    graph = identity_iri(reader.base)
    rows = ((node, term.value) for node, term in said_by(reader, NKG + "canonical", graph))
    base.executemany("INSERT OR IGNORE INTO canon VALUES (?, ?)", rows)
    canonical = {row[0] for row in base.execute("SELECT DISTINCT canonical FROM canon")}
    types = _each(said_by(reader, RDF + "type", graph), canonical)
    labels = _each(said_by(reader, RDFS + "label", graph), canonical)
    matches = _each(said_by(reader, SKOS + "exactMatch", graph), canonical)
    reasons = _each(said_by(reader, NKG + "decidedBy", graph), canonical)
    others = list(said_by(reader, SKOS + "altLabel", graph))
    events = {node for node in canonical if node.startswith(f"{reader.base}event/")}
    actors = sorted(canonical - events)
    where = _places(reader, base)
    base.executemany(
        "INSERT INTO actor (n, iri, label, type, wikidata, lat, long) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (n, iri, *_told(iri, labels, types), _wikidata(matches.get(iri, ())), *where.get(iri, (None, None)))
            for n, iri in enumerate(actors, 1)
        ),
    )
    base.executemany(
        "INSERT INTO event (n, iri, label, class, reason) VALUES (?, ?, ?, ?, ?)",
        ((n, iri, *_told(iri, labels, types), min(reasons.get(iri, ("",)))) for n, iri in enumerate(sorted(events), 1)),
    )
    base.execute("INSERT OR IGNORE INTO name SELECT n, label FROM actor")
    base.executemany(
        "INSERT OR IGNORE INTO name SELECT n, ? FROM actor WHERE iri = ?", ((term.value, node) for node, term in others)
    )


def _told(iri: str, labels: dict[str, list[str]], types: dict[str, list[str]]) -> tuple[str, str]:
    finer = [name.rpartition("#")[2] for name in types.get(iri, ())]
    general = ("Event", "Initiative", "Response", "Article")
    kind = next((name for name in finer if name not in general), finer[0] if finer else "")
    return min(labels.get(iri, [iri])), kind


def _wikidata(matches: Iterable[str]) -> str:
    return next((iri.removeprefix(WIKIDATA) for iri in sorted(matches) if iri.startswith(WIKIDATA)), "")


def _each(pairs: Iterable[tuple[str, Term]], wanted: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject, term in pairs:
        if subject in wanted:
            found.setdefault(subject, []).append(term.value)
    return {subject: sorted(values) for subject, values in found.items()}


def _places(reader: Reader, base: sqlite3.Connection) -> dict[str, tuple[float, float]]:
    """Gather coordinates, wherever they are told: of a canonical node, or of a document's."""
    found: dict[str, dict[str, float]] = {}
    for name in ("lat", "long"):
        for subject, term in said_by(reader, GEO + name):
            row = base.execute("SELECT canonical FROM canon WHERE node = ?", [subject]).fetchone()
            with suppress(ValueError):
                found.setdefault(row[0] if row else subject, {}).setdefault(name, float(term.value))
    return {
        iri: (at["lat"], at["long"])
        for iri, at in found.items()
        if len(at) == 2 and abs(at["lat"]) <= 90 and abs(at["long"]) <= 180
    }


def _documents(reader: Reader, base: sqlite3.Connection, progress: Progress) -> None:
    """Gather the documents one by one, so that memory does not grow with their number."""
    ids = sorted((term.value, iri) for iri, term in said_by(reader, DCTERMS + "identifier"))
    copies = {iri for name in ("wasDerivedFrom", "alternateOf") for iri, _ in said_by(reader, PROV + name)}
    actors = dict(base.execute("SELECT node, actor.n FROM canon JOIN actor ON actor.iri = canonical"))
    events = dict(base.execute("SELECT node, event.n FROM canon JOIN event ON event.iri = canonical"))
    for n, (id, iri) in enumerate(ids, 1):
        rows = document_rows(iri, described(reader, iri))
        if rows is None:
            continue
        base.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (n, iri, id, *rows.head, iri in copies))
        base.executemany(
            f"INSERT INTO account VALUES (NULL, ?, ?, ?{', ?' * 16})",
            ((account[0], events.get(account[0]), n, *account[1:]) for account in rows.accounts),
        )
        base.executemany("INSERT INTO role VALUES (?, ?, ?, ?)", rows.roles)
        base.executemany(
            "INSERT INTO bearing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*link[:5], n, *link[5:]) for link in rows.links),
        )
        base.executemany("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.answers)
        told = [(actors[node], names) for node, names in rows.names.items() if node in actors]
        base.executemany("INSERT INTO seen VALUES (?, ?, ?)", ((actor, n, len(names)) for actor, names in told))
        base.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?)",
            ((actor, name) for actor, names in told for kind, name in names if kind == "name"),
        )
        if n % 50 == 0 or n == len(ids):
            progress(n, len(ids))


if __name__ == "__main__":
    prepared(Path(sys.argv[1]))
