"""Contents that were read for two words: "rejected the demand and insisted that Chad leave" asks for the leaving once.

The word whose own complement it is has it. A noun that only takes up an earlier initiative is left without words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Event, Span


def without_borrowed(events: Sequence[Event], by_frames: Sequence[Event]) -> list[Event]:
    """Take from each initiative a content that a frame found for another one; `by_frames` are the frames' events."""
    owners = [(span, e.trigger) for e in by_frames if e.kind is not None for span in e.content_spans]
    own = {(e.trigger, span) for e in by_frames for span in e.content_spans}
    out = []
    for event in events:
        borrowed = event.kind is not None and any(
            (event.trigger, mine) not in own and trigger != event.trigger and _meet(mine, span)
            for mine in event.content_spans
            for span, trigger in owners
        )
        out.append(replace(event, content_text="", content_spans=()) if borrowed else event)
    return out


def _meet(one: Span, other: Span) -> bool:
    return one.begin < other.end and other.begin < one.end
