"""Tables: CSV, TSV and Parquet, one row a document; `--map` says which column is which."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import BinaryIO

from kg.errors import ExtraError
from kg.model import Document
from kg.read.problem import Problem, Source
from kg.read.records import ALSO, document_of
from kg.read.spooled import on_disk

CELL = 64_000_000
"""Characters that a cell may have."""
ROWS = 256
"""Rows of a Parquet file that are read at once."""

_FOREIGN = re.compile("[\udc80-\udcff]")
"""What Python makes of a byte that is no UTF-8, so that the other rows can be read."""


def read_csv(source: Source) -> Iterator[Document | Problem]:
    """Read a CSV file (RFC 4180 or with semicolons, UTF-8, with a header); a row without `id` is called FILE:LINE."""
    yield from _separated(source, ",")


def read_tsv(source: Source) -> Iterator[Document | Problem]:
    """Read a file of columns separated by tabs, as `read_csv` reads one."""
    yield from _separated(source, "\t")


def _separated(source: Source, delimiter: str) -> Iterator[Document | Problem]:
    csv.field_size_limit(CELL)
    with source.open() as opened, _text(opened) as file:
        at_end: list[bool] = []
        first = file.readline(CELL)
        if first.startswith(_WIDE):
            yield Problem(
                source.name, "the file is UTF-16, not UTF-8", "convert it with: iconv -f UTF-16 -t UTF-8 OLD > NEW"
            )
            return
        rows = csv.reader(_lines(first, file, at_end), delimiter=_delimiter(first, delimiter, source))
        header: list[str] = []
        line = 0
        while True:
            begin = line + 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield Problem(f"{source.name}:{rows.line_num}", f"the table is malformed ({error})", "write RFC 4180")
                return
            if row is None:
                return
            if at_end:  # the row wanted another line than the last: `strict` would refuse "a"b, too
                what = "a quotation mark that opens in this row is never closed, so no row behind it can be told"
                yield Problem(f"{source.name}:{begin}", what, "close it, or double it where it is part of the text")
                return
            line = rows.line_num
            foreign = _FOREIGN.search("".join(row))
            if foreign:
                what = f"the text is not UTF-8 (byte 0x{ord(foreign[0]) - 0xDC00:02x})"
                remedy = "convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
                yield Problem(f"{source.name}:{begin}", what, remedy)
                if not header:
                    return
                continue
            if not header:
                header = [cell.strip() for cell in row]
                if header and not _names_of_text(source) & {*header}:
                    yield _without_text(header, source)
                    return
                continue
            if not any(cell.strip() for cell in row):
                continue
            where = f"{source.name}:{begin}"
            if len(row) > len(header):
                what = f"the row has {len(row)} cells, the header {len(header)}"
                yield Problem(where, what, "put cells that hold a separator between quotation marks")
                continue
            record: dict[str, object] = {key: cell or None for key, cell in zip_longest(header, row, fillvalue="")}
            yield document_of(record, where=where, source=source)


_WIDE = ("\udcff\udcfe", "\udcfe\udcff")


def _delimiter(header: str, usual: str, source: Source) -> str:
    """What parts the columns: the usual sign, or that by which alone there is one of text, as some programs write."""
    for sign in (usual, ";", "\t"):
        cells = next(csv.reader([header], delimiter=sign), [])
        if _names_of_text(source) & {cell.strip() for cell in cells}:
            return sign
    return usual


def _names_of_text(source: Source) -> set[str]:
    return {source.fields["text"]} if "text" in source.fields else {"text", *ALSO["text"]}


def _without_text(columns: Sequence[str], source: Source) -> Problem:
    named = ", ".join(columns[:_SHOWN]) + (" …" if len(columns) > _SHOWN else "")
    what = f'the table has no column "{source.fields.get("text", "text")}" (it has: {named})'
    return Problem(source.name, what, "name the one that has the text with --map, as in --map text=body")


_SHOWN = 12  # columns that are named


def _lines(first: str, file: io.TextIOWrapper, at_end: list[bool]) -> Iterator[str]:
    if first:
        yield first
    yield from file
    at_end.append(True)


def _text(opened: BinaryIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(opened, encoding="utf-8-sig", errors="surrogateescape", newline="")


def read_parquet(source: Source) -> Iterator[Document | Problem]:
    """Read a Parquet file some rows at a time; a row without `id` is called FILE:NUMBER."""
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise missing(source, "Parquet files", "pyarrow") from None
    number = 0
    try:
        with on_disk(source) as path, parquet.ParquetFile(path) as file:
            columns = file.schema_arrow.names
            if not _names_of_text(source) & {*columns}:
                yield _without_text(columns, source)
                return
            for batch in file.iter_batches(batch_size=ROWS):
                rows: list[Mapping[str, object]] = batch.to_pylist()
                for row in rows:
                    number += 1
                    where = f"{source.name}:{number}"
                    yield document_of(row, where=where, source=source)
    except (pyarrow.ArrowException, OSError) as error:
        told = (str(error).splitlines() or [type(error).__name__])[0]
        what = f"this is no Parquet file, or it is damaged after row {number} ({told})"
        yield Problem(source.name, what, "write it anew")


def missing(source: Source, kind: str, package: str) -> ExtraError:
    """Tell that a package is not installed without which files of a kind cannot be read."""
    return ExtraError(
        f"{kind} are read by the package {package}, which is not installed",
        where=source.name,
        remedy="install it with: pip install 'newskg[formats]'",
    )
