"""What was sent where: beside a graph directory, for each store, so that only what differs is sent again."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import StoreError
from kg.store.directory import disk
from kg.store.remote.addresses import state_of

FOLDER = "remotes"
_EACH = 50  # graphs between two commits: what a kill costs is sent once more


class Ledger:
    """Graph → the checksum of what was sent of it. One process at a time: what is held by another is refused."""

    def __init__(self, directory: Path, address: str) -> None:
        """Open the ledger of a store; made if there is none. Raises `StoreError` if another process sends."""
        self._path = directory / FOLDER / f"{state_of(address, Path()).name}.sqlite"
        self._address = address
        with disk(directory):
            self._path.parent.mkdir(exist_ok=True)
        self._base = self._opened()
        self._waiting = 0

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._made()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreError(
                    "another process is sending this graph there",
                    where=self._address,
                    remedy="wait until it has finished",
                ) from error
            if not isinstance(error, sqlite3.OperationalError):  # damaged: all is sent once more
                self._path.unlink(missing_ok=True)
                return self._made()
            raise

    def _made(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path, timeout=0)
        base.execute("PRAGMA locking_mode = EXCLUSIVE")  # held until it is closed, or the process ends
        base.execute("CREATE TABLE IF NOT EXISTS sent (graph TEXT PRIMARY KEY, digest TEXT NOT NULL)")
        base.execute("DELETE FROM sent WHERE graph = ''")  # any writing takes the lock
        base.commit()
        return base

    def sent(self) -> dict[str, str]:
        """Give graph → checksum of all that stands there as far as is known here."""
        return dict(self._base.execute("SELECT graph, digest FROM sent ORDER BY graph"))

    def note(self, graph: str, digest: str) -> None:
        """Note that a graph was sent, and that the store has it."""
        self._base.execute("INSERT OR REPLACE INTO sent VALUES (?, ?)", (graph, digest))
        self._waiting += 1
        if self._waiting >= _EACH:
            self._base.commit()
            self._waiting = 0

    def forget(self, graph: str) -> None:
        """Note that a graph is not there, or may not be what was sent; on the disk when this returns."""
        if self._base.execute("DELETE FROM sent WHERE graph = ?", (graph,)).rowcount:
            self._base.commit()
            self._waiting = 0

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Keep what was noted, also if something went wrong."""
        self._base.commit()
        self._base.close()
