"""The cheap check that guards a build: every offset lies in the text, every event has factuality and evidence.

A record that fails is left out of the graph, with everything that cannot stand without it, and reported: one faulty
record must not cost the document, and a graph never holds an offset that its text cannot answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite

from kg import vocab
from kg.errors import RecordError
from kg.model import Analysis, Event, Factuality, Participant, Span
from kg.rdf.terms import moment


@dataclass(frozen=True, slots=True)
class Findings:
    """Indices of the records that cannot be written, by sort, and one error for each."""

    mentions: frozenset[int] = frozenset()
    chains: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()
    relations: frozenset[int] = frozenset()
    dispositions: frozenset[int] = frozenset()
    problems: tuple[RecordError, ...] = ()


def check(analysis: Analysis) -> Findings:
    """Find the records of `analysis` that cannot be written. Takes microseconds a record; never raises."""
    problems: list[RecordError] = []
    limits = _Limits(len(analysis.document.text), len(analysis.mentions), len(analysis.chains), len(analysis.events))

    def unsound(sort: str, faults: Iterable[tuple[int, str | None]]) -> frozenset[int]:
        bad: set[int] = set()
        for index, fault in faults:
            if fault is not None:
                bad.add(index)
                problems.append(_problem(analysis.document.id, sort, index, fault))
        return frozenset(bad)

    mentions = unsound("mention", ((m.index, _in_text((m.span,), limits)) for m in analysis.mentions))
    chains = unsound("chain", _chain_faults(analysis, mentions, limits))
    events = unsound("event", ((e.index, _event_fault(e, limits)) for e in analysis.events))
    relations = unsound("relation", _relation_faults(analysis, events, limits))
    dispositions = unsound("disposition", _disposition_faults(analysis, events, limits))
    return Findings(mentions, chains, events, relations, dispositions, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Limits:
    characters: int
    mentions: int
    chains: int
    events: int


def _problem(document: str, sort: str, index: int, fault: str) -> RecordError:
    return RecordError(
        f"{fault}, so it was left out of the graph",
        where=f"document {document!r}, {sort} {index}",
        remedy="the rest is written; please report this text as a fault of newskg",
    )


def _in_text(spans: Iterable[Span], limits: _Limits) -> str | None:
    for begin, end in spans:
        if not 0 <= begin < end <= limits.characters:
            return f"its offsets {begin}-{end} lie outside the text of {limits.characters} characters"
    return None


def _known(participants: Iterable[Participant | None], limits: _Limits) -> str | None:
    for p in participants:
        if p is None:
            continue
        if p.chain is not None and not 0 <= p.chain < limits.chains:
            return f"its {p.role} is chain {p.chain}, which does not exist"
        if p.mention is not None and not 0 <= p.mention < limits.mentions:
            return f"its {p.role} is mention {p.mention}, which does not exist"
    return None


def _chain_faults(analysis: Analysis, bad: frozenset[int], limits: _Limits) -> Iterator[tuple[int, str | None]]:
    taken: set[int] = set()
    for chain in analysis.chains:
        if not all(0 <= mention < limits.mentions for mention in chain.mentions):
            yield chain.index, "it has a mention that does not exist"
        elif not any(mention not in bad for mention in chain.mentions):
            yield chain.index, "none of its mentions can be written"
        elif not all(0 <= member < limits.chains for member in chain.members):
            yield chain.index, "it has a member that does not exist"
        elif not taken.isdisjoint(chain.mentions):
            yield chain.index, "one of its mentions belongs to another chain"
        else:
            taken.update(chain.mentions)


def _spans(event: Event) -> Iterator[Span]:
    yield event.trigger
    yield from event.content_spans
    for evidence in event.evidence:
        yield evidence.span
    for span in (event.cue, event.source):
        if span is not None:
            yield span
    if event.quantity is not None:
        yield event.quantity.span
    if event.time is not None:
        yield event.time.span


def _event_fault(event: Event, limits: _Limits) -> str | None:
    """Say what is wrong with an event, in the order of what matters most."""
    if not isinstance(event.factuality, Factuality):
        return "it has no factuality"
    if not event.evidence:
        return "it has no evidence"
    if not event.cls.isidentifier():
        return f"its class {event.cls!r} is no name of a class"
    if event.cls == "Statement" and not event.content_spans:
        return "it is a statement without content"
    if event.plover is not None and event.plover not in vocab.PLOVER_CODES and event.plover != "OTHER":
        return f"its PLOVER code {event.plover!r} is none of the root codes"
    if event.content is not None and not 0 <= event.content < limits.events:
        return f"its content is event {event.content}, which does not exist"
    return (
        _in_text(_spans(event), limits)
        or _value_fault(event)
        or _known((*event.participants, event.attributed_to), limits)
    )


def _value_fault(event: Event) -> str | None:
    if event.quantity is not None:
        numbers = (event.quantity.value, event.quantity.lower, event.quantity.upper)
        if not all(number is None or isfinite(number) for number in numbers):
            return "its quantity is not finite"
    if event.time is not None:
        for bound in (event.time.begin, event.time.end):
            if bound and moment(bound) is None:
                return f"its time {bound!r} is no ISO year, month or day"
    return None


def _relation_faults(analysis: Analysis, bad: frozenset[int], limits: _Limits) -> Iterator[tuple[int, str | None]]:
    for number, relation in enumerate(analysis.relations):
        ends = (relation.cause, relation.effect)
        if not all(0 <= end < limits.events and end not in bad for end in ends):
            yield number, "one of its events was left out or does not exist"
        elif relation.cause == relation.effect:
            yield number, "it relates an event to itself"
        else:
            yield number, _in_text((relation.cause_evidence.span, relation.effect_evidence.span), limits)


def _disposition_faults(analysis: Analysis, bad: frozenset[int], limits: _Limits) -> Iterator[tuple[int, str | None]]:
    for number, disposition in enumerate(analysis.dispositions):
        if not 0 <= disposition.initiative < limits.events or disposition.initiative in bad:
            yield number, "its initiative was left out or does not exist"
        elif disposition.response is not None and not 0 <= disposition.response < limits.events:
            yield number, f"its response is event {disposition.response}, which does not exist"
        elif disposition.as_of and moment(disposition.as_of) is None:
            yield number, f"its date {disposition.as_of!r} is no ISO year, month or day"
        else:
            yield number, _in_text((disposition.evidence.span,), limits) or _known((disposition.addressee,), limits)
