"""Large tables of names on disk: sorted lines that are looked up in a memory map and never read as a whole.

A line is a key and its fields, parted by tabs; lines of one key stand together, best first. Four kinds of key:

    kyiv            label, type, id, sense, country, weight, use    a surface form; `use` as in `USES`
    #Q1899          "place", latitude, longitude, inhabitants, division of its state
    #Q3874799       "term", office, country, begin, end, until
    @UA             id, label, weight                               who held an office of a state
    ~flatmr ptn     surface                                         names of people by their sound
"""

from __future__ import annotations

import mmap
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError

USES = ("read", "link")
"""A name for reading is one that texts can be searched for; one for linking only says who a name may be."""
MARKS = "!#@~"
"""First characters of keys that are no surface forms."""

_STEP = 4096  # bytes between the keys that are kept in memory
_HEAD = b"!newskg names 1"


class Index:
    """A sorted table on disk. Many processes share its pages; opening takes a few milliseconds."""

    def __init__(self, path: Path) -> None:
        """Open the table at `path`. Raises `InputError` if it is no such table."""
        self._path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise InputError(
                f"the table of names cannot be opened ({error})", where=str(path), remedy="install the package again"
            ) from error
        if self._map[: len(_HEAD)] != _HEAD:
            raise InputError("this is no table of names", where=str(path), remedy="compile it with kg knowledge update")
        self._starts = list(self._sampled())
        self._keys = [self._map[at : self._map.find(b"\t", at) + 1] for at in self._starts]

    def __reduce__(self) -> tuple[object, ...]:
        return Index, (self._path,)

    def _sampled(self) -> Iterator[int]:
        """Beginnings of lines, about every `_STEP` bytes, where a new key begins."""
        here, size = self._map, len(self._map)
        first = here.find(b"\n") + 1
        if first < size:
            yield first
        for near in range(_STEP, size, _STEP):
            at = here.find(b"\n", near) + 1
            if not first < at < size:
                continue
            before = here.rfind(b"\n", 0, at - 1) + 1
            key = here[at : here.find(b"\t", at) + 1]
            if here[before : before + len(key)] != key:
                yield at

    def rows(self, key: str) -> list[tuple[str, ...]]:
        """The fields of each line under a key, best first; it costs the same however large the table is."""
        wanted = key.encode() + b"\t"
        block = bisect_right(self._keys, wanted) - 1
        if block < 0:
            return []
        end = self._starts[block + 1] if block + 1 < len(self._starts) else len(self._map)
        lines = self._map[self._starts[block] - 1 : end]
        at = lines.find(b"\n" + wanted)
        found = []
        while at >= 0 and lines.startswith(wanted, at + 1):
            stop = lines.find(b"\n", at + 1)
            stop = len(lines) if stop < 0 else stop
            found.append(tuple(lines[at + 1 + len(wanted) : stop].decode().split("\t")))
            at = stop
        return found

    def surfaces(self) -> Iterator[str]:
        """Every surface form, in the order of the table."""
        last, at = "", self._map.find(b"\n") + 1
        while 0 < at < len(self._map):
            key = self._map[at : self._map.find(b"\t", at)].decode()
            if key != last and key[:1] not in MARKS:
                yield key
            last, at = key, self._map.find(b"\n", at) + 1


def write_index(path: Path, rows: Iterable[tuple[str, ...]]) -> int:
    """Write lines of (key, fields…) sorted by key, those of one key in the order given; give their number.

    Repeated lines are written once. The table is put into its place at one stroke, so that readers see the old one or
    the new one.
    """
    every = list(dict.fromkeys(rows))
    every.sort(key=lambda row: row[0].encode() + b"\t")
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEAD.decode() + "\n")
        for row in every:
            file.write("\t".join(" ".join(field.split()) for field in row) + "\n")
    os.replace(part, path)
    return len(every)
