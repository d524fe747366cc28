"""What every reader of news knows: states and their demonyms, capitals, leaders, international bodies, cities.

The tables beside this file are facts compiled from open sources (`SOURCES.md`); `load` reads them as one gazetteer.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.model import EntityType, Gazetteer, Known

COLUMNS = ("surface", "label", "type", "id", "sense", "country")
TABLES = (
    "countries.csv",
    "usage.csv",
    "country_names_odbl.csv",
    "organisations.csv",
    "people.csv",
    "given_names.csv",
    "cities_odbl.csv",
    "cities_geonames.csv",
    "divisions_odbl.csv",
)  # best first: an earlier table wins where two know the same surface form
SENSES = ("name", "alias", "demonym", "seat")

Rows = list[tuple[str, ...]]


class Table(Mapping[str, tuple[Known, ...]]):
    """A gazetteer that makes its records when they are asked for, so that loading stays cheap."""

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self._rows = rows
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
        return Table, (self._rows,)

    def _known(self, row: tuple[str, ...]) -> Known:
        """A row as a record; a row without an id has that of the name that is its label."""
        _, label, kind, item, sense, country = row
        if not item:
            for other in self._rows.get(label.lower(), ()):
                if other[3] and other[5] == country and other[4] != "seat":
                    item, kind, country = other[3], other[2], other[5]
                    break
        return Known(label=label, type=EntityType(kind), id=item, sense=sense, country=country)


def _merged(known: list[Known]) -> tuple[Known, ...]:
    """Without a second record for the same label, type, country and manner; the one with an id stays."""
    best: dict[tuple[str, str, str, bool], Known] = {}
    for k in known:
        key = (k.label, k.type, k.country, k.sense == "seat")
        if key not in best or (k.id and not best[key].id):
            best[key] = k
    return tuple(best.values())


def load(*paths: Path | str) -> Gazetteer:
    """The shipped gazetteer, with the CSV tables at `paths` before it (their rows win over the shipped ones).

    A table has a header and the columns `surface,label,type,id,sense,country`: the surface form (lower case or not),
    the label to show, an entity type (PERSON ORG GPE LOC NORP EVENT), a Wikidata id or nothing, how the form stands
    for it (name alias demonym seat) and a two-letter country code or nothing. The result is cached; it takes about
    30 ms. Raises `InputError` for a file that cannot be read or a row that does not fit.
    """
    return _load(tuple(Path(p) for p in paths))


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...]) -> Gazetteer:
    rows: dict[str, Rows] = {}
    for path in paths:
        _read(path, rows, checked=True)
    here = Path(__file__).parent
    for name in TABLES:
        _read(here / name, rows, checked=False)
    return Table(rows)


def _read(path: Path, rows: dict[str, Rows], *, checked: bool) -> None:
    """Add the rows of one table; only a user's table is checked row by row."""
    try:
        with path.open(encoding="utf-8", newline="") as f:
            reader = csv.reader(f)
            header = tuple(next(reader, []))
            if header != COLUMNS:
                raise InputError(
                    f"the header is {','.join(header) or 'missing'}",
                    where=str(path),
                    remedy=f"begin the table with the line {','.join(COLUMNS)}",
                )
            for number, row in enumerate(reader, 2):
                if checked:
                    row = _checked(row, path, number)
                    if not row:
                        continue
                entry = rows.get(row[0])
                if entry is None:
                    rows[row[0]] = [tuple(row)]
                else:
                    entry.append(tuple(row))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"the table cannot be read ({error})", where=str(path), remedy="give a UTF-8 CSV file"
        ) from error


def _checked(row: list[str], path: Path, number: int) -> list[str]:
    """A user's row in the form of the shipped ones; an empty line gives an empty list."""
    if not any(row):
        return []
    row = [cell.strip() for cell in row]
    fits = len(row) == len(COLUMNS) and row[0] and row[2] in EntityType.__members__ and (row[4] or "name") in SENSES
    if not fits:
        raise InputError(
            "the row does not fit the columns",
            where=f"{path}, line {number}",
            remedy=f"write {','.join(COLUMNS)} with a type of {' '.join(EntityType)} and a sense of {' '.join(SENSES)}",
        )
    surface = row[0].replace("’", "'").lower().removeprefix("the ")
    return [surface, row[1] or row[0], row[2], row[3], row[4] or "name", row[5]]
