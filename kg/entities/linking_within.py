"""Places said to lie in a part of a state: the Paris of "Paris, Texas" is not that of France."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.entities.knowledge.tables import candidates_of
from kg.entities.linking_candidates import Candidate, division_of, is_state, surfaces
from kg.entities.linking_parts import is_part
from kg.model import EntityType, Gazetteer

_PLACES = (EntityType.GPE, EntityType.LOC)
_SAID = 0.4
"""What it is worth that a text says where a place lies: more than a namesake's size; half where the tables only know
the state."""


def lying_in(within: Sequence[str], weighed: Iterable[Candidate], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Give the places that can lie where their name is said to; `within` are the names that follow it.

    Only parts of states that are better known than towns of their name say something: a name that follows another may
    also be the next of a list.
    """
    said = [k for name in within for key in surfaces(name) for k in candidates_of(gazetteer, key) if k.type in _PLACES]
    largest = max((k.weight for k in said if not is_state(k, gazetteer)), default=0)
    parts = {k for k in said if k.weight == largest and is_part(k, gazetteer) and not is_state(k, gazetteer)}
    if not parts:
        yield from weighed
        return
    labels, countries = {k.label.lower() for k in parts}, {k.country for k in parts}
    states = {k.country for k in said if is_state(k, gazetteer)}
    for one in weighed:
        known, division = one.known, division_of(one.known, gazetteer).lower()
        if is_state(known, gazetteer) or is_part(known, gazetteer):
            if known.sense != "seat":
                yield one
        elif division in labels or (not division and known.country in countries):
            points = _SAID if division else _SAID / 2
            told = f"is said to lie in {min(labels)}"
            yield replace(one, score=min(round(one.score + points, 2), 1.0), why=(*one.why, told))
        elif known.country in states:
            yield one
