"""What no list of today has: states that are no more, wars, and people of the past whom news still names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.entities.knowledge.entries import Thing, aliases_of, rows_of

SOURCES = Path(__file__).parent / "sources"
"""Small source tables that are shipped: rows copied from public lists, each with the list's name."""
_KNOWN = 3
"""The rank of people: their full name is theirs alone in nearly all news."""
_AS_A_CITY = 1_000_000
"""What states of the past weigh among places: enough to be meant, less than a state of today."""


def past_things(sources: Path = SOURCES) -> list[Thing]:
    """Things of the past, people first; a war is shown by whichever of its names a text has."""
    found = [one for row in rows_of(sources, "past.csv") for one in _things(row)]
    return sorted(found, key=lambda one: (one.type != "PERSON", one.label, one.id))


def _things(row: dict[str, str]) -> Iterator[Thing]:
    weight = {"PERSON": _KNOWN, "GPE": _AS_A_CITY}.get(row["type"], 0)
    others = aliases_of(row)
    shared = (row["type"], row["country"], weight)
    if row["type"] == "EVENT":
        yield from (Thing(row["wikidata"], name, *shared) for name in (row["name"], *others))
    else:
        yield Thing(row["wikidata"], row["name"], *shared, aliases=others)
