"""How each initiative stands with each of those it was addressed to: the latest answer that the text tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.discourse.answers import Answer, is_everybody, is_nameless
from kg.extract.discourse.antecedents import INFERRED, Initiatives
from kg.extract.discourse.board import Board, chains, first
from kg.extract.discourse.contents import wanted_clause
from kg.model import (
    Adnominal,
    Argument,
    Clause,
    Disposition,
    EntityType,
    Event,
    Evidence,
    Mention,
    MentionKind,
    Participant,
    Role,
    Slot,
    Status,
)

ASKING = frozenset({"request", "urge", "demand"})
NOT_SPOKEN_TO = frozenset({"threaten", "plan"})
TO_NOBODY = frozenset({"plan"})
"""Kinds whose answer makes nobody addressed: of 20 who answer a plan in the corpus two were, the others speak of it."""
ANSWERS = frozenset({"Acceptance", "Refusal", "Agreement", "Response"})


def add_addressees(board: Board, initiatives: Initiatives) -> None:
    """Whoever is to do what is wanted is addressed, where the text names no addressee and he is not the proposer."""
    for k, told in enumerate(initiatives.told):
        event = board.events[told.index]
        if event.kind in NOT_SPOKEN_TO or any(p.role is Role.ADDRESSEE for p in event.participants):
            continue
        doers = _doers(board, event)
        proposers = chains(event, Role.PROPOSER)
        added = [p for p in doers if p.chain is not None and p.chain not in proposers]
        if added:
            board.events[event.index] = replace(event, participants=(*event.participants, *added))
            initiatives.told[k] = board.events[event.index]


def _doers(board: Board, initiative: Event) -> list[Participant]:
    clause = wanted_clause(board, initiative)
    met = board.events[initiative.content] if initiative.content is not None else None
    if initiative.kind == "propose" and met is not None and met.cls == "Meeting":
        with_whom = [p for p in met.participants if p.role is Role.RECIPIENT and _is_somebody(board, p)]
        if with_whom:
            return [replace(p, role=Role.ADDRESSEE, rules=(*p.rules, INFERRED), inferred=True) for p in with_whom]
    # "a condition that he called absurd" tells of the condition, and asks nothing of him
    if clause is not None and not clause.passive and clause.adnominal is not Adnominal.RELATIVE:
        found = [p for a in _subjects(board, clause) for p in _spoken_to(board, a)]
        if found:
            return list(dict.fromkeys(found))
    content = board.events[initiative.content] if initiative.content is not None else None
    if content is None:
        return []
    roles = [Role.AGENT] if initiative.kind in ASKING else [Role.RECIPIENT]
    if initiative.kind not in ASKING and initiative.kind != "offer" and content.cls != "Meeting":
        return []
    named = [p for p in content.participants if p.role in roles and _is_somebody(board, p)]
    return [replace(p, role=Role.ADDRESSEE, rules=(*p.rules, INFERRED), inferred=True) for p in named]


def _subjects(board: Board, clause: Clause) -> list[Argument]:
    """All subjects of a clause, where they are several: "that Vienna and Budapest share"."""
    own = [a for a in clause.arguments if a.slot is Slot.SUBJECT]
    one = board.subject(clause)
    return own or ([] if one is None else [one])


def _spoken_to(board: Board, subject: Argument) -> list[Participant]:
    """A subject as addressee: somebody the reader knows, each member of a group."""
    found = board.participant(subject, Role.ADDRESSEE, INFERRED)
    if found is None or found.mention is None:
        return []
    whole = replace(found, inferred=True)
    mention = board.mentions[found.mention]
    known = mention.kind is not MentionKind.NOMINAL or mention.determiner not in ("", "indefinite") or mention.members
    if not known or (mention.kind is MentionKind.PRONOUN and (mention.person < 3 or not _may_hear(board, mention))):
        return []
    members = [board.mentions[k] for k in mention.members]
    return [replace(whole, span=m.span, text=m.text, mention=m.index, chain=board.chain(m.index)) for m in members] or [
        whole
    ]


def _may_hear(board: Board, pronoun: Mention) -> bool:
    """Whether a pronoun can stand for somebody: "it" only for what is known to be a body or a state."""
    chain = board.chain(pronoun.index)
    alike = [m for m in board.mentions if chain is not None and board.chain(m.index) == chain]
    return pronoun.head_lemma != "it" or any(m.type in (EntityType.ORG, EntityType.GPE) for m in alike)


def _is_somebody(board: Board, participant: Participant) -> bool:
    mention = board.mentions[participant.mention] if participant.mention is not None else None
    return mention is not None and (mention.type is not None or mention.kind is not MentionKind.NOMINAL)


def share_participants(board: Board, answers: Sequence[Answer]) -> None:
    """An answer goes to who made the initiative; one told without its giver comes from whom it was addressed to."""
    for answer in answers:
        event, initiative = board.events[answer.event], board.events[answer.initiative]
        if event.cls not in ANSWERS:
            continue
        added: list[Participant] = []
        if not any(p.role is Role.RECIPIENT for p in event.participants):
            does = {p.mention for p in event.participants if p.role in (Role.AGENT, Role.RESPONDER)}
            # whoever is read as the author of what he rejects is not: nobody answers himself
            proposers = [p for p in initiative.participants if p.role is Role.PROPOSER and p.mention not in does]
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
    """For each initiative and addressee the latest status that the text tells; weak answers only where none is told."""
    of_trigger: dict[tuple[int, int], list[Answer]] = {}
    for a in answers:
        of_trigger.setdefault(board.events[a.initiative].trigger, []).append(a)
    out: list[Disposition] = []
    for told in initiatives.told:
        initiative = board.events[told.index]
        mine = [replace(a, initiative=initiative.index) for a in _for_want(of_trigger, initiative)]
        if not mine:
            continue
        addressees = [m for p in initiative.participants if p.role is Role.ADDRESSEE for m in _members(board, p, mine)]
        fits = any(_answers_for(board, a, x) for a in mine for x in addressees)
        if addressees and not fits and initiatives.may_be_another(initiative) and _by_others(mine):
            addressees = []  # who answers was addressed, not who would have to act
            kept = tuple(p for p in initiative.participants if p.role is not Role.ADDRESSEE)
            initiative = board.events[initiative.index] = replace(initiative, participants=kept)
        if not addressees:
            out += _of_answerers(board, initiative, mine)
            continue
        for addressee in addressees:
            own = [a for a in mine if _answers_for(board, a, addressee)]
            if not own and not fits:
                own = mine  # an answer by somebody who speaks for the addressee, as far as the text tells
            if own:
                out.append(_disposition(board, _latest(board, own), addressee))
                continue
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


def _by_others(answers: Sequence[Answer]) -> bool:
    return any(r.chain is not None for a in answers for r in a.responders)


def _members(board: Board, addressee: Participant, answers: Sequence[Answer]) -> list[Participant]:
    """The members of a group that is addressed, where one of them answers by himself."""
    if addressee.chain is None or not board.chains:
        return [addressee]
    members = board.chains[addressee.chain].members
    givers = [r.chain for a in answers for r in a.responders]
    if not any(board.speaks_for(g, m) for g in givers for m in members):
        return [addressee]
    out = []
    for member in members:
        mention = board.mentions[board.chains[member].key]
        rules = (*addressee.rules, "member of those addressed")
        out.append(
            replace(addressee, span=mention.span, text=mention.text, mention=mention.index, chain=member, rules=rules)
        )
    return out


def _for_want(of_trigger: dict[tuple[int, int], list[Answer]], initiative: Event) -> list[Answer]:
    """Answers to this initiative, or to another thing wanted in the same breath; a realisation is of one alone."""
    told = of_trigger.get(initiative.trigger, [])
    return [a for a in told if a.initiative == initiative.index or a.status is not Status.REALISED]


def _latest(board: Board, answers: Sequence[Answer]) -> Answer:
    """The answer of the latest day; where the text gives no days, the last that it tells."""
    strong = [a for a in answers if not a.weak] or answers
    latest = strong[0]
    for answer in strong[1:]:
        day, known = (board.events[a.event].time for a in (answer, latest))
        before = day and known and day.days and known.days and day.days.last < known.days.first
        latest = latest if before else answer
    return latest


def _answers_for(board: Board, answer: Answer, addressee: Participant) -> bool:
    """Whether an answer is this addressee's: nobody's in particular, his own, or that of all."""
    if not answer.responders:
        return True
    if any(is_everybody(r) or is_nameless(r) for r in answer.responders):
        return True
    return any(board.speaks_for(r.chain, addressee.chain) for r in answer.responders)


def _of_answerers(board: Board, initiative: Event, answers: Sequence[Answer]) -> list[Disposition]:
    """Nobody is said to be addressed: each who answers was; an answer by nobody in particular stands for all."""
    last: dict[int | None, tuple[list[Answer], Participant | None]] = {}
    for answer in answers:
        answerer = answer.responders[0] if answer.responders else first(board.events[answer.event], Role.RESPONDER)
        known = answerer is not None and answerer.chain is not None and initiative.kind not in TO_NOBODY
        own = known and answerer is not None and answerer.chain in chains(initiative, Role.PROPOSER)
        key = answerer.chain if known and answerer is not None and not own else None
        last.setdefault(key, ([], answerer if known and not own else None))[0].append(answer)
    named = [(a, p) for a, p in last.values() if p is not None]
    out = []
    for given, answerer in named or last.values():
        if answerer is not None:
            _add_addressee(board, initiative, answerer)
        out.append(_disposition(board, _latest(board, given), answerer))
    return out


def _add_addressee(board: Board, initiative: Event, answerer: Participant) -> None:
    """Whoever answers was addressed."""
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
        confidence=answer.confidence,
    )
