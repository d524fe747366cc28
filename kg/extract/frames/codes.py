"""PLOVER codes of events: the frame's own, changed where the manual says that the telling decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.frames.lexicon import Frame
from kg.model import Category, Clause, Modality, Participant, Support, TimeSpan

YIELDING = frozenset({"Release", "Retreat", "Aid", "Cooperation", "Support", "Exchange", "Meeting"})
"""Cooperative acts, which are agreements as long as they are only announced."""
DEALINGS = frozenset({"Meeting", "Exchange", "Accusation", "Agreement", "Cooperation", "Support", "Aid", "Refusal"})
"""What people do by talking or trading, and news keeps mentioning without telling it."""
CARRIED = (Support.OBJECT, Support.OBLIQUE)
"""How a light verb carries an event noun."""


def in_passing(frame: Frame, clause: Clause, participants: Sequence[Participant], time: TimeSpan | None) -> bool:
    """A bare noun of talk or dealing ("during the talks") only mentions one: PLOVER codes who did what to whom."""
    bare = clause.category is Category.NOUN and clause.support not in CARRIED
    named = participants or time is not None or clause.relation.startswith("nsubj")
    return bare and not named and (frame.kind is not None or frame.cls in DEALINGS)


def plover_code(clause: Clause, frame: Frame, clauses: Sequence[Clause], frames: Mapping[int, Frame]) -> str | None:
    """The frame's code; by the PLOVER manual a cooperative act that is announced, agreed or offered is AGREE.

    Ruling it out is REJECT.
    """
    if frame.cls not in YIELDING:
        return frame.plover
    light = clause.category is Category.NOUN and clause.support in CARRIED
    verb = clauses[clause.governor] if light and clause.governor is not None else clause
    reported = verb.modal == "would" and verb.modality is Modality.FUTURE
    wished = verb.scheduled and verb.relation not in ("root", "conj", "parataxis")
    announced = (verb.tense == "future" or reported) and verb.modal != "is to" and not wished
    if announced and verb.category is Category.VERB:
        return "REJECT" if clause.negated else "AGREE"
    above = frames.get(verb.governor) if verb.governor is not None else None
    if above is not None and verb.relation in ("xcomp", "ccomp", "acl"):
        if above.plover == "AGREE":
            return "AGREE"
        if above.cls == "Refusal" and verb.relation == "xcomp":
            return "REJECT"
    return frame.plover
