"""Reading of a document's actors from the store, and what is written about the decisions who of them is one."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg import vocab
from kg.entities.identity import KNOWN, Actor, Decision
from kg.entities.linking_candidates import Candidate
from kg.rdf.terms import decimal, iri, literal, nkg
from kg.store import Reader, Term

_CLASSES = {vocab.NKG + name: name for name in (*vocab.ENTITY_CLASSES.values(), "Participant")}
_TYPE, _LABEL, _ISSUED = vocab.RDF + "type", vocab.RDFS + "label", vocab.DCTERMS + "issued"
_REFERS, _KIND, _WORDS = vocab.NKG + "refersTo", vocab.NKG + "mentionKind", vocab.NIF + "anchorOf"
_HAS, _TEXT = vocab.NKG + "hasMember", vocab.NIF + "isString"
READ = (_TYPE, _LABEL, _ISSUED, _REFERS, _KIND, _WORDS, _HAS, _TEXT)
_COMMA = ", "
_SPAN = re.compile(r"/(\d+)-(\d+)(?:\.\d+)?$")

_A = iri(vocab.RDF + "type")


def read_actors(reader: Reader, document: str) -> list[Actor]:
    """Read the actors of a document, whose IRI names its graph; it costs what the document costs."""
    told = reader.facts(document, READ)
    words: dict[tuple[str, str], set[str]] = defaultdict(set)
    named: set[str] = set()
    for mention, actors in told[_REFERS].items():
        kinds = {kind.value for kind in told[_KIND].get(mention, ())}
        for actor in (term.value for term in actors):
            if "name" in kinds:
                named.add(actor)
            for kind in kinds - {"pronoun"}:
                sort = "name" if kind == "name" else "description"
                words[actor, sort].update(" ".join(w.value.split()) for w in told[_WORDS].get(mention, ()))
    published = least(told[_ISSUED].get(document, ()))
    within = _within(told[_REFERS], told[_WORDS], least(told[_TEXT].get(document, ())))
    found = []
    for actor, types in sorted(told[_TYPE].items()):
        classes = [one for one in types if one.value in _CLASSES]
        if classes:
            found.append(
                Actor(
                    iri=actor,
                    cls=_CLASSES[least(classes)],
                    label=least(told[_LABEL].get(actor, ())),
                    named=actor in named and actor not in told[_HAS],
                    document=document,
                    published=published[:10],
                    names=tuple(sorted(words[actor, "name"])),
                    descriptions=tuple(sorted(words[actor, "description"])),
                    within=tuple(sorted(within.get(actor, ()))),
                )
            )
    return found


def _within(
    refers: Mapping[str, Sequence[Term]], words: Mapping[str, Sequence[Term]], text: str
) -> dict[str, set[str]]:
    """Give the names that stand after those of actors, with a comma between them: "Texas" of "Paris, Texas"."""
    spans = {mention: _SPAN.search(mention) for mention in refers}
    begins = {int(span[1]): mention for mention, span in spans.items() if span}
    found: dict[str, set[str]] = defaultdict(set)
    for mention, span in spans.items():
        end = int(span[2]) if span else len(text)
        if text.startswith(_COMMA, end) and (following := begins.get(end + len(_COMMA))):
            for actor in refers[mention]:
                found[actor.value].update(" ".join(one.value.split()) for one in words.get(following, ()))
    return found


def least(terms: Sequence[Term]) -> str:
    """Give the text of the first term in a fixed order, "" if there is none."""
    return min(terms, key=str).value if len(terms) > 1 else terms[0].value if terms else ""


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
            yield f"{merge} {iri(_LABEL)} {literal(decision.evidence)}"


def candidate_triples(node: str, candidates: Iterable[Candidate]) -> Iterator[str]:
    """Describe what knowledge knows by the name of a canonical node."""
    for number, one in enumerate(candidates, start=1):
        candidate = iri(f"{node}/candidate/{number}")
        yield f"{iri(node)} {nkg('candidate')} {candidate}"
        yield f"{candidate} {_A} {nkg('Candidate')}"
        yield f"{candidate} {iri(_LABEL)} {literal(one.known.label)}"
        yield f"{candidate} {nkg('confidence')} {decimal(one.score)}"
        yield f"{candidate} {nkg('decidedBy')} {literal(', '.join(one.why))}"
        if one.known.id:
            yield f"{candidate} {iri(vocab.SKOS + 'relatedMatch')} {iri(vocab.WIKIDATA + one.known.id)}"


def rival_triples(node: str, rivals: Iterable[str]) -> Iterator[str]:
    """Name the other canonical nodes that a short name may stand for."""
    for rival in rivals:
        if rival != node:
            yield f"{iri(node)} {nkg('candidate')} {iri(rival)}"
