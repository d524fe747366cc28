"""Tables of names: how their rows are read, checked and kept."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.entities.knowledge.index import MARKS, Index
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

    An empty `end` means that the table tells none, an empty `begin` likewise; `country` is a two-letter code or "";
    `until` is the day up to which an open term is known to go on, "" where the table does not say.
    """

    office: str
    country: str
    begin: str = ""
    end: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is: degrees north and east in WGS 84, as the table writes them; `inhabitants` 0 if unknown."""

    latitude: str
    longitude: str
    inhabitants: int = 0


class Table(Mapping[str, tuple[Known, ...]]):
    """A gazetteer that makes its records when they are asked for, so that loading stays cheap.

    `rows` maps a surface form to rows of the six columns, `terms` the id of a person, or the label where there is no
    id, to terms of office; `indexes` are large tables on disk that come after `rows`. As a mapping it has the names
    that texts can be searched for; `candidates` has all.
    """

    def __init__(
        self,
        rows: Mapping[str, Rows],
        terms: Mapping[str, tuple[Term, ...]] | None = None,
        indexes: tuple[Index, ...] = (),
        version: str = "",
    ) -> None:
        self._rows = rows
        self._terms = terms or {}
        self._indexes = indexes
        self._made: dict[str, tuple[tuple[Known, ...], tuple[Known, ...]]] = {}
        self.version = version

    def __getitem__(self, surface: str) -> tuple[Known, ...]:
        found = self._find(surface)[0]
        if not found:
            raise KeyError(surface)
        return found

    def get(self, surface: str, default: Any = None) -> Any:
        """The names of a surface form; most are not known, and an exception would be slow."""
        return self._find(surface)[0] or default

    def __iter__(self) -> Iterator[str]:
        yield from self._rows
        for number, index in enumerate(self._indexes):
            for surface in index.surfaces():
                earlier = surface in self._rows or any(one.rows(surface) for one in self._indexes[:number])
                if not earlier and self._find(surface)[0]:
                    yield surface

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, surface: object) -> bool:
        return isinstance(surface, str) and bool(self._find(surface)[0])

    def __reduce__(self) -> tuple[object, ...]:
        return Table, (self._rows, self._terms, self._indexes, self.version)

    def candidates(self, surface: str) -> tuple[Known, ...]:
        """Everything that a surface form may stand for, names included that a text is not searched for."""
        return self._find(surface)[1]

    def sounding(self, key: str) -> tuple[str, ...]:
        """Surface forms of people whose first and last word have these sounds ("flatmr ptn")."""
        return tuple(row[0] for index in self._indexes for row in index.rows(f"~{key}"))

    def terms(self, known: Known) -> tuple[Term, ...]:
        """Terms of office of a person, in the order of the tables."""
        told = [term for key in (known.id, known.label) if key for term in self._terms.get(key, ())]
        for row in self._facts(known.id, "term"):
            told.append(Term(*row))
        ended = {term.begin[:10] for term in told if term.end}
        return tuple(dict.fromkeys(term for term in told if term.end or not term.begin or term.begin not in ended))

    def spot(self, item: str) -> Spot | None:
        """Where the place with an id is, None if no table tells."""
        for latitude, longitude, inhabitants in self._facts(item, "place"):
            return Spot(latitude, longitude, int(inhabitants or 0))
        return None

    def holders(self, country: str) -> Iterator[tuple[Known, Term]]:
        """Who held which office of a state, the tables in memory first."""
        for surface, rows in self._rows.items():
            if " " in surface and any(row[2] == "PERSON" for row in rows):
                for known in self._find(surface)[0]:
                    if known.type is EntityType.PERSON and known.sense == "name":
                        terms = (term for key in (known.id, known.label) if key for term in self._terms.get(key, ()))
                        yield from ((known, term) for term in terms if term.country == country)
        for index in self._indexes:
            for item, label, weight in index.rows(f"@{country}"):
                known = Known(label, EntityType.PERSON, item, "name", country, int(weight))
                yield from ((known, term) for term in self.terms(known) if term.country == country)

    def _facts(self, item: str, kind: str) -> Iterator[tuple[str, ...]]:
        if item:
            for index in self._indexes:
                yield from (row[1:] for row in index.rows(f"#{item}") if row[0] == kind)

    def _find(self, surface: str) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
        """What a surface form may stand for: as a text is read, and all."""
        found = self._made.get(surface)
        if found is None:
            if len(self._made) > _KEPT:
                self._made.clear()
            own = [self._known(row) for row in self._rows.get(surface, ())]
            more = [row for index in self._indexes for row in index.rows(surface)] if surface[:1] not in MARKS else []
            more.sort(key=lambda row: -int(row[5]))
            read = [_listed(row) for row in more if row[6] == "read"]
            link = [_listed(row) for row in more if row[6] != "read"]
            found = self._made[surface] = _merged([*own, *read]), _merged([*own, *read, *link])
        return found

    def _known(self, row: tuple[str, ...]) -> Known:
        """A row as a record; a row without an id has that of the name that is its label."""
        _, label, kind, item, sense, country = row
        weight = 0
        if not item:
            for other in self._rows.get(label.lower(), ()):
                if other[3] and other[5] == country and other[4] != "seat" and (kind, other[2]) not in _APART:
                    item, kind, country = other[3], other[2], other[5]
                    break
        key = label.lower().removeprefix("the ")
        same = [one for index in self._indexes for one in index.rows(key) if one[3] != "seat"]
        for other in sorted(same, key=lambda one: (one[6] != "read", -int(one[5]))):
            fits = (kind, other[1]) not in _APART and (other[4] == country or (kind == "ORG" and not country))
            if (item and other[2] == item) or (not item and fits):
                item, weight = other[2], int(other[5])
                break
        return Known(label=label, type=EntityType(kind), id=item, sense=sense, country=country, weight=weight)


_KEPT = 100_000  # surface forms of which what was found is kept


def _listed(row: tuple[str, ...]) -> Known:
    label, kind, item, sense, country, weight, _ = row
    return Known(label, EntityType(kind), item, sense, country, int(weight))


_APART = {(one, other) for one in ("PERSON", "ORG") for other in EntityType if one != other}
"""A person or body without an id never takes that of a place of the same name."""


def candidates_of(gazetteer: Gazetteer, surface: str) -> tuple[Known, ...]:
    """Everything that a surface form may stand for; of a plain mapping what it has."""
    return gazetteer.candidates(surface) if isinstance(gazetteer, Table) else tuple(gazetteer.get(surface, ()))


def spot_of(gazetteer: Gazetteer, item: str) -> Spot | None:
    """Where the place with a Wikidata id is, None if no table tells."""
    return gazetteer.spot(item) if isinstance(gazetteer, Table) else None


def holders_of(gazetteer: Gazetteer, country: str) -> Iterator[tuple[Known, Term]]:
    """Who held which office of a state; nobody where the gazetteer is a plain mapping."""
    return gazetteer.holders(country) if isinstance(gazetteer, Table) else iter(())


def terms_of(gazetteer: Gazetteer, known: Known) -> tuple[Term, ...]:
    """Terms of office of a person; none where the gazetteer is a plain mapping."""
    return gazetteer.terms(known) if isinstance(gazetteer, Table) else ()


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


def _merged(known: list[Known]) -> tuple[Known, ...]:
    """Without a second record for the same thing in the same manner; one without an id is any of its label and type.

    The better place in the order is kept, and so is the id.
    """
    out: list[Known] = []
    for k in known:
        realm = "" if k.type is EntityType.PERSON and k.id else k.country  # one king of many states is one
        for at, other in enumerate(out):
            if other.id and other.id == k.id and (other.sense == "seat") == (k.sense == "seat"):
                break
            same = (other.label, other.type, other.sense == "seat") == (k.label, k.type, k.sense == "seat")
            one_realm = realm in ("", other.country)
            if same and one_realm and not (other.id and k.id):
                if not other.id:
                    out[at] = k
                break
        else:
            out.append(k)
    return tuple(out)
