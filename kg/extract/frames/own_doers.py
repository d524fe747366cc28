"""Whose deed a phrase names itself is nobody else's: the treaty signed by Chad is not signed by him who rejects it.

The subject of a verb above may do what stands below it only where nothing inside says who does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from kg.model import Argument, Category, Clause, Mention, Participant, Role, Slot, Span

_Placed = TypeVar("_Placed", Clause, Mention)

DOERS = frozenset({Role.AGENT, Role.PROPOSER, Role.RESPONDER})
INNER = frozenset({"by", "of", "from"})
"""Prepositions of the doer within a phrase: "accusations made by Chile", "the decision of Chad", "a loan from Peru"."""
BELOW = frozenset({"acl", "nmod", "obj", "iobj", "obl", "ccomp", "appos", "advcl"})
"""Relations of what may have a doer of its own; joined and bare infinitive clauses share that of the verb above."""


def without_outer(
    named: Sequence[Participant], at: int | None, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[Participant]:
    """Take from those read to do what clause `at` tells the subjects above it, where it names its own doer."""
    agents = _agents(clauses[at], mentions) if at is not None else set[int]()
    if at is None or (clauses[at].support is not None and not agents):
        return list(named)
    outer, where = _above(at, clauses, mentions)
    found = [p for p in named if p.role in DOERS and p.mention is not None]
    inner = {p.mention for p in found if p.mention not in outer and _is_inner(p.mention, where, clauses[at], mentions)}
    if not (agents - outer or inner):
        return list(named)
    return [p for p in named if p.role not in DOERS or p.mention not in outer - agents]


def without_passive_agents(
    named: Sequence[Participant], at: int | None, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[Participant]:
    """Take from those read to do what an active verb with a subject tells whoever stands in a phrase with "by".

    Such a phrase belongs to the noun before it: "called for more effort by Asian governments". What a passive with a
    "by" of its own tells is not done by whoever stands in its subject: "the plan of Chad was welcomed by Peru".
    """
    if at is None:
        return list(named)
    if clauses[at].passive and (agents := _agents(clauses[at], mentions)):
        done = [a.span for a in clauses[at].arguments if a.slot is Slot.OBJECT]
        inside = {
            k for k, m in enumerate(mentions) if any(s.begin < m.span.begin and m.span.end <= s.end for s in done)
        }
        return [p for p in named if p.role not in DOERS or p.mention not in inside - agents]
    if not _has_subject(clauses[at]):
        return list(named)
    after = clauses[at].trigger.end

    def is_agent(p: Participant) -> bool:
        wholes = _wholes(p.mention, mentions) if p.role in DOERS and p.mention is not None else ()
        return any(m.marker == "by" and m.span.begin >= after for m in wholes)

    return [p for p in named if not is_agent(p)]


def without_subjects_elsewhere(
    named: Sequence[Participant], at: int | None, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[Participant]:
    """Where the subject of an active verb is read to do it, take away those who are subjects of other verbs beside it.

    "Finland raised the alarm, and Denmark shut a corridor" tells of no deed of Finland's in its second half: of 54 such
    readings in the corpus 45 are wrong.
    """
    if at is None or clauses[at].category is not Category.VERB or clauses[at].passive:
        return list(named)
    own = _subjects(clauses[at], mentions)
    if not any(p.mention in own for p in named if p.role in DOERS):
        return list(named)
    others = {k for c in _beside(at, clauses) for k in _subjects(c, mentions)} - own
    return [p for p in named if p.role not in DOERS or p.mention not in others]


def _bare_subjects(clause: Clause) -> list[Argument]:
    """The subjects of a clause that are mentions and stand without preposition."""
    return [a for a in clause.arguments if a.slot is Slot.SUBJECT and not a.marker and a.mention is not None]


def _subjects(clause: Clause, mentions: Sequence[Mention]) -> set[int]:
    """The mentions that stand as subject of a clause, without preposition, each member of a group."""
    found = [a.mention for a in _bare_subjects(clause)]
    return {k for m in found if m is not None for k in (m, *mentions[m].members)}


def _beside(at: int, placed: Sequence[_Placed]) -> Iterator[_Placed]:
    """The other clauses, or mentions, of the same sentence."""
    for step in (-1, 1):
        k = at + step
        while 0 <= k < len(placed) and placed[k].sentence == placed[at].sentence:
            yield placed[k]
            k += step


def _has_subject(clause: Clause) -> bool:
    """Whether a finite active verb has its subject beside it: "if Kenya withdraws, Somalia will attack"."""
    active = clause.category is Category.VERB and not clause.passive and not clause.shares_subject
    return active and bool(_bare_subjects(clause))


def _above(at: int, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> tuple[set[int], list[Span]]:
    """The mentions that are subjects of the clauses above one, and where these subjects stand."""
    outer: set[int] = set()
    where: list[Span] = []
    clause, steps = clauses[at], 0
    below = False
    while clause.governor is not None and steps < len(clauses):
        below = below or clause.relation.split(":")[0] in BELOW
        clause, steps = clauses[clause.governor], steps + 1
        if not below or clause.support is not None:
            continue
        outer |= _subjects(clause, mentions)
        where += [a.span for a in _bare_subjects(clause)]
    return outer, where


def _agents(clause: Clause, mentions: Sequence[Mention]) -> set[int]:
    """Who is named with "by", of a noun also through its participle; the subject beside an active verb."""
    own = _has_subject(clause)
    return {
        k
        for a in clause.arguments
        if a.slot is Slot.SUBJECT and a.mention is not None and (a.marker == "by" or own)
        for k in (a.mention, *mentions[a.mention].members)
    }


def _is_inner(at: int | None, outer: Sequence[Span], clause: Clause, mentions: Sequence[Mention]) -> bool:
    """Whether a doer stands in the phrase itself: by its preposition, or as the owner right before a noun."""
    if at is None:
        return False
    for mention in _wholes(at, mentions):
        if any(s.begin <= mention.span.begin < s.end for s in outer):
            return False
        if mention.marker in INNER:
            return True
        owned = clause.category is Category.NOUN and mention.relation == "nmod:poss"
        if owned and clause.span.begin <= mention.span.begin <= clause.trigger.begin:
            return True
    return False


def _wholes(at: int, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A mention, and the groups of its sentence that it belongs to."""
    yield mentions[at]
    yield from (mention for mention in _beside(at, mentions) if at in mention.members)
