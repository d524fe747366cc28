"""What a subordinate clause says of its main clause: a cause, a condition, or only a time."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.discourse.board import Board
from kg.extract.syntax.signatures import embedding
from kg.extract.words import PERSON_NOUNS
from kg.model import Argument, Category, Clause, EntityType, Event, Modality, RelationKind, Slot, Span

Add = Callable[[RelationKind, Event, Event, str], None]
SUBORDINATORS = frozenset({"after", "because", "when", "once", "since", "as"})
STRONG = frozenset({"because"})
TEMPORAL = frozenset({"after", "when", "once"})
CONCESSIVE = frozenset({"even if", "whether"})
"""Subordinators of what makes no difference to the main clause."""
_MEASURED = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|moments?|shortly|soon|just|right|"
    r"immediately|long) (?:after\b.*)?$"
)
"""How long after: "hours after the convoy crossed" says when, and no more."""
SAYING = frozenset({"say", "tell", "add", "write", "speak", "be", "announce", "warn", "state"})


def subordinate(board: Board, clause: Clause, add: Add) -> None:
    """ "after the ministry refused", "because they were not consulted", "should they fail"."""
    if clause.relation != "advcl" or clause.governor is None or clause.category is Category.NOUN:
        return
    above = board.clauses[clause.governor]
    if clause.condition:
        if clause.condition not in CONCESSIVE:
            consequence = board.ensure_clause(_consequence(board, above))
            add(RelationKind.CONDITION, board.ensure_clause(clause), consequence, f"{clause.condition}: condition")
        return
    opening = board.opening(clause)
    if opening not in SUBORDINATORS or (opening in TEMPORAL and is_measured(board, clause)):
        return
    cause, effect = board.event_at(clause.index), board.event_at(above.index)
    if opening in STRONG or (opening in TEMPORAL and _one_brings_other(board, clause, above, opening)):
        cause, effect = board.ensure_clause(clause), board.ensure_clause(above)
    elif opening == "when" or cause is None or not cause.plover:
        return
    if cause is not None and effect is not None and cause.cls != "Statement":
        add(RelationKind.CAUSE, cause, effect, f"{opening}: cause")


def _consequence(board: Board, above: Clause) -> Clause:
    """What holds only on a condition: the main clause, or what is said or intended in it."""
    if above.modality is not Modality.REAL:
        return above
    said = (a.clause for a in above.arguments if a.slot is Slot.COMPLEMENT and a.clause is not None)
    return next((board.clauses[k] for k in said if board.clauses[k].modality is not Modality.REAL), above)


def is_measured(board: Board, clause: Clause) -> bool:
    """Whether the text says how long after: then "after" is a time and no reason."""
    begin = max(board.sentences[clause.sentence].span.begin, clause.trigger.begin - 120)
    subject = min([clause.trigger.begin, *(a.span.begin for a in clause.arguments if a.slot is Slot.SUBJECT)])
    return _MEASURED.search(board.words(Span(begin, max(begin, subject)))) is not None


def _one_brings_other(board: Board, clause: Clause, above: Clause, opening: str) -> bool:
    """Whether "after", "once" or "when" joins two things done, each a finite clause: one brought about the other."""
    if not (_is_done(clause) and _is_done(above)):
        return False
    if opening == "when":
        return _changes_by_deed(board, clause, above)
    subjects = [
        next((a for a in c.arguments if a.slot is (Slot.OBJECT if c.passive else Slot.SUBJECT)), None)
        for c in (clause, above)
    ]
    return subjects[0] is not None and above.lemma not in SAYING


def _changes_by_deed(board: Board, clause: Clause, above: Clause) -> bool:
    """Whether a thing changed when somebody did something to something, as in "turned violent when police used gas".

    Moens and Steedman (1988): "when" tells a contingency, not only a time, where the one event may prepare the other. A
    beginning or an end, and what nobody in particular did, are only dated by it.
    """
    if clause.trigger < above.trigger or above.lemma in embedding().aspectual or clause.passive:
        return False
    doer = next((a for a in clause.arguments if a.slot is Slot.SUBJECT), None)
    thing = next((a for a in above.arguments if a.slot in (Slot.SUBJECT, Slot.OBJECT)), None)
    acts_on = any(a.slot in (Slot.OBJECT, Slot.COMPLEMENT) for a in clause.arguments)
    return acts_on and doer is not None and _is_actor(board, doer) and thing is not None and not _is_actor(board, thing)


def _is_actor(board: Board, argument: Argument) -> bool:
    """Whether an argument is somebody: a person, a body, a state, or a pronoun for one."""
    mention = board.mentions[argument.mention] if argument.mention is not None else None
    if mention is None:
        return argument.head_lemma in ("he", "she", "they", "we", "i", "who")
    return mention.type not in (None, EntityType.EVENT) or argument.head_lemma in PERSON_NOUNS


def _is_done(clause: Clause) -> bool:
    if clause.category is not Category.VERB or clause.aspect == "progressive" or clause.negated:
        return False
    return clause.tense == "past" and clause.modality is Modality.REAL
