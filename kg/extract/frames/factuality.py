"""Whether an event is told as done: its own clause's presentation, then that of what governs it.

The classes follow FactBank (Saurí and Pustejovsky 2009) cut down to four: happened, denied, future, hypothetical.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.frames.event_times import plan_of
from kg.extract.frames.lexicon import Frame
from kg.model import ASSERTED, Category, Clause, Factuality, Modality

CONTENT_RELATIONS = frozenset({"ccomp", "xcomp", "obj", "nsubj:pass", "nmod", "acl", "conj", "compound", "csubj"})
"""Relations over which what is wanted, denied or conditional passes on; adjuncts of time and place stay as they are."""


def factuality(
    clause: Clause, clauses: Sequence[Clause], frames: Mapping[int, Frame]
) -> tuple[Factuality, tuple[str, ...]]:
    """Factuality of the event a clause tells, and the rules that decided; `frames` gives each clause's frame."""
    own = clause.asserted
    planned = plan_of(clause, clauses)
    if (
        planned is not None
        and own is not Factuality.DENIED
        and not planned.negated
        and planned.modality is Modality.REAL
    ):
        return Factuality.FUTURE, (f"factuality: a time is fixed by {planned.lemma}",)
    if own in (Factuality.DENIED, Factuality.HYPOTHETICAL):
        return own, (f"factuality: {'negated' if own is Factuality.DENIED else f'modality {clause.modality}'}",)
    below, steps = clause, 0
    while below.governor is not None and steps < DEPTH:
        above = clauses[below.governor]
        frame = frames.get(above.index)
        if not _passes_on(below, above, frame):
            break
        found = _governed(below, above, frame)
        if found is Factuality.FUTURE:
            over, _ = factuality(above, clauses, frames)
            found = over if over in (Factuality.HYPOTHETICAL, Factuality.DENIED) else found
        if found is not None:
            return found, (f"factuality: governed by {above.lemma}",)
        below, steps = above, steps + 1
    return own, (f"factuality: modality {clause.modality}",) if own is not Factuality.HAPPENED else ()


DEPTH = 6  # governors looked at; deeper ones no longer change how a reader takes an event


def _passes_on(below: Clause, above: Clause, frame: Frame | None) -> bool:
    relation = below.relation
    if relation == "acl" and below.passive:
        return False  # "journalists detained in March": the participle describes, it is not wanted
    if relation in CONTENT_RELATIONS:
        return not (relation == "conj" and above.category is not Category.NOUN)
    if relation == "obl" and frame is not None:
        return any(a.clause == below.index and a.marker in frame.content for a in above.arguments)
    return relation == "advcl" and below.marker == "for"


def _governed(below: Clause, above: Clause, frame: Frame | None) -> Factuality | None:
    """What one governor makes of an event in its content, None if it leaves it as it is."""
    if frame is not None:
        if frame.kind is not None or frame.plover in ("REQUEST", "THREATEN"):
            return Factuality.HYPOTHETICAL
        if frame.denies:
            return None if above.negated else Factuality.DENIED  # "did not deny that it had attacked"
        if frame.cls == "Refusal" and below.relation in ("xcomp", "ccomp", "acl"):
            return Factuality.DENIED if frame.is_denial or not above.negated else None
        if frame.cls == "Agreement" and below.relation in ("xcomp", "acl", "obl"):
            return Factuality.FUTURE
    nominal = below.category is Category.NOUN and below.relation in ("obj", "nmod", "nsubj:pass")
    if nominal and above.category is Category.VERB and above.modality is not Modality.REAL:
        return ASSERTED[above.modality]
    if below.relation in ("xcomp", "ccomp") and above.modality is Modality.CONDITIONAL:
        return Factuality.HYPOTHETICAL
    return None
