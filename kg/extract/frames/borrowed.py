"""Contents that were read for two words: "rejected the demand and insisted that Chad leave" asks for the leaving once.

The word whose own complement it is has it. A noun that only takes up an earlier initiative is left without words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Event, Span


def without_borrowed(events: Sequence[Event], by_frames: Sequence[Event]) -> list[Event]:
    """Take from each initiative a content that a frame found for another one; `by_frames` are the frames' events."""
    owners = sorted((span, e.trigger) for e in by_frames if e.kind is not None for span in e.content_spans)
    begins = [span.begin for span, _ in owners]
    longest = max((span.end - span.begin for span, _ in owners), default=0)
    own = {(e.trigger, span) for e in by_frames for span in e.content_spans}

    def is_borrowed(event: Event, mine: Span) -> bool:
        if (event.trigger, mine) in own:
            return False
        near = range(bisect_left(begins, mine.begin - longest), bisect_left(begins, mine.end))
        return any(owners[k][1] != event.trigger and _meet(mine, owners[k][0]) for k in near)

    out = []
    for event in events:
        borrowed = event.kind is not None and any(is_borrowed(event, mine) for mine in event.content_spans)
        out.append(replace(event, content_text="", content_spans=()) if borrowed else event)
    return out


def _meet(one: Span, other: Span) -> bool:
    return one.begin < other.end and other.begin < one.end
