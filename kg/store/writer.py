"""The one writer of a graph directory, and the database it writes: its lock lasts longer than the database is open.

RocksDB's lock goes with the database, so a writer that opens it anew would let another one in. SQLite's is asked for
here, of a file that stays empty: it works on every system, no second writer of the same process gets it either, and the
system lets go of it when a process ends, however that ends. The file is never deleted: two writers could hold one each.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pyoxigraph as ox

from kg.store.snapshots import STORE

LOCK = "writer.lock"


def only_writer(directory: Path) -> sqlite3.Connection:
    """Be the only writer of a directory until what is given is closed. Raises `OSError` if there is one already."""
    try:
        base = sqlite3.connect(directory / LOCK, timeout=0, isolation_level=None, check_same_thread=False)
        base.execute("PRAGMA journal_mode = OFF")  # nothing is ever written, and no file of a journal made
        base.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
        # as RocksDB says it, so that `disk` has one sentence for both
        raise OSError("lock held by another writer" if busy else f"{LOCK}: {error}") from error
    return base


def database_of(directory: Path) -> ox.Store:
    """Open the database of a directory, as its only writer may."""
    return ox.Store(str(directory / STORE))
