"""What the learned heads read off a text: events with their readings and participants, and links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model.text import Span

DECIDED = frozenset({"accepted", "rejected", "unmet", "realised"})
"""Kinds of links that decide an initiative."""


@dataclass(frozen=True, slots=True)
class RoleReading:
    """A word that takes part in an event. `head` is the word, `confidence` the calibrated probability of the role.

    `role` is one of actor, recipient, object, content, place, time, quantity, instrument; `span` is the phrase that
    the word heads, without a preposition or complementizer.
    """

    role: str
    head: Span
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class EventReading:
    """One word read as telling an event.

    `type` is a PLOVER root code or OTHER, `kind` that of an initiative or None; each has the probability of its own
    decision given that there is an event, `confidence` is the probability that there is one. `next_best` is the type
    that came second, with its probability.
    """

    trigger: Span
    confidence: float
    type: str
    type_confidence: float
    next_best: tuple[str, float]
    kind: str | None
    kind_confidence: float
    factuality: str
    factuality_confidence: float
    roles: tuple[RoleReading, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkReading:
    """What one event is to another, by their places in the list of readings.

    `kind` is an answer (accepted, rejected, unmet, pending, realised: `first` answers `second`), "causes" (`first`
    brings `second` about) or "same" (both are one event).
    """

    first: int
    second: int
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings of one text, events in text order.

    `doubts` has the probability that a word tells an event, by the character at which it begins, where that is below a
    half. `answering` has the probability that one event answers another, by their places, where that is asked.
    """

    events: tuple[EventReading, ...] = ()
    links: tuple[LinkReading, ...] = ()
    doubts: Mapping[int, float] = field(default_factory=dict)
    answering: Mapping[tuple[int, int], float] = field(default_factory=dict)
