"""A digest opened for reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from kg.digest.making import file_of
from kg.digest.schema import VERSION
from kg.store import Reader

Row = tuple[Any, ...]


class Digest:
    """The tables of a snapshot (`kg/digest/schema.py`), read-only."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take an open database."""
        self._base = base

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Give the rows of a query. Raises `sqlite3.Error` if the file is damaged."""
        return self._base.execute(sql, values).fetchall()


_OPEN: WeakKeyDictionary[Reader, Digest | None] = WeakKeyDictionary()


def digest_of(reader: Reader) -> Digest | None:
    """Give the digest of a published graph, None where there is none that this version can read."""
    if reader.snapshot is None:
        return None
    if reader not in _OPEN:
        _OPEN[reader] = _opened(reader)
    return _OPEN[reader]


def _opened(reader: Reader) -> Digest | None:
    assert reader.snapshot is not None
    path = file_of(reader.snapshot)
    if not path.is_file():
        return None
    try:
        # a published one is never written again
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        if base.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() == (str(VERSION),):
            base.execute("PRAGMA cache_size = -16384")
            return Digest(base)
        base.close()
    except sqlite3.Error:
        pass
    return None
