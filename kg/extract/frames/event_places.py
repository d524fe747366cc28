"""Where an event was: places among the arguments of its clause, or of the clause with which it shares one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.frames.event_times import partner
from kg.extract.frames.match import Filler
from kg.extract.mention_lookup import is_state, lookup
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
PLACE_NOUNS = frozenset(
    "airport area base beach border bridge building camp campus capital church city compound country "
    "courthouse crossing dam district embassy factory farm forest frontier ground hall headquarters hill hospital "
    "hotel island market mosque mountain museum palace park parliament plant port prison province region ridge "
    "river road school sea site square stadium state station street synagogue temple territory town university "
    "valley village zone complex chamber courtroom downtown suburb outskirt neighbourhood neighborhood part".split()
)
ROOMS = frozenset(
    "parliament congress senate council assembly court ministry embassy consulate legislature university".split()
)
"""Bodies that have a building of their own: what happens in them happens there."""
INSIDE = frozenset("in at inside outside near around".split())
GATHERINGS = frozenset({"Meeting", "Agreement", "Protest"})
PLACES = frozenset({EntityType.GPE, EntityType.LOC})


def with_venue(
    cls: str,
    clause: Clause,
    roles: list[tuple[Role, Filler]],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
) -> list[tuple[Role, Filler]]:
    """ "The Istanbul talks": a single town before the noun of a gathering is where it was, and nobody who took part."""
    if cls not in GATHERINGS or clause.category is not Category.NOUN:
        return roles
    before = [a for a in clause.arguments if a.slot is Slot.MODIFIER and a.mention is not None]
    named = [mentions[a.mention] for a in before if a.mention is not None and a.span.begin < clause.trigger.begin]
    if len(named) != 1 or named[0].type is not EntityType.GPE or not _is_town(named[0].text, gazetteer):
        return roles
    others = [(role, f) for role, f in roles if f.argument.mention != named[0].index]
    return [*others, *((Role.PLACE, Filler(a, "modifier: a town")) for a in before if a.mention == named[0].index)]


def _is_town(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is of a town or a seat of government, and of no state."""
    readings = lookup(gazetteer, name)
    named = [k for k in readings if k.sense == "name" and k.type is EntityType.GPE]
    seat = any(k.sense == "seat" for k in readings)
    return (seat or bool(named)) and not any(is_state(gazetteer, k) for k in named)


def places_of(clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention], text: str) -> list[Argument]:
    """Where it happened: locative phrases of the clause whose head is a place.

    A noun takes those inside its participants, too ("a meeting between officials in Vienna"), and those of the verb it
    is an argument of.
    """
    found = [_named(a, mentions) for a in clause.arguments if _is_place(a, mentions)]
    if not found and clause.category is Category.VERB:
        found = _ends(clause, mentions, text)
    beside = partner(clause, clauses) if not found else None
    if beside is not None:
        found = [_named(a, mentions) for a in beside.arguments if _is_place(a, mentions)]
        found = found or _ends(beside, mentions, text)
    if not found and clause.category is Category.NOUN:
        found = [_place(m) for m in _inner(clause, mentions, text)]
    if not found and clause.category is Category.NOUN and clause.governor is not None:
        above = clauses[clause.governor]
        if above.category is Category.VERB and clause.relation in ("obj", "nsubj:pass", "nsubj"):
            found = [_named(a, mentions) for a in above.arguments if _is_place(a, mentions)]
    return found


def _named(argument: Argument, mentions: Sequence[Mention]) -> Argument:
    """ "In occupied areas of the Sumy region": the place is the named one that the description is a part of."""
    mention = mentions[argument.mention] if argument.mention is not None else None
    if mention is None or mention.kind is MentionKind.NAME:
        return argument
    low = bisect_left(mentions, argument.head.end, key=lambda m: m.span.begin)
    high = bisect_left(mentions, argument.span.end, key=lambda m: m.span.begin)
    named = [m for m in mentions[low:high] if m.marker == "of" and m.type in PLACES and m.kind is MentionKind.NAME]
    return _place(named[0]) if named else argument


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


def _place(mention: Mention) -> Argument:
    return Argument(Slot.OBLIQUE, mention.marker or "in", mention.span, mention.head, mention.head_lemma, mention.index)


def _ends(clause: Clause, mentions: Sequence[Mention], text: str) -> list[Argument]:
    """Places at the end of what the verb does something to ("wounded three rangers near the Pripyat marshes")."""
    out: list[Argument] = []
    for a in clause.arguments:
        if a.slot is not Slot.OBJECT or a.span.begin < clause.trigger.end or a.clause is not None:
            continue
        low = bisect_left(mentions, a.head.end, key=lambda m: m.span.begin)
        high = bisect_left(mentions, a.span.end, key=lambda m: m.span.begin)
        out += [
            _named(_place(m), mentions)
            for m in mentions[low:high]
            if _stands_for_place(m) and m.span.end == a.span.end and _located(m, text)
        ]
    return out


def _stands_for_place(mention: Mention) -> bool:
    named = mention.type in PLACES and mention.kind is MentionKind.NAME
    building = mention.type is EntityType.ORG and mention.head_lemma in ROOMS and mention.marker in INSIDE
    return named or building or (mention.type is None and mention.head_lemma in PLACE_NOUNS)


def _inner(clause: Clause, mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Places at the very end of a noun phrase, after a preposition of place."""
    low = bisect_left(mentions, clause.trigger.end, key=lambda m: m.span.begin)
    high = bisect_left(mentions, clause.span.end, key=lambda m: m.span.begin)
    return [
        m
        for m in mentions[low:high]
        if m.type in PLACES and m.kind is MentionKind.NAME and m.span.end == clause.span.end and _located(m, text)
    ]


def _located(mention: Mention, text: str) -> bool:
    words = text[max(0, mention.span.begin - 20) : mention.span.begin].lower().split()
    return bool(words) and words[-1] in PLACE_MARKERS


def _is_place(argument: Argument, mentions: Sequence[Mention]) -> bool:
    if argument.slot is not Slot.OBLIQUE or argument.marker not in PLACE_MARKERS or argument.mention is None:
        return False
    mention = mentions[argument.mention]
    if argument.marker == "on" and mention.type is EntityType.GPE:
        return False  # called on Russia
    building = mention.type is EntityType.ORG and mention.head_lemma in ROOMS and argument.marker in INSIDE
    return building or mention.type in PLACES or (mention.type is None and mention.head_lemma in PLACE_NOUNS)
