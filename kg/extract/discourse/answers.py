"""How initiatives were answered in words of answering: acceptance, refusal, delay, silence; and what came true."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.discourse.antecedents import Found, Initiatives
from kg.extract.discourse.board import Board, chains
from kg.model import (
    Argument,
    Category,
    Clause,
    Event,
    Factuality,
    Modality,
    Participant,
    Role,
    Slot,
    Span,
    Status,
    Support,
)

COMES_TRUE = frozenset({"Meeting", "Agreement", "Release", "Exchange", "Retreat", "Aid", "Cooperation"})
PLURAL = frozenset({"both", "all", "they", "neither", "everyone", "side"})
NEAR = 40  # sentences around an initiative in which what it wants is looked for as having happened
_CONDITION = re.compile(
    r"\b(?:on (?:the |one )?condition|provided|only if|as long as|so long as|if|unless|subject to|in principle)\b"
)
_YET_TO = re.compile(r"\b(?:has|have|had|is|are|was|were|remains?) (?:\w+ )?yet to (?:\w+ )?$")
_NEVER = re.compile(r"\b(?:never|at all|ever)\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """An event that answers an initiative; `responders` is empty where nobody in particular does.

    A `weak` answer (silence, no comment) counts only where the text tells no other.
    """

    initiative: int
    event: int
    status: Status
    rule: str
    responders: tuple[Participant, ...]
    weak: bool = False
    confidence: float | None = None
    named: bool = False
    """Whether it names the initiative by its own word, so that grammar alone tells what it answers."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How a clause answers: with which status, to which initiative, by whom, by which rule."""

    initiative: Event
    status: Status
    rule: str
    by: Argument | None = None
    weak: bool = False
    cls: str = ""
    named: bool = False


def is_told(clause: Clause) -> bool:
    """Whether a clause is told as done, as to come, or as not done; nothing merely wanted or possible."""
    return clause.modality in (Modality.REAL, Modality.FUTURE)


def told_answers(board: Board, initiatives: Initiatives) -> list[Answer]:
    """The answers whose words evoke a frame of answering, in text order."""
    out: list[Answer] = []
    for event in list(board.events):
        clause = board.clauses[event.clause] if event.clause is not None else None
        if clause is None or event.kind is not None:
            continue
        read = _status(board, event, clause)
        so = initiatives.doing_so(event)
        if read is None and so is not None and event.cls in _BY_DOING_SO:
            read = _BY_DOING_SO[event.cls], ""
        if read is None:
            continue
        status, reason = read
        responders = responders_of(board, event, clause)
        found = so or _answered(board, event, clause, initiatives, responders)
        if found is None or found.initiative.index == event.index:
            continue
        target, rule, named = found
        own = {p.chain for p in responders} & chains(target, Role.PROPOSER)
        if own and status not in (Status.UNMET, Status.REALISED):
            continue  # who proposed does not answer his own proposal
        tell_fully(board, event, clause)
        weak = event.cls == "Response" and status is Status.PENDING
        rule = f"{event.frame}: {rule}{f', {reason}' if reason else ''}"
        out += [
            Answer(initiative.index, event.index, status, rule, responders, weak, named=named)
            for initiative in (target, *initiatives.paired(target, event.answers))
        ]
    return out


_BY_DOING_SO = {"Refusal": Status.REJECTED, "Agreement": Status.ACCEPTED, "Acceptance": Status.ACCEPTED}
"""What "declined to do so" and "agreed to do so" make of an initiative, though neither names it."""


def responders_of(board: Board, event: Event, clause: Clause) -> tuple[Participant, ...]:
    """Who gives an answer: its responder, its agent, or the subject of the verb above it ("has yet to reply")."""
    for role in (Role.RESPONDER, Role.AGENT):
        found = tuple(p for p in event.participants if p.role is role)
        if found:
            return found
    subject = board.subject(clause) if clause.relation == "xcomp" else None
    if subject is not None and any(a.head == subject.head for a in event.answers):
        return ()  # "the call went unheeded": what is answered answers nothing
    one = board.participant(subject, Role.RESPONDER, "subject of the verb above") if subject is not None else None
    return () if one is None else (one,)


def _status(board: Board, event: Event, clause: Clause) -> tuple[Status, str] | None:
    """What an event, as an answer, makes of an initiative, and why; None where it is no answer."""
    status = event.status
    if status is None:
        return (Status.REJECTED, "") if event.cls == "Refusal" and event.answers else None
    if is_yet_to(board, clause):
        return Status.PENDING, "not yet"
    if event.factuality is Factuality.DENIED:
        if event.cls != "Response":
            return None
        return (Status.UNMET, "never") if _NEVER.search(board.words(clause.span)) else (Status.PENDING, "silence")
    if clause.negated and clause.aspect == "perfect" and event.cls == "Refusal":
        return Status.PENDING, "not so far"  # "has not accepted": the perfect leaves open what is still to come
    if status is Status.ACCEPTED and _on_condition(board, clause):
        return Status.PENDING, "on a condition"
    above = board.clauses[clause.governor] if clause.governor is not None else None
    said_only = above is not None and clause.relation == "ccomp" and above.modality is Modality.CONDITIONAL
    if event.factuality is Factuality.HYPOTHETICAL and said_only and clause.modality is Modality.REAL:
        return status, ""  # "would say only that it was studying the offer"
    if status is Status.REALISED and event.factuality is Factuality.FUTURE:
        return Status.PENDING, "still to come"
    if clause.relation == "advcl" and clause.modality is Modality.CONDITIONAL:
        return None  # "had Chad accepted the plan, …": a condition tells of no answer
    if event.factuality is Factuality.HYPOTHETICAL:
        return (Status.PENDING, "would") if clause.modality is Modality.CONDITIONAL else None
    return status, ""


def is_yet_to(board: Board, clause: Clause) -> bool:
    """Whether a clause is what somebody "has yet to" do."""
    begin = board.sentences[clause.sentence].span.begin
    return bool(_YET_TO.search(board.words(Span(max(begin, clause.trigger.begin - 60), clause.trigger.begin)) + " "))


def tell_fully(board: Board, event: Event, clause: Clause) -> None:
    """Words of the verb above belong to an answer: "has yet to reply", "declined to comment", "never took place"."""
    above = board.clauses[clause.governor] if clause.governor is not None else None
    yet = is_yet_to(board, clause)
    if yet and above is None:
        begin, end = board.sentences[clause.sentence].span
        label = board.document.text[begin:end] if end - begin < 200 else event.label
        board.retell(event, label=" ".join(label.split()).rstrip(" .,;"), factuality=Factuality.DENIED)
        return
    shared = clause.relation == "xcomp" and (yet or (event.cls == "Response" and clause.negated))
    carried = clause.category is Category.NOUN and above is not None and above.category is Category.VERB
    carried = carried and clause.support is Support.OCCURRENCE
    if above is None or not (shared or carried):
        return
    subject = board.subject(above)
    near = subject is not None and above.span.begin <= subject.span.begin < above.trigger.begin
    begin = subject.span.begin if near and subject is not None else min(above.trigger.begin, clause.span.begin)
    label = " ".join(board.document.text[begin : max(clause.span.end, above.span.end)].split()).rstrip(" .,;")
    if len(label) < 200:
        board.retell(event, label=label, factuality=Factuality.DENIED if shared else event.factuality)


def _on_condition(board: Board, clause: Clause) -> bool:
    if any(c.relation == "advcl" and board.opening(c) in ("if", "unless", "provided") for c in board.below_of(clause)):
        return True
    after = board.words(Span(clause.trigger.end, max(clause.trigger.end, clause.span.end)))
    return bool(_CONDITION.search(" ".join(after.split(" ")[:8])))


def _answered(
    board: Board, event: Event, clause: Clause, initiatives: Initiatives, responders: Sequence[Participant]
) -> Found | None:
    for argument in event.answers:
        found = initiatives.meant_by(argument, event.trigger)
        if found is not None:
            return found
    people = {p.chain for p in responders if p.chain is not None}
    if event.status is None:
        return None
    plural = any(is_everybody(p) or is_nameless(p) for p in responders)
    bare = event.answers_previous or (not event.answers and event.cls in ("Acceptance", "Refusal"))
    if not bare:
        return None
    alone = _is_alone(board, clause)
    found = initiatives.addressed_to(people, event.trigger, plural=plural, alone=alone)
    if found is None:
        return None
    own_content = event.content_text and any(c.relation in ("xcomp", "ccomp", "acl") for c in board.below_of(clause))
    addressees = chains(found.initiative, Role.ADDRESSEE)
    told = any(board.speaks_for(a, r) for a in addressees for r in people)
    if own_content and (event.cls == "Agreement" or not told):
        return None  # what was agreed or refused is told, and is not what was proposed before
    return found


def _is_alone(board: Board, clause: Clause) -> bool:
    """Whether a verb of answering has nothing but its subject: "Uganda refused" (Hankamer and Sag 1976)."""
    told = any(a.slot is not Slot.SUBJECT for a in clause.arguments)
    return not told and not any(c.relation in ("xcomp", "ccomp", "obj") for c in board.below_of(clause))


def is_everybody(participant: Participant) -> bool:
    """ "Both", "both of them", "they all", "the two sides": all who were addressed."""
    words = participant.text.lower().split(" ")
    return words[0] in PLURAL or words[-1].rstrip("s") in PLURAL


def is_nameless(participant: Participant) -> bool:
    """Whether it is a pronoun that nobody has been found for."""
    return participant.chain is None and participant.text.lower() in ("he", "she", "it", "they")


def realised_answers(board: Board, initiatives: Initiatives, answers: Sequence[Answer]) -> list[Answer]:
    """What was wanted and is elsewhere told as having happened, where no answer is told."""
    answered = {a.initiative for a in answers}
    happened: dict[str, list[Event]] = {}
    for event in board.events:
        if event.cls in COMES_TRUE and event.factuality is Factuality.HAPPENED:
            happened.setdefault(event.cls, []).append(event)
    open_ones = (i for i in initiatives.told if i.index not in answered)
    return [r for i in open_ones if (r := _realised(board, i, happened)) is not None]


def _realised(board: Board, initiative: Event, happened: dict[str, list[Event]]) -> Answer | None:
    """A meeting at the place where it was wanted, or what was wanted done later by the one to the one.

    The same two, or the same place, are not enough: of nine such deeds in the corpus none was what had been wanted.
    """
    content = board.events[initiative.content] if initiative.content is not None else None
    if content is None or content.cls not in COMES_TRUE:
        return None
    doers, things = chains(content, Role.AGENT), chains(content, Role.RECIPIENT, Role.PATIENT)
    for event in _near(board, happened.get(content.cls, ()), initiative):
        if event.index == content.index or any(
            s.begin <= event.trigger.begin < s.end for s in initiative.content_spans
        ):
            continue
        met = content.cls == "Meeting" and bool(chains(content, Role.PLACE) & chains(event, Role.PLACE))
        same = bool(doers & chains(event, Role.AGENT) and things & chains(event, Role.RECIPIENT, Role.PATIENT))
        if met or (same and event.trigger > initiative.trigger):
            if event.clause is not None:
                tell_fully(board, event, board.clauses[event.clause])
            rule = "what was wanted is told as having happened"
            return Answer(initiative.index, event.index, Status.REALISED, rule, ())
    return None


def _near(board: Board, events: Sequence[Event], initiative: Event) -> Sequence[Event]:
    """Events (in text order) told within `NEAR` sentences of an initiative."""
    here = board.sentence(initiative)
    first = bisect_left(events, here - NEAR, key=board.sentence)
    last = bisect_right(events, here + NEAR, key=board.sentence)
    return events[first:last]
