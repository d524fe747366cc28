"""What became of what: event coreference, answers to initiatives, outcomes and causes, within one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.discourse.answers import Answer, realised_answers, told_answers
from kg.extract.discourse.antecedents import Initiatives
from kg.extract.discourse.board import Board
from kg.extract.discourse.contents import is_noun, is_of_mass
from kg.extract.discourse.coreference import unite, unite_read
from kg.extract.discourse.dispositions import ANSWERS, add_addressees, dispositions_of, share_participants
from kg.extract.discourse.learned import Links, borne_out, links_of, read_answers, read_as_answered
from kg.extract.discourse.outcomes import find_outcomes
from kg.extract.discourse.replies import despite_answers, find_replies, met_answers
from kg.model import (
    Chain,
    Clause,
    Disposition,
    Document,
    Event,
    Factuality,
    Mention,
    Readings,
    Relation,
    Role,
    Sentence,
    Status,
)

__all__ = ["find_discourse"]

SURE_WITHOUT_CONTENT = 0.5
"""Confidence from which an initiative stands of which nothing but its author is told."""


def find_discourse(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    events: Sequence[Event],
    *,
    chains: Sequence[Chain] = (),
    chain_of: Sequence[int | None] = (),
    readings: Readings | None = None,
) -> tuple[tuple[Event, ...], tuple[Relation, ...], tuple[Disposition, ...]]:
    """Events with their coreference settled, relations between them, and how each initiative stands.

    An anaphoric mention of an initiative ("this request") is no second initiative: it is left out and its sentence
    becomes further evidence of the first. So does "the attack" of an attack told before. Content that is reported not
    to have come about is told as denied. Without `chains` and `chain_of` only participants are known by their chains.
    """
    chances = readings.doubts if readings is not None else {}
    board = Board(document, sentences, mentions, clauses, list(events), chains, chain_of, chances)
    links = links_of(board, readings) if readings is not None else Links()
    initiatives = Initiatives(board, answered=read_as_answered(board, links))
    add_addressees(board, initiatives)
    answers = read_answers(board, initiatives, links, _answers(board, initiatives, readings))
    share_participants(board, answers)
    dispositions = dispositions_of(board, initiatives, answers)
    relations = find_outcomes(board, answers, links)
    _deny_unrealised(board, dispositions)
    same_as = {**unite(board), **initiatives.same_as}
    same_as = unite_read(board, links, same_as)
    return _compacted(board, same_as, relations, dispositions)


def _answers(board: Board, initiatives: Initiatives, readings: Readings | None) -> list[Answer]:
    """Every answer that rules find in the document, in text order, then realisations told nowhere as answers."""
    told = told_answers(board, initiatives)
    taken = {c for a in told if (c := board.events[a.event].clause) is not None}
    told += find_replies(board, initiatives, taken)
    told = borne_out(board, readings, told, same_as=initiatives.same_as)
    told += despite_answers(board, initiatives)
    told += met_answers(board, initiatives)
    told.sort(key=lambda a: board.events[a.event].trigger)
    return told + realised_answers(board, initiatives, told)


def _deny_unrealised(board: Board, dispositions: Sequence[Disposition]) -> None:
    """What a NonRealisation says did not come about is denied, no longer merely wanted."""
    for d in dispositions:
        if d.status is not Status.UNMET or d.response is None or board.events[d.response].cls != "NonRealisation":
            continue
        content = board.events[d.initiative].content
        if content is not None and board.events[content].factuality is Factuality.HYPOTHETICAL:
            event = board.events[content]
            rules = (*event.rules, "factuality: reported not to have come about")
            board.events[content] = replace(event, factuality=Factuality.DENIED, rules=rules)


def _is_made(event: Event, board: Board) -> bool:
    """Whether somebody made it, or is to: what is denied or only supposed nobody could answer."""
    supposed = event.clause is not None and board.clauses[event.clause].condition
    return event.factuality is not Factuality.DENIED and not supposed


def _is_told(event: Event, board: Board, dispositions: Sequence[Disposition]) -> bool:
    """Whether it says what was wanted or, surely read, by whom; a mere noun that nobody reads so needs more than what.

    "They rejected our offer" tells of an offer, whatever was offered.
    """
    owned = any(p.role is Role.PROPOSER for p in event.participants)
    if not event.content_text:
        sure = event.reading is not None and (event.confidence or 0.0) >= SURE_WITHOUT_CONTENT
        return owned and sure and not is_of_mass(board, event)
    if owned or event.reading is not None or not is_noun(board, event):
        return True
    return any(d.initiative == event.index for d in dispositions)


def _compacted(
    board: Board, same_as: Mapping[int, int], relations: Sequence[Relation], dispositions: Sequence[Disposition]
) -> tuple[tuple[Event, ...], tuple[Relation, ...], tuple[Disposition, ...]]:
    """Leave out anaphoric initiatives and abstract linking events, renumber the rest."""
    used = {r.cause for r in relations} | {r.effect for r in relations} | {d.response for d in dispositions}
    evidence: dict[int, list[int]] = {}
    for anaphor, first in same_as.items():
        evidence.setdefault(first, []).append(anaphor)
    keep = [
        e
        for e in board.events
        if e.index not in same_as and not (e.link is not None and e.plover is None and e.index not in used)
    ]
    order = sorted(keep, key=lambda e: (e.trigger, e.cls == "Statement", e.index))
    new = {e.index: i for i, e in enumerate(order)}
    for anaphor, first in same_as.items():
        if first in new:
            new[anaphor] = new[first]
    # what an answer names is coded with the answer: "rejected the offer" tells of no second act
    answered = {a.head for e in board.events if e.cls in ANSWERS for a in e.answers}
    events = []
    for e in order:
        more = [x for a in evidence.get(e.index, ()) for x in board.events[a].evidence if x not in e.evidence]
        content = new.get(e.content) if e.content is not None else None
        if e.kind is not None:
            stands = _is_made(e, board) and _is_told(e, board, dispositions)
            if e.trigger in answered and not (stands and e.content_text):
                e = replace(e, plover=None)
            if not stands:
                e = replace(e, kind=None, cls="CommunicativeAct")
        events.append(replace(e, index=new[e.index], content=content, evidence=(*e.evidence, *dict.fromkeys(more))))
    kept = [r for r in relations if r.cause in new and r.effect in new and new[r.cause] != new[r.effect]]
    return (
        tuple(events),
        tuple(replace(r, index=i, cause=new[r.cause], effect=new[r.effect]) for i, r in enumerate(kept)),
        tuple(
            replace(d, initiative=new[d.initiative], response=new.get(d.response) if d.response is not None else None)
            for d in dispositions
            if d.initiative in new
        ),
    )
