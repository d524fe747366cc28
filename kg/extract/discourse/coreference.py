"""One happening told twice: "the gathering in Vienna" of a meeting in Vienna, "the attack" of what gunmen attacked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.extract.discourse.another import is_another
from kg.extract.discourse.antecedents import FAR_REACH
from kg.extract.discourse.board import Board, chains
from kg.extract.discourse.learned import Links
from kg.extract.words import listed
from kg.model import Category, EntityType, Event, Participant, Role

NOT_UNITED = frozenset({"Statement", "Happening", "CommunicativeAct", "Response", "Acceptance", "Refusal"})
LOCATIVE = frozenset({"in", "near", "at", "outside", "around", "off"})
OTHER_ONE = frozenset({
    "second", "third", "fourth", "last", "next", "previous", "earlier", "later", "another", "other", "new", "first",
    "latest", "former", "separate", "similar", "further", "fresh", "subsequent", "final", "initial", "future", "recent",
})  # fmt: skip
"""Words before a noun that tell its happening apart from one told before."""


_WORD = re.compile(r"[^\W_]{4,}")
_OF_GRAMMAR = listed("of_grammar")
BREATH = 300
"""Characters between two things that are told in one breath."""
SURE = 0.7
"""Probability from which two initiatives are one: each that is lost is an answer lost, so more than a half is asked."""


def unite(board: Board) -> dict[int, int]:
    """Which event is one told before: the later event, to the earlier, which gains what the later tells besides."""
    same_as: dict[int, int] = {}
    told: dict[str, list[int]] = {}
    for index in range(len(board.events)):
        event = board.events[index]
        if event.cls in NOT_UNITED or event.kind is not None or event.link is not None or event.clause is None:
            continue
        earlier = told.setdefault(event.cls, [])
        found = _earlier(board, event, earlier) if _points_back(board, event) else None
        if found is None:
            earlier.append(index)
            continue
        same_as[index] = found.index
        board.events[found.index] = _enriched(found, event)
    return same_as


def unite_read(board: Board, links: Links, united: Mapping[int, int]) -> dict[int, int]:
    """`united` and the tellings that the linker reads as one event, surest first: each to the one that stands."""
    same_as = dict(united)
    for later, earlier, confidence in sorted(links.same, key=lambda x: (x[2], x[0], x[1])):
        taken_up = later in united and board.events[later].kind is not None and confidence >= SURE
        if taken_up and earlier != later and _first(united, earlier) == earlier and earlier < later:
            same_as[later] = earlier  # of "the offer", the reading knows better than nearness which one it is
    for later, earlier, confidence in sorted(links.same, key=lambda x: (-x[2], x[0], x[1])):
        a, b = _first(same_as, later), _first(same_as, earlier)
        if board.events[b].trigger > board.events[a].trigger:
            a, b = b, a
        one = a != b and _read_as_one(board.events[a], board.events[b], confidence)
        if one and not is_another(board, board.events[a], board.events[b]):
            same_as[a] = b
            board.events[b] = _enriched(board.events[b], board.events[a], rule="read as one with another telling")
    return {later: _first(same_as, later) for later in same_as}


def _first(same_as: Mapping[int, int], event: int) -> int:
    while event in same_as:
        event = same_as[event]
    return event


def _read_as_one(event: Event, other: Event, confidence: float) -> bool:
    """Whether nothing tells two accounts apart that were read as one: type, standing, source, number or time."""
    if event.link is not None or other.link is not None or (event.kind is None) != (other.kind is None):
        return False
    if event.kind is not None:
        one, two = chains(event, Role.PROPOSER), chains(other, Role.PROPOSER)
        apart = (one and two and not one & two) or wants_another(event, other)
        return confidence >= SURE and event.trigger != other.trigger and not apart
    if any(one.span == two.span for one in event.evidence for two in other.evidence):
        return False  # a sentence seldom tells one thing twice: what it coordinates or nests are two
    if event.plover != other.plover or event.factuality is not other.factuality:
        return False
    counted = event.quantity is not None or other.quantity is not None
    # a figure is its source's own: put into another's account it would be said by somebody who never gave it
    return not (counted and _source(event) != _source(other)) and _same_number_and_time(event, other)


def wants_another(event: Event, other: Event) -> bool:
    """Whether one speaker says in one breath that two things are wanted, with no word of them in common."""
    mine, theirs = (frozenset(_WORD.findall(e.content_text.lower())) - _OF_GRAMMAR for e in (event, other))
    told, same = _source(event) is not None and _source(event) == _source(other), event.lemma == other.lemma
    near = abs(event.trigger.begin - other.trigger.begin) < BREATH and event.clause != other.clause
    return bool(mine and theirs) and told and same and near and not mine & theirs


def _source(event: Event) -> int | None:
    """Who tells an event, None for the narrator and for a source that is in no chain."""
    return event.attributed_to.chain if event.attributed_to is not None else None


def _points_back(board: Board, event: Event) -> bool:
    """Whether a noun with "the" or "this", and nothing that tells it apart, takes up what was told."""
    mention = board.at_head.get(event.trigger)
    if mention is None or event.clause is None or board.clauses[event.clause].category is not Category.NOUN:
        return False
    apart = set(mention.modifiers) & OTHER_ONE or any(w.isdigit() for w in mention.modifiers)
    return mention.determiner in ("definite", "demonstrative") and mention.number != "plur" and not apart


def _earlier(board: Board, event: Event, earlier: list[int]) -> Event | None:
    here = board.sentence(event)
    for index in reversed(earlier):
        other = board.events[index]
        distance = here - board.sentence(other)
        if distance > FAR_REACH:
            return None
        if distance > 0 and _compatible(board, event, other):
            return other
    return None


def _compatible(board: Board, event: Event, other: Event) -> bool:
    """The same account of it, and no place, doer, time or number that says otherwise."""
    if event.factuality is not other.factuality:
        return False
    one, two = event.attributed_to, other.attributed_to
    if one is not None and (two is None or one.chain != two.chain):
        return False
    for role in (Role.PLACE, Role.AGENT, Role.RECIPIENT):
        mine, theirs = chains(event, role), chains(other, role)
        if role is Role.PLACE:
            mine, theirs = mine or _places(board, event), theirs or _places(board, other)
        if role is Role.RECIPIENT:  # "the attack near Kidal" may have its place for a target
            mine, theirs = mine - chains(event, Role.PLACE), theirs - chains(other, Role.PLACE)
        if mine and theirs and not mine & theirs:
            return False
    return _same_number_and_time(event, other)


def _same_number_and_time(event: Event, other: Event) -> bool:
    """Whether neither the number nor the time says that these are two."""
    if event.quantity is not None and other.quantity is not None and event.quantity.value != other.quantity.value:
        return False
    return event.time is None or other.time is None or event.time.overlaps(other.time)


def _places(board: Board, event: Event) -> set[int]:
    """Places named in the sentence of an event that has none of its own: "attacked a convoy in Mali"."""
    told = board.said_in.get(board.sentence(event), ())
    found = (board.chain(m.index) for m in told if m.type in (EntityType.GPE, EntityType.LOC) and m.marker in LOCATIVE)
    return {chain for chain in found if chain is not None}


def _enriched(first: Event, again: Event, *, rule: str = "taken up again by a noun of its class") -> Event:
    """The first telling with the evidence of the second, and the roles, time and number that only the second tells."""
    filled = {p.role for p in first.participants}
    more: list[Participant] = [
        replace(p, rules=(*p.rules, "told where the event is taken up again"))
        for p in again.participants
        if p.role not in filled
    ]
    evidence = tuple(dict.fromkeys((*first.evidence, *again.evidence)))
    return replace(
        first,
        participants=(*first.participants, *more),
        time=first.time or again.time,
        quantity=first.quantity or again.quantity,
        evidence=evidence,
        rules=(*first.rules, rule),
    )
