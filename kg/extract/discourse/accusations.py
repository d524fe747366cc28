"""Accusations and their denials: "Sudan denied the allegation" answers who accused Sudan."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.extract.discourse.antecedents import REACH
from kg.extract.discourse.board import Board, chains
from kg.model import Event, Factuality, Role

CHARGES = frozenset({"allegation", "accusation", "charge", "claim", "it", "this", "that", "which", "blame"})
FAULTS = frozenset({"involvement", "responsibility", "wrongdoing", "role", "guilt", "knowledge", "fault", "link"})
NOUNS = frozenset({"allegation", "accusation", "charge", "claim", "report", "suggestion"})
CALLING = frozenset({"call", "describe", "brand", "label", "dismiss", "say", "be"})
_FALSE = re.compile(
    r"\b(?:baseless|false|groundless|unfounded|nonsense|absurd|slander|fabricat\w+|untrue|a lie|lies)\b"
)
DENYING = frozenset({"deny", "reject", "dismiss", "refute", "rebut", "dispute", "denial"})


def answered_accusations(board: Board) -> Iterator[tuple[Event, Event, str]]:
    """Each accusation with the denial that answers it, and the rule that joined them."""
    told = [e for e in board.events if e.cls == "Accusation" and e.content_text and e.factuality is Factuality.HAPPENED]
    if not told:
        return
    for clause in board.clauses:
        named = [a for a in clause.arguments if a.head_lemma in NOUNS]
        if clause.lemma not in CALLING or not named or not _FALSE.search(board.words(clause.span)):
            continue
        near = [e for e in told if e.trigger < clause.trigger and clause.sentence - board.sentence(e) <= 2]
        if near:
            yield near[-1], board.ensure_clause(clause), "the accusation is called false"
    for event in list(board.events):
        if event.cls != "Refusal" or event.lemma.split(" ")[0] not in DENYING or event.status is not None:
            continue
        if event.factuality is not Factuality.HAPPENED:
            continue
        found = _meant(board, event, told)
        if found is not None:
            yield found[0], event, found[1]


def _meant(board: Board, event: Event, told: Sequence[Event]) -> tuple[Event, str] | None:
    """The nearest accusation before: named by its noun, or made against who denies here."""
    here = board.sentence(event)
    people = chains(event, Role.RESPONDER, Role.AGENT)
    heads = {a.head_lemma for a in event.answers}
    named = bool(heads & CHARGES)
    last = bisect_left(told, event.trigger, key=lambda e: e.trigger)
    for accusation in reversed(told[max(0, last - 8) : last]):
        if here - board.sentence(accusation) > REACH:
            return None
        accused = chains(accusation, Role.RECIPIENT)
        accuser = chains(accusation, Role.AGENT)
        if any(board.speaks_for(a, p) for a in accuser for p in people):
            continue
        denies = any(board.speaks_for(a, p) for a in accused for p in people)
        if named:
            return accusation, "the noun points back to the accusation"
        if denies and (heads & FAULTS or not heads):
            return accusation, "the accused denies"
    return None
