"""The catalogue of a snapshot, opened for reading (`schema.py` has its tables)."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.entities.knowledge import load
from kg.questions.names import Names
from kg.store import tables_kept
from kg.vocab import WIKIDATA

Row = dict[str, Any]
"""A row of a table by column; SQLite's own types."""


class Catalogue:
    """Lists, counts and search of one snapshot."""

    def __init__(self, path: Path) -> None:
        """Open the file that `gathering.prepared` made."""
        # it is never written again, so nothing has to be locked
        self._base = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        self._base.row_factory = sqlite3.Row
        self._base.execute("PRAGMA mmap_size = 268435456")
        self._path = path

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Ask for rows."""
        return [dict(row) for row in self._base.execute(sql, values)]

    def rows_of(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask for rows without the names of their columns."""
        return [tuple(row) for row in self._base.execute(sql, values)]

    def row(self, sql: str, *values: object) -> Row | None:
        """Ask for the first row."""
        found = self._base.execute(sql, values).fetchone()
        return dict(found) if found else None

    def value(self, sql: str, *values: object) -> Any:
        """Ask for one value, None if there is no row."""
        found = self._base.execute(sql, values).fetchone()
        return found[0] if found else None

    @cached_property
    def base(self) -> str:
        """What IRIs of the graph's data begin with."""
        return str(self.value("SELECT value FROM meta WHERE key = 'base'"))

    @cached_property
    def ranks(self) -> dict[int, int]:
        """The place of each text by its number, the newest first."""
        rows = self._base.execute("SELECT n FROM document ORDER BY issued DESC, id")
        return {row[0]: at for at, row in enumerate(rows)}

    def names(self, directory: Path) -> Names:
        """Give the names that parameters of queries may use, as `kg query` understands them."""
        if "_names" not in self.__dict__:
            rows = self._base.execute(
                "SELECT label, name, CASE WHEN wikidata = '' THEN '' ELSE ? || wikidata END "
                "FROM name JOIN actor ON actor.n = name.actor ORDER BY label, name",
                [WIKIDATA],
            )
            self.__dict__["_names"] = Names(rows, lambda: load(tables_kept(directory)))
        names: Names = self.__dict__["_names"]
        return names

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def match(text: str) -> str:
    """Turn what somebody types into a search: all words, the last one as the beginning of a word.

    >>> match('pris ex"change')
    '"pris" "ex" "change"*'
    """
    words = "".join(char if char.isalnum() else " " for char in text).split()[:12]
    return " ".join(f'"{word}"' for word in words) + ("*" if words else "")
