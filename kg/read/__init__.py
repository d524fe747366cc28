"""Files, folders and records to `Document`s, one after the other; what cannot be read is told and passed over.

    for found in read(["news.jsonl", "archive/"]):
        if isinstance(found, Problem):
            print(found)

A file is known by where it really lies (`kg.read.ledger`), however its path is written. `kg.read.files` has the list
of the kinds that can be read; `docs/inputs.md` tells of each. Other packages add readers by entry points of the group
`newskg.readers`. Whatever a file holds, nothing of it is run, unpickled or fetched.
"""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import BinaryIO, cast

from kg.errors import InputError, KgError
from kg.model import Document
from kg.read.compressed import DAMAGE, cut_off
from kg.read.files import STANDARD_INPUT, files_of, reader_of, suffix_of, unread_kind, unreadable
from kg.read.jsonl import read_jsonl
from kg.read.language import foreign_language
from kg.read.ledger import Ledger, real
from kg.read.problem import Problem, Reader, Source
from kg.read.records import mapping, parse_date
from kg.read.text import read_text

__all__ = ["Ledger", "Problem", "Reader", "Source", "mapping", "read"]

LONGEST = 50_000
"""Characters without a sentence end or a blank line that a text may have."""

_SENTENCE_END = re.compile(r"[.!?…:;]|\n\s*\n")
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: date | str | None = None,
    any_language: bool = False,
    ledger: Ledger | None = None,
    accepted: Callable[[Document], bool] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Iterator[Document | Problem]:
    """Yield the documents of files and folders in order, and a `Problem` for each one that is left out.

    `published` is the date of texts that bring none of their own. The id of a lone file is its path as given; a file in
    a folder is called by the folder as given and its path below. A file that is named twice is read once, and so is a
    document that stands twice, with one id and alike; a file that `ledger` knows keeps its name. Files of unknown kind
    in folders are told last, one problem for each kind. Texts that are clearly not English are left out unless
    `any_language`; those that were `accepted` before are not asked again, for it takes longer than reading them.
    `fields` says which column of a table, or field of a record, stands for which of ours (`mapping` reads it from one
    text). Raises `InputError` for a malformed `published`.
    """
    day = _date(published)
    seen: _Seen = {}
    unread: dict[str, list[str]] = {}
    ledger = Ledger() if ledger is None else ledger

    def english(document: Document) -> str | None:
        passed = any_language or (accepted is not None and accepted(document))
        return None if passed else foreign_language(document.text)

    for path in paths:
        for found in files_of(path, published=day, unread=unread, fields=fields):
            if isinstance(found, Problem):
                ledger.doubt(found.where)
                yield found
            elif (source := ledger.named(found)) is not None:
                yield from _of_file(source, seen, ledger, english)
    yield from (unread_kind(suffix, names) for suffix, names in sorted(unread.items()))


_Seen = dict[str, tuple[str, int]]
"""Id of a document to where it stands, and a hash of all that it is."""


def _of_file(
    source: Source, seen: _Seen, ledger: Ledger, language: Callable[[Document], str | None]
) -> Iterator[Document | Problem]:
    path = real(source.path)
    for number, found in enumerate(_documents(source), start=1):
        if isinstance(found, Document):
            if found.id in seen and seen[found.id][1] == hash(found):
                continue  # the same once more, as in the feeds of two days
            found = _judged(found, source, number, seen, language)
        if isinstance(found, Document):
            ledger.note(found.id, path)
        else:
            ledger.doubt(path)
        yield found


def _documents(source: Source) -> Iterator[Document | Problem]:
    """Run the reader of one file; whatever it raises is this file's problem and no other's."""
    try:
        reader = read_standard_input if str(source.path) == STANDARD_INPUT else reader_of(source.path.name)
        if reader is None:
            yield unread_kind(suffix_of(source.name), [source.name])
            return
        empty = True
        for found in reader(source):
            empty = False
            yield found
        if empty:
            yield Problem(source.name, "the file is empty", "leave it out")
    except OSError as error:
        yield unreadable(source.name, error)
    except KgError as error:
        yield Problem.of(error)
    except DAMAGE as error:
        yield cut_off(source.name, error)
    except Exception as error:  # a reader of another package, or a page that breaks its parser
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        yield Problem(source.name, f"the reader failed ({reason})", "leave the file out, or give its text as .txt")


def read_standard_input(source: Source) -> Iterator[Document | Problem]:
    """Read standard input: JSON Lines where it begins with a brace, else one text."""
    stream = io.BufferedReader(cast(io.RawIOBase, source.open()), 1 << 16)
    head = stream.peek(64).lstrip(codecs.BOM_UTF8).lstrip()
    given = replace(source, opener=lambda: cast(BinaryIO, stream))
    yield from (read_jsonl if head.startswith(b"{") else read_text)(given)


def _judged(
    document: Document,
    source: Source,
    number: int,
    seen: _Seen,
    language: Callable[[Document], str | None],
) -> Document | Problem:
    """Refuse a document that cannot be built: no text, no sound characters, an id that is taken, another language."""
    # what has no id of its own is called by where it stands
    where = document.id if document.id.startswith(source.name) else f"{source.name}, record {number}"
    if not document.text.strip():
        return Problem(where, "the text is empty", "leave it out")
    for text in (document.text, document.id, document.title or "", document.publisher or ""):
        bad = _NO_CHARACTER.search(text)
        if bad:
            what = f"U+{ord(bad[0]):04X}, character {bad.start()} of {text[:20]!r}, cannot stand in a text"
            return Problem(where, what, "remove it")
    endless = _without_end(document.text)
    if endless is not None:
        what = f"no sentence ends in {LONGEST:,} characters from character {endless} on"
        return Problem(where, what, "give prose with full stops or blank lines, or split it into articles")
    if document.id in seen:
        what = f"the id {document.id!r} is taken by {seen[document.id][0]}"
        return Problem(where, what, "give every document its own id; the first one is kept")
    foreign = language(document)
    if foreign:
        what = f"the text is not English (it looks like {foreign!r})"
        return Problem(where, what, "leave it out, or force it with --any-language")
    seen[document.id] = where, hash(document)
    return document


def _without_end(text: str) -> int | None:
    """Where a stretch begins that is too long to be prose: one sentence of it would take minutes to parse."""
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() - begin > LONGEST:
            return begin
        begin = match.end()
    return begin if len(text) - begin > LONGEST else None


def _date(published: date | str | None) -> date | None:
    if published is None or isinstance(published, date):
        return published
    day = parse_date(published)
    if day is None:
        raise InputError(f"{published!r} is no date", where="--published", remedy="write it as in 2025-05-24")
    return day
