"""JSON Lines: one record a line, with `text` and, where known, `id`, `title`, `published`, `url`, `publisher`."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from datetime import date, datetime

from kg.model import Document
from kg.read.cleaning import without_markup, without_mojibake
from kg.read.problem import Problem, Source
from kg.read.text import binary, not_utf8

_HEAD = 8192


def read_jsonl(source: Source) -> Iterator[Document | Problem]:
    """Read a JSON Lines file line by line; a record without `id` is called FILE:LINE. Other fields are ignored."""
    offset = 0
    with source.path.open("rb") as file:
        wrong = binary(file.read(_HEAD), where=source.name)
        if wrong:
            yield wrong
            return
        file.seek(0)
        for number, line in enumerate(file, start=1):
            if number == 1 and line.startswith(codecs.BOM_UTF8):
                offset, line = len(codecs.BOM_UTF8), line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield _record(line, offset, where=f"{source.name}:{number}", published=source.published)
            offset += len(line)


def _record(line: bytes, offset: int, *, where: str, published: date | None) -> Document | Problem:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return not_utf8(where, offset + error.start, line[error.start])
    except json.JSONDecodeError as error:
        reason = f"{error.msg} at column {error.colno}"
        return Problem(where, f"the line is not valid JSON ({reason})", "write one JSON object per line")
    except ValueError:  # what Python guards itself against: reading such a number would take for ever
        return Problem(where, "the record holds a number of thousands of digits", "write it as a JSON string")
    except RecursionError:
        return Problem(where, "the record is nested too deeply", "write one flat JSON object per line")
    if not isinstance(record, dict):
        return Problem(where, "the line is JSON but no object", 'write records like {"id": "1", "text": "…"}')
    return _document(record, where=where, published=published)


def _document(record: dict[str, object], *, where: str, published: date | None) -> Document | Problem:
    text = record.get("text")
    if text is None:
        return Problem(where, "the record has no text", 'give every record a field "text"')
    if isinstance(record.get("id"), int) and not isinstance(record["id"], bool):
        record["id"] = str(record["id"])
    for name in ("text", "id", "title", "published", "url", "publisher"):
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            kind = type(value).__name__
            return Problem(where, f'the field "{name}" is of type {kind}, not text', "write it as a JSON string")
    fields = {name: str(record[name]) for name in ("id", "title", "url", "publisher") if record.get(name)}
    when = record.get("published") or None
    if when is not None:
        published = parse_date(str(when))
        if published is None:
            return Problem(where, f'the field "published" is {when!r}, no date', "write it as in 2025-05-24")
    return Document(
        id=fields.get("id", where),
        text=without_markup(without_mojibake(str(text))),
        title=fields.get("title"),
        published=published,
        url=fields.get("url"),
        publisher=fields.get("publisher"),
    )


def parse_date(value: str) -> date | None:
    """Read an ISO 8601 date, or the date of an ISO 8601 time stamp as it is written there.

    >>> parse_date("2025-05-24T23:30:00-07:00")
    datetime.date(2025, 5, 24)
    """
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None
