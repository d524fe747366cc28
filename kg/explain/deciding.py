"""Who decided what an event is: a learned reading, or grammar and frames, and what the other side would have said.

What grammar and frames say is not guessed from names of rules: the document is analysed once more without any learned
reading, and the event of the same word is compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.explain.judgements import By, Decision, LinkTold, ReadingTold, RoleTold
from kg.explain.telling import OTHER, is_of, quote
from kg.extract.frames.learned import least
from kg.model import Analysis, Event, EventReading, Readings

NO_KIND = "no initiative"
_STOOD = {
    "both": "both say the same",
    "reading": "the reading is sure enough to stand against grammar and frames",
    "grammar": "the reading is not sure enough to stand against grammar and frames, or grammar excludes it",
    "kind": "the kind of initiative was read with more confidence, and this type goes with it",
}


def reading(text: str, readings: Readings | None, index: int | None) -> ReadingTold | None:
    """What was read off the word of an event, and off those around it."""
    if readings is None or index is None:
        return None
    one = readings.events[index]
    links = tuple(
        LinkTold(
            link.kind,
            link.first == index,
            quote(text, readings.events[link.second if link.first == index else link.first].trigger),
            link.confidence,
        )
        for link in readings.links
        if index in (link.first, link.second)
    )
    return ReadingTold(
        confidence=one.confidence,
        type=one.type,
        type_confidence=one.type_confidence,
        next_best=one.next_best[0],
        next_best_confidence=one.next_best[1],
        kind=one.kind,
        kind_confidence=one.kind_confidence,
        factuality=one.factuality,
        factuality_confidence=one.factuality_confidence,
        roles=tuple(RoleTold(r.role, quote(text, r.span), r.confidence) for r in one.roles),
        links=links,
    )


def place_of(event: Event, readings: Readings | None) -> int | None:
    """The place of the reading of an event's word among all, whether the event is made of it or not."""
    if readings is None:
        return None
    if event.reading is not None:
        return event.reading
    return next((k for k, one in enumerate(readings.events) if one.trigger == event.trigger), None)


def twin(event: Event, alone: Analysis) -> Event | None:
    """The event of the same word as grammar and frames alone tell it; of several that of the same frame first."""
    found = [one for one in alone.events if one.trigger == event.trigger and (one.cls == "Statement") == _says(event)]
    return min(found, key=lambda one: one.frame != event.frame, default=None)


def _says(event: Event) -> bool:
    return event.cls == "Statement"


def judged(
    text: str, event: Event, readings: Readings | None, alone: Analysis
) -> tuple[EventReading | None, ReadingTold | None, tuple[Decision, ...]]:
    """The reading of an event's word, the same as a record, and how the event came about.

    `alone` is what grammar and frames make of the text without any reading.
    """
    place = place_of(event, readings)
    read = readings.events[place] if readings is not None and place is not None else None
    return read, reading(text, readings, place), tuple(decisions(event, read, twin(event, alone)))


def decisions(event: Event, read: EventReading | None, grammar: Event | None) -> Iterator[Decision]:
    """How the event and its class, type, kind and factuality came about."""
    yield _existence(event, read, grammar)
    frames = grammar.rules if grammar else ()
    evoked = tuple(r for r in frames if is_of(r, "{word} evokes "))
    facts = tuple(r for r in frames if is_of(r, "factuality: "))
    if grammar is not None and grammar.cls == event.cls:
        yield Decision("class", event.cls, "grammar", None, None, None, None, grammar.cls, evoked, "")
    elif read is not None:
        was = grammar.cls if grammar else None
        yield Decision("class", event.cls, "reading", None, None, None, None, was, evoked, "it goes with what was read")
    if _says(event):  # no head reads who says what
        read = None
    best = read.next_best if read else (None, None)
    for what, final, given, sure, told, rules in (
        (
            "type",
            event.plover or OTHER,
            read.type if read else None,
            read.type_confidence if read else None,
            (grammar.plover or OTHER) if grammar else None,
            evoked,
        ),
        (
            "kind",
            event.kind or NO_KIND,
            (read.kind or NO_KIND) if read else None,
            read.kind_confidence if read else None,
            (grammar.kind or NO_KIND) if grammar else None,
            evoked,
        ),
        (
            "factuality",
            event.factuality.value,
            read.factuality if read else None,
            read.factuality_confidence if read else None,
            grammar.factuality.value if grammar else None,
            facts,
        ),
    ):
        second = best if what == "type" else (None, None)
        by = _by(final, given, told)
        because = _STOOD[by] if given is not None and (told is not None or by in ("kind", "grammar")) else ""
        yield Decision(what, final, by, given, sure, second[0], second[1], told, rules, because)


def _by(final: str, read: str | None, grammar: str | None) -> By:
    if read == final:
        return "both" if grammar == final else "reading"
    return "grammar" if read is None or grammar == final or (grammar is None and final in _FACTS) else "kind"


_FACTS = frozenset({"happened", "denied", "future", "hypothetical"})


def _existence(event: Event, read: EventReading | None, grammar: Event | None) -> Decision:
    """Why the word counts as telling an event at all."""
    sure = read.confidence if read else None
    rules = tuple(r for r in grammar.rules if is_of(r, "{word} evokes ")) if grammar else ()
    taken = event.reading is not None
    by: By = ("both" if grammar else "reading") if taken else "grammar"
    because = ""
    if read is not None and taken:
        framed = (grammar,) if grammar else ()
        where = "where a frame says so, too" if grammar else "where no frame says so"
        answers = read.confidence < least(read, framed)
        where += " and it is surely read to decide what was wanted" if answers else ""
        because = f"a reading counts from {least(read, framed, answers=answers):.2f} on {where}"
    elif read is not None:
        because = "what was read was not taken: a frame of one's own or the kind of event decides"
    told = f"frame {grammar.frame}" if grammar and grammar.frame else ("told" if grammar else None)
    return Decision("event", "told", by, "told" if read else None, sure, None, None, told, rules, because)
