"""Answers told without a word of answering."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.discourse.answers import Answer, Reply, tell_fully
from kg.extract.discourse.antecedents import Initiatives
from kg.extract.discourse.board import Board, chains
from kg.extract.discourse.deeds import coming, not_held, nothing
from kg.extract.discourse.remarks import silence, verdict
from kg.model import Clause, Event, Modality, Role, Slot, Status

DESPITE = frozenset({"despite", "in spite of", "in defiance of", "notwithstanding", "regardless of"})
AT = frozenset({"at"})
CLASSES: dict[Status, tuple[str, str | None]] = {
    Status.ACCEPTED: ("Acceptance", "AGREE"),
    Status.REJECTED: ("Refusal", "REJECT"),
    Status.PENDING: ("Response", None),
    Status.UNMET: ("NonRealisation", None),
    Status.REALISED: ("Happening", None),
}


Shape = Callable[[Board, Initiatives, Clause], Reply | None]


def find_replies(board: Board, initiatives: Initiatives, taken: set[int]) -> Iterator[Answer]:
    """The replies of clauses that no frame of answering has read (`taken` are those that one has)."""
    if not initiatives.told:
        return
    for clause in board.clauses:
        if clause.index in taken or clause.index in initiatives.cues:
            continue
        reply = next((r for shape in SHAPES if (r := shape(board, initiatives, clause)) is not None), None)
        if reply is None or reply.initiative.clause == clause.index:
            continue
        by = board.participant(reply.by, Role.RESPONDER, reply.rule) if reply.by is not None else None
        own = by is not None and by.chain in chains(reply.initiative, Role.PROPOSER)
        if own and reply.status not in (Status.UNMET, Status.REALISED):
            continue
        cls, plover = CLASSES[reply.status]
        event = board.answer(clause, reply.cls or cls, reply.status, plover, by)
        if event.kind is not None or event.index == reply.initiative.content:
            continue
        tell_fully(board, event, clause)
        givers = () if by is None else (by,)
        yield Answer(
            reply.initiative.index, event.index, reply.status, reply.rule, givers, reply.weak, named=reply.named
        )


def despite_answers(board: Board, initiatives: Initiatives) -> Iterator[Answer]:
    """ "Shelled the port despite a call for a truce": what was done all the same leaves the initiative unmet."""
    for initiative, above, marker in _done_beside(board, initiatives, DESPITE):
        rule = f"contrast: done {marker} what was wanted"
        yield Answer(initiative.index, board.ensure_clause(above).index, Status.UNMET, rule, ())


def met_answers(board: Board, initiatives: Initiatives) -> Iterator[Answer]:
    """ "Met at the suggestion of Chad": what is done at somebody's request accepts it.

    So in the corpus in nine of eleven; in the other two what was wanted is told as realised.
    """
    for initiative, above, _ in _done_beside(board, initiatives, AT):
        if above.modality is Modality.REAL:
            done = board.ensure_clause(above)
            proposers = chains(initiative, Role.PROPOSER)
            givers = tuple(p for p in done.participants if p.role is Role.AGENT and p.chain not in proposers)
            yield Answer(initiative.index, done.index, Status.ACCEPTED, "done at what was wanted", givers)


def _done_beside(
    board: Board, initiatives: Initiatives, markers: frozenset[str]
) -> Iterator[tuple[Event, Clause, str]]:
    """Each initiative that stands with one of these prepositions beside what is told as done, and that clause."""
    for initiative in initiatives.told:
        clause = board.clauses[initiative.clause] if initiative.clause is not None else None
        above = board.clauses[clause.governor] if clause is not None and clause.governor is not None else None
        if clause is None or above is None or above.negated:
            continue
        beside = [a.marker for a in above.arguments if a.slot is Slot.OBLIQUE and a.clause == clause.index]
        found = next((m for m in beside if m in markers), None)
        if found is not None:
            yield initiative, above, found


SHAPES: tuple[Shape, ...] = (verdict, silence, coming, nothing, not_held)
