"""Where an event was: places among the arguments of its clause, or of the clause with which it shares one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.frames.event_times import partner
from kg.extract.frames.match import Filler
from kg.extract.lookup import is_state, lookup
from kg.extract.words import listed
from kg.model import (
    Argument,
    Category,
    Clause,
    EntityType,
    Event,
    Gazetteer,
    Mention,
    MentionKind,
    Participant,
    Role,
    Slot,
)

PLACE_MARKERS = frozenset("in at near on outside inside across around within from throughout through along off".split())
PLACE_NOUNS = listed("where")
"""Common nouns of places at which something may happen."""
SOMEWHERE = frozenset({"Meeting", "Agreement", "Protest", "Attack", "Retreat", "Release"})
"""Classes of what is called after the town where it was: of nine such towns in the corpus none did it."""
PLACES = frozenset({EntityType.GPE, EntityType.LOC})


def with_venue(
    cls: str,
    clause: Clause,
    roles: list[tuple[Role, Filler]],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
) -> list[tuple[Role, Filler]]:
    """ "The Istanbul talks": a single town before the noun of what happens somewhere is where it was, and did nothing.

    Nor is anybody addressed by an "invitation to Bruges", as by one to Chad.
    """
    if cls == "Invitation":
        towns = [(role, f) for role, f in roles if role is Role.ADDRESSEE and _is_mere_town(f, mentions, gazetteer)]
        return [*(r for r in roles if r not in towns), *((Role.PLACE, f) for _, f in towns)]
    if cls not in SOMEWHERE or clause.category is not Category.NOUN:
        return roles
    before = [a for a in clause.arguments if a.slot is Slot.MODIFIER and a.mention is not None]
    named = [mentions[a.mention] for a in before if a.mention is not None and a.span.begin < clause.trigger.begin]
    if len(named) != 1 or named[0].type is not EntityType.GPE or not _is_town(named[0].text, gazetteer):
        return roles
    others = [(role, f) for role, f in roles if f.argument.mention != named[0].index]
    return [*others, *((Role.PLACE, Filler(a, "modifier: a town")) for a in before if a.mention == named[0].index)]


def _is_mere_town(filler: Filler, mentions: Sequence[Mention], gazetteer: Gazetteer) -> bool:
    """Whether a phrase with "to" names a town that no government is called by."""
    at = filler.argument.mention
    if at is None or filler.argument.marker != "to" or mentions[at].type is not EntityType.GPE:
        return False
    seat = any(k.sense == "seat" for k in lookup(gazetteer, mentions[at].text))
    return not seat and _is_town(mentions[at].text, gazetteer)


def _is_town(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is of a town or a seat of government, and of no state."""
    readings = lookup(gazetteer, name)
    named = [k for k in readings if k.sense == "name" and k.type is EntityType.GPE]
    seat = any(k.sense == "seat" for k in readings)
    return (seat or bool(named)) and not any(is_state(gazetteer, k) for k in named)


def places_of(clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> list[Argument]:
    """Where it happened: locative phrases of the clause whose head is a place.

    A noun takes those of the verb that it is an argument of.
    """
    found = [a for a in clause.arguments if _is_place(a, mentions)]
    beside = partner(clause, clauses) if not found else None
    if beside is not None:
        found = [a for a in beside.arguments if _is_place(a, mentions)]
    if not found and clause.category is Category.NOUN and clause.governor is not None:
        above = clauses[clause.governor]
        if above.category is Category.VERB and clause.relation in ("obj", "nsubj:pass", "nsubj"):
            found = [a for a in above.arguments if _is_place(a, mentions)]
    return found


def with_named_places(event: Event, mentions: Sequence[Mention], chain_of: Sequence[int | None]) -> Event:
    """Add to a described place the named ones that its description holds: "outside Dakar's main campus" is in Dakar."""
    told = {p.mention for p in event.participants if p.role is Role.PLACE}
    more: list[Participant] = []
    for place in event.participants:
        if place.role is not Role.PLACE or place.mention is None or mentions[place.mention].kind is MentionKind.NAME:
            continue
        low = bisect_left(mentions, place.span.begin, key=lambda m: m.span.begin)
        high = bisect_left(mentions, place.span.end, key=lambda m: m.span.begin)
        for m in mentions[low:high]:
            named = m.type in PLACES and m.kind is MentionKind.NAME and m.span.end <= place.span.end
            if named and m.index not in told and (m.relation.startswith("nmod") or m.relation == "compound"):
                told.add(m.index)
                rules = (*place.rules, "named within the place")
                more.append(
                    replace(place, span=m.span, text=m.text, mention=m.index, chain=chain_of[m.index], rules=rules)
                )
    return replace(event, participants=(*event.participants, *more)) if more else event


def _is_place(argument: Argument, mentions: Sequence[Mention]) -> bool:
    if argument.slot is not Slot.OBLIQUE or argument.marker not in PLACE_MARKERS or argument.mention is None:
        return False
    mention = mentions[argument.mention]
    if argument.marker == "on" and mention.type is EntityType.GPE:
        return False  # called on Russia
    if mention.head_lemma == "part" and mention.span == mention.head:
        return False  # met in part
    return mention.type in PLACES or (mention.type is None and mention.head_lemma in PLACE_NOUNS)
