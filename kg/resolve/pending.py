"""What waits to be decided on, kept in the index and not in memory: after a first build that is every event."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator

_LATER = 10_000
"""Names that are noted in memory before they are written."""
_AT_ONCE = 1_000
"""Names that are taken up at once."""


class Pending:
    """A set of names, each given once, in their order."""

    def __init__(self, database: sqlite3.Connection, names: Iterable[str] = ()) -> None:
        """Use an open database, in which the set is a table that goes with the connection."""
        self._database = database
        self._later: set[str] = set()
        self._done: set[str] = set()
        # no executescript, which would end the transaction that is open
        database.execute("CREATE TEMP TABLE IF NOT EXISTS pending (name TEXT PRIMARY KEY) WITHOUT ROWID")
        database.execute("DELETE FROM pending")
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        """Have names wait, too."""
        self._later.update(names)
        if len(self._later) >= _LATER:
            self._note()

    def _note(self) -> None:
        self._database.executemany("INSERT OR IGNORE INTO pending VALUES (?)", ((one,) for one in self._later))
        self._later.clear()

    def taken(self) -> Iterator[str]:
        """Yield those that wait, but for those that are `done` by then; nothing may be added meanwhile."""
        self._note()
        last = ""
        query = "SELECT name FROM pending WHERE name > ? ORDER BY name LIMIT ?"
        while names := [name for (name,) in self._database.execute(query, (last, _AT_ONCE))]:
            self._done.clear()
            for name in names:
                if name not in self._done:
                    yield name
            last = names[-1]
        self._done.clear()

    def done(self, names: Collection[str]) -> None:
        """Have names wait no longer."""
        self._done.update(names)
        self._database.executemany("DELETE FROM pending WHERE name = ?", ((one,) for one in names))
