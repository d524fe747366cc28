"""Reading tables of names in CSV: the shipped ones, and a user's with every row checked."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from kg.entities.knowledge.index import Index
from kg.entities.knowledge.tables import COLUMNS, SENSES, TERM_COLUMNS, Rows, Table, Term
from kg.errors import InputError
from kg.model import EntityType

_ID = re.compile(r"Q[1-9]\d*")
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")


def read_tables(
    paths: Iterable[Path], own: Iterable[Path], indexes: tuple[Index, ...] = (), version: str = ""
) -> Table:
    """Read the tables at `own`, row by row checked, and then those at `paths`, into one gazetteer before `indexes`.

    `version` tells one set of tables at `own` from another.

    Raises `InputError` for a file that cannot be read or a row that does not fit.
    """
    rows: dict[str, Rows] = {}
    terms: dict[str, list[Term]] = {}
    for path in own:
        _read(path, rows, terms, checked=True)
    for path in paths:
        _read(path, rows, terms, checked=False)
    return Table(rows, {key: tuple(found) for key, found in terms.items()}, indexes, version)


def _read(path: Path, rows: dict[str, Rows], terms: dict[str, list[Term]], *, checked: bool) -> None:
    """Add the rows of one table; only a user's table is checked row by row."""
    width = len(COLUMNS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as f:
            reader = csv.reader(f)
            header = tuple(cell.strip() for cell in next(reader, []))
            if header not in (COLUMNS, COLUMNS + TERM_COLUMNS):
                raise InputError(
                    f"the header is {','.join(header) or 'missing'}",
                    where=str(path),
                    remedy=f"begin the table with the line {','.join(COLUMNS)}, "
                    f"and add {','.join(TERM_COLUMNS)} for people in office",
                )
            for number, row in enumerate(reader, 2):
                if checked:
                    row = _checked(row, len(header), f"{path}, line {number}")
                    if not row:
                        continue
                entry = rows.get(row[0])
                if entry is None:
                    rows[row[0]] = [tuple(row[:width])]
                else:
                    entry.append(tuple(row[:width]))
                if len(row) > width and row[width]:
                    terms.setdefault(row[3] or row[1], []).append(Term(row[width], row[5], *row[width + 1 :]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(
            f"the table cannot be read ({reason.lower()})", where=str(path), remedy="give a UTF-8 CSV file"
        ) from error


def _checked(row: list[str], width: int, where: str) -> list[str]:
    """A user's row in the form of the shipped ones; an empty line gives an empty list."""
    row = [cell.strip() for cell in row]
    if not any(row):
        return []
    fault = _fault(row, width)
    if fault:
        raise InputError(fault[0], where=where, remedy=fault[1])
    surface = row[0].replace("’", "'").lower().removeprefix("the ")
    return [surface, row[1] or row[0], row[2], row[3], row[4] or "name", row[5], *row[len(COLUMNS) :]]


def _fault(row: list[str], width: int) -> tuple[str, str] | None:
    """What is wrong with a user's row, and what to do about it."""
    if len(row) != width:
        return f"the row has {len(row)} fields, the header {width}", "give every column, and quote names with commas"
    surface, _, kind, item, sense, country, *term = row
    if not surface:
        return "the row has no surface form", "write the name as texts have it into the first column"
    if kind not in EntityType.__members__:
        return f"{kind!r} is no type", f"give one of {' '.join(EntityType)}"
    if item and not _ID.fullmatch(item):
        return f"{item!r} is no Wikidata id", "give one such as Q159, or leave the field empty"
    if sense and sense not in SENSES:
        return f"{sense!r} is no sense", f"give one of {' '.join(SENSES)}"
    if country and not _COUNTRY.fullmatch(country):
        return f"{country!r} is no country code", "give the two capital letters of ISO 3166, such as TR"
    if term and any(term) and (kind != EntityType.PERSON or not term[0]):
        return "a term of office stands without a person or an office", "name the office, and give people terms only"
    for day in term[1:]:
        if day and not _DAY.fullmatch(day):
            return f"{day!r} is no date", "write 2025, 2025-05 or 2025-05-24"
    return None
