"""Looking up many keys at once: a statement costs more than what it finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

AT_ONCE = 200
"""Keys of one statement; SQLite takes 999 in its oldest versions."""
MOST = 4096

_T = TypeVar("_T")


def among(database: sqlite3.Connection, query: str, keys: Iterable[str]) -> list[str]:
    """Give the first column of what a query finds with any of the keys; `{}` in it stands for their places."""
    rest, found = iter(keys), list[str]()
    while some := tuple(islice(rest, AT_ONCE)):
        found += (row[0] for row in database.execute(query.format(",".join("?" * len(some))), some))
    return found


class Bounded(dict[str, _T]):
    """What was looked up, kept in memory: forgotten as a whole when it has grown too large."""

    def __setitem__(self, key: str, value: _T) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(key, value)
