"""Tables: CSV, TSV and Parquet, one row a document; `--map` says which column is which."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from kg.errors import ExtraError
from kg.model import Document
from kg.read.problem import Problem, Source
from kg.read.records import document_of
from kg.read.spooled import on_disk

CELL = 64_000_000
"""Characters that a cell may have."""
ROWS = 256
"""Rows of a Parquet file that are read at once."""


def read_csv(source: Source) -> Iterator[Document | Problem]:
    """Read a CSV file (RFC 4180, UTF-8, with a header); a row without `id` is called FILE:LINE."""
    yield from _separated(source, ",")


def read_tsv(source: Source) -> Iterator[Document | Problem]:
    """Read a file of columns separated by tabs, as `read_csv` reads one."""
    yield from _separated(source, "\t")


def _separated(source: Source, delimiter: str) -> Iterator[Document | Problem]:
    csv.field_size_limit(CELL)
    with source.open() as opened, io.TextIOWrapper(opened, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        header: list[str] = []
        line = 0
        while True:
            begin = line + 1
            try:
                row = next(rows, None)
            except UnicodeDecodeError as error:
                where = f"{source.name}, after line {rows.line_num}"
                what = f"the text is not UTF-8 (byte 0x{error.object[error.start]:02x})"
                yield Problem(where, what, "convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW")
                return
            except csv.Error as error:
                yield Problem(f"{source.name}:{rows.line_num}", f"the table is malformed ({error})", "write RFC 4180")
                return
            if row is None:
                return
            line = rows.line_num
            if not header:
                header = [cell.strip() for cell in row]
                continue
            if not any(cell.strip() for cell in row):
                continue
            where = f"{source.name}:{begin}"
            if len(row) > len(header):
                what = f"the row has {len(row)} cells, the header {len(header)}"
                yield Problem(where, what, "put cells that hold a separator between quotation marks")
                continue
            record: dict[str, object] = {key: cell or None for key, cell in zip_longest(header, row, fillvalue="")}
            yield document_of(record, where=where, published=source.published, fields=source.fields)


def read_parquet(source: Source) -> Iterator[Document | Problem]:
    """Read a Parquet file some rows at a time; a row without `id` is called FILE:NUMBER."""
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        raise missing(source, "Parquet files", "pyarrow") from None
    with on_disk(source) as path, parquet.ParquetFile(path) as file:
        number = 0
        for batch in file.iter_batches(batch_size=ROWS):
            rows: list[Mapping[str, object]] = batch.to_pylist()
            for row in rows:
                number += 1
                where = f"{source.name}:{number}"
                yield document_of(row, where=where, published=source.published, fields=source.fields)


def missing(source: Source, kind: str, package: str) -> ExtraError:
    """Tell that a package is not installed without which files of a kind cannot be read."""
    return ExtraError(
        f"{kind} are read by the package {package}, which is not installed",
        where=source.name,
        remedy="install it with: pip install 'newskg[formats]'",
    )
