"""JSON Lines and JSON: records with `text` and, where known, `id`, `title`, `published`, `url`, `publisher`."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from kg.model import Document
from kg.read.problem import Problem, Source
from kg.read.records import document_of, parse_date
from kg.read.text import binary, not_utf8

__all__ = ["parse_date", "read_json", "read_jsonl"]

LONGEST = 64_000_000
"""Bytes that one line may have."""
WHOLE = 512_000_000
"""Bytes that a JSON file may have, which has to be read whole."""
_HEAD = 8192
_RECORD = re.compile(rb"^[ \t]*{[^\0]", re.MULTILINE)
"""How a line with a record begins: a file with one is no binary file, whatever its other lines are."""


def read_jsonl(source: Source) -> Iterator[Document | Problem]:
    """Read a JSON Lines file line by line; a record without `id` is called FILE:LINE. Other fields are ignored."""
    offset = 0
    with source.open() as opened, io.BufferedReader(_Raw(opened), buffer_size=1 << 18) as file:
        head = file.peek(_HEAD)[:_HEAD]
        wrong = binary(head, where=source.name)
        other = wrong is not None and not _RECORD.search(head)
        if wrong and other:
            yield wrong
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            size = len(line)
            where = f"{source.name}:{number}"
            other = other and not _RECORD.match(line)  # told above; what is no text may have records behind it
            if other:
                pass
            elif size > LONGEST and not line.endswith(b"\n"):
                while (more := file.readline(LONGEST)) and not more.endswith(b"\n"):
                    size += len(more)
                size += len(more)
                yield Problem(where, f"the line has more than {LONGEST // 1_000_000} MB", "split the text into records")
            else:
                if number == 1 and line.startswith(codecs.BOM_UTF8):
                    offset, line = len(codecs.BOM_UTF8), line.removeprefix(codecs.BOM_UTF8)
                    size = len(line)
                if line.strip():
                    yield _record(line, offset, where, source)
            offset += size


class _Raw(io.RawIOBase):
    """Any stream as a raw one, so that it can be looked into before it is read."""

    def __init__(self, stream: object) -> None:
        # what comes of a stream that is cut off is given before the error is raised
        self._read = getattr(stream, "read1", None) or stream.read  # type: ignore[attr-defined]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _record(line: bytes, offset: int, where: str, source: Source) -> Document | Problem:
    record = _loaded(line, offset, where)
    if isinstance(record, Problem):
        return record
    if not isinstance(record, dict):
        return Problem(where, "the line is JSON but no object", 'write records like {"id": "1", "text": "…"}')
    return document_of(record, where=where, source=source)


def read_json(source: Source) -> Iterator[Document | Problem]:
    """Read a JSON file: one record, a list of them, or an object of which one value is such a list; or JSON Lines.

    A record without `id` is called FILE:NUMBER, one alone FILE. As news-please writes them, they are known, too.
    """
    data = source.read(WHOLE)
    wrong = binary(data[:_HEAD], where=source.name)
    if wrong:
        yield wrong
        return
    data = data.removeprefix(codecs.BOM_UTF8)
    if _is_lines(data):
        yield from read_jsonl(replace(source, opener=partial(_stream, data)))
        return
    found = _loaded(data, 0, source.name, "file", "repair it, or write one JSON object per line")
    del data
    if isinstance(found, Problem):
        yield found
        return
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        one = document_of(found, where=source.name, source=source)
        if isinstance(one, Document) or len(lists) != 1:
            yield one
            return
        found = lists[0]
    if not isinstance(found, list):
        yield Problem(source.name, "the file is JSON but holds no records", 'write [{"id": "1", "text": "…"}, …]')
        return
    for number, record in enumerate(found, start=1):
        where = f"{source.name}:{number}"
        if isinstance(record, dict):
            yield document_of(record, where=where, source=source)
        else:
            yield Problem(where, "this is no record", 'write records like {"id": "1", "text": "…"}')


def _stream(data: bytes) -> BinaryIO:
    return io.BytesIO(data)


def _is_lines(data: bytes) -> bool:
    """Whether a file of JSON is one of JSON Lines: its first line is an object, and more comes behind it."""
    begin = _BLANK.match(data)
    end = data.find(b"\n", begin.end() if begin else 0)
    if end < 0 or not _MORE.search(data, end):
        return False
    first = data[:end].strip()
    return first.startswith(b"{") and first.endswith(b"}") and isinstance(_loaded(first, 0, ""), dict)


_BLANK, _MORE = re.compile(rb"\s*"), re.compile(rb"\S")
_A_LINE = "write one JSON object per line"


def _loaded(data: bytes, offset: int, where: str, what: str = "line", remedy: str = _A_LINE) -> object:
    """What JSON says, or a `Problem`."""
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return not_utf8(where, offset + error.start, data[error.start])
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if what == "file" else f"column {error.colno}"
        return Problem(where, f"the {what} is not valid JSON ({error.msg} at {place})", remedy)
    except ValueError:  # what Python guards itself against: reading such a number would take for ever
        return Problem(where, "the record holds a number of thousands of digits", "write it as a JSON string")
    except RecursionError:
        return Problem(where, "the record is nested too deeply", "write one flat JSON object per line")
