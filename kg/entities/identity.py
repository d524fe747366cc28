"""Who is who: which actors of different documents are one, without RDF.

Each actor is linked to what knowledge knows, if evidence suffices (`kg.entities.linking`); those left over are grouped
by names and documents (`kg.entities.placing`). Decisions look at two records and count nothing over the corpus; what is
decided joins into groups, and a group that contradicts itself falls apart. So the order in which documents arrive
changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.entities.linking import TYPES, Actor, Context, Linker, TableLinker
from kg.entities.linking_candidates import Candidate
from kg.entities.names import normalised
from kg.entities.placing import KNOWN, UNNAMED, Facet, Placing, cases, place
from kg.model import EntityType, Gazetteer, Known
from kg.textnorm import folded

__all__ = ["KNOWN", "UNNAMED", "Actor", "Canonical", "Decision", "canonical_actors", "known_as", "normalised"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Why an actor or event of a document belongs to its canonical node: rule, what it rests on, how sure (0 to 1)."""

    member: str
    reason: str
    evidence: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Canonical:
    """One thing in the world: `key` makes its IRI, `members` are the document-scoped IRIs that stand for it.

    `decisions` say for each member why it is one; `candidates` are what it may be besides, where evidence was too thin
    to say so: entries of the tables, and, by their keys in `rivals`, other canonical nodes.
    """

    key: str
    cls: str
    label: str
    members: tuple[str, ...]
    reason: str
    alternatives: tuple[str, ...] = ()
    wikidata: str = ""
    decisions: tuple[Decision, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Core:
    """What is said of a group whoever its members are: `slug` is the key that it has unless a namesake has it."""

    slug: str
    cls: str
    label: str
    reason: str
    alternatives: tuple[str, ...] = ()
    wikidata: str = ""
    candidates: tuple[Candidate, ...] = ()


def known_as(actor: Actor, gazetteer: Gazetteer) -> Known | None:
    """Give what knowledge knows under this name and type, None if nothing or more than one thing, or without an id."""
    found = TableLinker(gazetteer).link(actor, Context()).chosen
    return found if found and found.id else None


def canonical_actors(
    actors: Iterable[Actor], gazetteer: Gazetteer, *, linker: Linker | None = None
) -> tuple[Canonical, ...]:
    """Decide who is who, sorted by key. Time and memory grow with the number of actors, not its square.

    `linker` defaults to the shipped `TableLinker` over `gazetteer`. Actors without a name ("the spokesman", "390
    prisoners") are never merged across documents.
    """
    groups: dict[str, list[Placing]] = defaultdict(list)
    for placing in place(cases(actors, gazetteer, linker or TableLinker(gazetteer)), gazetteer):
        groups[placing.group].append(placing)
    cores: dict[str, Core] = {}
    by_slug: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group, found in groups.items():
        first = min(one.iri for one in found)
        cores[group] = core((one.facet for one in found), first)
        by_slug[cores[group].slug].append((first, group))
    key_of = {}
    for slug, named in by_slug.items():
        for number, (first, group) in enumerate(sorted(named)):
            key_of[group] = key(slug, first, is_first=number == 0)
    every = (_canonical(key_of[group], cores[group], found, key_of) for group, found in groups.items())
    return tuple(sorted(every, key=lambda one: one.key))


def core(facets: Iterable[Facet], first: str) -> Core:
    """Describe a group from the facets of its members, of which it has at least one; `first` is its first member."""
    found = set(facets)
    known = min((facet.known for facet in found if facet.known), key=str, default=None)
    labels = sorted({facet.label for facet in found}, key=lambda label: (-len(label), label))
    label = known.label if known else _best_label(labels)
    reasons = {facet.reason for facet in found}
    return Core(
        slug=_slug(found, known, first),
        cls=min(facet.cls for facet in found),
        label=label,
        reason=KNOWN if known else min(reasons, key=lambda why: (why == "same-type-and-name", why)),
        alternatives=tuple(text for text in labels if text != label),
        wikidata=known.id if known else "",
        candidates=() if known else _candidates(found),
    )


def key(slug: str, first: str, *, is_first: bool) -> str:
    """Give a group its key; namesakes get a hash of their first member's IRI beside the name."""
    return slug if is_first else f"{slug}-{_digest(first)[:8]}"


def _canonical(own: str, core: Core, found: list[Placing], key_of: dict[str, str]) -> Canonical:
    found = sorted(found, key=lambda one: one.iri)
    return Canonical(
        key=own,
        cls=core.cls,
        label=core.label,
        members=tuple(one.iri for one in found),
        reason=core.reason,
        alternatives=core.alternatives,
        wikidata=core.wikidata,
        decisions=tuple(Decision(one.iri, one.facet.reason, one.evidence, one.confidence) for one in found),
        candidates=core.candidates,
        rivals=tuple(sorted({key_of[rival] for one in found for rival in one.rivals} - {own})),
    )


def _candidates(facets: Iterable[Facet]) -> tuple[Candidate, ...]:
    """What the members may be besides, the best score of each, best first."""
    best: dict[Known, Candidate] = {}
    for one in (candidate for facet in facets for candidate in facet.candidates):
        if one.known not in best or (one.score, one.why) > (best[one.known].score, best[one.known].why):
            best[one.known] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.score, *_told(one.known))))


def _told(known: Known) -> tuple[str, ...]:
    return known.id, known.label, known.country, known.sense, str(known.type)


def _best_label(labels: Iterable[str]) -> str:
    """The fullest name; of names that differ in case, article or diacritics only, the fuller spelling is the better."""
    return max(labels, key=lambda text: (len(normalised(text).split()), len(text.encode()), text))


def _slug(facets: set[Facet], known: Known | None, first: str) -> str:
    """Give a Wikidata id, a readable key, or a hash; a digest is added where readable loses part of the name."""
    if known and known.id:
        return known.id
    if not any(facet.told for facet in facets):
        return _digest(first)
    kind = min(TYPES[facet.cls] for facet in facets)
    label = known.label if known else _best_label(facet.told for facet in facets)
    named = max(facet.named for facet in facets)
    name = folded(label) if kind is EntityType.PERSON else named or normalised(label)
    slug = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
    exact = slug.replace("-", " ") == name
    return f"{kind.lower()}-{slug}" if exact else f"{kind.lower()}-{slug}-{_digest(name)[:8]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
