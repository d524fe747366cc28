"""Tables of names: how their rows are kept, and the records that are made of them when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.entities.knowledge.index import MARKS, Index
from kg.model import EntityType, Gazetteer, Known

COLUMNS = ("surface", "label", "type", "id", "sense", "country")
TERM_COLUMNS = ("office", "begin", "end")
SENSES = ("name", "alias", "demonym", "seat")

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
    """Where a place is: degrees north and east in WGS 84, as written; `within` is a division of its state."""

    latitude: str
    longitude: str
    inhabitants: int = 0
    within: str = ""


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

    def held(self, surface: str) -> tuple[Known, ...]:
        """What the tables in memory have, and with it the large ones; nothing that the large ones have alone."""
        return self._find(surface)[0] if surface in self._rows else ()

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
        for latitude, longitude, inhabitants, within in self._facts(item, "place"):
            return Spot(latitude, longitude, int(inhabitants or 0), within)
        return None

    def holders(self, country: str) -> Iterator[tuple[Known, Term]]:
        """Who held which office of a state, the tables in memory first."""
        yield from self._in_memory.get(country, ())
        for index in self._indexes:
            for item, label, weight in index.rows(f"@{country}"):
                known = Known(label, EntityType.PERSON, item, "name", country, int(weight))
                yield from ((known, term) for term in self.terms(known) if term.country == country)

    @cached_property
    def _in_memory(self) -> dict[str, list[tuple[Known, Term]]]:
        """The people of the tables in memory with their terms, by the state of these: many states are asked about."""
        found: dict[str, list[tuple[Known, Term]]] = {}
        for surface, rows in self._rows.items():
            if " " in surface and any(row[2] == "PERSON" for row in rows):
                for known in self._find(surface)[0]:
                    if known.type is EntityType.PERSON and known.sense == "name":
                        for key in (known.id, known.label):
                            for term in self._terms.get(key, ()) if key else ():
                                found.setdefault(term.country, []).append((known, term))
        return found

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


def held_of(gazetteer: Gazetteer, surface: str) -> tuple[Known, ...]:
    """What a surface form stands for in the small tables, where all names of states are; quick where it is no name."""
    return gazetteer.held(surface) if isinstance(gazetteer, Table) else tuple(gazetteer.get(surface, ()))


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
