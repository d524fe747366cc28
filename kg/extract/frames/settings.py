"""When and how many: the times and quantities of a text, asked by span, and the number that an event has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Argument, Event, Mention, Participant, Quantity, Role, Span, TimeSpan

QUALIFIER = 16  # characters of "between", "more than" that a parser may leave out of the phrase they count
COUNTED = (Role.PATIENT, Role.RECIPIENT)


class Settings:
    """Times and quantities of a text, asked by span."""

    def __init__(self, times: Sequence[TimeSpan], quantities: Sequence[Quantity]) -> None:
        self._times = sorted(times, key=lambda t: t.span)
        self._time_begins = [t.span.begin for t in self._times]
        self._quantities = sorted(quantities, key=lambda q: q.span)
        self._quantity_begins = [q.span.begin for q in self._quantities]

    def times_in(self, span: Span) -> list[TimeSpan]:
        """Times that lie within a span, in text order."""
        found = self._times[bisect_left(self._time_begins, span.begin) : bisect_left(self._time_begins, span.end)]
        return [t for t in found if t.span.end <= span.end]

    def time_at(self, word: Span) -> TimeSpan | None:
        """The expression of time that a word stands in."""
        k = bisect_left(self._time_begins, word.begin + 1) - 1
        return self._times[k] if k >= 0 and self._times[k].span.end >= word.end else None

    def quantities_in(self, span: Span) -> list[Quantity]:
        """Quantities that lie within a span, in text order."""
        low = bisect_left(self._quantity_begins, span.begin)
        found = self._quantities[low : bisect_left(self._quantity_begins, span.end)]
        return [q for q in found if q.span.end <= span.end]


def quantity_of(arguments: Sequence[Argument], settings: Settings) -> Quantity | None:
    """The number that counts what is done or done to: the one in the phrase of a participant, before its head."""
    for argument in arguments:
        begin, end = argument.span
        for quantity in settings.quantities_in(Span(max(0, begin - QUALIFIER), end)):
            if (
                quantity.span.end > begin
                and quantity.span.begin <= argument.head.begin
                and argument.head.begin - quantity.span.end <= 40
            ):
                return quantity
    return None


def by_count(event: Event, mentions: Sequence[Mention], settings: Settings) -> Iterator[Event]:
    """The event once for each thing that is counted by itself: "killed 5 soldiers and 6 civilians" gives two numbers.

    Those that have no number of their own stay with the first.
    """
    counted: dict[Participant, Quantity] = {}
    for one in event.participants:
        found = None if one.role not in COUNTED or one.mention is None else _number_of(mentions[one.mention], settings)
        if found is not None:
            counted[one] = found
    if event.quantity is None or event.kind is not None or len({q.span for q in counted.values()}) < 2:
        yield event
        return
    first = min(counted, key=lambda p: p.span)
    for one in sorted(counted, key=lambda p: p.span):
        others = counted.keys() - {one}
        kept = tuple(
            p for p in event.participants if p not in others and (one is first or p is one or p.role not in COUNTED)
        )
        yield replace(
            event, participants=kept, quantity=counted[one], rules=(*event.rules, "one of several that are counted")
        )


def _number_of(mention: Mention, settings: Settings) -> Quantity | None:
    """The number right before the head of a phrase that is no group."""
    inside = settings.quantities_in(Span(max(0, mention.span.begin - QUALIFIER), mention.head.begin))
    near = [q for q in inside if q.span.end > mention.span.begin]
    return near[-1] if near and not mention.members else None
