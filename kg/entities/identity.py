"""Who is who: which actors of different documents are one, without RDF.

Each actor is linked to what knowledge knows, if evidence suffices (`kg.entities.linking`); those left over are grouped
by names and documents. Decisions look at two records and count nothing over the corpus; what is decided joins
into groups, and a group that contradicts itself falls apart. So the order in which documents arrive changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.entities.knowledge.tables import terms_of
from kg.entities.linking import TYPES, Actor, Candidate, Context, Link, Linker, TableLinker, contexts, told_name
from kg.entities.linking import told_roles as roles_told
from kg.entities.linking_bodies import Place, place_bodies, place_happenings, place_places
from kg.entities.linking_people import Person, group_people
from kg.entities.linking_roles import Roles
from kg.entities.names import folded, normalised
from kg.entities.names_persons import person_name
from kg.model import EntityType, Gazetteer, Known

__all__ = ["KNOWN", "UNNAMED", "Actor", "Canonical", "Decision", "canonical_actors", "known_as", "normalised"]

UNNAMED = "unnamed"
"""The reason why an actor stands for itself alone."""
KNOWN = "known-name"
"""The reason of what the tables of names know."""


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
class _Group:
    """Actors that are one, before a key is made: `name` is what the key is made from, "" for one without a name."""

    name: str
    actors: tuple[Actor, ...]
    decisions: tuple[Decision, ...]
    known: Known | None = None
    candidates: tuple[Candidate, ...] = ()
    rivals: tuple[str, ...] = ()  # IRIs of actors


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
    every = sorted(dict.fromkeys(actors), key=lambda actor: actor.iri)
    around = contexts(every, gazetteer)
    linker = linker or TableLinker(gazetteer)
    links = {actor.iri: linker.link(actor, around.get(actor.document, Context())) for actor in every}
    by_type: dict[EntityType | None, list[Actor]] = defaultdict(list)
    groups: list[_Group] = []
    for actor in every:
        kind = TYPES.get(actor.cls)
        described = kind is EntityType.EVENT
        held = kind is EntityType.PERSON and links[actor.iri].chosen is not None  # "the Turkish foreign minister"
        if kind is None or not (actor.named or described or held) or not normalised(actor.label):
            groups.append(_alone(actor))
        else:
            by_type[EntityType.GPE if kind is EntityType.LOC else kind].append(actor)
    for kind, found in by_type.items():
        if kind is EntityType.PERSON:
            groups.extend(_people(found, links, around, gazetteer))
        else:
            groups.extend(_placed(kind, found, links, around, gazetteer))
    return _canonicals(groups)


def _alone(actor: Actor) -> _Group:
    return _Group("", (actor,), (Decision(actor.iri, UNNAMED),))


def _known_decision(actor: Actor, link: Link) -> Decision:
    for one in link.candidates:
        if one.known == link.chosen:
            return Decision(actor.iri, KNOWN, ", ".join(one.why), one.score)
    return Decision(actor.iri, KNOWN)


def _people(
    actors: Sequence[Actor], links: Mapping[str, Link], around: Mapping[str, Context], gazetteer: Gazetteer
) -> Iterator[_Group]:
    """Groups of people: those that knowledge knows, and those whose names and documents say that they are one."""
    people: list[Person] = []
    for actor in actors:
        context = around.get(actor.document, Context())
        chosen = links[actor.iri].chosen
        own = context.items.get(actor.iri, "")
        roles = roles_told(actor, gazetteer)
        if chosen:
            terms = terms_of(gazetteer, chosen)
            states = frozenset({chosen.country, *(term.country for term in terms)} - {""})
            fields = frozenset({"politics"}) if terms else frozenset()
            roles = Roles(roles.offices, roles.former, fields, states)
        people.append(
            Person(
                iri=actor.iri,
                document=actor.document,
                name=person_name(chosen.label if chosen else told_name(actor)),
                roles=roles,
                known=(chosen.id or chosen.label) if chosen else "",
                around=tuple(sorted({item for item in context.items.values() if item and item != own})),
                month=_month(actor.published),
            )
        )
    grouping = group_people(people)
    members: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(grouping.group):
        members[group].append(number)
    for numbers in members.values():
        one = [actors[number] for number in numbers]
        known = next((found for actor in one if (found := links[actor.iri].chosen)), None)
        decisions = []
        for number in numbers:
            actor, join = actors[number], grouping.joins.get(number)
            if links[actor.iri].chosen:
                decisions.append(_known_decision(actor, links[actor.iri]))
            elif join:
                decisions.append(Decision(actor.iri, join.reason, join.evidence, join.confidence))
            else:
                decisions.append(Decision(actor.iri, "same-type-and-name"))
        label = known.label if known else _best_label(told_name(actor) for actor in one)
        rivals = sorted({actors[rival].iri for number in numbers for rival in grouping.rivals.get(number, ())})
        candidates = () if known else _candidates(one, links)
        yield _Group(f"person-{folded(label)}", tuple(one), tuple(decisions), known, candidates, tuple(rivals))


def _placed(
    kind: EntityType | None,
    actors: Sequence[Actor],
    links: Mapping[str, Link],
    around: dict[str, Context],
    gazetteer: Gazetteer,
) -> Iterator[_Group]:
    """Groups of bodies, places, peoples or happenings: each actor has a key, and equal keys are one."""
    rest = [actor for actor in actors if not links[actor.iri].chosen]
    if kind is EntityType.ORG:
        placed = place_bodies(rest, around, gazetteer)
    elif kind is EntityType.EVENT:
        placed = place_happenings(rest, around)
    else:
        placed = place_places(rest, dict(links), around)
    groups: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for actor in actors:
        chosen = links[actor.iri].chosen
        place = placed.get(actor.iri)
        if chosen:
            groups["known", chosen.id or f"{chosen.country} {chosen.label}"].append(actor)
        elif place and place.key:
            groups["name", place.key].append(actor)
        else:
            groups["alone", actor.iri].append(actor)
    for (how, _), group in groups.items():
        known = links[group[0].iri].chosen
        decisions = tuple(_decision(actor, links[actor.iri], placed.get(actor.iri)) for actor in group)
        if how == "alone" and decisions[0].reason == UNNAMED:
            yield _alone(group[0])
            continue
        label = known.label if known else _best_label(actor.label for actor in group)
        keyed = next((place.key.lower() for actor in group if (place := placed.get(actor.iri)) and place.named), "")
        name = f"{min(TYPES[actor.cls] for actor in group).lower()}-{keyed or normalised(label)}"
        yield _Group(name, tuple(group), decisions, known, () if known else _candidates(group, links))


def _decision(actor: Actor, link: Link, place: Place | None) -> Decision:
    if link.chosen or place is None:
        return _known_decision(actor, link)
    return Decision(actor.iri, place.reason, place.evidence, place.confidence)


def _candidates(group: Sequence[Actor], links: Mapping[str, Link]) -> tuple[Candidate, ...]:
    """What the members may be besides, the best score of each, best first."""
    best: dict[Known, Candidate] = {}
    for actor in group:
        for one in links[actor.iri].candidates:
            if one.known not in best or (one.score, one.why) > (best[one.known].score, best[one.known].why):
                best[one.known] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.known.id, one.known.label, one.known.country)))


def _best_label(labels: Iterable[str]) -> str:
    """The fullest name; of names that differ in case, article or diacritics only, the fuller spelling is the better."""
    return max(labels, key=lambda text: (len(normalised(text).split()), len(text.encode()), text))


def _canonicals(groups: Iterable[_Group]) -> tuple[Canonical, ...]:
    """Give every group its key: a Wikidata id, a readable name, or a hash; namesakes get a hash beside their name."""
    by_key: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        known = group.known
        by_key[known.id if known and known.id else _slug(group)].append(group)
    keyed: list[tuple[str, _Group]] = []
    for key, found in by_key.items():
        found.sort(key=lambda group: group.actors[0].iri)
        keyed.append((key, found[0]))
        keyed.extend((f"{key}-{_digest(group.actors[0].iri)[:8]}", group) for group in found[1:])
    key_of = {actor.iri: key for key, group in keyed for actor in group.actors}
    return tuple(_canonical(key, group, key_of) for key, group in sorted(keyed, key=lambda one: one[0]))


def _canonical(key: str, group: _Group, key_of: Mapping[str, str]) -> Canonical:
    known = group.known
    labels = sorted({actor.label for actor in group.actors}, key=lambda label: (-len(label), label))
    label = known.label if known else _best_label(labels)
    reasons = [decision.reason for decision in group.decisions]
    return Canonical(
        key=key,
        cls=min(actor.cls for actor in group.actors),
        label=label,
        members=tuple(sorted(actor.iri for actor in group.actors)),
        reason=KNOWN if known else min(reasons, key=lambda reason: (reason == "same-type-and-name", reason)),
        alternatives=tuple(text for text in labels if text != label),
        wikidata=known.id if known else "",
        decisions=tuple(sorted(group.decisions, key=lambda decision: decision.member)),
        candidates=group.candidates,
        rivals=tuple(sorted({key_of[rival] for rival in group.rivals} - {key})),
    )


def _month(published: str) -> int:
    return int(published[:4]) * 12 + int(published[5:7]) if re.match(r"\d{4}-\d{2}", published) else -1


def _slug(group: _Group) -> str:
    """Give a readable key; a digest is added where the readable form would lose part of the name."""
    if not group.name:
        return _digest(group.actors[0].iri)
    kind, _, name = group.name.partition("-")
    slug = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
    exact = slug.replace("-", " ") == name
    return f"{kind}-{slug}" if exact else f"{kind}-{slug}-{_digest(name)[:8]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
