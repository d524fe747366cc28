"""What is wrong with one input, told without stopping the others; and what a reader is handed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Self

from kg.errors import InputError, KgError
from kg.model import Document


def in_one_line(text: str) -> str:
    """Write control and other unprintable characters, which file names and ids may hold, as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def sound(name: str) -> str:
    """A name that can stand in a graph: bytes that are not UTF-8 are written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class Problem:
    """One input that was left out: `what` is wrong, `where` (file, line, byte), and the user's `remedy`.

    What is no text, and of this program's own making, is `passed` over in a folder of texts: told, and no fault.
    """

    where: str
    what: str
    remedy: str
    passed: bool = False

    @classmethod
    def of(cls, error: KgError, *, where: str = "") -> Self:
        """Tell an error as a problem, at `where` if the error itself names no input."""
        return cls(where=where or error.where, what=error.what, remedy=error.remedy)

    def __str__(self) -> str:
        return in_one_line(f"{self.where}: {self.what}; {self.remedy}.")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read, or a part of one: a member of an archive, what a compressed file holds.

    `name` is how messages and document ids call it: as the user gave it. `published` is the date the user gave for
    texts that bring none of their own, `fields` which columns stand for ours ("text": "maintext"). `path` is the file
    itself; what is read comes from `open`, for it may be only a part of that. `alone` is what the user named itself,
    and not a folder around it.
    """

    path: Path
    name: str
    published: date | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    opener: Callable[[], BinaryIO] | None = None
    alone: bool = True

    def open(self) -> BinaryIO:
        """Open what is to be read; it may be a stream in which nothing can be sought."""
        return self.path.open("rb") if self.opener is None else self.opener()

    def read(self, most: int) -> bytes:
        """Read it whole. Raises `InputError` above `most` bytes: a page or a letter is never so long."""
        with self.open() as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise InputError(
                f"it holds more than {most // 1_000_000} MB, which no text of this kind does",
                where=self.name,
                remedy="split it, or give its text as JSON Lines",
            )
        return data


Reader = Callable[[Source], Iterator[Document | Problem]]
"""Yields the documents of one file, and a `Problem` for each it cannot read. May raise `OSError` or `KgError`."""
