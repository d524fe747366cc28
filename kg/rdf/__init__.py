"""Records of one document to the N-Quads lines of its named graph: vocabulary, IRIs, provenance; no RDF library.

    lines = quads(analysis, pipeline_version="0.1")

What is written is specified by `ontology/news.ttl` and held by `ontology/shapes.ttl`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import chain

from kg import vocab
from kg.errors import KgError
from kg.model import Analysis
from kg.rdf.check import Findings, check
from kg.rdf.document import actor_triples, content_hash, document_triples, mention_triples
from kg.rdf.events import event_triples
from kg.rdf.iris import canonical_iri, checked_base, doc_iri, identity_iri, is_address
from kg.rdf.relations import disposition_triples, link_triples
from kg.rdf.scope import scope_of
from kg.rdf.terms import escape

__all__ = [
    "Findings",
    "canonical_iri",
    "check",
    "content_hash",
    "doc_iri",
    "escape",
    "identity_iri",
    "is_address",
    "quads",
]

_LOG = logging.getLogger(__name__)


def quads(
    analysis: Analysis,
    *,
    base: str = vocab.BASE,
    pipeline_version: str,
    report: Callable[[KgError], None] | None = None,
) -> list[str]:
    """Write the named graph of one document as N-Quads lines, sorted and without duplicates.

    Each line ends with " ." and has no line break. The same analysis always gives the same lines. Records that
    cannot be written (see `kg.rdf.check`) are left out, each told to `report`, or logged where there is none.

    Raises:
        InputError: `base` cannot be the beginning of an IRI.
    """
    findings = check(analysis)
    for problem in findings.problems:
        if report is None:
            _LOG.warning("%s", problem)
        else:
            report(problem)
    scope = scope_of(analysis, findings, base=checked_base(base))
    end = f" {scope.doc} ."
    triples = chain(
        document_triples(scope, analysis.document, pipeline_version=pipeline_version),
        mention_triples(scope, analysis),
        actor_triples(scope, analysis),
        event_triples(scope, analysis),
        disposition_triples(scope, analysis, findings),
        link_triples(scope, analysis, findings),
    )
    return sorted({f"{subject} {predicate} {object_}{end}" for subject, predicate, object_ in triples})
