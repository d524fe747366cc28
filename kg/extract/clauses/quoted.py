"""Quotations of a text in relation to cues: which content they widen, continue or resume."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.model import Argument, Clause, Span

RESUME = 3  # characters between a cue in the middle of a sentence and the rest of the quotation: a comma and a space


class QuoteIndex:
    """Quotations of a text, asked by position."""

    def __init__(self, quotations: Sequence[Span], text: str) -> None:
        self.quotations = quotations
        self._text = text
        self._begins = [q.begin for q in quotations]

    def preceding(self, spans: tuple[Span, ...], sentence: int) -> tuple[Span, ...]:
        """Add the quotation that stands right before the cue's sentence where the splitter cut "A," she said off it."""
        at = bisect_left(self._begins, sentence) - 1
        if at >= 0 and spans[0].begin >= sentence:
            before = self.quotations[at]
            inner = self._text[before.begin : before.end].rstrip("\"”’»'")
            if 0 <= sentence - before.end <= RESUME and inner.endswith((",", "?", "!", "—")):
                return (before, *spans)
        return spans

    def touching(self, span: Span) -> list[Span]:
        """Quotations that share a character with the span."""
        first = max(0, bisect_right(self._begins, span.begin) - 1)
        last = bisect_left(self._begins, span.end)
        return [q for q in self.quotations[first:last] if q.end > span.begin]

    def widen(self, content: list[Span], cue: int) -> tuple[tuple[Span, ...], bool]:
        """Extend content to the whole of the quotations it mostly consists of; say whether it is a direct quotation.

        A quotation that the cue itself stands in ("I think that …") is somebody else's and widens nothing.
        """
        out: list[Span] = []
        direct = False
        for span in content:
            begin, end = span
            for q in self.touching(span):
                if q.begin <= cue < q.end:
                    continue
                inside = min(q.end, span.end) - max(q.begin, span.begin)
                if inside >= 0.5 * (span.end - span.begin):
                    begin, end = min(begin, q.begin), max(end, q.end)
                    direct = True
                elif q.begin >= span.begin and q.begin < span.end < q.end <= span.end + 2:
                    end = q.end
            out.append(Span(begin, end))
        return _merged(out), direct

    def resumed(self, spans: tuple[Span, ...], clause: Clause, source: Argument | None) -> tuple[Span, ...]:
        """Add the quotation that goes on after a cue in the middle: "A," she said, "b." """
        if spans[-1].end > clause.trigger.begin:
            return spans
        end = max(clause.trigger.end, source.span.end if source is not None else 0)
        at = bisect_left(self._begins, end)
        if at < len(self.quotations) and 0 <= self.quotations[at].begin - end <= RESUME:
            between = self._text[end : self.quotations[at].begin]
            if not any(mark in between for mark in ".!?\n"):  # a new sentence may be somebody else's
                return (*spans, self.quotations[at])
        return spans


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.begin <= out[-1].end:
            out[-1] = Span(out[-1].begin, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
