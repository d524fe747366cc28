"""Whether something wanted is told at a word, and by whom: readings, frames and grammar asked against each other.

A row that says who wanted what is trusted; so where frame and reading differ on whether anything is wanted there, or
only one of them says so and not for sure, the event stands and is no initiative.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace

from kg.extract.frames.match import WANTED, fillers, is_somebody
from kg.extract.frames.own_doers import DOERS
from kg.extract.syntax.signatures import embedding
from kg.extract.words import TEXTS
from kg.model import (
    Argument,
    Category,
    Clause,
    EntityType,
    Event,
    EventReading,
    Mention,
    MentionKind,
    Participant,
    Slot,
    Span,
)

SURE_BY_FRAME = 0.55
"""Probability that a word is an event from which a kind that both frame and reading tell stands."""
SURE_ALONE = 0.4
"""Product of the probabilities of event and kind from which a kind stands that no frame tells."""
SURE_AGAINST_GRAMMAR = 0.75
"""The same of a kind that stands although by grammar a thing wants it, or one only for himself: parses may be wrong."""
TAKER = 0.6
"""Probability from which the doer of what is done to an initiative is read as its author: "drafted a resolution"."""
WORD = "promise"
"""Frame of what its author does something with himself."""
ASKING = frozenset({"request", "urge", "demand"})
AGENTLESS = 0.35
"""Probability from which somebody is read as the doer of what a passive verb tells: mostly it leaves him untold."""


def is_doubtful(reading: EventReading, framed: Sequence[Event]) -> bool:
    """Whether no initiative is told at a word; `framed` are the events that frames tell there."""
    if reading.kind is None:
        return True
    if is_agreed(reading, framed):
        return False
    if any(e.kind is not None for e in framed):
        return reading.confidence < SURE_BY_FRAME
    return not _is_sure(reading, SURE_ALONE)


def _is_sure(reading: EventReading, bound: float) -> bool:
    """Whether an initiative is read with so much certainty that nothing else has to say so, too."""
    return reading.kind is not None and reading.confidence * reading.kind_confidence >= bound


def is_agreed(reading: EventReading, framed: Sequence[Event]) -> bool:
    """Whether frame and reading tell the same kind of initiative, and grammar says whose it is."""
    own = [e for e in framed if e.kind is not None and e.kind == reading.kind]
    return any(p.role in DOERS for e in own for p in e.participants)


def as_deed(event: Event, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> Event:
    """The event of a frame as one at which nothing is wanted: what nobody reads as an event is no initiative.

    But "insisted that he leave" is one by grammar: the subjunctive of its complement tells what is to be.
    """
    if event.kind is None or (
        event.clause is not None and any(fillers(WANTED, clauses[event.clause], clauses, mentions))
    ):
        return event
    return replace(event, kind=None, cls="CommunicativeAct")


def without_will(
    events: Sequence[Event], clauses: Sequence[Clause], mentions: Sequence[Mention], readings: Sequence[EventReading]
) -> list[Event]:
    """Take the kind of events at which nobody wants anything of somebody else, unless it is surely read."""
    wants = {e.clause for e in events if e.kind is not None}
    sure = [e.reading is not None and _is_sure(readings[e.reading], SURE_AGAINST_GRAMMAR) for e in events]
    none = [
        not surely and (_is_of_things(e, wants, clauses, mentions) or _is_own(e, clauses))
        for e, surely in zip(events, sure, strict=True)
    ]
    return [as_deed(e, clauses, mentions) if of_nobody else e for e, of_nobody in zip(events, none, strict=True)]


def _is_of_things(event: Event, wants: Set[int | None], clauses: Sequence[Clause], mentions: Sequence[Mention]) -> bool:
    """Whether only a thing or happening does it: "the violence threatens the truce", "the blockade presses them".

    A plan or a letter may call for something.
    """
    clause = clauses[event.clause] if event.clause is not None else None
    if event.kind is None or clause is None or clause.category is not Category.VERB:
        return False
    subjects = [a for a in clause.arguments if a.slot is Slot.SUBJECT]
    texts = embedding().messages | TEXTS
    deeds = [a for a in subjects if a.clause is not None and a.clause not in wants and a.head_lemma not in texts]
    things = subjects if clause.passive and event.kind == "threaten" else deeds
    return bool(subjects) and len(things) == len(subjects) and not any(_can_want(a, mentions) for a in things)


def _is_own(event: Event, clauses: Sequence[Clause]) -> bool:
    """Whether what no frame tells as wanted is to be done by who wants it: "seeks to amend the law" asks nobody."""
    clause = clauses[event.clause] if event.clause is not None else None
    if event.kind not in ASKING or event.frame or clause is None or clause.category is not Category.VERB:
        return False
    wanted = [a for a in clause.arguments if a.slot is Slot.COMPLEMENT and a.clause is not None]
    asked = any(a.slot in (Slot.OBJECT, Slot.INDIRECT) for a in clause.arguments)
    return bool(wanted) and not asked and all(clauses[a.clause or 0].shares_subject for a in wanted)


def _can_want(argument: Argument, mentions: Sequence[Mention]) -> bool:
    mention = mentions[argument.mention] if argument.mention is not None else None
    if mention is None:
        return False
    pronoun = mention.kind is MentionKind.PRONOUN
    return pronoun or is_somebody(mention) or mention.type not in (None, EntityType.EVENT)


def authors(
    named: Sequence[Participant], event: Event, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[Participant]:
    """Take from those read to want something whoever, by grammar, is asked for it or only does something with it.

    Nobody whom a passive verb names as its subject does it; and who approves, rejects or delays a plan is rarely its
    author, and so not where the reading is in doubt. A word is kept or broken only by who gave it.
    """
    out: set[int | None] = set()
    clause = clauses[event.clause] if event.clause is not None else None
    if clause is None:
        modal = with_modal(event, clauses)
        out = _mentions(modal, Slot.SUBJECT, mentions) if modal is not None else out
        return [p for p in named if p.role not in DOERS or p.mention not in out]
    if event.frame == WORD:
        return list(named)
    if clause.category is Category.VERB and clause.passive:
        out = _mentions(clause, Slot.OBJECT, mentions)
        return [p for p in named if p.role not in DOERS or (p.mention not in out and (p.confidence or 0) >= AGENTLESS)]
    taker = _taker(clause, clauses) if clause.category is Category.NOUN and clause.support is None else None
    if taker is not None:
        out = _mentions(taker, Slot.SUBJECT, mentions)
    return [p for p in named if p.role not in DOERS or p.mention not in out or (p.confidence or 0) >= TAKER]


def is_of_a_kind(mention: Mention) -> bool:
    """Whether messages in general are meant: "red notices ask" is said of a kind (Carlson 1977): it wants nothing."""
    owned = mention.possessor is not None or bool(mention.determiner)
    return mention.kind is not MentionKind.NAME and mention.head_lemma in embedding().messages and not owned


def seekers(event: Event, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> set[int | None]:
    """The subject of a verb that tells of the event as wanted, open or averted: "approved" or "sought" a proposal."""
    clause = clauses[event.clause] if event.clause is not None else None
    taker = _taker(clause, clauses) if clause is not None else None
    if taker is None or embedding().of(Category.VERB, taker.lemma, "event") is None:
        return set()
    return _mentions(taker, Slot.SUBJECT, mentions)


def _taker(clause: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """The verb whose object a clause is, also in the passive."""
    above = clauses[clause.governor] if clause.governor is not None else None
    is_object = clause.relation in ("obj", "nsubj:pass")
    return above if is_object and above is not None and above.category is Category.VERB else None


def with_modal(event: Event, clauses: Sequence[Clause]) -> Clause | None:
    """The clause whose modal the event's word is: who "must" do something is asked for it, and asks nobody."""
    return _with_modal(event.trigger, event.lemma, clauses)


def is_regret(trigger: Span, word: str, clauses: Sequence[Clause]) -> bool:
    """Whether a modal tells of what was not done: who "should have paid" is blamed, and asked for nothing."""
    clause = _with_modal(trigger, word, clauses)
    return clause is not None and clause.aspect in ("perfect", "pluperfect")


def _with_modal(trigger: Span, word: str, clauses: Sequence[Clause]) -> Clause | None:
    k = bisect_right(clauses, trigger, key=lambda c: c.trigger)
    held = (c for c in clauses[k : k + 1] if c.modal == word and c.span.begin <= trigger.begin)
    return next(held, None)


def _mentions(clause: Clause, slot: Slot, mentions: Sequence[Mention]) -> set[int | None]:
    held = [a.mention for a in clause.arguments if a.slot is slot and a.mention is not None]
    return {k for m in held for k in (m, *mentions[m].members)}
