"""The document itself, and who and what it mentions, as triples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from kg import vocab
from kg.model import Analysis, Chain, Document
from kg.rdf import iris
from kg.rdf.provenance import LABEL, A, located
from kg.rdf.scope import Scope
from kg.rdf.terms import Triple, iri, literal, nkg, typed, word


def content_hash(document: Document) -> str:
    """Hash what a document's graph is made from, as lower-case SHA-256 hex.

    Covers text, title, date, address and publisher (a corrected date moves every relative time), as a JSON array in
    this order; not the id, which names the graph. What the graph does not tell, an address that is no IRI, is not
    covered, so that the hash can be compared with what the graph tells.
    """
    published = document.published.isoformat() if document.published else None
    url = document.url if document.url and iris.is_address(document.url) else None
    fields = [document.text, document.title or None, published, url, document.publisher or None]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def document_triples(scope: Scope, document: Document, *, pipeline_version: str) -> Iterator[Triple]:
    """Describe the document: the manifest entry of its graph, with its text as given."""
    doc = scope.doc
    yield doc, A, nkg("Article")
    yield doc, A, iri(vocab.NIF + "Context")
    yield doc, iri(vocab.DCTERMS + "identifier"), literal(document.id)
    yield doc, iri(vocab.NIF + "isString"), literal(document.text)
    yield doc, nkg("contentHash"), literal(content_hash(document))
    yield doc, nkg("pipelineVersion"), literal(pipeline_version)
    if document.title:
        yield doc, iri(vocab.DCTERMS + "title"), literal(document.title)
    if document.published:
        yield doc, iri(vocab.DCTERMS + "issued"), typed(document.published.isoformat(), "date")
    if document.url and iris.is_address(document.url):
        yield doc, iri(vocab.SCHEMA + "url"), iri(document.url)
    if document.publisher:
        yield doc, iri(vocab.DCTERMS + "publisher"), literal(document.publisher)


def mention_triples(scope: Scope, analysis: Analysis) -> Iterator[Triple]:
    """Describe the mentions of every actor that is written; the first of two with one span gives the kind."""
    done: set[str] = set()
    for mention in analysis.mentions:
        node = scope.mentions[mention.index]
        if node is None or node in done:
            continue
        done.add(node)
        actor = scope.chains[scope.chain_of[mention.index]]
        yield node, A, nkg("Mention")
        if actor is not None:
            yield node, nkg("refersTo"), actor
        yield node, nkg("mentionKind"), word(mention.kind.value)
        yield from located(scope, node, mention.span)


def actor_triples(scope: Scope, analysis: Analysis) -> Iterator[Triple]:
    """Describe the actors of the document: its chains, under the names that this document gives them."""
    for chain in analysis.chains:
        node = scope.chains[chain.index]
        if node is None:
            continue
        yield node, A, nkg("Participant" if chain.type is None else vocab.ENTITY_CLASSES[chain.type.value])
        yield node, LABEL, literal(chain.name or _fallback_name(scope, analysis, chain))
        for member in chain.members:
            member_node = scope.chains[member]
            if member_node is not None and member_node != node:
                yield node, nkg("hasMember"), member_node


def _fallback_name(scope: Scope, analysis: Analysis, chain: Chain) -> str:
    """Name a chain by its earliest words, so that no actor is without a label."""
    begin, end = min(analysis.mentions[m].span for m in chain.mentions if m in scope.chain_of)
    return scope.text[begin:end]
