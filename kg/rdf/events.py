"""Events as triples: what they are, who took part, when and how many, who says so, and in which words."""

from __future__ import annotations

from collections.abc import Iterator

from kg import vocab
from kg.model import Analysis, Event, Quantity, Role, TimeSpan
from kg.rdf import iris
from kg.rdf.provenance import LABEL, A, pointed
from kg.rdf.scope import Scope, types_of
from kg.rdf.terms import Triple, decimal, iri, literal, moment, nkg, word

_EARLIEST = iri(vocab.SEM + "hasEarliestBeginTimeStamp")
_LATEST = iri(vocab.SEM + "hasLatestEndTimeStamp")

_ROLES: dict[Role, tuple[str, ...]] = {
    **{role: (nkg(role.value),) for role in Role},
    # Who proposes or answers also acts and who is addressed also receives, so that "who did what" needs no reasoner;
    # who merely tells does not.
    Role.PROPOSER: (nkg("proposer"), nkg("agent")),
    Role.RESPONDER: (nkg("responder"), nkg("agent")),
    Role.ADDRESSEE: (nkg("addressee"), nkg("recipient")),
}


def event_triples(scope: Scope, analysis: Analysis) -> Iterator[Triple]:
    """Describe every event that is written."""
    for event in analysis.events:
        node = scope.events[event.index]
        if node is None:
            continue
        yield from _core(scope, event, node)
        yield from _participants(scope, analysis, event, node)
        yield from _words(scope, analysis, event, node)
        if event.quantity is not None:
            yield from _quantity(scope, node, event.quantity)
        if event.time is not None:
            yield from _time(scope, node, event.time)


def _core(scope: Scope, event: Event, node: str) -> Iterator[Triple]:
    for cls in types_of(event.cls):
        yield node, A, nkg(cls)
    yield node, LABEL, literal(_label(scope, event))
    if event.frame:
        yield node, nkg("frame"), word(event.frame)
    if event.lemma:
        yield node, nkg("lemma"), word(event.lemma)
    for rule in event.rules:
        yield node, nkg("rule"), word(rule)
    yield node, nkg("factuality"), nkg(event.factuality.value.capitalize())
    if event.confidence is not None:
        yield node, nkg("confidence"), decimal(event.confidence)
    if event.plover in vocab.PLOVER_CODES:
        yield node, nkg("plover"), iri(vocab.PLOVER + event.plover)
    yield from pointed(scope, node, nkg("trigger"), event.trigger)
    for evidence in event.evidence:
        yield from pointed(scope, node, nkg("evidence"), evidence.span)


def _participants(scope: Scope, analysis: Analysis, event: Event, node: str) -> Iterator[Triple]:
    for participant in event.participants:
        actor = scope.actor(participant)
        if actor is None:
            continue
        for role in _ROLES[participant.role]:
            yield node, role, actor
        if participant.mention is not None:
            for mention in _with_members(analysis, participant.mention):
                name = scope.mentions[mention]
                if name is not None:
                    yield node, nkg("participantMention"), name
    told_by = scope.actor(event.attributed_to)
    if told_by is not None:
        yield node, nkg("attributedTo"), told_by


def _with_members(analysis: Analysis, mention: int) -> Iterator[int]:
    """Give a mention and those it is made of: in "Moscow and Kyiv agreed" each of the two fills the role."""
    todo, done = [mention], set[int]()
    while todo:
        current = todo.pop()
        if current not in done and 0 <= current < len(analysis.mentions):
            done.add(current)
            yield current
            todo.extend(analysis.mentions[current].members)


def _words(scope: Scope, analysis: Analysis, event: Event, node: str) -> Iterator[Triple]:
    """Describe what is proposed, asked for or said, and the words around it."""
    initiative = vocab.FAMILIES.get(event.cls) == "Initiative"
    content = scope.events[event.content] if event.content is not None else None
    if content is not None and content != node:
        yield node, nkg("content"), content
    text = event.content_text or " ".join(scope.text[begin:end] for begin, end in event.content_spans)
    if not text and initiative:
        # the words of an initiative are always kept, even where only its content event or its label has any
        text = analysis.events[event.content].label if event.content is not None else ""
        text = text or _label(scope, event)
    if text:
        yield node, nkg("contentText"), literal(text)
    for span in event.content_spans:
        yield from pointed(scope, node, nkg("contentSpan"), span)
    if event.cue is not None:
        yield from pointed(scope, node, nkg("cue"), event.cue)
    if event.source is not None:
        yield from pointed(scope, node, nkg("sourceSpan"), event.source)
    if initiative:
        yield node, nkg("kind"), word(event.kind or vocab.INITIATIVE_KINDS[event.cls][0])


def _label(scope: Scope, event: Event) -> str:
    return event.label or scope.text[event.trigger.begin : event.trigger.end]


def _quantity(scope: Scope, event: str, quantity: Quantity) -> Iterator[Triple]:
    node = iri(iris.quantity_iri(event[1:-1]))
    yield event, nkg("quantity"), node
    yield node, A, nkg("Quantity")
    yield node, nkg("value"), decimal(quantity.value)
    if quantity.lower is not None:
        yield node, nkg("lower"), decimal(quantity.lower)
    if quantity.upper is not None:
        yield node, nkg("upper"), decimal(quantity.upper)
    if quantity.qualifier:
        yield node, nkg("qualifier"), word(quantity.qualifier)
    if quantity.noun:
        yield node, nkg("countedNoun"), word(quantity.noun)
    yield from pointed(scope, node, nkg("evidence"), quantity.span)


def _time(scope: Scope, event: str, time: TimeSpan) -> Iterator[Triple]:
    begin, end = moment(time.begin), moment(time.end)
    if begin is not None:
        yield event, _EARLIEST, begin
    if end is not None:
        yield event, _LATEST, end
    yield from pointed(scope, event, nkg("timeSpan"), time.span)
