"""Where a graph's documents came from: kept beside the store, so that a file stays one document in later runs.

Paths stand there as the bytes the file system has, seen from the graph directory, so that graph and texts can be moved
together; and where that lay, so that the graph can be moved, or brought back from a backup, without them. Nothing of it
is in the graph; where it is lost, documents are known by their ids alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from kg.errors import StoreError

NAME = "sources.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS file (path BLOB PRIMARY KEY, name BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document (id TEXT PRIMARY KEY, path BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (path BLOB);
"""


def load_sources(directory: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Give the names of files by real path, and the real paths of documents' files by id."""
    if not (directory / NAME).is_file():
        return {}, {}
    with _opened(directory) as database:
        names = dict(database.execute("SELECT path, name FROM file"))
        origins = dict(database.execute("SELECT id, path FROM document"))
        places = _places(database, directory)
    real = {path: _real(path, places) for path in {*names, *origins.values()}}
    return (
        {real[path]: os.fsdecode(name) for path, name in names.items()},
        {id: real[path] for id, path in origins.items()},
    )


def save_sources(directory: Path, names: Mapping[str, str], origins: Mapping[str, str]) -> None:
    """Add names and origins to those that are kept."""
    if not names and not origins:
        return
    top = os.path.realpath(directory)
    files = [(os.fsencode(os.path.relpath(path, top)), os.fsencode(name)) for path, name in names.items()]
    documents = [(id, os.fsencode(os.path.relpath(path, top))) for id, path in origins.items()]
    with _opened(directory) as database:
        _settle(database, directory)
        # a name is one file's: another file that was called so is gone
        database.executemany("DELETE FROM file WHERE name = ?", [(name,) for _, name in files])
        database.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", files)
        database.executemany("INSERT OR REPLACE INTO document VALUES (?, ?)", documents)


def drop_sources(directory: Path, documents: Iterable[str]) -> None:
    """Forget documents, and files that no document comes from any more."""
    if (directory / NAME).is_file():
        with _opened(directory) as database:
            database.executemany("DELETE FROM document WHERE id = ?", [(id,) for id in documents])
            database.execute("DELETE FROM file WHERE path NOT IN (SELECT path FROM document)")


def _places(database: sqlite3.Connection, directory: Path) -> list[str]:
    """Where a graph lies, and where it lay when paths were last written, if that was elsewhere."""
    top = os.path.realpath(directory)
    before = (os.fsdecode(path) for (path,) in database.execute("SELECT path FROM place"))
    return [top, *(path for path in before if path != top)]


def _real(path: bytes, places: Sequence[str]) -> str:
    """The real path of a file that is seen from one of these places: from the first from which there is one."""
    found = [os.path.normpath(os.path.join(top, os.fsdecode(path))) for top in places]
    return next((one for one in found if len(found) > 1 and os.path.exists(one)), found[0])


def _settle(database: sqlite3.Connection, directory: Path) -> None:
    """Have all paths be seen from where the graph lies now."""
    places = _places(database, directory)
    if len(places) > 1:
        for table in ("file", "document"):
            for (path,) in database.execute(f"SELECT DISTINCT path FROM {table}").fetchall():
                now = os.fsencode(os.path.relpath(_real(path, places), places[0]))
                if now != path:
                    database.execute(f"UPDATE OR REPLACE {table} SET path = ? WHERE path = ?", (now, path))
    database.execute("DELETE FROM place")
    database.execute("INSERT INTO place VALUES (?)", (os.fsencode(places[0]),))


@contextmanager
def _opened(directory: Path) -> Iterator[sqlite3.Connection]:
    """Open the tables for one transaction."""
    path = directory / NAME
    try:
        with closing(sqlite3.connect(path)) as database, database:
            database.executescript(_TABLES)
            yield database
    except sqlite3.Error as error:
        remedy = "check free space and permissions; if the file is damaged, delete it"
        raise StoreError(f"the list of sources cannot be used ({error})", where=str(path), remedy=remedy) from error
