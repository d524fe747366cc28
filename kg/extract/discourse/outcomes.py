"""What led to what: answers, linking verbs and nouns, causal prepositions and subordinators, conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extract.discourse.answers import Answer
from kg.extract.discourse.board import Board
from kg.model import Argument, Category, Clause, Event, Relation, RelationKind, Slot, Status

Add = Callable[[RelationKind, Event, Event, str], None]
CAUSE_MARKERS = frozenset(
    {
        "because of",
        "due to",
        "in response to",
        "as a result of",
        "thanks to",
        "following",
        "owing to",
        "in reaction to",
        "as a consequence of",
        "in retaliation for",
        "out of",
        "over",
        "after",
    }
)
SHORTEST = 8  # characters of what is left of a clause; less says nothing
WEAK_MARKERS = frozenset({"after", "over", "following", "out of"})
"""Prepositions that mean a cause only between two events that both evoke a frame."""
CAUSE_SUBORDINATORS = frozenset({"because", "since", "after", "as", "when"})
STRONG = frozenset({"because"})
CONDITIONS = frozenset({"if", "unless", "should"})


def find_outcomes(board: Board, answers: Sequence[Answer]) -> list[Relation]:
    """All relations of a document, one per pair of events and kind, in text order of their causes."""
    found: dict[tuple[int, int], Relation] = {}

    def add(kind: RelationKind, cause: Event, effect: Event, rule: str) -> None:
        key = (cause.index, effect.index)
        if cause.index == effect.index or cause.trigger == effect.trigger or key in found or key[::-1] in found:
            return
        found[key] = _relation(board, kind, cause, effect, rule)

    for a in answers:
        kind = RelationKind.RESPONSE
        if board.events[a.event].cls in ("NonRealisation", "Happening"):
            kind = RelationKind.OUTCOME
        if a.status is Status.REALISED:
            kind = RelationKind.REALISATION
        add(kind, board.events[a.initiative], board.events[a.event], a.rule)
    for event in list(board.events):
        if event.link is not None and event.clause is not None:
            _linked(board, event, board.clauses[event.clause], add)
    for clause in board.clauses:
        _prepositions(board, clause, add)
        _subordinate(board, clause, add)
    return sorted(found.values(), key=lambda r: (r.cause, r.effect))


def _relation(board: Board, kind: RelationKind, cause: Event, effect: Event, rule: str) -> Relation:
    return Relation(
        index=0,
        kind=kind,
        cause=cause.index,
        effect=effect.index,
        cause_text=cause.content_text
        if cause.kind is not None and cause.content_text
        else _apart(board, cause, effect),
        effect_text=_apart(board, effect, cause),
        cause_evidence=cause.evidence[0],
        effect_evidence=effect.evidence[0],
        rule=rule,
    )


def _apart(board: Board, event: Event, other: Event) -> str:
    """An event's words without those of the clause at its other end: "if X, Y" has X and Y."""
    if event.clause is None or other.clause is None:
        return event.label
    outer, inner = board.clauses[event.clause].span, board.clauses[other.clause].span
    if not (outer.begin <= inner.begin and inner.end <= outer.end and outer != inner):
        return event.label
    text = board.document.text
    before, after = text[outer.begin : inner.begin], text[inner.end : outer.end]
    words = " ".join((before if len(before) > len(after) else after).strip(" ,;–—").split())
    return words if len(words) > SHORTEST else event.label


def _linked(board: Board, event: Event, clause: Clause, add: Add) -> None:
    """ "A led to B", "A emerged from B", "A was the result of B", "A, prompting B"."""
    others = [board.ensure(a) for a in event.answers if _is_event(board, a)]
    if not others:
        return
    if clause.category is Category.NOUN:
        above = board.clauses[clause.governor] if clause.governor is not None else None
        ends = [] if above is None else _own_end(board, above)
    else:
        ends = _own_end(board, clause)
    for end in ends:
        for other in others:
            if event.link == "forward":
                add(RelationKind.OUTCOME, end, other, f"{event.lemma}: leads to")
            else:
                add(RelationKind.OUTCOME, other, end, f"{event.lemma}: comes of")


def _own_end(board: Board, clause: Clause) -> list[Event]:
    """The event that a linking verb's subject is; for "…, prompting …" the whole main clause."""
    told = board.event_at(clause.index)
    if told is not None and told.link is None:
        return [told]
    if clause.relation == "advcl" and clause.governor is not None:
        return [board.ensure_clause(board.clauses[clause.governor])]
    subjects = [a for a in clause.arguments if a.slot is (Slot.OBJECT if clause.passive else Slot.SUBJECT)]
    return [board.ensure(a) for a in subjects if _is_event(board, a)]


def _is_event(board: Board, argument: Argument) -> bool:
    """Whether an argument can be what happened: a clause, an event noun, or a thing that is no person or place."""
    if argument.clause is not None:
        return True
    mention = board.mentions[argument.mention] if argument.mention is not None else None
    return mention is not None and mention.type is None and mention.kind == "nominal"


def _prepositions(board: Board, clause: Clause, add: Add) -> None:
    """ "in response to pressure", "after weeks of diplomacy": a causal phrase of an event that is one itself."""
    effect = board.event_at(clause.index)
    if effect is None or effect.link is not None:
        return
    for argument in clause.arguments:
        if argument.slot is not Slot.OBLIQUE or argument.marker not in CAUSE_MARKERS:
            continue
        cause = board.event_at(argument.clause)
        if cause is None:
            cause = next((e for a in _inside(board, argument) if (e := board.event_at(a)) is not None), None)
        weak = argument.marker in WEAK_MARKERS
        if cause is not None and cause.link is None and (not weak or (cause.plover and effect.plover)):
            add(RelationKind.CAUSE, cause, effect, f"{argument.marker}: cause")


def _inside(board: Board, argument: Argument) -> list[int]:
    """Clauses whose trigger stands in an argument ("weeks of quiet diplomacy")."""
    if argument.span.end - argument.span.begin > 120:
        return []
    return [c.index for c in board.clauses if argument.span.begin <= c.trigger.begin < argument.span.end]


def _subordinate(board: Board, clause: Clause, add: Add) -> None:
    """ "after the ministry refused", "because they were not consulted", "if the payment is late"."""
    if clause.relation != "advcl" or clause.governor is None:
        return
    above = board.clauses[clause.governor]
    if clause.marker in CONDITIONS:
        add(RelationKind.CAUSE, board.ensure_clause(clause), board.ensure_clause(above), f"{clause.marker}: condition")
        return
    if clause.marker not in CAUSE_SUBORDINATORS:
        return
    cause, effect = board.event_at(clause.index), board.event_at(above.index)
    if clause.marker in STRONG:
        cause, effect = board.ensure_clause(clause), board.ensure_clause(above)
    if (
        cause is not None
        and effect is not None
        and cause.cls != "Statement"
        and (cause.plover or clause.marker in STRONG)
    ):
        add(RelationKind.CAUSE, cause, effect, f"{clause.marker}: cause")
