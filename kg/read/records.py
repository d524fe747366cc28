"""Records to documents, whatever file they stand in: which field is which, and what a field may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from kg.errors import InputError
from kg.model import Document
from kg.read.cleaning import without_markup, without_mojibake
from kg.read.problem import Problem, Source
from kg.read.text import date_in_name

FIELDS = ("text", "id", "title", "published", "url", "publisher")
"""What a record may say; `text` it must."""

ALSO = {"text": ("maintext",), "published": ("date_publish",), "publisher": ("source_domain",)}
"""Names that news-please (https://github.com/fhamborg/news-please) gives to fields of ours; ours come first."""


def mapping(text: str) -> dict[str, str]:
    """Read which columns stand for our fields. Raises `InputError` if it cannot be read.

    >>> mapping("text=body, published=date")
    {'text': 'body', 'published': 'date'}
    """
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        ours, equals, theirs = (one.strip() for one in part.partition("="))
        if not (equals and theirs) or ours not in FIELDS:
            raise InputError(
                f"{part!r} is not FIELD=COLUMN with one of {', '.join(FIELDS)}",
                where="--map",
                remedy="write it as in --map text=body,published=date",
            )
        found[ours] = theirs
    return found


def document_of(record: Mapping[str, object], *, where: str, source: Source) -> Document | Problem:
    """Make a document of a record; one without an id is called `where`. Fields that are not ours are ignored.

    One without a day has the one that was given, else the one that the name of its file begins with.
    """
    fields = source.fields
    values = {name: _value(record, name, fields) for name in FIELDS}
    if values["text"] is None:
        wanted = fields.get("text", "text")
        return Problem(where, "the record has no text", f'give every record a field "{wanted}", or name it with --map')
    if isinstance(values["id"], int) and not isinstance(values["id"], bool):
        values["id"] = str(values["id"])
    for name, value in values.items():
        if isinstance(value, date):  # columns of dates; `datetime` is one
            values[name] = value.isoformat()
        elif value is not None and not isinstance(value, str):
            kind = type(value).__name__
            called = fields.get(name, name)
            return Problem(where, f'the field "{called}" is of type {kind}, not text', "write it as a JSON string")
    texts = {name: str(value) for name, value in values.items() if value}
    when = texts.get("published")
    published = source.published or date_in_name(source.name)
    if when is not None:
        published = parse_date(when)
        if published is None:
            called = fields.get("published", "published")
            return Problem(where, f'the field "{called}" is {when!r}, no date', "write it as in 2025-05-24")
    return Document(
        id=texts.get("id", where),
        text=_clean(texts.get("text", "")),
        title=_clean(texts.get("title", "")) or None,
        published=published,
        url=texts.get("url"),
        publisher=texts.get("publisher"),
    )


def _clean(text: str) -> str:
    return without_markup(without_mojibake(text))


def _value(record: Mapping[str, object], name: str, fields: Mapping[str, str]) -> object:
    """The value of one of our fields: of the column that was named for it, else of one that is called so."""
    if name in fields:
        return record.get(fields[name])
    return next((record[one] for one in (name, *ALSO.get(name, ())) if record.get(one) is not None), None)


_WITHOUT_TIME = re.compile(r"(?:[a-z]+,? +)?(?:\d{1,2} +[a-z]{3,9}|[a-z]{3,9} +\d{1,2}),? +\d{4}", re.I)


def parse_date(value: str) -> date | None:
    """Read an ISO 8601 date, the date of an ISO 8601 or RFC 2822 time stamp as it is written there, or "May 24, 2025".

    >>> parse_date("2025-05-24T23:30:00-07:00"), parse_date("Sat, 24 May 2025 23:30:00 GMT")
    (datetime.date(2025, 5, 24), datetime.date(2025, 5, 24))
    """
    value = value.strip()
    given = f"{value} 00:00" if _WITHOUT_TIME.fullmatch(value) else value
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(given).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
