"""What came after what: "the ban followed talks", "this comes after the vote", and what "this" or "the move" means.

A word that points to a whole sentence means what the sentence before tells first (discourse deixis, Webber 1991).
"""

from __future__ import annotations

from kg.extract.discourse.board import Board
from kg.extract.discourse.subordination import SAYING, Add, is_measured
from kg.extract.words import listed
from kg.model import Argument, Category, Clause, Event, RelationKind, Slot, Span

POINTING_WORDS = frozenset({"this", "that", "it"})
SHELL_NOUNS = listed("shell_nouns")
"""Nouns that say nothing of what happened but that it did."""
REACH = 3
"""Sentences back, of which the nearest that tells a deed is meant: others fill in what was before."""
MAIN = frozenset({"root", "parataxis"})


def told_before(board: Board, word: Span) -> Event | None:
    """The event of the sentence before that "this" or "the move" means; None of any other word.

    A noun of which its phrase says more ("the decision to close it") means itself.
    """
    if not _points_back(board, word):
        return None
    sentence = board.sentence_at(word.begin).index
    for before in range(sentence - 1, max(-1, sentence - REACH - 1), -1):
        mains = [c for c in board.in_sentence.get(before, ()) if c.relation in MAIN and not c.condition]
        event = _first_told(board, mains[0]) if mains else None
        if event is not None and event.plover is not None:
            return event
    return None


def _points_back(board: Board, word: Span) -> bool:
    if board.words(word) in POINTING_WORDS:
        opens = board.sentence_at(word.begin).span.begin
        return not board.document.text[opens : word.begin].strip(" “\"'")
    mention = board.at_head.get(word)
    if mention is None or mention.head_lemma not in SHELL_NOUNS:
        return False
    return mention.determiner in ("definite", "demonstrative") and mention.span.end == word.end


def _first_told(board: Board, clause: Clause) -> Event | None:
    """The event of a main clause; where it only says something, of what is said."""
    event = board.event_at(clause.index)
    if clause.lemma in SAYING and (event is None or event.plover is None):
        said = next((a.clause for a in clause.arguments if a.slot is Slot.COMPLEMENT and a.clause is not None), None)
        if said is not None:
            return _first_told(board, board.clauses[said])
    return event


def succeeded(board: Board, clause: Clause, add: Add) -> bool:
    """ "The ban followed talks", "the move comes after Chad arrested him": what came before is told as the reason.

    How long after ("came two days after …") is a time and no more. Gives whether something is told so.
    """
    if clause.category is not Category.VERB or clause.passive or clause.negated or clause.condition:
        return False
    subject = next((a for a in clause.arguments if a.slot is Slot.SUBJECT), None)
    effect = None if subject is None else told_before(board, subject.head) or board.event_at(subject.clause)
    if effect is None:
        return False
    causes = _before(board, clause)
    for cause in causes:
        add(RelationKind.CAUSE, cause, effect, f"{clause.lemma}: what came before")
    return bool(causes)


def _before(board: Board, clause: Clause) -> list[Event]:
    """The events after which, by a verb of succession, its subject came."""
    if clause.lemma == "follow":
        told = [a for a in clause.arguments if a.slot is Slot.OBJECT]
    elif clause.lemma == "come":
        told = [a for a in clause.arguments if a.slot is Slot.OBLIQUE and a.marker == "after"]
        after = [c for c in board.below_of(clause) if c.relation == "advcl" and board.opening(c) == "after"]
        done = next((c for c in after if not is_measured(board, c)), None)
        if done is not None:
            return [board.ensure_clause(done)]
    else:
        return []
    found = [event_in(board, a) for a in told]
    return [e for e in found if e is not None and e.plover is not None]


def event_in(board: Board, argument: Argument) -> Event | None:
    """The event that an argument is, else the first that is told within its phrase: "weeks of protests"."""
    inside = (board.event_at(k) for k in board.inside(argument.span))
    return board.event_at(argument.clause) or next((e for e in inside if e is not None), None)
