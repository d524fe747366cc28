"""Whether something wanted is told at a word, and by whom: readings, frames and grammar asked against each other.

A row that says who wanted what is trusted; so where frame and reading differ on whether anything is wanted there, or
only one of them says so and not for sure, the event stands and is no initiative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.frames.match import is_somebody
from kg.extract.frames.own_doers import DOERS
from kg.model import Argument, Category, Clause, EntityType, Event, EventReading, Mention, Participant, Slot

SURE_BY_FRAME = 0.7
"""Probability that a word is an event from which a kind that both frame and reading tell stands."""
SURE_ALONE = 0.45
"""Product of the probabilities of event and kind from which a kind stands that no frame tells."""
TAKER = 0.6
"""Probability from which the doer of what is done to an initiative is read as its author: "drafted a resolution"."""
WORD = "promise"
"""Frame of what its author does something with himself."""
AGENTLESS = 0.35
"""Probability from which somebody is read as the doer of what a passive verb tells: mostly it leaves him untold."""


def is_doubtful(reading: EventReading, framed: Sequence[Event]) -> bool:
    """Whether no initiative is told at a word; `framed` are the events that frames tell there."""
    if reading.kind is None:
        return True
    if any(e.kind is not None for e in framed):
        return reading.confidence < SURE_BY_FRAME
    return reading.confidence * reading.kind_confidence < SURE_ALONE


def as_deed(event: Event) -> Event:
    """The event of a frame as one at which nothing is wanted: what nobody reads as an event is no initiative."""
    return replace(event, kind=None, cls="CommunicativeAct") if event.kind is not None else event


def is_of_things(event: Event, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> bool:
    """Whether only a thing or happening threatens: "the violence threatens the truce" tells a danger, no will."""
    clause = clauses[event.clause] if event.clause is not None else None
    if event.kind != "threaten" or clause is None or clause.category is not Category.VERB:
        return False
    subjects = [a for a in clause.arguments if a.slot is Slot.SUBJECT]
    return bool(subjects) and all(a.clause is not None and not _can_want(a, mentions) for a in subjects)


def _can_want(argument: Argument, mentions: Sequence[Mention]) -> bool:
    mention = mentions[argument.mention] if argument.mention is not None else None
    return mention is not None and (is_somebody(mention) or mention.type not in (None, EntityType.EVENT))


def authors(
    named: Sequence[Participant], event: Event, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[Participant]:
    """Take from those read to want something whoever, by grammar, is asked for it or only does something with it.

    Nobody whom a passive verb names as its subject does it; and who approves, rejects or delays a plan is rarely its
    author, and so not where the reading is in doubt. A word is kept or broken only by who gave it.
    """
    clause = clauses[event.clause] if event.clause is not None else None
    if clause is None or event.frame == WORD:
        return list(named)
    out: set[int | None] = set()
    if clause.category is Category.VERB and clause.passive:
        out = _mentions(clause, Slot.OBJECT, mentions)
        return [p for p in named if p.role not in DOERS or (p.mention not in out and (p.confidence or 0) >= AGENTLESS)]
    if clause.category is Category.NOUN and clause.support is None and clause.governor is not None:
        above = clauses[clause.governor]
        taken = clause.relation in ("obj", "nsubj:pass") and above.category is Category.VERB
        out = _mentions(above, Slot.SUBJECT, mentions) if taken else set()
    return [p for p in named if p.role not in DOERS or p.mention not in out or (p.confidence or 0) >= TAKER]


def _mentions(clause: Clause, slot: Slot, mentions: Sequence[Mention]) -> set[int | None]:
    held = [a.mention for a in clause.arguments if a.slot is slot and a.mention is not None]
    return {k for m in held for k in (m, *mentions[m].members)}
