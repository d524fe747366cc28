"""What an initiative wants: the clause and the things that its content names."""

from __future__ import annotations

from kg.extract.discourse.board import Board
from kg.model import Category, Clause, Event, Mention, MentionKind, Slot


def wanted_clause(board: Board, initiative: Event) -> Clause | None:
    """The least deep clause of what an initiative wants, if a verb tells it."""
    for span in initiative.content_spans:
        for index in board.inside(span):
            clause = board.clauses[index]
            above = clause.governor
            if clause.category is Category.VERB and above is not None and above == initiative.clause:
                return clause
    return None


def content_nouns(board: Board, initiative: Event) -> list[Mention]:
    """The thing an initiative wants: the head of a nominal content; object or passive subject of a verbal one."""
    clause = wanted_clause(board, initiative)
    if clause is not None:
        things = [a.mention for a in clause.arguments if a.slot is Slot.OBJECT and a.mention is not None]
        return [board.mentions[m] for m in things if board.mentions[m].kind is MentionKind.NOMINAL]
    if initiative.clause is None:
        return []
    spans = initiative.content_spans
    out = []
    for argument in board.clauses[initiative.clause].arguments:
        mention = board.mentions[argument.mention] if argument.mention is not None else None
        if mention is None or mention.kind is not MentionKind.NOMINAL or argument.slot is Slot.SUBJECT:
            continue
        if any(s.begin <= argument.head.begin < s.end for s in spans):
            out.append(mention)
    return out


def is_noun(board: Board, event: Event) -> bool:
    """Whether an event is told by a noun."""
    return event.clause is not None and board.clauses[event.clause].category is Category.NOUN


def is_of_mass(board: Board, event: Event) -> bool:
    """Whether a bare singular noun tells an event: "pressure" is a mass, "a lawsuit" and "appeals" are single acts."""
    said = [m for m in board.mentions if m.head == event.trigger]
    return bool(said) and all(m.number == "sing" and not m.determiner and m.possessor is None for m in said)
