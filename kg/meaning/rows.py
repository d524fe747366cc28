"""Rows of the tables of pair features: a feature's name is hashed into its row, once for every name."""

from __future__ import annotations

import zlib

PAIR_SIZE = 4096
"""Rows of the table of pair features; a feature's name is hashed into it."""
PATH_STEPS = 4
"""Steps at either end of a way between two words that are features by themselves."""
KEPT = 25_000
"""Names of features, and ways between words, that are kept in memory, at most."""


def row(name: str) -> int:
    """Return the row of a named feature, the same on every machine."""
    return zlib.crc32(name.encode()) % PAIR_SIZE


class Rows(dict[str, int]):
    """Rows by name, or by what follows a prefix: a text asks for few names, and for each of them very often."""

    def __init__(self, prefix: str = "") -> None:
        super().__init__()
        self.prefix = prefix

    def __missing__(self, name: str) -> int:
        if len(self) >= KEPT:
            self.clear()
        self[name] = found = row(self.prefix + name)
        return found


def bucket(n: int) -> int:
    """Return the class of a distance: 0, 1, 2, to 4, to 8, to 16, more."""
    return _BUCKETS[n] if n < len(_BUCKETS) else 6


_BUCKETS = tuple(next(k for k, limit in enumerate((0, 1, 2, 4, 8, 16)) if n <= limit) for n in range(17))

ROLE = Rows("r:")
LINK = Rows("l:")


class Way:
    """A way in a tree, by its relations: up from one word to the lowest common ancestor, and down to another.

    Ways are shared by all texts: each knows the ways that go one step further down, and its rows once they were asked.
    """

    __slots__ = ("cases", "down", "further", "link", "role", "up")

    def __init__(self, up: tuple[str, ...], down: tuple[str, ...]) -> None:
        self.up, self.down = up, down
        self.further: dict[str, Way] = {}
        self.role: tuple[list[int], int, tuple[int, int]] | None = None
        self.link: list[int] | None = None
        self.cases: dict[str, int] = {}

    def then(self, relation: str) -> Way:
        """Return the way that goes one step further down."""
        found = self.further.get(relation)
        if found is None:
            found = self.further[relation] = Way(self.up, (*self.down, relation))
            _WAYS.number += 1
        return found

    def _steps(self) -> list[str]:
        names = [f"u{k}{d}" for k, d in enumerate(self.up[:PATH_STEPS])]
        return names + [f"d{k}{d}" for k, d in enumerate(self.down[::-1][:PATH_STEPS])]

    def _whole(self) -> str:
        return f"{'/'.join(self.up[:3])}|{'/'.join(self.down[-3:])}"

    def _length(self) -> str:
        return f"len{bucket(len(self.up))}.{bucket(len(self.down))}"

    def role_rows(self) -> tuple[list[int], int, tuple[int, int]]:
        """Return the rows of the steps and the length, of the nearest steps as one, and of these by the event's voice.

        The last are the row for an active verb and that for a passive one.
        """
        if self.role is None:
            whole = self._whole()
            steps = [ROLE[name] for name in (*self._steps(), self._length())]
            self.role = steps, ROLE[f"path{whole}"], (ROLE[f"ppFalse{whole}"], ROLE[f"ppTrue{whole}"])
        return self.role

    def link_rows(self) -> list[int]:
        """Return the rows of a way between two events."""
        if self.link is None:
            self.link = [LINK[name] for name in (*self._steps(), f"path{self._whole()}", self._length())]
        return self.link

    def case_row(self, case: str) -> int:
        """Return the row of the preposition at the end of the way together with the way's lengths."""
        found = self.cases.get(case)
        if found is None:
            found = self.cases[case] = ROLE[f"cd{case}{len(self.up)}{len(self.down)}"]
        return found


class _Ways:
    """The ways that go up alone, from which all others are reached."""

    def __init__(self) -> None:
        self.number = 0
        self.up: dict[tuple[str, ...], Way] = {}

    def get(self, up: tuple[str, ...]) -> Way:
        found = self.up.get(up)
        if found is None:
            if self.number >= KEPT:
                self.up, self.number = {}, 0
            found = self.up[up] = Way(up, ())
            self.number += 1
        return found


_WAYS = _Ways()


def way_of(up: list[str], down: list[str]) -> Way:
    """Return the way of these relations."""
    found = _WAYS.get(tuple(up))
    for relation in down:
        found = found.then(relation)
    return found
