"""Answers in deeds: coming or staying away, doing what was asked, nothing of the kind, going on all the same."""

from __future__ import annotations

import re

from kg.extract.discourse.answers import Reply, is_told
from kg.extract.discourse.antecedents import REACH, Initiatives
from kg.extract.discourse.board import Board, chains
from kg.extract.discourse.contents import wanted_clause
from kg.model import Argument, Category, Clause, Factuality, Modality, Role, Slot, Span, Status

COMING = frozenset({
    "attend", "participate", "come", "join", "go", "travel", "show up", "turn up", "take part", "take", "send",
    "return",
})  # fmt: skip
OBLIGING = frozenset({"help", "oblige", "comply", "cooperate", "concede"})
GIVING_WAY = frozenset({
    "budge", "relent", "give in", "give way", "bow", "yield", "hear", "entertain", "countenance", "contemplate",
    "cave in",
    "back down", "submit", "listen", "heed", "surrender", "capitulate", "knuckle",
})  # fmt: skip
_DOES_SO = re.compile(r"so\b|$|[.,;]")
CONTINUING = frozenset({"continue", "go on", "persist", "go ahead", "carry on", "resume", "intensify", "rage"})
CONTRASTS = frozenset({"but", "yet", "although", "though", "however", "while"})


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


def willing(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """The addressee "said no", "would gladly help", "would not budge" or "would not hear of it"."""
    after = " ".join(board.words(Span(clause.trigger.end, max(clause.trigger.end, clause.span.end))).split(" ")[:3])
    yes_or_no = re.match(r"(yes|no)\b(?! one\b)", after) if clause.lemma == "say" else None
    ahead = clause.modality is Modality.FUTURE or clause.tense == "future"
    if yes_or_no is not None:
        status = Status.ACCEPTED if yes_or_no[1] == "yes" else Status.REJECTED
    elif clause.lemma in GIVING_WAY and clause.negated and clause.modality is not Modality.WANTED:
        status = Status.REJECTED
    elif clause.lemma in OBLIGING and ahead:
        status = Status.REJECTED if clause.negated else Status.ACCEPTED
    else:
        return None
    by = board.subject(clause)
    for argument in clause.arguments:
        if argument.slot in (Slot.OBJECT, Slot.OBLIQUE):
            found = initiatives.meant_by(argument, clause.trigger)
            if found is not None:
                return Reply(found[0], status, f"gives way or not: {found[1]}", by)
    chain = board.chain(by.mention) if by is not None else None
    found = initiatives.addressed_to({chain}, clause.trigger) if chain is not None else None
    return None if found is None else Reply(found[0], status, f"gives way or not: {found[1]}", by)


def echo(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """What was wanted is told with the same verb, of the same doer and thing: done, promised, refused or not done."""
    if clause.category is not Category.VERB or not is_told(clause) or clause.relation in ("acl", "advcl"):
        return None
    for initiative in initiatives.before(clause.trigger, 1 if clause.lemma == "do" else REACH):
        wanted = wanted_clause(board, initiative)
        if wanted is None or initiatives.inside(clause.trigger, initiative):
            continue
        by = board.subject(clause) or board.speaker_above(clause)
        so = clause.lemma == "do" and _DOES_SO.match(board.words(Span(clause.trigger.end, clause.trigger.end + 4)))
        if so and clause.relation == "xcomp":
            continue  # "declined to do so" is told by the verb above
        if not (so or (wanted.lemma == clause.lemma and _same_thing(board, wanted, clause))):
            continue
        if not _same_doer(board, wanted, by, passive=clause.passive, so=bool(so)):
            continue
        addressed = any(
            board.speaks_for(board.chain(by.mention) if by is not None else None, a)
            for a in chains(initiative, Role.ADDRESSEE)
        )
        ahead = clause.modality is Modality.FUTURE or clause.tense == "future"
        if ahead and not addressed and not so:
            continue
        done = (Status.UNMET, Status.REALISED) if not ahead else (Status.REJECTED, Status.ACCEPTED)
        status = done[0] if clause.negated else done[1]
        return Reply(initiative, status, "what was wanted is told with the same verb", by)
    return None


def _same_doer(board: Board, wanted: Clause, by: Argument | None, *, passive: bool, so: bool) -> bool:
    doer = board.subject(wanted)
    if by is None or doer is None:
        return passive
    if board.speaks_for(board.chain(doer.mention), board.chain(by.mention)):
        return True
    return so and by.head_lemma in ("it", "he", "she", "they")


def _same_thing(board: Board, wanted: Clause, clause: Clause) -> bool:
    """The object, or where there is none the first phrase after the verb, is the same; a pronoun fits any."""
    one = next((a for a in wanted.arguments if a.slot is Slot.OBJECT), None)
    other = next((a for a in clause.arguments if a.slot is Slot.OBJECT), None)
    if one is None:
        return other is None
    if other is None:
        return False
    chain = board.chain(one.mention)
    same = chain is not None and chain == board.chain(other.mention)
    return same or one.head_lemma == other.head_lemma or other.head_lemma in ("it", "them", "so")


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


def contrast(board: Board, initiatives: Initiatives, clause: Clause) -> Reply | None:
    """ "X called for a truce, but the fighting continued": the text sets what goes on against what was wanted."""
    going_on = clause.lemma in CONTINUING
    if not (going_on or clause.negated) or not is_told(clause) or clause.category is not Category.VERB:
        return None
    begin = board.words(board.sentences[clause.sentence].span).split(" ", 1)[0].strip(",")
    opened = begin in ("but", "yet", "however", "nevertheless", "still")
    joined = board.opening(clause) in CONTRASTS and clause.relation in ("conj", "advcl", "parataxis")
    if not (opened or joined):
        return None
    subject = board.subject(clause)
    chain = board.chain(subject.mention) if subject is not None else None
    for initiative in initiatives.before(clause.trigger, 1 if opened and not joined else 0):
        proposers = chains(initiative, Role.PROPOSER)
        governed = clause.governor is not None and clause.governor == initiative.clause
        if initiatives.inside(clause.trigger, initiative) or any(board.speaks_for(chain, p) for p in proposers):
            continue
        if going_on or governed:
            cls = "Happening" if going_on else ""
            return Reply(
                initiative, Status.UNMET, "contrast: “but” sets what happened against what was wanted", cls=cls
            )
    return None
