"""What is wrong with one input, told without stopping the others; and what a reader is handed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from kg.errors import KgError
from kg.model import Document


def in_one_line(text: str) -> str:
    """Write control and other unprintable characters, which file names and ids may hold, as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One input that was left out: `what` is wrong, `where` (file, line, byte), and the user's `remedy`."""

    where: str
    what: str
    remedy: str

    @classmethod
    def of(cls, error: KgError, *, where: str = "") -> Self:
        """Tell an error as a problem, at `where` if the error itself names no input."""
        return cls(where=where or error.where, what=error.what, remedy=error.remedy)

    def __str__(self) -> str:
        return in_one_line(f"{self.where}: {self.what}; {self.remedy}.")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read.

    `name` is how messages and document ids call it: as the user gave it. `published` is the date the user gave for
    texts that bring none of their own.
    """

    path: Path
    name: str
    published: date | None = None


Reader = Callable[[Source], Iterator[Document | Problem]]
"""Yields the documents of one file, and a `Problem` for each it cannot read. May raise `OSError` or `KgError`."""
