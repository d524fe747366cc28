"""Words by which a text says that a happening is not the one it told before: "other gunmen", "again", "a week later".

They set the later telling apart from every earlier one that does not have them: what is told with "another" or
"again" for the second time may be taken up with the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.discourse.board import Board
from kg.model import Category, Event, Role, Span

OTHER = r"other|another|second|third|fourth|fifth|sixth|new|fresh|further|more|separate|similar|different|additional"
INDEFINITE = re.compile(rf"(?:(?:an?|one|yet|two|three|some|several|many|still) )*(?:{OTHER})\b")
"""How a phrase begins that brings somebody or something new in; "the other gunmen" have been told of."""
ANEW = re.compile(
    r"\b(?:again|anew|once more|for (?:a|the) (?:second|third|fourth|fifth) time"
    r"|(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|\d+) )?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?) (?:later|earlier|before|afterwards?))\b"
)
WITH = frozenset({Role.AGENT, Role.PROPOSER, Role.RESPONDER, Role.PATIENT, Role.RECIPIENT, Role.THEME, Role.INSTRUMENT})


def is_another(board: Board, event: Event, earlier: Event) -> bool:
    """Whether `event`, told after `earlier`, is said to be another one, by words or by times that the text names."""
    one, two = event.time, earlier.time
    named = _names_time(event) and _names_time(earlier)
    if one is not None and two is not None and named and not one.overlaps(two):
        return True
    if _is_new(board, event) and not _is_new(board, earlier):
        return True
    return _is_anew(board, event) and not _is_anew(board, earlier)


def _names_time(event: Event) -> bool:
    """Whether a sentence of the event names its time, which is not carried on from what was told before."""
    at = event.time.span.begin if event.time is not None else -1
    return any(e.span.begin <= at < e.span.end for e in event.evidence)


def _is_new(board: Board, event: Event) -> bool:
    """Whether somebody or something is brought in as another one: who does it, whom it befalls, what is wanted."""
    return any(INDEFINITE.match(board.words(span)) for span in _phrases(board, event))


def _phrases(board: Board, event: Event) -> Iterator[Span]:
    yield from event.content_spans[:1]
    for participant in event.participants:
        if participant.role in WITH and participant.mention is not None:
            yield board.mentions[participant.mention].span
    own = board.at_head.get(event.trigger)
    if own is not None:
        yield own.span


def _is_anew(board: Board, event: Event) -> bool:
    """Whether the verb's own clause says "again" or how much later, outside the clauses below it."""
    clause = board.clauses[event.clause] if event.clause is not None else None
    if clause is None or clause.category is not Category.VERB:
        return False
    inner = [c.span for c in board.below_of(clause) if clause.span.begin < c.span.begin or c.span.end < clause.span.end]
    at = clause.span.begin
    for span in [*sorted(inner), Span(clause.span.end, clause.span.end)]:
        if at < span.begin and ANEW.search(board.words(Span(at, span.begin))):
            return True
        at = max(at, span.end)
    return False
