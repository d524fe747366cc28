"""The lines of one text, one after the other: of a long document they are hundreds of megabytes, and held once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from io import BytesIO


def joined(lines: Iterable[str]) -> bytes:
    """Write lines in UTF-8, line feeds between them."""
    file = BytesIO()
    for number, line in enumerate(lines):
        if number:
            file.write(b"\n")
        file.write(line.encode())
    return file.getvalue()


class Lines(Collection[str]):
    """What `joined` gives as lines again, which are cut out as they are asked for."""

    __slots__ = ("_size", "_text")

    def __init__(self, text: bytes) -> None:
        """Take a text whose lines are parted by line feeds; an empty one has no line."""
        self._text = text
        self._size = text.count(b"\n") + 1 if text else 0

    def __bytes__(self) -> bytes:
        """Give the text."""
        return self._text

    def __len__(self) -> int:
        """Count the lines."""
        return self._size

    def __iter__(self) -> Iterator[str]:
        """Give one line after the other."""
        at = 0
        for _ in range(self._size):
            end = self._text.find(b"\n", at)
            yield (self._text[at:] if end < 0 else self._text[at:end]).decode()
            at = end + 1

    def __contains__(self, line: object) -> bool:
        """Whether one of the lines is this."""
        return any(one == line for one in self)
