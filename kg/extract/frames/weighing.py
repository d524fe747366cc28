"""Which type an event has where a frame and the reading differ."""

from __future__ import annotations

from dataclasses import replace
from math import log

from kg.extract.frames.learned_roles import TARGETS
from kg.extract.frames.own_doers import DOERS
from kg.model import Event, EventReading, Factuality

OVERRULES = 0.88
"""Probability from which the type read stands against a frame's: from there the frame was right in none of ten."""
OVERRULES_LONE = 0.5
"""The same of a deed that answers nothing, if grammar does not give it both a doer and somebody it is done to."""
OVERRULES_NONE = 1.0
"""Log odds, of the type read to none, from which it stands where the frame's event has no type of PLOVER."""
RECODED = frozenset({("SANCTION", "COERCE"), ("AGREE", "SUPPORT"), ("AGREE", "REJECT"), ("CONSULT", "REJECT")})
"""What an act is read as and what the PLOVER manual codes it: sanctions imposed, deals signed, talks that failed."""
UNREAD = 0.02
"""Probability given to a type that is neither the best nor the second of a reading."""


def weighed(reading: EventReading, event: Event) -> EventReading:
    """A reading with the type and kind of a frame's event, where the two differ and the reading is not much surer."""
    told = event.plover or "OTHER"
    if event.cls == "CommunicativeAct":  # an initiative that is denied, supposed or nobody's in particular is none
        return replace(reading, type=told, kind=None)
    other = reading.next_best[1] if reading.next_best[0] == told else UNREAD
    if event.plover is None:
        stands = log(max(reading.type_confidence, UNREAD) / max(other, UNREAD)) >= OVERRULES_NONE
    else:
        is_deed = event.kind is None and reading.kind is None and event.status is None
        stands = reading.type_confidence >= (OVERRULES_LONE if is_deed and not is_between(event) else OVERRULES)
    if told == reading.type or (stands and not _by_manual(event, reading.type)):
        return reading
    return replace(reading, type=told, type_confidence=other, kind=event.kind)


def _by_manual(event: Event, read: str) -> bool:
    """Whether a frame's type is what the PLOVER manual makes of the act that was read: both know it, one its code.

    What is announced is coded as agreed to, where somebody is to do it to somebody: that is what PLOVER codes.
    """
    announced = event.plover == "AGREE" and event.factuality is not Factuality.HAPPENED and is_between(event)
    return announced or (read, event.plover) in RECODED


def is_between(event: Event) -> bool:
    """Whether grammar gives an event both a doer and somebody it is done to: what PLOVER codes."""
    roles = {p.role for p in event.participants}
    return bool(roles & DOERS and roles & TARGETS)
