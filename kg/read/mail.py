"""Letters: mbox files and single messages (.eml), through the standard library; one message a document."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO

from kg.model import Document
from kg.read.cleaning import without_markup
from kg.read.problem import Problem, Source
from kg.read.records import parse_date
from kg.read.text import date_in_name, decoded

LONGEST = 50_000_000
"""Bytes that one message may have."""
HEADER = 2_000
"""Characters of a header that are read: the standard library's parser of headers takes the square of their length."""


def read_eml(source: Source) -> Iterator[Document | Problem]:
    """Read one message."""
    yield _read(source.read(LONGEST), source.name, source)


def read_mbox(source: Source) -> Iterator[Document | Problem]:
    """Read the messages of an mbox file; each is called by its Message-ID, else FILE:NUMBER.

    A message begins behind a line that says "From", who and when. Where the first of these has another form, each line
    that begins with "From " is one.
    """
    with source.open() as file:
        for number, data in enumerate(_messages(file), start=1):
            where = f"{source.name}:{number}"
            if len(data) > LONGEST:
                what = f"the message has more than {LONGEST // 1_000_000} MB"
                yield Problem(where, what, "give its text as a .txt file")
            else:
                yield _read(_ESCAPED.sub(rb"\1", data), where, source)


_FROM = b"From "
_SEPARATOR = re.compile(
    rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +[A-Z][a-z]{2} +\d{1,2} +\d\d:\d\d(?::\d\d)?(?: +[\w+-]+)? +\d{4}"
    rb"(?: +[+-]\d{4})?\s*$"
)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""What a line that begins with "From" was made of, so that no message begins with it."""


def _messages(file: BinaryIO) -> Iterator[bytes]:
    """Give one message after the other, of one that is too long only enough to tell that it is."""
    dated: bool | None = None
    pieces: list[bytes] = []
    size, starts = 0, True
    while line := file.readline(1 << 20):
        if starts and line.startswith(_FROM) and (not dated or _SEPARATOR.match(line)):
            if dated is None:
                dated = _SEPARATOR.match(line) is not None
            else:
                yield b"".join(pieces)
            pieces, size = [], 0
        elif dated is not None and size <= LONGEST:
            pieces.append(line)
            size += len(line)
        starts = line.endswith(b"\n")
    if dated is not None:
        yield b"".join(pieces)


def _read(data: bytes, where: str, source: Source) -> Document | Problem:
    try:
        message = email.message_from_bytes(data)
        text = _text(message)
        sender = _sender(message)
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
        published=stated or source.published or date_in_name(source.name),
        publisher=sender[0] or sender[1].rpartition("@")[2] or None,
    )


def _sender(message: Message) -> tuple[str, str]:
    """Name and address of who sent a message: parted before they are decoded, for a name may hold a comma."""
    name, address = parseaddr(str(message.get("From") or "")[:HEADER])
    return (_decoded(name), address) if "@" in address else parseaddr(_header(message, "From"))


def _header(message: Message, name: str) -> str:
    """The beginning of a header, decoded; one that cannot be decoded is given as it stands."""
    return _decoded(str(message.get(name) or "")[:HEADER])


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value


def _text(message: Message) -> str:
    """What a message shows; of one that shows nothing, what the first letter shows that is attached to it."""
    text = _shown(message)
    if text.strip():
        return text
    letters = (part.get_payload(0) for part in message.walk() if _is_letter(part))
    return next((text for one in letters if isinstance(one, Message) and (text := _shown(one)).strip()), "")


def _shown(part: Message) -> str:
    """The texts of a part one after the other, of alternatives one; plain text before HTML, and no attachments."""
    if part.get_content_disposition() == "attachment" or _is_letter(part):
        return ""
    kind = part.get_content_type()
    if kind == "text/plain":
        return _content(part)
    if kind == "text/html":
        return without_markup(_content(part))
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        return ""
    inner = [one for one in part.get_payload() if isinstance(one, Message)]
    texts = [(one.get_content_type(), text) for one in inner if (text := _shown(one).strip("\r\n")).strip()]
    plain = [text for kind, text in texts if kind == "text/plain"]
    if kind == "multipart/alternative":
        return next(iter([*plain, *(text for _, text in texts)]), "")
    return "\n\n".join(text for kind, text in texts if not (plain and kind == "text/html"))


def _is_letter(part: Message) -> bool:
    return part.get_content_maintype() == "message" and part.is_multipart()


def _content(body: Message) -> str:
    """Decode a part; a character set that is unknown or wrong costs single characters and not the message."""
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(body.get_payload()).encode("utf-8", "replace")
    return decoded(data, body.get_content_charset())
