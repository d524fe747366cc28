"""How initiatives were answered: responses, refusals, silence, realisation; one disposition per addressee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.discourse.antecedents import Initiatives
from kg.extract.discourse.board import Board, chains, first
from kg.model import Disposition, Event, Evidence, Factuality, Participant, Role, Status

COMES_TRUE = frozenset({"Meeting", "Agreement", "Release", "Exchange", "Retreat", "Aid", "Cooperation"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An event that answers an initiative; `responders` is empty where nobody in particular does."""

    initiative: int
    event: int
    status: Status
    rule: str
    responders: tuple[Participant, ...]


def find_answers(board: Board, initiatives: Initiatives) -> list[Answer]:
    """Every answer of the document, in text order, then realisations told nowhere as answers."""
    out: list[Answer] = []
    for event in list(board.events):
        if event.status is None or event.factuality in (Factuality.HYPOTHETICAL, Factuality.DENIED):
            continue
        found = _answered(event, initiatives)
        if found is None or found[0].index == event.index:
            continue
        target, rule = found
        responders = tuple(p for p in event.participants if p.role is Role.RESPONDER)
        responders = responders or tuple(p for p in event.participants if p.role is Role.AGENT)
        if set(p.chain for p in responders) & chains(target, Role.PROPOSER) and event.status is Status.ACCEPTED:
            continue  # who proposed does not accept his own proposal
        out.append(Answer(target.index, event.index, event.status, f"{event.frame}: {rule}", responders))
    answered = {a.initiative for a in out}
    happened: dict[str, list[Event]] = {}
    for event in board.events:
        if event.cls in COMES_TRUE and event.factuality is Factuality.HAPPENED:
            happened.setdefault(event.cls, []).append(event)
    open_ones = (i for i in initiatives.told if i.index not in answered)
    out += [r for i in open_ones if (r := _realised(board, i, happened)) is not None]
    return out


def _answered(event: Event, initiatives: Initiatives) -> tuple[Event, str] | None:
    for argument in event.answers:
        found = initiatives.meant_by(argument, event)
        if found is not None:
            return found
    if event.cls == "Agreement" and event.content_text:
        return None  # what was agreed is told: it need not be what was proposed before
    if event.answers_previous or (not event.answers and event.cls in ("Acceptance", "Refusal")):
        return initiatives.addressed_to(event)
    return None


def _realised(board: Board, initiative: Event, happened: Mapping[str, Sequence[Event]]) -> Answer | None:
    """What was wanted is elsewhere told as having happened: same class, a shared place or the same participants."""
    content = board.events[initiative.content] if initiative.content is not None else None
    if content is None or content.cls not in COMES_TRUE:
        return None
    known = _is_definite(board, content)
    people = chains(content, Role.AGENT, Role.RECIPIENT)
    places = chains(content, Role.PLACE)
    for event in happened.get(content.cls, ()):
        if event.index == content.index:
            continue
        if any(s.begin <= event.trigger.begin < s.end for s in initiative.content_spans):
            continue
        same_place = bool(places & chains(event, Role.PLACE))
        same_people = len(people & chains(event, Role.AGENT, Role.RECIPIENT)) >= 2
        if same_place or same_people or known:
            rule = "what was wanted is told as having happened"
            return Answer(initiative.index, event.index, Status.REALISED, rule, ())
    return None


def _is_definite(board: Board, content: Event) -> bool:
    """Whether what was wanted is told as known to the reader: "the gathering was suggested by" presupposes one."""
    mention = board.at_head.get(content.trigger)
    return mention is not None and mention.determiner in ("definite", "demonstrative")


def share_participants(board: Board, answers: Sequence[Answer]) -> None:
    """An answer goes to who made the initiative; one told without its giver comes from whom it was addressed to."""
    for answer in answers:
        event, initiative = board.events[answer.event], board.events[answer.initiative]
        if event.cls not in ("Acceptance", "Refusal", "Agreement", "Response"):
            continue
        added: list[Participant] = []
        if not any(p.role is Role.RECIPIENT for p in event.participants):
            proposers = [p for p in initiative.participants if p.role is Role.PROPOSER]
            added += [
                replace(p, role=Role.RECIPIENT, rules=(*p.rules, "proposer of what is answered")) for p in proposers
            ]
        if not any(p.role in (Role.AGENT, Role.RESPONDER) for p in event.participants):
            addressees = [p for p in initiative.participants if p.role is Role.ADDRESSEE]
            added += [
                replace(p, role=Role.AGENT, rules=(*p.rules, "addressee of what is answered")) for p in addressees
            ]
        board.events[event.index] = replace(event, participants=(*event.participants, *added))


def dispositions_of(board: Board, initiatives: Initiatives, answers: Sequence[Answer]) -> list[Disposition]:
    """For each initiative and addressee the latest status that the text tells."""
    out: list[Disposition] = []
    for initiative in initiatives.told:
        mine = [replace(a, initiative=initiative.index) for a in answers if _is_of(board, a, initiative)]
        if not mine:
            continue
        addressees = [p for p in initiative.participants if p.role is Role.ADDRESSEE]
        if not addressees:
            out += _of_answerers(board, initiative, mine)
            continue
        for addressee in addressees:
            own = [a for a in mine if not a.responders or any(r.chain == addressee.chain for r in a.responders)]
            if not own and not any(_one_of(a, addressees) for a in mine):
                own = mine  # an answer by somebody who speaks for the addressee, as far as the text tells
            if own:
                out.append(_disposition(board, own[-1], addressee))
            else:
                out.append(
                    Disposition(
                        initiative=initiative.index,
                        status=Status.PENDING,
                        rule="another addressee has answered",
                        evidence=initiative.evidence[0],
                        addressee=addressee,
                    )
                )
    return out


def _is_of(board: Board, answer: Answer, initiative: Event) -> bool:
    """Whether an answer is to this initiative, or to another thing wanted in the same breath."""
    return board.events[answer.initiative].trigger == initiative.trigger


def _of_answerers(board: Board, initiative: Event, answers: Sequence[Answer]) -> list[Disposition]:
    """Nobody is said to be addressed: each who answers was; an answer by nobody in particular stands for all."""
    last: dict[int | None, tuple[Answer, Participant | None]] = {}
    for answer in answers:
        answerer = first(board.events[answer.event], Role.RESPONDER)
        known = answerer is not None and answerer.chain is not None
        last[answerer.chain if known and answerer is not None else None] = (answer, answerer if known else None)
    named = [(a, p) for a, p in last.values() if p is not None]
    out = []
    for answer, answerer in named or last.values():
        if answerer is not None:
            _add_addressee(board, initiative, answerer)
        out.append(_disposition(board, answer, answerer))
    return out


def _one_of(answer: Answer, addressees: Sequence[Participant]) -> bool:
    return any(r.chain == a.chain for r in answer.responders for a in addressees)


def _add_addressee(board: Board, initiative: Event, answerer: Participant) -> None:
    """Whoever answers was addressed; not where the answerer is the proposer himself."""
    if answerer.chain in chains(initiative, Role.PROPOSER):
        return
    added = replace(answerer, role=Role.ADDRESSEE, rules=(*answerer.rules, "addressee: the one who answers"))
    current = board.events[initiative.index]
    board.events[initiative.index] = replace(current, participants=(*current.participants, added))


def _disposition(board: Board, answer: Answer, addressee: Participant | None) -> Disposition:
    event = board.events[answer.event]
    evidence = event.evidence[0] if event.evidence else Evidence(event.trigger)
    return Disposition(
        initiative=answer.initiative,
        status=answer.status,
        rule=answer.rule,
        evidence=evidence,
        addressee=addressee,
        response=answer.event,
        outcome_text=event.label,
        as_of=event.time.begin if event.time is not None else None,
    )
