"""Answers in deeds: coming or staying away, nothing of the kind, an event that is told as not held."""

from __future__ import annotations

import re

from kg.extract.discourse.answers import Reply, is_told
from kg.extract.discourse.antecedents import REACH, Initiatives
from kg.extract.discourse.board import Board, chains
from kg.model import Category, Clause, Factuality, Role, Slot, Span, Status

COMING = frozenset({
    "attend", "participate", "come", "join", "go", "travel", "show up", "turn up", "take part", "take", "send",
    "return",
})  # fmt: skip


def coming(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """Those who are invited come or stay away: "Sudan said it would attend", "he would be there"."""
    after = board.words(Span(clause.trigger.end, max(clause.trigger.end, clause.span.end)))
    there = clause.lemma in ("there", "present") or (
        clause.lemma == "be" and re.match(r"there\b|present\b|in attendance\b", after)
    )
    away = clause.lemma in ("stay away", "boycott") or (clause.lemma in ("stay", "keep") and after.startswith("away"))
    if not (clause.lemma in COMING or there or away) or not is_told(clause):
        return None
    by = board.subject(clause)
    chain = board.chain(by.mention) if by is not None else None
    if by is None:
        return None
    for initiative in initiatives.before(clause.trigger, REACH if chain is not None else 1):
        content = board.events[initiative.content] if initiative.content is not None else None
        meets = initiative.kind == "invite" or (content is not None and content.cls == "Meeting")
        mine = any(board.speaks_for(chain, a) for a in chains(initiative, Role.ADDRESSEE))
        mine = mine or (chain is None and by.head_lemma.lower() in ("he", "she", "they", "it", "both", "all"))
        if meets and mine and not initiatives.inside(clause.trigger, initiative):
            status = Status.REJECTED if clause.negated or away else Status.ACCEPTED
            return Reply(initiative, status, "who is asked to come comes or stays away", by)
    return None


def nothing(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """ "None has been announced", "no inquiry was opened": nothing of the kind that was wanted."""
    if not clause.negated and not any(a.head_lemma.lower() in ("none", "neither") for a in clause.arguments):
        return None
    for argument in clause.arguments:
        if argument.slot not in (Slot.OBJECT, Slot.SUBJECT) or not is_told(clause):
            continue
        bare = argument.head_lemma.lower() == "none"
        told = bare or board.words(argument.span).startswith(("no ", "no such "))
        for initiative in initiatives.before(argument.head, 1 if bare else REACH) if told else ():
            if initiatives.inside(clause.trigger, initiative):
                continue
            if bare and clause.lemma in ("want", "have", "accept") and argument.slot is Slot.OBJECT:
                rule = "those who are asked want none of it"
                return Reply(initiative, Status.REJECTED, rule, board.subject(clause))
            if bare or initiatives.wants(initiative, argument.head_lemma):
                return Reply(initiative, Status.UNMET, "nothing of the kind that was wanted")
    return None


def not_held(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """ "The summit never took place": the event that was wanted is told as not having come about."""
    event = board.event_at(clause.index)
    if event is None or clause.category is not Category.NOUN or event.factuality is not Factuality.DENIED:
        return None
    found = initiatives.wanting(event)
    return None if found is None else Reply(found, Status.UNMET, "what was wanted is told as not having happened")
