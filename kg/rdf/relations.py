"""Dispositions and links as triples: how initiatives were answered, and what came of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg import vocab
from kg.model import Analysis, Disposition, Relation, RelationKind
from kg.rdf import iris
from kg.rdf.check import Findings
from kg.rdf.provenance import A, pointed
from kg.rdf.scope import Scope
from kg.rdf.terms import Triple, decimal, iri, literal, moment, nkg, word


def disposition_triples(scope: Scope, analysis: Analysis, findings: Findings) -> Iterator[Triple]:
    """Describe how initiatives stand; the dispositions of each are numbered in the order of the records."""
    seen: Counter[str] = Counter()
    for number, disposition in enumerate(analysis.dispositions):
        event = scope.events[disposition.initiative] if number not in findings.dispositions else None
        if event is not None:
            seen[event] += 1
            yield from _disposition(scope, disposition, event, seen[event])


def _disposition(scope: Scope, disposition: Disposition, event: str, nth: int) -> Iterator[Triple]:
    node = iri(iris.disposition_iri(event[1:-1], nth))
    yield event, nkg("disposition"), node
    yield node, A, nkg("Disposition")
    yield node, nkg("status"), nkg(disposition.status.value.capitalize())
    yield node, nkg("decidedBy"), word(disposition.rule)
    yield from pointed(scope, node, nkg("evidence"), disposition.evidence.span)
    if disposition.confidence is not None:
        yield node, nkg("confidence"), decimal(disposition.confidence)
    addressee = scope.actor(disposition.addressee)
    if addressee is not None:
        yield node, nkg("ofAddressee"), addressee
    response = scope.events[disposition.response] if disposition.response is not None else None
    if response is not None:
        yield node, nkg("response"), response
    if disposition.outcome_text:
        yield node, nkg("outcomeText"), literal(disposition.outcome_text)
    as_of = moment(disposition.as_of) if disposition.as_of else None
    if as_of is not None:
        yield node, nkg("asOf"), as_of


def link_triples(scope: Scope, analysis: Analysis, findings: Findings) -> Iterator[Triple]:
    """Describe what came of what, as link nodes with evidence for both ends and as direct properties beside them."""
    nth = 0
    for number, relation in enumerate(analysis.relations):
        if number in findings.relations:
            continue
        cause, effect = scope.events[relation.cause], scope.events[relation.effect]
        if cause is None or effect is None:
            continue
        nth += 1
        node = iri(iris.link_iri(scope.doc_iri, nth))
        yield node, A, nkg("Link")
        yield node, nkg("cause"), cause
        yield node, nkg("effect"), effect
        yield node, nkg("causeText"), literal(relation.cause_text or analysis.events[relation.cause].label)
        yield node, nkg("effectText"), literal(relation.effect_text or analysis.events[relation.effect].label)
        yield node, nkg("relation"), word(relation.kind.value)
        yield node, nkg("decidedBy"), word(relation.rule)
        if relation.confidence is not None:
            yield node, nkg("confidence"), decimal(relation.confidence)
        yield from pointed(scope, node, nkg("causeEvidence"), relation.cause_evidence.span)
        yield from pointed(scope, node, nkg("effectEvidence"), relation.effect_evidence.span)
        yield from _direct(scope, analysis, relation, cause, effect)


def _direct(scope: Scope, analysis: Analysis, relation: Relation, cause: str, effect: str) -> Iterator[Triple]:
    if relation.kind is RelationKind.OUTCOME:
        yield cause, nkg("outcome"), effect
    elif relation.kind is RelationKind.RESPONSE:
        yield effect, nkg("inResponseTo"), cause
    elif relation.kind is RelationKind.CAUSE:
        yield effect, nkg("causedBy"), cause
    elif relation.kind is RelationKind.CONDITION:
        yield effect, nkg("conditionalOn"), cause
    else:
        content = _intended(scope, analysis, relation.cause, cause)
        if content is not None and content != effect:
            yield content, nkg("realisedBy"), effect


def _intended(scope: Scope, analysis: Analysis, index: int, node: str) -> str | None:
    """Find the event that came true: not the proposing, but what was proposed; None where that is no event."""
    event = analysis.events[index]
    if event.content is not None:
        return scope.events[event.content]
    return None if vocab.FAMILIES.get(event.cls) == "Initiative" else node
