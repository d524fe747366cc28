"""Which places a document tells as parts of a state, where a town has the same name: senators come from no town."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.entities.knowledge.tables import candidates_of, spot_of
from kg.model import EntityType, Gazetteer, Known

_PLACES = (EntityType.GPE, EntityType.LOC)
NOUNS = "province|governorate|region|state|county|district|oblast|department|prefecture|canton|territory|voivodeship"
"""Nouns that follow the name of a part of a state."""
_NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]+|of))*"
_FROM = re.compile(
    rf"\b(?:[Ss]enator|[Gg]overnor|[Pp]remier|[Cc]ongress(?:wo)?man|[Rr]epresentative|[Ll]awmaker|[Dd]elegate|"
    rf"[Aa]ttorney [Gg]eneral) (?:from|of|for) (?:the [Ss]tate of )?({_NAME})"
)
_WHOSE = re.compile(
    rf"({_NAME})(?:['’]s)? (?:Senator|Sen\.|Governor|Gov\.|Premier|Congress(?:wo)?man|Attorney General|"
    rf"Lieutenant Governor|[Ss]enator|[Gg]overnor|[Pp]remier)\b"
)
_NOUN = re.compile(rf"(.+) (?:{NOUNS})$", re.IGNORECASE)
_ENOUGH = 3
"""So many other parts of a state have to be named, and twice as many as towns of it, to make a list of parts."""


def told_parts(texts: Iterable[str]) -> frozenset[str]:
    """Names, in lower case, that texts tell as the home of somebody whom no town sends: "the Senator from New York".

    >>> texts = ["the junior Senator from New York", "Victoria Premier Daniel Andrews", "the mayor of Lagos"]
    >>> sorted(told_parts(texts))
    ['new york', 'victoria']
    """
    found = (match[1].lower() for text in texts for form in (_FROM, _WHOSE) for match in form.finditer(text))
    return frozenset(found)


def without_noun(label: str) -> str:
    """The name before the noun of a part of a state, "" where there is none.

    >>> without_noun("Anbar province"), without_noun("Anbar")
    ('Anbar', '')
    """
    found = _NOUN.match(label)
    return found[1] if found else ""


def is_told_as_part(label: str, names: Sequence[str]) -> bool:
    """Whether every mention of a place has the noun of a part of a state after its name."""
    own = re.compile(rf"{re.escape(label)}(?: ({NOUNS}))?\b", re.IGNORECASE)
    found = [match for name in names if (match := own.search(name))]
    return bool(found) and all(match[1] for match in found)


def named_part(name: str, gazetteer: Gazetteer) -> Iterator[Known]:
    """Parts of states by a name without its noun, with or without an Arabic article."""
    key = name.lower().removeprefix("the ")
    for form in (key, f"al {key}", f"al-{key}"):
        yield from (k for k in candidates_of(gazetteer, form) if k.sense != "seat" and is_part(k, gazetteer))


def is_part(known: Known, gazetteer: Gazetteer) -> bool:
    """Whether this is a division of a state: the tables rank it lower than a town of as many inhabitants."""
    spot = spot_of(gazetteer, known.id)
    return known.type in _PLACES and spot is not None and not spot.within and spot.inhabitants > known.weight


def among_parts(country: str, others: Iterable[str], gazetteer: Gazetteer) -> bool:
    """Whether a document speaks of parts of a state as such: of more of them than of towns there."""
    parts = towns = 0
    for name in others:
        here = [k for k in candidates_of(gazetteer, name) if k.country == country and k.type in _PLACES]
        here = [k for k in here if spot_of(gazetteer, k.id) is not None and k.label != _state(country, gazetteer)]
        if here:
            largest = max(here, key=lambda k: k.weight)
            parts += is_part(largest, gazetteer)
            towns += not is_part(largest, gazetteer)
    return parts >= _ENOUGH and parts > 2 * towns


def _state(country: str, gazetteer: Gazetteer) -> str:
    state = gazetteer.get(f"iso:{country.lower()}", ())
    return state[0].label if state else ""
