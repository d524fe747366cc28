"""Reading of a document's actors from the store, and what is written about the decisions who of them is one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg import vocab
from kg.entities.identity import KNOWN, Actor, Decision
from kg.entities.linking_candidates import Candidate
from kg.rdf.terms import decimal, iri, literal, nkg
from kg.store import Reader, sparql_term

_ACTORS = """
SELECT ?actor ?class ?label ?single ?published WHERE {
  BIND(DOCUMENT AS ?doc)
  GRAPH DOCUMENT {
    ?actor a ?class .
    FILTER(?class IN (CLASSES))
    OPTIONAL { ?actor rdfs:label ?label }
    OPTIONAL { ?doc dcterms:issued ?published }
    BIND(NOT EXISTS { ?actor nkg:hasMember ?one } AS ?single)
  }
}""".replace("CLASSES", ", ".join(f"nkg:{name}" for name in (*vocab.ENTITY_CLASSES.values(), "Participant")))

_MENTIONS = """
SELECT ?actor ?kind ?words WHERE {
  GRAPH DOCUMENT {
    ?mention nkg:refersTo ?actor ; nkg:mentionKind ?kind ; nif:anchorOf ?words
    FILTER(?kind != "pronoun")
  }
}"""


_A = iri(vocab.RDF + "type")


def read_actors(reader: Reader, document: str) -> list[Actor]:
    """Read the actors of a document, whose IRI names its graph; it costs what the document costs."""
    name = sparql_term(document)
    words: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in reader.query(_MENTIONS.replace("DOCUMENT", name)).rows:
        actor, kind, text = (term.value if term else "" for term in row)
        words[actor, "name" if kind == "name" else "description"].add(" ".join(text.split()))
    found: dict[str, Actor] = {}
    for row in sorted(reader.query(_ACTORS.replace("DOCUMENT", name)).rows, key=str):
        actor, cls, label, single, published = (term.value if term else "" for term in row)
        if actor not in found:
            found[actor] = Actor(
                iri=actor,
                cls=cls.rpartition("#")[2],
                label=label,
                named=single == "true" and (actor, "name") in words,
                document=document,
                published=published[:10],
                names=tuple(sorted(words[actor, "name"])),
                descriptions=tuple(sorted(words[actor, "description"])),
            )
    return list(found.values())


def merge_iri(node: str, member: str) -> str:
    """Give the IRI of the decision that a member is of a canonical node; it depends on no other member."""
    return f"{node}/merge/{hashlib.sha256(member.encode()).hexdigest()[:16]}"


def merge_triples(node: str, decision: Decision) -> Iterator[str]:
    """Describe the decision about one member, unless it is certain or the tables'."""
    if decision.confidence < 1 and decision.reason != KNOWN:
        merge = iri(merge_iri(node, decision.member))
        yield f"{merge} {_A} {nkg('Merge')}"
        yield f"{merge} {nkg('joins')} {iri(decision.member)}"
        yield f"{merge} {nkg('decidedBy')} {literal(decision.reason)}"
        yield f"{merge} {nkg('confidence')} {decimal(decision.confidence)}"
        if decision.evidence:
            yield f"{merge} {iri(vocab.RDFS + 'label')} {literal(decision.evidence)}"


def candidate_triples(node: str, candidates: Iterable[Candidate]) -> Iterator[str]:
    """Describe what knowledge knows by the name of a canonical node."""
    for number, one in enumerate(candidates, start=1):
        candidate = iri(f"{node}/candidate/{number}")
        yield f"{iri(node)} {nkg('candidate')} {candidate}"
        yield f"{candidate} {_A} {nkg('Candidate')}"
        yield f"{candidate} {iri(vocab.RDFS + 'label')} {literal(one.known.label)}"
        yield f"{candidate} {nkg('confidence')} {decimal(one.score)}"
        yield f"{candidate} {nkg('decidedBy')} {literal(', '.join(one.why))}"
        if one.known.id:
            yield f"{candidate} {iri(vocab.SKOS + 'relatedMatch')} {iri(vocab.WIKIDATA + one.known.id)}"


def rival_triples(node: str, rivals: Iterable[str]) -> Iterator[str]:
    """Name the other canonical nodes that a short name may stand for."""
    for rival in rivals:
        if rival != node:
            yield f"{iri(node)} {nkg('candidate')} {iri(rival)}"
