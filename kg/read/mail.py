"""Letters: mbox files and single messages (.eml), through the standard library; one message a document."""

from __future__ import annotations

import email
import mailbox
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from kg.model import Document
from kg.read.cleaning import without_markup
from kg.read.problem import Problem, Source
from kg.read.records import parse_date
from kg.read.spooled import on_disk

LONGEST = 50_000_000
"""Bytes that one message may have."""
HEADER = 2_000
"""Characters of a header that are read: the standard library's parser of headers takes the square of their length."""


def read_eml(source: Source) -> Iterator[Document | Problem]:
    """Read one message."""
    yield _read(source.read(LONGEST), source.name, source)


def read_mbox(source: Source) -> Iterator[Document | Problem]:
    """Read the messages of an mbox file; each is called by its Message-ID, else FILE:NUMBER."""
    with on_disk(source) as path:
        box = mailbox.mbox(path, create=False)
        try:
            for number, key in enumerate(box.iterkeys(), start=1):
                where = f"{source.name}:{number}"
                with box.get_file(key) as file:
                    data = file.read(LONGEST + 1)
                if len(data) > LONGEST:
                    what = f"the message has more than {LONGEST // 1_000_000} MB"
                    yield Problem(where, what, "give its text as a .txt file")
                else:
                    yield _read(data, where, source)
        finally:
            box.close()


def _read(data: bytes, where: str, source: Source) -> Document | Problem:
    try:
        message = email.message_from_bytes(data)
        text = _text(message)
        sender = parseaddr(_header(message, "From"))
        stated = parse_date(_header(message, "Date"))
        id = _header(message, "Message-ID").strip().strip("<>")
        title = " ".join(_header(message, "Subject").split()) or None
    except (ValueError, LookupError, AttributeError, IndexError, TypeError, RecursionError, AssertionError) as error:
        return Problem(where, f"the message is malformed ({type(error).__name__}: {error})", "give its text as .txt")
    if not text.strip():
        return Problem(where, "the message has no text", "leave it out")
    return Document(
        id=id or where,
        text=text.replace("\r\n", "\n").strip("\n"),
        title=title,
        published=stated or source.published,
        publisher=sender[0] or sender[1].rpartition("@")[2] or None,
    )


def _header(message: Message, name: str) -> str:
    """The beginning of a header, decoded; one that cannot be decoded is given as it stands."""
    value = str(message.get(name) or "")[:HEADER]
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value


def _text(message: Message) -> str:
    """The first plain text of a message, else its first web page without markup; attachments are not read."""
    pages = []
    for part in message.walk():
        if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
            continue
        if part.get_content_subtype() == "plain":
            return _content(part)
        if part.get_content_subtype() == "html":
            pages.append(part)
    return without_markup(_content(pages[0])) if pages else ""


def _content(body: Message) -> str:
    """Decode a part; a character set that is unknown or wrong costs single characters and not the message."""
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(body.get_payload()).encode("utf-8", "replace")
    try:
        return data.decode(body.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
