"""Web archives (WARC, also .gz), through FastWARC (https://resiliparse.chatnoir.eu): one page a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.model import Document
from kg.read.html import LONGEST, article
from kg.read.problem import Problem, Source
from kg.read.tables import missing

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source) -> Iterator[Document | Problem]:
    """Read the pages of an archive, their article text taken out, and texts that were taken out before (WET).

    A document is called by the address of its page, a second capture of it by address and time. Pages without an
    article (lists, forms, pictures) are told in one sentence together. The day is the one that the page states, never
    that of the capture.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise missing(source, "web archives", "fastwarc") from None
    wanted = WarcRecordType.response | WarcRecordType.conversion
    seen: set[str] = set()
    without = records = 0
    damaged = False
    with source.open() as stream:
        archive = ArchiveIterator(stream, record_types=wanted, parse_http=True)
        while True:
            try:
                record = next(archive, None)
                if record is None:
                    break
                found = _document(record, source, f"{source.name}:{records + 1}")
            except OSError as error:
                if error.errno is not None:  # of the disk, and not of what is read
                    raise
                where = source.name if not records else f"{source.name}, behind record {records}"
                what = f"the archive is damaged ({error}), and what stands behind cannot be found"
                yield Problem(where, what, "fetch it again")
                damaged = True
                break
            records += 1
            if found is None:
                without += 1
                continue
            if isinstance(found, Document):
                if found.id in seen:
                    when = record.headers.get("WARC-Date") or str(records)
                    found = Document(f"{found.id}#{when}", *_rest(found))
                seen.add(found.id)
            yield found
    if without:
        told = "1 record is" if without == 1 else f"{without:,} records are"
        yield Problem(source.name, f"{told} no page with an article", "nothing has to be done; the others are read")
    elif not records and not damaged:
        yield Problem(source.name, "the file holds no record of a page", "give a WARC or WET file")


def _rest(document: Document) -> tuple[str, str | None, date | None, str | None, str | None]:
    return document.text, document.title, document.published, document.url, document.publisher


def _document(record: Any, source: Source, where: str) -> Document | Problem | None:
    url = record.headers.get("WARC-Target-URI") or ""
    size: int = record.content_length  # of what is behind the headers
    data: bytes = record.reader.read(LONGEST + 1)
    if len(data) > LONGEST:
        return Problem(where, f"the page has more than {LONGEST // 1_000_000} MB", "leave it out")
    if len(data) < size:
        return Problem(where, f"the record is cut off after {len(data):,} of {size:,} bytes", "fetch the archive again")
    if record.http_headers is None:  # a conversion: plain text
        text = data.decode("utf-8", "replace").strip()
        return Document(url or where, text, None, source.published, url or None) if text else None
    kind = (record.http_content_type or "").partition(";")[0].strip().lower()
    if kind not in _PAGES or not 200 <= (record.http_headers.status_code or 0) < 300:
        return None
    if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
        data = _joined(data)
    try:
        charset = _charset(record.http_headers.get("Content-Type") or "")
        found = article(data, charset=charset)  # which unpacks what was sent compressed
    except Exception as error:  # a page that breaks its parser
        return Problem(where, f"the page cannot be parsed ({type(error).__name__})", "leave it out")
    if found is None:
        return None
    return Document(
        url or where,
        found.text,
        found.title,
        source.published or found.published,
        url or found.url,
        found.publisher,
    )


def _charset(stated: str) -> str | None:
    found = _CHARSET.search(stated)
    return found[1] if found else None


def _joined(data: bytes) -> bytes:
    """A page that was sent in chunks, put together; one that is not in chunks as it is.

    Some crawlers keep pages put together, and under the header with which they were sent. FastWARC's own `auto_decode`
    ends at such a page, and with it the archive.
    """
    pieces: list[bytes] = []
    at = 0
    while found := _CHUNK.match(data, at):
        at = found.end() + int(found[1], 16)
        pieces.append(data[found.end() : at])
        if not pieces[-1]:
            break
        at += 2 if data.startswith(b"\r", at) else 1
    else:
        if at < len(data) or not pieces:  # neither whole nor cut off
            return data
    return b"".join(pieces)
