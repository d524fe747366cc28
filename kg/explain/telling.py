"""From the records of an analysis to what an explanation tells of one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.explain.judgements import Quote
from kg.explain.records import (
    ArgumentTold,
    AttributionTold,
    ChainTold,
    ClauseTold,
    ConditionTold,
    FieldsTold,
    FrameTold,
    IdentityTold,
    MentionTold,
    OtherTold,
    ParticipantTold,
    QuantityTold,
    RelationTold,
    RuleTold,
    SenseTold,
    StatusTold,
    TellerTold,
    TimeTold,
)
from kg.model import Analysis, Attribution, Clause, Event, Modality, Participant, Span
from kg.rules import explain

if TYPE_CHECKING:
    from kg.extract.frames import Frame, Lexicon

OTHER = "OTHER"


def quote(text: str, span: Span) -> Quote:
    """The words of a span."""
    return Quote(span.begin, span.end, text[span.begin : span.end])


def participants(
    analysis: Analysis, event: Event, identity: Mapping[Participant, IdentityTold]
) -> Iterator[ParticipantTold]:
    """Who fills each role: the words, by which rule, what mention and chain they are, and who that is elsewhere."""
    for one in event.participants:
        yield ParticipantTold(
            role=one.role.value,
            quote=quote(analysis.document.text, one.span),
            rules=_once(one.rules),
            confidence=one.confidence,
            inferred=one.inferred,
            mention=_mention(analysis, one.mention) if one.mention is not None else None,
            chain=_chain(analysis, one.chain) if one.chain is not None else None,
            identity=identity.get(one),
        )


def _mention(analysis: Analysis, index: int) -> MentionTold:
    one = analysis.mentions[index]
    kind = one.type.value if one.type else None
    return MentionTold(quote(analysis.document.text, one.span), one.kind.value, kind, one.number, one.marker)


def _chain(analysis: Analysis, index: int) -> ChainTold:
    one = analysis.chains[index]
    wordings = tuple(dict.fromkeys(analysis.mentions[m].text for m in one.mentions))
    kind = one.type.value if one.type else None
    return ChainTold(one.name, kind, len(one.mentions), wordings, _once(one.rules))


def clause(analysis: Analysis, event: Event) -> ClauseTold | None:
    """The clause that tells the event."""
    if event.clause is None:
        return None
    text, one = analysis.document.text, analysis.clauses[event.clause]
    return ClauseTold(
        lemma=one.lemma,
        traits=traits(one),
        quote=quote(text, one.span),
        above=analysis.clauses[one.governor].lemma if one.governor is not None else None,
        relation=one.relation,
        marker=one.marker,
        arguments=tuple(
            ArgumentTold(a.slot.value, a.marker, quote(text, a.span), _once(a.rules)) for a in one.arguments
        ),
        rules=_once(one.rules),
    )


def traits(clause: Clause) -> tuple[str, ...]:
    """Word class, polarity, modality, tense and voice of a clause, in words."""
    told = (
        clause.category.value,
        "negated" if clause.negated else "",
        clause.modality.value if clause.modality is not Modality.REAL else "",
        f"{clause.tense} tense" if clause.tense else "",
        "passive" if clause.passive else "",
        "quoted" if clause.quoted else "",
    )
    return tuple(one for one in told if one)


def attributions(analysis: Analysis, event: Event) -> Iterator[AttributionTold]:
    """Who says the event, where it is a statement."""
    text = analysis.document.text
    for one in _of_event(analysis, event):
        source = quote(text, one.source.span) if one.source else None
        content = tuple(quote(text, span) for span in one.content)
        yield AttributionTold(quote(text, one.cue), one.direct, source, content, _once(one.rules))


def _of_event(analysis: Analysis, event: Event) -> list[Attribution]:
    return [a for a in analysis.attributions if event.cue == a.cue and event.content_spans == a.content]


def frame(analysis: Analysis, event: Event, lexicon: Lexicon) -> FrameTold:
    """The frame, what its sense asks for, and the other senses of the word in the order in which they are tried."""
    own = next((f for f in lexicon.frames if f.name == event.frame), None)
    others: Sequence[Frame] = ()
    if event.clause is not None and not event.cue:
        others = _others(analysis.clauses[event.clause], event, lexicon)
    sense = _sense(own) if own is not None else None
    rules = _once(r for r in event.rules if is_of(r, "{word} evokes "))
    return FrameTold(event.lemma, sense, rules, tuple(map(_sense, others)))


def _others(clause: Clause, event: Event, lexicon: Lexicon) -> list[Frame]:
    first = clause.lemma.partition(" ")[0]
    entries = lexicon.entries.get((clause.category, first), ())
    frames = {e.frame.name: e.frame for e in entries if not e.second or e.second in clause.lemma.split()}
    return [frame for name, frame in frames.items() if name != event.frame]


def _sense(frame: Frame) -> SenseTold:
    when, unless = (
        tuple(tuple(ConditionTold(slot, tuple(sorted(words))) for slot, words in one.items()) for one in conditions)
        for conditions in (frame.when, frame.unless)
    )
    return SenseTold(frame.name, frame.cls, frame.plover or OTHER, when, unless)


def is_of(name: str, group: str) -> bool:
    """Whether a rule's id in the registry begins so."""
    return any(told.rule.id.startswith(group) for told in explain(name))


def fields(analysis: Analysis, event: Event) -> FieldsTold:
    """The event's own fields."""
    return FieldsTold(
        factuality=event.factuality.value,
        factuality_rules=_once(r for r in event.rules if is_of(r, "factuality: ")),
        kind=event.kind,
        time=_time(analysis, event),
        quantity=_quantity(analysis, event),
        content=event.content_text,
        content_event=_content_event(analysis, event),
        told_by=_teller(event),
    )


def _time(analysis: Analysis, event: Event) -> TimeTold | None:
    """When it was."""
    if event.time is None:
        return None
    return TimeTold(event.time.begin, event.time.end, quote(analysis.document.text, event.time.span))


def _quantity(analysis: Analysis, event: Event) -> QuantityTold | None:
    """How many."""
    one = event.quantity
    if one is None:
        return None
    words = quote(analysis.document.text, one.span)
    return QuantityTold(one.value, one.lower, one.upper, one.qualifier, one.noun, words)


def _content_event(analysis: Analysis, event: Event) -> OtherTold | None:
    """What is proposed, asked for or said, where that is an event."""
    if event.content is None:
        return None
    one = analysis.events[event.content]
    return OtherTold(one.cls, one.factuality.value, one.label)


def _teller(event: Event) -> TellerTold | None:
    """Who tells it."""
    one = event.attributed_to
    return TellerTold(one.text, _once(one.rules)) if one else None


def statuses(analysis: Analysis, event: Event) -> Iterator[StatusTold]:
    """How an initiative was answered."""
    for one in analysis.dispositions:
        if one.initiative == event.index:
            whose = one.addressee.text if one.addressee else None
            words = quote(analysis.document.text, one.evidence.span)
            yield StatusTold(one.status.value, whose, one.outcome_text, one.rule, one.confidence, words)


def relations(analysis: Analysis, event: Event) -> Iterator[RelationTold]:
    """What led to the event, and what came of it."""
    for one in analysis.relations:
        if event.index in (one.cause, one.effect):
            spans = dict.fromkeys((one.cause_evidence.span, one.effect_evidence.span))
            quotes = tuple(quote(analysis.document.text, span) for span in spans)
            yield RelationTold(one.kind.value, one.cause_text, one.effect_text, one.rule, one.confidence, quotes)


def rules(analysis: Analysis, event: Event, reasons: Iterable[str]) -> Iterator[RuleTold]:
    """What each rule that had a part says, by the registry; `reasons` are those of the identity graph."""
    for name in dict.fromkeys((*_used(analysis, event), *reasons)):
        told = explain(name)
        yield RuleTold(name, tuple(one.text for one in told), tuple(one.rule.source for one in told))


def _used(analysis: Analysis, event: Event) -> Iterator[str]:
    if event.clause is not None:
        one = analysis.clauses[event.clause]
        yield from one.rules
        for argument in one.arguments:
            yield from argument.rules
    for attribution in _of_event(analysis, event):
        yield from attribution.rules
    yield from event.rules
    for who in (*event.participants, *([event.attributed_to] if event.attributed_to else [])):
        yield from who.rules
        if who.chain is not None:
            yield from analysis.chains[who.chain].rules
    yield from (d.rule for d in analysis.dispositions if d.initiative == event.index)
    yield from (r.rule for r in analysis.relations if event.index in (r.cause, r.effect))


def _once(rules: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for rule in rules if rule))
