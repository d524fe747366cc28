"""What the graph has for an explanation: the document's text, who is who, other accounts, and the triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.explain.records import AccountTold, IdentityTold, TripleTold
from kg.model import Document, Event
from kg.store import Reader, Term
from kg.vocab import DCTERMS, NIF, NKG, PREFIXES, RDF, SCHEMA

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.pipeline import Traced
    from kg.rdf.scope import Scope

_IDENTITY = """
SELECT DISTINCT ?node ?canonical ?reason ?label ?match WHERE {{
  VALUES ?node {{ {nodes} }}
  GRAPH ?identity {{
    ?node nkg:canonical ?canonical .
    OPTIONAL {{ ?canonical nkg:decidedBy ?reason }}
    OPTIONAL {{ ?canonical rdfs:label ?label }}
    OPTIONAL {{ ?canonical skos:exactMatch ?match }}
  }}
}} ORDER BY ?node ?match"""

_ACCOUNTS = """
SELECT DISTINCT ?other ?reason ?confidence WHERE {{
  GRAPH ?identity {{
    {node} nkg:canonical ?canonical . ?other nkg:canonical ?canonical FILTER(?other != {node})
    OPTIONAL {{
      ?merge nkg:joins {node} , ?other ; nkg:decidedBy ?reason .
      OPTIONAL {{ ?merge nkg:confidence ?confidence }}
    }}
  }}
}} ORDER BY ?other ?reason"""


def document(reader: Reader, doc: str) -> Document:
    """Read a document back from its graph, given by its IRI."""
    rows = reader.query(f"SELECT ?p ?o WHERE {{ GRAPH <{doc}> {{ <{doc}> ?p ?o }} }}").rows
    known = {p.value: o.value for p, o in rows if p and o}
    issued = known.get(DCTERMS + "issued")
    return Document(
        id=known[DCTERMS + "identifier"],
        text=known[NIF + "isString"],
        title=known.get(DCTERMS + "title"),
        published=date.fromisoformat(issued) if issued else None,
        url=known.get(SCHEMA + "url"),
        publisher=known.get(DCTERMS + "publisher"),
    )


def version(reader: Reader, doc: str) -> str:
    """Give the version of program, pipeline, frames and tables by which a document, given by its IRI, was read."""
    rows = reader.query(f"SELECT ?v WHERE {{ GRAPH <{doc}> {{ <{doc}> nkg:pipelineVersion ?v }} }} ORDER BY ?v").rows
    return rows[0][0].value if rows and rows[0][0] is not None else ""


def again(
    document: Document,
    doc: Doc,
    event: str,
    *,
    base: str,
    frames: tuple[Path, ...],
    knowledge: tuple[Path, ...],
) -> tuple[Traced, Scope, Event]:
    """Analyse a document again, name its records, and find the event among them. Raises `InputError` if it is not."""
    from kg import pipeline
    from kg.rdf import check
    from kg.rdf.scope import scope_of

    traced = pipeline.trace(document, doc, frames=frames, knowledge=knowledge)
    scope = scope_of(traced.analysis, check(traced.analysis), base=base)
    if f"<{event}>" not in scope.events:
        raise InputError(
            "the event is not found when its document is analysed again",
            where=event,
            remedy="give the --nlp, --frames and --knowledge of the build, or build the graph again with this version",
        )
    return traced, scope, traced.analysis.events[scope.events.index(f"<{event}>")]


def identities(reader: Reader, nodes: Iterable[str]) -> dict[str, IdentityTold]:
    """What the identity graph decided about nodes, given as serialised IRIs."""
    out: dict[str, IdentityTold] = {}
    sparql = _IDENTITY.format(nodes=" ".join(dict.fromkeys(nodes)))
    for node, canonical, reason, label, match in reader.query(sparql).rows:
        if node and canonical:
            told = IdentityTold(
                canonical.value,
                label.value if label else None,
                match.value if match else None,
                reason.value if reason else "",
            )
            out.setdefault(f"<{node.value}>", told)
    return out


def accounts(reader: Reader, event: str) -> Iterator[AccountTold]:
    """The other accounts of an event, each with why it is one with this and how sure that is."""
    for other, reason, confidence in reader.query(_ACCOUNTS.format(node=f"<{event}>")).rows:
        if other:
            sure = float(confidence.value) if confidence else None
            yield AccountTold(other.value, reason.value if reason else "", sure)


def triples(reader: Reader, doc: str, event: str) -> tuple[TripleTold, ...]:
    """The triples of an event in its document's graph."""
    rows = reader.query(f"SELECT ?p ?o WHERE {{ GRAPH <{doc}> {{ <{event}> ?p ?o }} }}").rows
    told = {TripleTold(_term(p), _term(o)) for p, o in rows if p and o}
    return tuple(sorted(told, key=lambda one: (one.property, one.value)))


def _term(term: Term) -> str:
    return short(term.value) if term.kind == "iri" else f'"{term.value}"'


def short(iri: str) -> str:
    """Give an IRI as people read it: with the usual prefix, or in angle brackets."""
    if iri == RDF + "type":
        return "a"
    for prefix, namespace in {**PREFIXES, "nkg": NKG}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
