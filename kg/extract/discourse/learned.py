"""Answers and causes as the linker read them, in the terms of the discourse rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.discourse.answers import Answer
from kg.extract.discourse.antecedents import Initiatives
from kg.extract.discourse.board import Board
from kg.extract.discourse.contents import is_noun
from kg.model import Event, Factuality, LinkReading, MentionKind, Participant, Readings, Role, Status
from kg.model.readings import DECIDED

RULE = "read from context"
GIVING = frozenset({Role.AGENT, Role.RESPONDER, Role.PROPOSER})
SURE = 0.85
"""Probability from which an answer that is told by a negation, or by nobody in particular, is one."""
BORNE_OUT = 0.1
"""Probability that the linker has to give what a rule takes for an answer: of 32 below it four were right."""
PRO_VERB = "do"
OPPOSING = frozenset({"Accusation", "Protest"})
"""Classes of what is only said or done against something: it is read as a rejection, but decides nothing."""


@dataclass(frozen=True, slots=True)
class Links:
    """The linker's readings by the places of the events they join, in the list of events."""

    answers: tuple[tuple[int, int, Status, float], ...] = ()  # answer, initiative, status, confidence
    causes: tuple[tuple[int, int, float], ...] = ()  # cause, effect, confidence
    same: tuple[tuple[int, int, float], ...] = ()  # later telling, earlier one, confidence


def links_of(board: Board, readings: Readings) -> Links:
    """Turn readings into links between events; mentions of one event share its answers."""
    at: dict[int, int] = {}
    for event in board.events:
        if event.reading is not None and event.cls != "Statement":
            at.setdefault(event.reading, event.index)
    group = _groups(readings.links, len(readings.events))
    wanted: dict[int, list[int]] = {}
    for event in board.events:
        if event.kind is not None and event.reading is not None:
            wanted.setdefault(group[event.reading], []).append(event.index)
    answers: dict[tuple[int, int], tuple[int, int, Status, float]] = {}
    causes = []
    for link in readings.links:
        if link.first not in at or link.second not in at:
            continue
        if link.kind == "causes":
            causes.append((at[link.first], at[link.second], link.confidence))
        elif link.kind != "same":
            for initiative in wanted.get(group[link.second], ()):
                if initiative == at[link.first]:
                    continue
                key = (at[link.first], initiative)
                if key not in answers or answers[key][3] < link.confidence:
                    answers[key] = (*key, Status(link.kind), link.confidence)
    same = tuple(
        (at[x.first], at[x.second], x.confidence)
        for x in readings.links
        if x.kind == "same" and x.first in at and x.second in at
    )
    return Links(tuple(answers.values()), tuple(causes), same)


def read_as_answered(board: Board, links: Links) -> frozenset[int]:
    """Return the initiatives that something told as fact was read to have decided."""
    return frozenset(
        initiative
        for event, initiative, status, _ in links.answers
        if status.value in DECIDED and board.events[event].factuality is Factuality.HAPPENED
    )


def _groups(links: Sequence[LinkReading], size: int) -> list[int]:
    """Return for each reading the first one of its event."""
    first = list(range(size))

    def root(k: int) -> int:
        while first[k] != k:
            k = first[k]
        return k

    for link in links:
        if link.kind == "same":
            a, b = sorted((root(link.first), root(link.second)))
            first[b] = a
    return [root(k) for k in range(size)]


def borne_out(
    board: Board, readings: Readings | None, answers: Sequence[Answer], *, same_as: Mapping[int, int]
) -> list[Answer]:
    """Leave out what rules take for an answer, though it does not name the initiative, and the linker does not.

    Where one of the two words was not read as an event, or nothing was read, grammar has the last word. `same_as` has
    the later mentions of initiatives: "the request was not met" answers by its noun.
    """
    if readings is None:
        return list(answers)
    group = _groups(readings.links, len(readings.events))
    surest: dict[tuple[int, int], float] = {}
    for (first, second), chance in readings.answering.items():
        key = (first, group[second])
        surest[key] = max(chance, surest.get(key, 0.0))

    mentions: dict[int, list[int]] = {}
    for later, first in same_as.items():
        mentions.setdefault(first, []).append(later)

    def stands(answer: Answer) -> bool:
        event, initiative = (board.events[at].reading for at in (answer.event, answer.initiative))
        if answer.named or event is None or initiative is None:
            return True
        told = [board.events[at].reading for at in (answer.initiative, *mentions.get(answer.initiative, ()))]
        return any(one is None or surest.get((event, group[one]), 0.0) >= BORNE_OUT for one in told)

    return [answer for answer in answers if stands(answer)]


def read_answers(board: Board, initiatives: Initiatives, links: Links, told: Sequence[Answer]) -> list[Answer]:
    """Return the answers to use: those of rules, and the linker's best of each initiative that rules leave open."""
    best: dict[int, tuple[int, int, Status, float]] = {}
    for link in links.answers:
        _, initiative, status, confidence = link
        initiative = initiatives.same_as.get(initiative, initiative)
        held = best.get(initiative)
        if held is None or (status.value in DECIDED, confidence) > (held[2].value in DECIDED, held[3]):
            best[initiative] = (link[0], initiative, status, confidence)
    answered = {a.initiative for a in told if not a.weak and a.status.value in DECIDED}
    out = [a for a in told]
    # words that answer what was told before ("turned the offer down") answer nothing that is told only later
    taken = {a.event for a in told if not a.weak}
    pointing = {a.event for a in told if not a.weak and not a.named}  # "refused it": one, and no other
    for event, initiative, status, confidence in best.values():
        too_early = event in taken and board.events[event].trigger < board.events[initiative].trigger
        if too_early or initiative in answered or event == initiative or event in pointing:
            continue
        people = tuple(p for p in board.events[event].participants if p.role in GIVING)
        sure = confidence >= SURE
        if sure and people and _are_some_of(board, people, board.events[initiative]):
            people = ()  # "asked residents to leave; thousands did": those who were asked, as far as the text tells
        if _may_answer(board, event, initiative, status, people, sure=sure):
            opposed = status is Status.REJECTED and board.events[event].cls in OPPOSING
            told_as = Status.PENDING if opposed else status
            out.append(Answer(initiative, event, told_as, RULE, people, confidence=confidence))
    return out


def _are_some_of(board: Board, people: Sequence[Participant], initiative: Event) -> bool:
    """Whether some of the many who were asked are meant, and nobody in particular: "thousands" of the residents."""
    asked = [p.mention for p in initiative.participants if p.role is Role.ADDRESSEE]
    many = [board.mentions[m] for m in asked if m is not None and board.mentions[m].number == "plur"]
    some = [board.mentions[p.mention] for p in people if p.mention is not None]
    unspecific = all(m.kind is MentionKind.NOMINAL and m.type is None and not m.determiner for m in some)
    return bool(many) and len(many) == len(asked) and len(some) == len(people) and unspecific


def _may_answer(
    board: Board, event: int, initiative: int, status: Status, people: Sequence[Participant], *, sure: bool
) -> bool:
    """Grammar's vetoes: what is denied or only supposed answers nothing, and who was not asked answers for nobody.

    What is not done may be a refusal, where it is surely read as one and its verb is left out ("the court did not"):
    with its verb, the denial may be of the refusal.
    """
    told = board.events[event].factuality
    refused = status is Status.UNMET or (sure and status is Status.REJECTED and board.events[event].lemma == PRO_VERB)
    if told is Factuality.HYPOTHETICAL or (told is Factuality.DENIED and not refused):
        return False
    asked = [p for p in board.events[initiative].participants if p.role is Role.ADDRESSEE and p.chain is not None]
    givers = [p for p in people if p.chain is not None]
    proposers = [p for p in board.events[initiative].participants if p.role is Role.PROPOSER]
    own = {p.chain for p in proposers}
    if givers and not is_noun(board, board.events[initiative]) and all(g.chain in own for g in givers):
        return False  # nobody answers what he asks himself; whose a noun is may be wrongly read
    # what came true was done by whomever the text says, "a dozen of them", too
    return (
        status is Status.REALISED
        or not asked
        or not givers
        or any(board.speaks_for(g.chain, a.chain) for g in givers for a in (*asked, *proposers))
    )
