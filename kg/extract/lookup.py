"""Asking the gazetteer: the normal form of a surface, and which reading is a state."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import EntityType, Gazetteer, Known
from kg.textnorm import visible


def lookup(gazetteer: Gazetteer, surface: str) -> tuple[Known, ...]:
    """What a surface form may stand for; apostrophes, a leading article and abbreviation points do not matter."""
    key = visible(surface).lower().replace("’", "'").removeprefix("the ").rstrip(".")
    found = gazetteer.get(key, ()) or (gazetteer.get(key.replace(".", ""), ()) if "." in key else ())
    if len(found) > 1 and found[0].label.lower() != key and found[0].sense == "name":
        return tuple(sorted(found, key=lambda k: k.label.lower() != key))  # Los Angeles is not Los Ángeles
    return found


def at_home(known: tuple[Known, ...], others: Iterable[tuple[Known, ...]]) -> tuple[Known, ...]:
    """Of several bodies with one abbreviation those of a state that the text names something of; else none is meant."""
    countries = {k.country for other in others for k in other[:1] if k.country}
    return tuple(k for k in known if k.country in countries)


def given_gender(gazetteer: Gazetteer, name: str) -> str:
    """The gender that a person's given name tells, "" where it tells none; kept under `given:` in the gazetteer."""
    found = gazetteer.get(f"given:{name.split(' ', 1)[0].lower()}", ()) if " " in name else ()
    return found[0].label if found else ""


def state_of(gazetteer: Gazetteer, code: str) -> Known | None:
    """The state of an ISO code: the gazetteer keeps it under `iso:xx`, which no text contains."""
    found = gazetteer.get(f"iso:{code.lower()}", ()) if code else ()
    return found[0] if found else None


def is_state(gazetteer: Gazetteer, known: Known) -> bool:
    """Whether a reading is a state rather than a place within one."""
    state = state_of(gazetteer, known.country)
    return known.type is EntityType.GPE and state is not None and state.label == known.label
