"""RSS and Atom files, through feedparser (https://feedparser.readthedocs.io): one entry a document."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import Document
from kg.read.cleaning import without_markup
from kg.read.problem import Problem, Source
from kg.read.records import parse_date
from kg.read.tables import missing
from kg.read.xml import entities_told

LONGEST = 100_000_000
"""Bytes that a feed may have."""


def read_feed(source: Source) -> Iterator[Document | Problem]:
    """Read the entries of a feed, their content before their summary; an entry is called by its id, else FILE:NUMBER.

    Nothing is fetched: the data itself is given to the parser, and a feed that declares entities is refused.
    """
    try:
        import feedparser
    except ImportError:
        raise missing(source, "feeds", "feedparser") from None
    data = source.read(LONGEST)
    told = entities_told(data, where=source.name)
    if told:
        yield told
        return
    feed: Any = feedparser.parse(io.BytesIO(_with_short_prolog(data)))
    if not feed.entries:
        reason = f" ({feed.bozo_exception})" if feed.get("bozo") else ""
        yield Problem(source.name, f"the file is no feed with entries{reason}", "give an RSS or Atom file")
        return
    publisher = feed.feed.get("title") or None
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{source.name}:{number}"
        text = _text(entry)
        if not text:
            yield Problem(where, "the entry has neither content nor a summary", "leave it out")
            continue
        stated = entry.get("published") or entry.get("updated") or ""
        yield Document(
            id=entry.get("id") or entry.get("link") or where,
            text=text,
            title=without_markup(entry.get("title") or "") or None,
            published=parse_date(stated) or source.published,
            url=entry.get("link") or None,
            publisher=publisher,
        )


_WIDE = (  # a mark of 32 bits begins as one of 16 does
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIRST = re.compile(rb"<\w")
_BLANKS = re.compile(rb"\s+")
_NAMED = re.compile(r"\A\s{0,99}<\?xml[^<>]{0,400}\?>")
_TYPE = b"<!DOCTYPE"


def _with_short_prolog(data: bytes) -> bytes:
    """Give a feed without what costs the parser time with the square of its length before the first element.

    feedparser looks there for a document type at each line, over all the blanks that follow: blanks are joined, which
    says the same, and of several document types, which no XML has, none is left. What is no UTF-8 there becomes it.
    """
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), None)
    if wide:  # what a declaration says of the encoding would not hold any more
        data = _NAMED.sub("", data.decode(wide, errors="replace"), count=1).encode()
    first = _FIRST.search(data)
    if first is None:
        return data
    head = _BLANKS.sub(b" ", data[: first.start()])
    if head.count(_TYPE) > 1:
        head = head.replace(_TYPE, b"")
    return head.lstrip() + data[first.start() :]


def _text(entry: Mapping[str, Any]) -> str:
    """The longest of an entry's contents, else its summary, as plain text."""
    contents = [str(one.get("value") or "") for one in entry.get("content") or ()]
    found = max(contents, key=len, default="") or str(entry.get("summary") or "")
    return without_markup(found).strip()
