"""Reading of actors from the store, and the decision who of them is one: what `kg.resolve` knows of actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg import vocab
from kg.entities.identity import KNOWN, Actor, Canonical, canonical_actors
from kg.entities.linking import Linker
from kg.model import Gazetteer
from kg.rdf.iris import canonical_iri
from kg.rdf.terms import decimal, iri, literal, nkg
from kg.store import Reader

_ACTORS = """
SELECT ?actor ?class ?label ?named ?doc ?published WHERE {
  VALUES ?class { CLASSES }
  GRAPH ?doc {
    ?doc a nkg:Article . ?actor a ?class .
    OPTIONAL { ?actor rdfs:label ?label }
    OPTIONAL { ?doc dcterms:issued ?published }
    BIND(EXISTS { ?mention nkg:refersTo ?actor ; nkg:mentionKind "name" } && NOT EXISTS { ?actor nkg:hasMember ?one }
         AS ?named)
  }
}""".replace("CLASSES", " ".join(f"nkg:{name}" for name in (*vocab.ENTITY_CLASSES.values(), "Participant")))

_MENTIONS = """
SELECT ?actor ?kind ?words WHERE {
  GRAPH ?doc {
    ?doc a nkg:Article . ?mention nkg:refersTo ?actor ; nkg:mentionKind ?kind ; nif:anchorOf ?words
    FILTER(?kind != "pronoun")
  }
}"""


_A = iri(vocab.RDF + "type")


def resolved_actors(reader: Reader, gazetteer: Gazetteer, *, linker: Linker | None = None) -> tuple[Canonical, ...]:
    """Decide who is who among all actors of all documents, sorted by key."""
    return canonical_actors(_actors(reader), gazetteer, linker=linker)


def _actors(reader: Reader) -> list[Actor]:
    words: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in reader.query(_MENTIONS).rows:
        actor, kind, text = (term.value if term else "" for term in row)
        words[actor, "name" if kind == "name" else "description"].add(" ".join(text.split()))
    found: dict[str, Actor] = {}
    for row in sorted(reader.query(_ACTORS).rows, key=str):
        actor, cls, label, named, document, published = (term.value if term else "" for term in row)
        if actor not in found:
            found[actor] = Actor(
                iri=actor,
                cls=cls.rpartition("#")[2],
                label=label,
                named=named == "true",
                document=document,
                published=published[:10],
                names=tuple(sorted(words[actor, "name"])),
                descriptions=tuple(sorted(words[actor, "description"])),
            )
    return list(found.values())


def decision_triples(base: str, node: str, canonical: Canonical) -> Iterator[str]:
    """Describe how sure the decisions about a canonical node are, and what it may be besides.

    Each member that evidence joined has an `nkg:Merge` with rule, confidence and what it rests on; what knowledge knows
    by the name, but evidence does not reach, is an `nkg:Candidate` with its score, and so is every other canonical node
    that has the same claim to a short name. `node` is the IRI of the canonical node, `base` what data IRIs begin with.
    """
    several = len(canonical.members) > 1
    joined = [one for one in canonical.decisions if several and one.confidence < 1 and one.reason != KNOWN]
    for number, decision in enumerate(joined, start=1):
        merge = iri(f"{node}/merge/{number}")
        yield f"{merge} {_A} {nkg('Merge')}"
        yield f"{merge} {nkg('joins')} {iri(decision.member)}"
        yield f"{merge} {nkg('decidedBy')} {literal(decision.reason)}"
        yield f"{merge} {nkg('confidence')} {decimal(decision.confidence)}"
        if decision.evidence:
            yield f"{merge} {iri(vocab.RDFS + 'label')} {literal(decision.evidence)}"
    for number, one in enumerate(canonical.candidates, start=1):
        candidate = iri(f"{node}/candidate/{number}")
        yield f"{iri(node)} {nkg('candidate')} {candidate}"
        yield f"{candidate} {_A} {nkg('Candidate')}"
        yield f"{candidate} {iri(vocab.RDFS + 'label')} {literal(one.known.label)}"
        yield f"{candidate} {nkg('confidence')} {decimal(one.score)}"
        yield f"{candidate} {nkg('decidedBy')} {literal(', '.join(one.why))}"
        if one.known.id:
            yield f"{candidate} {iri(vocab.SKOS + 'relatedMatch')} {iri(vocab.WIKIDATA + one.known.id)}"
    for rival in canonical.rivals:
        yield f"{iri(node)} {nkg('candidate')} {iri(canonical_iri(base, 'actor', rival))}"
