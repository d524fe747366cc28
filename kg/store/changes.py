"""Which graphs were written since the last publication: noted in the file that tells that there is something new.

So what is derived from the documents, and published with them, can be brought up to date without reading all of them,
also after a run that was broken off.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kg.store.directory import UNPUBLISHED, current_snapshot

_MOST = 100_000
_ALL = "*"


class Changes:
    """The graphs that were written; of one that was only patched in this run, what the patches were about."""

    def __init__(self, directory: Path) -> None:
        """Read what earlier runs have left unpublished."""
        self._is_first = current_snapshot(directory) is None
        self._path = directory / UNPUBLISHED
        self._graphs: dict[str, set[str] | None] = {}
        self._noted: set[str] = set()
        self._all = False
        if self._path.exists():
            lines = self._path.read_text(encoding="utf-8").split("\n")[:-1]
            self._noted = set(lines)
            self._graphs = dict.fromkeys(self._noted - {_ALL})
            self._all = not lines or _ALL in self._noted

    @property
    def graphs(self) -> dict[str, set[str] | None] | None:
        """Graph → subjects that were patched, None for the whole of it. None altogether where that is not known."""
        return None if self._all else self._graphs

    def note(self, graphs: Iterable[str], *, subjects: Iterable[str] | None = None, all: bool = False) -> None:
        """Note graphs before they are written, on the disk, too; with `all` anything may be written."""
        given = {*graphs}
        # before anything is published there is nothing that could be brought up to date
        about = None if subjects is None or self._is_first else set(subjects)
        for graph in given:
            known = self._graphs.setdefault(graph, set())
            both = None if known is None or about is None else known | about
            self._graphs[graph] = both if both is not None and len(both) <= _MOST else None
        self._all = self._all or all
        new = ({*given, _ALL} if all else given) - self._noted
        if new or not self._path.exists():
            with self._path.open("a", encoding="utf-8") as file:
                file.write("".join(f"{graph}\n" for graph in sorted(new)))
                file.flush()
                os.fsync(file.fileno())
            self._noted |= new

    def published(self) -> None:
        """Begin anew: readers see all of it."""
        self._path.unlink(missing_ok=True)
        self._graphs, self._noted, self._all, self._is_first = {}, set(), False, False
