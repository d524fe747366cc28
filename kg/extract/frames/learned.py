"""Learned readings as events: the tagger says what tells an event and of what type, the role filler who takes part.

A frame that agrees with the reading lends the event its name, its words and what it answers; a frame of the analyst's
own folders stands whatever the tagger says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.frames.event_times import looked_ahead
from kg.extract.frames.factuality import factuality
from kg.extract.frames.learned_roles import RULE, Text, content, people, quantity, role_names, time_of
from kg.extract.frames.told_wants import as_deed, is_agreed, is_doubtful, is_regret, without_will
from kg.extract.frames.weighing import is_between, weighed
from kg.extract.frames.words import label, tidy
from kg.extract.syntax.asides import is_aside
from kg.model import (
    Category,
    Clause,
    Event,
    EventReading,
    Evidence,
    Factuality,
    Modality,
    Readings,
    Span,
    TimeSpan,
)
from kg.model.readings import DECIDED
from kg.vocab import PLOVER_CODES

CLASSES = {
    "AGREE": "Agreement", "CONSULT": "Meeting", "SUPPORT": "Support", "CONCEDE": "Retreat", "COOPERATE": "Cooperation",
    "AID": "Aid", "RETREAT": "Retreat", "REQUEST": "Pressure", "ACCUSE": "Accusation", "REJECT": "Refusal",
    "THREATEN": "Warning", "PROTEST": "Protest", "SANCTION": "Sanction", "MOBILIZE": "Mobilization",
    "COERCE": "Coercion", "ASSAULT": "Attack", "OTHER": "Happening",
}  # fmt: skip
"""The ontology class of an event whose type no frame makes more particular."""
INITIATIVES = {
    "propose": "Proposal", "offer": "Offer", "invite": "Invitation", "plan": "Plan", "request": "Request",
    "urge": "Request", "demand": "Demand", "threaten": "Threat",
}  # fmt: skip
SURE = 0.75
"""Probability from which a word is an event though no frame says so; chosen on the development sets."""
SURE_OTHER = 0.4
"""The same of one that has no type of PLOVER: it codes nothing, so that a wrong one costs little."""
SURE_WANT = 0.6
"""The same of initiatives, where frame and grammar do not agree: a missed one is missed with all that became of it."""
LIKELY = 0.3
"""Probability from which it is one where a frame says so, too."""
LIKELY_DEED = 0.4
"""The same of deeds that a frame gives a type of PLOVER: below it four of seven were none."""
SURE_ANSWER, SURE_LINK = 0.4, 0.75
"""The same of what is read to decide an initiative, by as much as the second: the two bear each other out."""
ALONE = 0.5
"""Probability from which a frame's event stands that was not read."""
ALONE_BETWEEN = 0.25
"""The same of one that grammar gives both a doer and somebody it is done to."""
ALONE_WANTED = 0.02
"""The same of such an initiative: a missed one is missed with all that became of it."""
MARKED = 0.7
"""Probability from which a factuality that was read stands where the clause itself bears no mark of any."""
ACTS = frozenset({"Refusal", "Acceptance", "Response", "Agreement", "CommunicativeAct", "NonRealisation"})
"""Classes that say how something was answered: a reading of another type takes that away."""
NEAR = 120
"""Characters between an event's word and a participant that its words reach to."""
KIND_TYPES = {
    "demand": "REQUEST", "request": "REQUEST", "urge": "REQUEST", "propose": "REQUEST", "invite": "CONSULT",
    "offer": "AGREE", "threaten": "THREATEN",
}  # fmt: skip
"""The type that goes with a kind of initiative: in 98 of 100 annotated ones. A plan has that of what is planned."""


def with_readings(
    text: Text, drafts: Sequence[Event], readings: Readings, own: frozenset[str], aside: Sequence[Span]
) -> list[Event]:
    """Return the events of a text: one per reading, and what frames tell that no reading can.

    `drafts` are the events that frames evoke, `own` the names of the frames of the analyst's folders.
    """
    by_trigger: dict[int, list[Event]] = {}
    for event in drafts:
        by_trigger.setdefault(event.trigger.begin, []).append(event)
    out: list[Event] = []
    used: set[int] = set()
    answering = {x.first for x in readings.links if x.kind in DECIDED and x.confidence >= SURE_LINK}
    for k, reading in enumerate(readings.events):
        found = by_trigger.get(reading.trigger.begin, [])
        if (
            reading.confidence < least(reading, found, answers=k in answering)
            or any(e.frame in own for e in found)
            or is_aside(reading.trigger.begin, aside)
        ):
            continue
        if is_regret(reading.trigger, _told_word(text, reading).lower(), text.clauses):
            reading = replace(reading, kind=None, type="ACCUSE")
        doubtful = is_doubtful(reading, found)
        if found:
            reading = weighed(reading, found[0])
        if doubtful:
            reading, found = replace(reading, kind=None), [as_deed(e, text.clauses, text.mentions) for e in found]
        used.add(reading.trigger.begin)
        bases = [e for e in found if _agrees(e, reading)] or [
            _overruled(e, reading) or _base(text, reading) for e in found[:1]
        ]
        out += [_read(text, base, reading, k) for base in bases or [_base(text, reading)]]
    rest = [e for e in drafts if e.trigger.begin not in used]
    out += [e for e in rest if e.frame in own]
    rest = [as_deed(e, text.clauses, text.mentions) for e in rest if e.frame not in own]
    out += [e for e in rest if _only_links(e) or _stands_alone(e, readings)]
    return without_will(out, text.clauses, text.mentions, readings.events)


def least(reading: EventReading, framed: Sequence[Event], *, answers: bool = False) -> float:
    """Return the probability from which a reading counts, given the events that frames tell at the same word."""
    if answers and reading.kind is None:
        return LIKELY if framed else SURE_ANSWER
    if reading.kind is not None:
        return LIKELY if is_agreed(reading, framed) else SURE_WANT
    if reading.type == "OTHER":
        return SURE_OTHER
    return LIKELY_DEED if any(e.plover for e in framed) else SURE


def _stands_alone(event: Event, readings: Readings) -> bool:
    """Whether a frame's event stands though it was not read; who did it to whom makes up for much doubt."""
    between = ALONE_BETWEEN if event.kind is None else ALONE_WANTED
    return readings.doubts.get(event.trigger.begin, 1.0) >= (between if is_between(event) else ALONE)


def _only_links(event: Event) -> bool:
    """Whether an event only carries a link, or says what came true or did not: no head is trained on these."""
    answers = event.cls == "Happening" and event.status is not None
    return event.link is not None or event.cls == "NonRealisation" or answers


def _agrees(event: Event, reading: EventReading) -> bool:
    """Whether a frame's event is of the type and kind that were read."""
    if reading.kind is not None:
        return event.kind is not None
    return event.kind is None and event.plover == (reading.type if reading.type in PLOVER_CODES else None)


def _overruled(event: Event, reading: EventReading) -> Event | None:
    """A frame's deed whose type was read otherwise: its class, words and participants stand; None where acts differ.

    An act to which its frame gives no type is none the less that act: the reading only adds its type.
    """
    if event.kind is not None or reading.kind is not None:
        return None
    if event.cls in ACTS:
        return event if event.plover is None else None
    return replace(event, status=None, answers=(), answers_previous=False, link=None)


def _base(text: Text, reading: EventReading) -> Event:
    """An event of a reading that no frame agrees with."""
    index = text.clause_at.get(reading.trigger)
    clause = text.clauses[index] if index is not None else None
    at = bisect_left(text.sentences, reading.trigger.begin + 1, key=lambda s: s.span.begin) - 1
    words = _told_word(text, reading)
    return Event(
        index=0,
        cls=CLASSES[reading.type],
        frame="",
        trigger=reading.trigger,
        lemma=clause.lemma if clause is not None else words.lower(),
        label=label(clause, text.clauses, text.document.text) if clause is not None else _words(text, reading),
        factuality=_factuality(text, clause, reading),
        evidence=(Evidence(text.sentences[max(0, at)].span),),
        clause=index,
        rules=clause.rules if clause is not None else (),
    )


def _told_word(text: Text, reading: EventReading) -> str:
    return text.document.text[reading.trigger.begin : reading.trigger.end]


def _factuality(text: Text, clause: Clause | None, reading: EventReading) -> Factuality:
    """What was read, unless grammar denies, supposes or announces it."""
    read = Factuality(reading.factuality)
    if clause is None or _outweighs(reading, clause):
        return read
    told, _ = factuality(clause, text.clauses, {})
    return told if told is not Factuality.HAPPENED else read


def _told(text: Text, base: Event, reading: EventReading) -> Factuality:
    """The factuality of a frame's event: what was read for sure, where the clause does not say it itself."""
    clause = text.clauses[base.clause] if base.clause is not None and base.frame else None
    return Factuality(reading.factuality) if clause is not None and _outweighs(reading, clause) else base.factuality


def _outweighs(reading: EventReading, clause: Clause) -> bool:
    """Whether a factuality that was read for sure stands: no negation, auxiliary or "if" of the clause's own says it.

    What governs a clause tells less of it: purposes are reached, and who is to meet somebody has often met him.
    """
    marked = clause.negated or clause.modal or clause.condition or clause.tense == "future"
    return reading.factuality_confidence >= MARKED and not marked


def _words(text: Text, reading: EventReading) -> str:
    """The words from the first to the last of those that take part, where no clause tells the event."""
    roles = ("actor", "recipient", "object")
    near = [r.span for r in reading.roles if r.role in roles and abs(r.span.begin - reading.trigger.begin) < NEAR]
    begin = min([reading.trigger.begin, *(s.begin for s in near)])
    return tidy(text.document.text[begin : max([reading.trigger.end, *(s.end for s in near)])])


def _read(text: Text, base: Event, reading: EventReading, index: int) -> Event:
    """An event with the type and kind that were read, and with what was read where its frame tells nothing."""
    cls = base.cls
    if reading.kind is not None and base.kind != reading.kind:
        cls = INITIATIVES[reading.kind]
    words, spans = base.content_text, base.content_spans
    if not words and reading.kind is not None:
        spans = content(reading)
        words = tidy(" ".join(text.document.text[a:b] for a, b in spans))
    told = _told(text, base, reading)
    return replace(
        base,
        cls=cls,
        factuality=told,
        plover=_code(reading, base),
        kind=reading.kind,
        participants=people(text, base, reading, role_names(cls, reading.kind)),
        time=_when(text, base, reading, told, spans),
        quantity=base.quantity or quantity(text, reading),
        content_text=words,
        content_spans=spans,
        reading=index,
        confidence=_confidence(reading),
        rules=(RULE, *base.rules),
    )


def _when(text: Text, base: Event, reading: EventReading, told: Factuality, spans: Sequence[Span]) -> TimeSpan | None:
    """When it was, by grammar or else as read; what is asked for or agreed has its own time within its own words."""
    found = _time(text, base, told) or (time_of(text, base, reading) if _may_be_timed(text, base) else None)
    told_of = (*spans, *content(reading))
    within = found is not None and any(s.begin <= found.span.begin and found.span.end <= s.end for s in told_of)
    return None if within else found


def _time(text: Text, base: Event, told: Factuality) -> TimeSpan | None:
    """The time that grammar gives, looked for ahead where context and the verb above say that it is still to come."""
    at = text.clauses[base.clause].governor if base.clause is not None else None
    ahead = at is not None and text.clauses[at].modality is Modality.FUTURE
    if base.time is None or not ahead or told is base.factuality or told is not Factuality.FUTURE:
        return base.time
    return looked_ahead(text.document, base.time)


def _confidence(reading: EventReading) -> float:
    """The probability that something is told here and is of the type, or of the kind with which a type goes."""
    of_its_kind = reading.type_confidence if reading.kind is None else reading.kind_confidence
    return round(reading.confidence * of_its_kind, 3)


def _may_be_timed(text: Text, event: Event) -> bool:
    """Whether a time that grammar does not give may be read: a frame's event has to be asserted, by a verb.

    The time beside what is only wanted may be that of the wanting, and a noun may name what comes every Sunday.
    """
    if not event.frame:
        return True
    asserted = event.factuality in (Factuality.HAPPENED, Factuality.DENIED)
    return asserted and event.clause is not None and text.clauses[event.clause].category is Category.VERB


def _code(reading: EventReading, base: Event) -> str | None:
    """The type that was read, but that of its kind where one was read besides: the two are decided apart.

    An ultimatum, as its frame knows, is a demand that threatens (PLOVER codes it so).
    """
    told = reading.type
    if reading.kind == base.kind == "demand" and base.plover == "THREATEN":
        told = base.plover
    elif reading.kind is not None and reading.kind_confidence >= reading.type_confidence:
        told = KIND_TYPES.get(reading.kind, told)
    return told if told in PLOVER_CODES else None
