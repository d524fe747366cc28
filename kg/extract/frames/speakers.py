"""What must or should be, as somebody says it, is what he wants: deontic modals in reported speech (Palmer 2001).

Of 94 annotated initiatives told by a modal within a statement the speaker was behind 91.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Event, Role

DEONTIC = frozenset({"must", "should", "ought", "need", "needs", "have", "has", "had"})
"""Auxiliaries, and verbs with "to" like them, by which something is wanted of a subject."""
RULE = "speaker says what must be"


def with_speakers(events: Sequence[Event], text: str) -> list[Event]:
    """Give initiatives that a modal tells and nobody is behind whoever says so; `events` know their speakers."""
    out = []
    for event in events:
        speaker = event.attributed_to
        word = text[event.trigger.begin : event.trigger.end].lower().split(" ")[0]
        wanted = event.kind is not None and word in DEONTIC
        if speaker is None or not wanted or any(p.role is Role.PROPOSER for p in event.participants):
            out.append(event)
            continue
        others = tuple(p for p in event.participants if p.mention != speaker.mention or p.mention is None)
        proposer = replace(speaker, role=Role.PROPOSER, rules=(*speaker.rules, RULE))
        out.append(replace(event, participants=(*others, proposer), attributed_to=None))
    return out
