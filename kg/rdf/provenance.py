"""Stretches of text as NIF strings: where everything else in the graph is anchored.

See https://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core/nif-core.html; offsets count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import vocab
from kg.model import Span
from kg.rdf import iris
from kg.rdf.scope import Scope
from kg.rdf.terms import Triple, iri, literal

A = iri(vocab.RDF + "type")
LABEL = iri(vocab.RDFS + "label")
_STRING = iri(vocab.NIF + "OffsetBasedString")
_SENTENCE = iri(vocab.NIF + "Sentence")
_CONTEXT = iri(vocab.NIF + "referenceContext")
_BEGIN = iri(vocab.NIF + "beginIndex")
_END = iri(vocab.NIF + "endIndex")
_ANCHOR = iri(vocab.NIF + "anchorOf")
_INTEGER = f"^^<{vocab.XSD}nonNegativeInteger>"


def located(scope: Scope, node: str, span: Span) -> Iterator[Triple]:
    """Say where `node` stands in the text."""
    begin, end = span
    yield node, _CONTEXT, scope.doc
    yield node, _BEGIN, f'"{begin}"{_INTEGER}'
    yield node, _END, f'"{end}"{_INTEGER}'
    yield node, _ANCHOR, literal(scope.text[begin:end])


def pointed(scope: Scope, subject: str, predicate: str, span: Span) -> Iterator[Triple]:
    """Point from `subject` to a stretch of the text, and describe that stretch."""
    node = iri(iris.span_iri(scope.doc_iri, span))
    yield subject, predicate, node
    yield node, A, _STRING
    if span in scope.sentences:
        yield node, A, _SENTENCE
    yield from located(scope, node, span)
