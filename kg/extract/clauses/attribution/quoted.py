"""Quotations of a text in relation to cues: which content they widen, continue or resume."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.syntax.tree import Tree
from kg.model import Argument, Span, Way

RESUME = 3  # characters between a cue and the quotation beside it: a comma and a space
SENTENCE_LIKE = 12  # characters; a shorter quotation at the head of a sentence is a name or a single word
NEAR = 8  # contents before a quotation that may reach into it
GAP = 4  # characters before a quotation that begins its sentence
CLOSING_MARKS = "\"”’»'"
OPENING_MARKS = "\"“‘«„'`"
_RUNS_ON = (",", "?", "!", "—", "–", "-", "…", "...")
_ANNOUNCED = re.compile(r",?\s*:\s*|,\s*")
_ABUTS = re.compile(r"\s?|\s?[:—–-]{1,2}\s")


class Found(NamedTuple):
    """An attribution in the making: the fields of `kg.model.Attribution` without its index.

    `plain` says that a quotation of whole sentences may go on with it: The vote was fair, she said. "We won."
    """

    cue: Span
    content: tuple[Span, ...]
    source: Argument | None
    clause: int | None
    direct: bool
    rules: tuple[str, ...]
    way: Way
    plain: bool = False


class QuoteIndex:
    """Quotations of a text, asked by position."""

    def __init__(self, quotations: Sequence[Span], text: str) -> None:
        self.quotations = quotations
        self._text = text
        self._begins = [q.begin for q in quotations]

    def before(self, at: int) -> Span | None:
        """The quotation that runs on into what begins at `at`: "A," she said; "A?" she asked."""
        k = bisect_left(self._begins, at) - 1
        if k < 0 or not 0 <= at - self.quotations[k].end <= RESUME:
            return None
        q = self.quotations[k]
        inner = self._text[q.begin : q.end].rstrip(CLOSING_MARKS)
        comma = "," in self._text[q.end : at]
        return q if comma or inner.endswith(_RUNS_ON) else None

    def after(self, at: int) -> Span | None:
        """The quotation that what ends at `at` announces by a colon, even a paragraph on, or by a comma."""
        k = bisect_left(self._begins, at)
        if k < len(self.quotations) and _ANNOUNCED.fullmatch(self._text, at, self.quotations[k].begin):
            return self.quotations[k]
        return None

    def touching(self, span: Span) -> list[Span]:
        """Quotations that share a character with the span."""
        first = max(0, bisect_right(self._begins, span.begin) - 1)
        last = bisect_left(self._begins, span.end)
        return [q for q in self.quotations[first:last] if q.end > span.begin]

    def around(self, at: int) -> Span | None:
        """The quotation that a character stands in."""
        k = bisect_right(self._begins, at) - 1
        return self.quotations[k] if k >= 0 and self.quotations[k].end > at else None

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
                elif q.begin >= span.begin and q.begin < span.end < q.end:
                    end = q.end  # content that reaches into a quotation holds all of it
            out.append(Span(begin, end))
        return _merged(out), direct

    def run_on(self, span: Span, cue: int) -> Span:
        """Extend content that a quotation follows at once: take measures "to show them", one goal: "No more"."""
        k = bisect_left(self._begins, span.end)
        if span.begin > cue and k < len(self.quotations):
            q = self.quotations[k]
            if _ABUTS.fullmatch(self._text, span.end, q.begin) and not q.begin <= cue < q.end:
                return Span(span.begin, q.end)
        return span

    def beside(self, spans: tuple[Span, ...], region: Span) -> tuple[Span, ...]:
        """Add the quotation that ends right before a cue's region, and the one that goes on right after it."""
        if spans[0].begin >= region.begin:
            q = self.before(region.begin)
            if q is not None:
                spans = (q, *spans)
        if spans[-1].end <= region.begin:
            k = bisect_left(self._begins, region.end)
            if k < len(self.quotations) and 0 <= self.quotations[k].begin - region.end <= RESUME:
                between = self._text[region.end : self.quotations[k].begin]
                if not any(mark in between for mark in ".!?\n"):  # a new sentence may be somebody else's
                    spans = (*spans, self.quotations[k])
        return spans

    def goes_on(self, q: Span) -> bool:
        """Whether a quotation begins in the middle of a sentence, so that it only continues another one."""
        inner = self._text[q.begin : q.end].lstrip(OPENING_MARKS)
        return inner[:1].islower()

    def is_sentence(self, q: Span) -> bool:
        """Whether even a short quotation is a sentence of its own: it begins with a capital and ends with a stop."""
        inner = self._text[q.begin : q.end].strip(OPENING_MARKS + CLOSING_MARKS)
        return inner[:1].isupper() and inner.endswith((".", "!", "?"))

    def breaks(self, begin: int, end: int) -> bool:
        """Whether a sentence or paragraph ends between two places outside quotations."""
        return re.search(r"[.!?;]\s|\n", self._text[begin:end]) is not None


def continued(tree: Tree, found: Sequence[Found], quotes: QuoteIndex) -> list[Found]:
    """A quotation without a cue of its own belongs to the speaker quoted just before it.

    Either it has whole sentences and follows at once, in the next paragraph too, or it goes on in the middle of a
    sentence that the speaker's cue interrupts: "If they leave," said Ana, turning to the door, "we stay."
    """
    starts = [tree.begin[i] for i in range(len(tree)) if i == 0 or tree.sentence[i] != tree.sentence[i - 1]]
    out = list(found)
    taken = sorted((span, k) for k, f in enumerate(found) for span in f.content)
    ends = sorted((span.end, k) for span, k in taken if found[k].direct or found[k].plain)
    last: tuple[int, int] | None = None  # where the last quotation ended, and whose it is
    k = 0
    for q in quotes.quotations:
        while k < len(ends) and ends[k][0] <= q.begin:
            last = max(last or ends[k], ends[k])
            k += 1
        at = bisect_left(taken, q.end, key=lambda t: t[0].begin)
        near = taken[max(0, at - NEAR) : at]
        # what the quoted one says others said ("I think …") leaves the quotation itself without a speaker
        free = not any(span.end > q.begin and not q.begin <= found[i].cue.begin < q.end for span, i in near)
        if last is None or not free or not (q.end - q.begin >= SENTENCE_LIKE or quotes.is_sentence(q)):
            continue
        end, owner = last
        behind = max(end, out[owner].cue.end)
        here = bisect_right(starts, q.begin) - 1
        there = bisect_right(starts, max(end - 1, out[owner].cue.end)) - 1
        whole = here - there in (0, 1) and q.begin - starts[here] <= GAP
        if whole or (quotes.goes_on(q) and end <= out[owner].cue.begin and not quotes.breaks(behind, q.begin)):
            before = out[owner]
            out[owner] = before._replace(content=(*before.content, q), rules=(*before.rules, "quotation continues"))
            last = (q.end, owner)
    return out


def outermost(found: Sequence[Found]) -> list[Found]:
    """Leave out what is said within something else that is said: "She said he thinks …" tells what she said.

    Of two that stand in each other's content, as a parenthetical cue and one inside its matter, neither is within.
    """
    spans = sorted((span.begin, span.end, k) for k, f in enumerate(found) for span in f.content)
    reach: list[tuple[tuple[int, int], tuple[int, int]]] = []  # the two widest (end, owner) of different owners so far
    first, second = (-1, -1), (-1, -1)
    for _, end, k in spans:
        if k == first[1]:
            first = max(first, (end, k))
        elif (end, k) > first:
            first, second = (end, k), first
        else:
            second = max(second, (end, k))
        reach.append((first, second))
    out = []
    for k, f in enumerate(found):
        at = bisect_right(spans, f.cue.begin, key=lambda s: s[0]) - 1
        around = [owner for end, owner in reach[at] if end > f.cue.begin and owner != k] if at >= 0 else []
        if not any(not _covers(f, found[o].cue.begin) for o in around):
            out.append(f)
    return out


def _covers(found: Found, at: int) -> bool:
    return any(span.begin <= at < span.end for span in found.content)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.begin <= out[-1].end:
            out[-1] = Span(out[-1].begin, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
