"""Tables of names: how their rows are read, checked and kept."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.model import EntityType, Gazetteer, Known

COLUMNS = ("surface", "label", "type", "id", "sense", "country")
TERM_COLUMNS = ("office", "begin", "end")
SENSES = ("name", "alias", "demonym", "seat")

_ID = re.compile(r"Q[1-9]\d*")
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")

Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office: `office` in words ("President of Russia"), `begin` and `end` ISO dates of any precision.

    An empty `end` means that the table tells none, an empty `begin` likewise; `country` is a two-letter code or "".
    """

    office: str
    country: str
    begin: str = ""
    end: str = ""


class Table(Mapping[str, tuple[Known, ...]]):
    """A gazetteer that makes its records when they are asked for, so that loading stays cheap.

    `rows` maps a surface form to rows of the six columns, `terms` the id of a person, or the label where there is no
    id, to terms of office.
    """

    def __init__(self, rows: Mapping[str, Rows], terms: Mapping[str, tuple[Term, ...]] | None = None) -> None:
        self._rows = rows
        self._terms = terms or {}
        self._made: dict[str, tuple[Known, ...]] = {}

    def __getitem__(self, surface: str) -> tuple[Known, ...]:
        found = self._made.get(surface)
        if found is None:
            found = self._made[surface] = _merged([self._known(row) for row in self._rows[surface]])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, surface: object) -> bool:
        return surface in self._rows

    def __reduce__(self) -> tuple[object, ...]:
        return Table, (self._rows, self._terms)

    def fingerprint(self) -> str:
        """Give a checksum of all that the tables say; no record has to be made for it."""
        told = hashlib.sha256()
        for surface in sorted(self._rows):
            told.update(f"{surface}{self._rows[surface]}".encode())
        for key in sorted(self._terms):
            told.update(f"{key}{self._terms[key]}".encode())
        return told.hexdigest()

    def terms(self, known: Known) -> tuple[Term, ...]:
        """Terms of office of a person, in the order of the tables."""
        return tuple(dict.fromkeys(term for key in (known.id, known.label) if key for term in self._terms.get(key, ())))

    def _known(self, row: tuple[str, ...]) -> Known:
        """A row as a record; a row without an id has that of the name that is its label."""
        _, label, kind, item, sense, country = row
        if not item:
            for other in self._rows.get(label.lower(), ()):
                if other[3] and other[5] == country and other[4] != "seat" and (kind, other[2]) not in _APART:
                    item, kind, country = other[3], other[2], other[5]
                    break
        return Known(label=label, type=EntityType(kind), id=item, sense=sense, country=country)


_APART = {(one, other) for one in ("PERSON", "ORG") for other in EntityType if one != other}
"""A person or body without an id never takes that of a place of the same name."""


def terms_of(gazetteer: Gazetteer, known: Known) -> tuple[Term, ...]:
    """Terms of office of a person; none where the gazetteer is a plain mapping."""
    return gazetteer.terms(known) if isinstance(gazetteer, Table) else ()


def read_tables(paths: Iterable[Path], own: Iterable[Path]) -> Table:
    """Read the tables at `own`, row by row checked, and then those at `paths`, into one gazetteer.

    Raises `InputError` for a file that cannot be read or a row that does not fit.
    """
    rows: dict[str, Rows] = {}
    terms: dict[str, list[Term]] = {}
    for path in own:
        _read(path, rows, terms, checked=True)
    for path in paths:
        _read(path, rows, terms, checked=False)
    return Table(rows, {key: tuple(found) for key, found in terms.items()})


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


def _merged(known: list[Known]) -> tuple[Known, ...]:
    """Without a second record for the same label, type, country and manner; the one with an id stays."""
    best: dict[tuple[str, str, str, bool], Known] = {}
    for k in known:
        realm = "" if k.type is EntityType.PERSON and k.id else k.country  # one king of many states is one
        key = (k.label, k.type, realm, k.sense == "seat")
        if key not in best or (k.id and not best[key].id):
            best[key] = k
    return tuple(best.values())
