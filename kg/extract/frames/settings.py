"""When and how many: the times and quantities of a text, asked by span, and the number that an event has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.model import Argument, Quantity, Span, TimeSpan

QUALIFIER = 16  # characters of "between", "more than" that a parser may leave out of the phrase they count


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
