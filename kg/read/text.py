"""Plain text: one file, one document, its characters kept as given, but for UTF-8 that was misread on its way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from kg.model import Document
from kg.read.cleaning import without_mojibake
from kg.read.problem import Problem, Source

LONGEST = 200_000_000
"""Bytes that a text file may have."""

_MAGIC = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP or office file", b"\x1f\x8b": "a gzip file", b"{\\rtf": "an RTF file"}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?=[-_ .]|$)")


def read_text(source: Source) -> Iterator[Document | Problem]:
    """Read a UTF-8 text file; its id is its name, its date the one given or the one its file name begins with."""
    text = decode(source.read(LONGEST), where=source.name)
    if isinstance(text, Problem):
        yield text
    else:
        yield Document(
            id=source.name, text=without_mojibake(text), published=source.published or date_in_name(source.name)
        )


def date_in_name(name: str) -> date | None:
    """Read the date at the beginning of a file name.

    >>> date_in_name("news/2025-05-24-exchange.txt")
    datetime.date(2025, 5, 24)
    """
    found = _DATED.match(PurePosixPath(name.replace("\\", "/")).name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def decode(data: bytes, *, where: str) -> str | Problem:
    """Decode UTF-8 without touching a line break; a byte order mark is dropped and offsets count after it."""
    wrong = binary(data, where=where)
    if wrong:
        return wrong
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        begin = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        return not_utf8(where, begin, data[begin])


def decoded(data: bytes, declared: str | None = None) -> str:
    """Decode a page or a letter: a mark and what is sound UTF-8 say more than what is declared, that more than nothing.

    Single bytes that cannot be decoded cost only themselves. What declares nothing is taken for what browsers take it
    for, and so are ISO-8859-1 and ASCII, for who says these means Windows-1252.

    >>> decoded("naïve".encode("cp1252")), decoded("Łódź".encode("iso-8859-2"), "ISO-8859-2")
    ('naïve', 'Łódź')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    encoding = _known(declared, data)
    if not encoding.startswith(_WIDE):
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        if not damaged or sum(char > "\x7f" for char in text) > 2 * damaged:
            return text
    try:
        return data.decode(encoding, "replace")
    except UnicodeError:  # codecs that know no "replace"
        return data.decode("cp1252", "replace")


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16", "utf-32")
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "utf-8": "utf-8"}


def _known(declared: str | None, data: bytes) -> str:
    """The encoding that is declared, as it is meant; that of the Web where none is, or none that there can be."""
    try:
        name = codecs.lookup(declared or "cp1252").name
        "a".encode(name)  # refuses what is no encoding of text
    except (LookupError, ValueError):
        return "cp1252"
    if name.startswith(_WIDE) and b"\0" not in data:
        return "cp1252"
    return _MEANT.get(name, name)


def binary(data: bytes, *, where: str) -> Problem | None:
    """Tell whether the first bytes of a file are no text in an encoding that could be meant."""
    if data.startswith(_UTF16):
        return Problem(where, "the file is UTF-16, not UTF-8", "convert it with: iconv -f UTF-16 -t UTF-8 OLD > NEW")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return Problem(where, f"the file is {kind}, not text", "extract its text first")
    at = data.find(b"\0")
    if at >= 0:
        return Problem(where, f"the file is binary (a zero byte at byte {at})", "give a text file in UTF-8")
    return None


def not_utf8(where: str, at: int, byte: int) -> Problem:
    """Say where a text stops being UTF-8, and how to convert it."""
    return Problem(
        where,
        f"the text is not UTF-8 (byte 0x{byte:02x} at byte offset {at})",
        "convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
    )
