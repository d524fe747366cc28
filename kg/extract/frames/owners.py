"""Whose an initiative is that a noun tells: by its own phrase, and never theirs who only answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.frames.match import is_party
from kg.extract.frames.own_doers import DOERS
from kg.model import Argument, Category, Clause, Event, Mention, Slot, Support

BY = ("by", "from")
"""Prepositions of whoever is behind what a noun tells."""
ANSWERS = frozenset({"Acceptance", "Refusal"})


def owners(clause: Clause | None, mentions: Sequence[Mention]) -> list[Argument]:
    """Who is behind what a noun tells, as its phrase says: "their orders", "a call by Chad", "orders of the judge"."""
    if clause is None or clause.category is not Category.NOUN:
        return []
    held = [a for a in clause.arguments if a.mention is not None]
    found = [a for a in held if a.slot is Slot.POSSESSOR]
    found = found or [a for a in held if a.slot in (Slot.SUBJECT, Slot.OBLIQUE) and a.marker in BY]
    if not found and clause.support is Support.OWNER:
        found = [a for a in held if a.slot is Slot.SUBJECT]
    return found or [
        a for a in held if a.slot is Slot.OBLIQUE and a.marker == "of" and is_party(mentions[a.mention or 0])
    ]


def answerers(events: Sequence[Event], mentions: Sequence[Mention]) -> Mapping[int, frozenset[int]]:
    """Return who answers what words tell, by where these begin: whoever "rejected the demand" did not make it.

    What is conceded may be one's own: "withdrew the threat".
    """
    out: dict[int, frozenset[int]] = {}
    for event in events:
        if event.cls not in ANSWERS or event.plover == "CONCEDE":
            continue
        for argument in event.answers:
            does = {p.mention for p in event.participants if p.role in DOERS and p.mention is not None}
            does |= {k for m in does for k in mentions[m].members}
            out[argument.head.begin] = out.get(argument.head.begin, frozenset()) | does
    return out
