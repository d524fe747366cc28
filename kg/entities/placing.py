"""Which group each actor of a set belongs to: linked ones by what knowledge knows, the rest by names and documents.

A set is decided rightly if it is closed under `kg.entities.coupling`: no actor outside it can change what is said of
those inside. So a graph can be decided part by part, and the parts agree with the whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.entities.knowledge.tables import terms_of
from kg.entities.linking import PLACES, TYPES, Actor, Context, Link, Linker, contexts, told_name
from kg.entities.linking import told_roles as roles_told
from kg.entities.linking_bodies import Place, place_bodies, place_happenings, place_places
from kg.entities.linking_candidates import Candidate
from kg.entities.linking_people import Grouping, Person, group_people, is_short, told_as
from kg.entities.linking_roles import Roles, office_form
from kg.entities.names import normalised
from kg.entities.names_persons import person_name
from kg.model import EntityType, Gazetteer, Known
from kg.textnorm import folded

UNNAMED = "unnamed"
"""The reason why an actor stands for itself alone."""
KNOWN = "known-name"
"""The reason of what the tables of names know."""


@dataclass(frozen=True, slots=True)
class Case:
    """An actor with what its own document and the tables tell of it; no other document counts."""

    actor: Actor
    link: Link
    context: Context


@dataclass(frozen=True, slots=True)
class Facet:
    """What a member adds to the description of its group; many members share one.

    `told` is the form from which the readable key is made, `named` such a key if it is settled by itself.
    """

    cls: str
    label: str
    reason: str
    told: str = ""
    named: str = ""
    known: Known | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Placing:
    """The group of an actor, and how sure that is; `rivals` are groups that have the same claim to its name."""

    iri: str
    group: str
    facet: Facet
    evidence: str = ""
    confidence: float = 1.0
    rivals: tuple[str, ...] = ()


def cases(actors: Iterable[Actor], gazetteer: Gazetteer, linker: Linker) -> list[Case]:
    """Link the actors of whole documents, sorted by IRI."""
    every = sorted(dict.fromkeys(actors), key=lambda actor: actor.iri)
    around = contexts(every, gazetteer)
    found = [(actor, around.get(actor.document, Context())) for actor in every]
    return [Case(actor, linker.link(actor, context), context) for actor, context in found]


def kind_of(case: Case) -> EntityType | None:
    """Give the kind within which an actor is compared with others, None for one that stands for itself alone."""
    actor, kind = case.actor, TYPES.get(case.actor.cls)
    described = kind is EntityType.EVENT
    # "the Turkish foreign minister", "the Chinese government"
    held = kind in (EntityType.PERSON, EntityType.ORG) and case.link.chosen is not None
    if not (actor.named or described or held) or not normalised(actor.label):
        return None
    return EntityType.GPE if kind is EntityType.LOC else kind


def place(found: Iterable[Case], gazetteer: Gazetteer) -> list[Placing]:
    """Decide about a closed set of actors. The order in which they come changes nothing."""
    placings: list[Placing] = []
    by_kind: dict[EntityType, list[Case]] = defaultdict(list)
    for case in sorted(found, key=lambda case: case.actor.iri):
        kind = kind_of(case)
        if kind is None:
            placings.append(_alone(case.actor))
        else:
            by_kind[kind].append(case)
    for kind, some in by_kind.items():
        placings.extend(_people(some, gazetteer) if kind is EntityType.PERSON else _placed(kind, some, gazetteer))
    return placings


def _alone(actor: Actor) -> Placing:
    return Placing(actor.iri, f"alone {actor.iri}", Facet(actor.cls, actor.label, UNNAMED))


def _known(case: Case, group: str, told: str, chosen: Known) -> Placing:
    for one in case.link.candidates:
        if one.known == chosen:
            evidence, score = ", ".join(one.why), one.score
            break
    else:
        evidence, score = "", 1.0
    facet = Facet(case.actor.cls, case.actor.label, KNOWN, told, known=chosen)
    return Placing(case.actor.iri, group, facet, evidence, score)


def person_of(case: Case, gazetteer: Gazetteer) -> Person:
    """Give what is compared of a person."""
    actor, chosen = case.actor, case.link.chosen
    roles = roles_told(actor, gazetteer)
    settled = None
    if chosen:
        terms = terms_of(gazetteer, chosen)
        states = frozenset({chosen.country, *(term.country for term in terms)} - {""})
        fields = frozenset({"politics"}) if terms else frozenset[str]()
        offices = frozenset(office_form(folded(term.office).split()) for term in terms) - {""}
        roles = Roles(roles.offices, roles.former, fields, states)
        settled = Roles(offices, frozenset(), fields, states)  # the same whichever document is looked at
    own = case.context.items.get(actor.iri, "")
    return Person(
        iri=actor.iri,
        document=actor.document,
        name=person_name(chosen.label if chosen else told_name(actor)),
        roles=roles,
        known=known_key(chosen) if chosen else "",
        around=tuple(sorted({item for item in case.context.items.values() if item and item != own})),
        month=_month(actor.published),
        settled=settled,
    )


def known_key(known: Known) -> str:
    """Tell one known person from another."""
    return known.id or known.label


def _people(found: Sequence[Case], gazetteer: Gazetteer) -> Iterator[Placing]:
    """Place people: those that knowledge knows, and those whose names and documents say that they are one."""
    people = [person_of(case, gazetteer) for case in found]
    grouping = group_people(people)
    first: dict[int, Known] = {}
    for number, case in enumerate(found):
        if case.link.chosen:
            first.setdefault(grouping.group[number], case.link.chosen)
    name = _group_names(people, grouping)
    for number, case in enumerate(found):
        group, chosen, told = grouping.group[number], case.link.chosen, told_name(case.actor)
        if chosen:
            yield _known(case, f"person known {known_key(chosen)}", told, chosen)
            continue
        join = grouping.joins.get(number)
        known = first.get(group)
        yield Placing(
            case.actor.iri,
            name[group],
            Facet(
                case.actor.cls,
                case.actor.label,
                join.reason if join else "same-type-and-name",
                told,
                known=known,
                candidates=() if known else case.link.candidates,
            ),
            join.evidence if join else "",
            join.confidence if join else 1.0,
            tuple(sorted({name[grouping.group[rival]] for rival in grouping.rivals.get(number, ())} - {name[group]})),
        )


def _group_names(people: Sequence[Person], grouping: Grouping) -> dict[int, str]:
    """Name groups so that a new member seldom changes the name: by who is known, or how the full names are told."""
    names: dict[int, tuple[int, str]] = {}
    for number, person in enumerate(people):
        if person.known:
            own = 0, f"person known {person.known}"
        elif is_short(person):
            own = 2, f"person {person.iri}"
        else:
            own = 1, f"person told {told_as(person)}"
        group = grouping.group[number]
        names[group] = min(own, names.get(group, own))
    return {group: name for group, (_, name) in names.items()}


def _placed(kind: EntityType, found: Sequence[Case], gazetteer: Gazetteer) -> Iterator[Placing]:
    """Place bodies, places, peoples or happenings: each actor has a key, and equal keys are one."""
    rest = [case.actor for case in found if not case.link.chosen]
    around = {case.actor.document: case.context for case in found}
    if kind is EntityType.ORG:
        placed = place_bodies(rest, around, gazetteer)
    elif kind is EntityType.EVENT:
        placed = place_happenings(rest, around)
    else:
        placed = place_places(rest, {case.actor.iri: case.link for case in found}, around)
    for case in found:
        actor, chosen, spot = case.actor, case.link.chosen, placed.get(case.actor.iri)
        if chosen:
            key = chosen.id or f"{chosen.country} {chosen.label}"
            sort = EntityType.GPE if chosen.type in PLACES else kind  # the state that acts is the state
            yield _known(case, f"{sort} known {key}", actor.label, chosen)
        elif spot is None or (not spot.key and spot.reason == UNNAMED):
            yield _alone(actor)
        else:
            yield _named(kind, case, spot)


def _named(kind: EntityType, case: Case, spot: Place) -> Placing:
    actor = case.actor
    facet = Facet(
        actor.cls,
        actor.label,
        spot.reason,
        actor.label,
        spot.key.lower() if spot.named else "",
        candidates=case.link.candidates,
    )
    group = f"{kind} name {spot.key}" if spot.key else f"{kind} alone {actor.iri}"
    return Placing(actor.iri, group, facet, spot.evidence, spot.confidence)


def _month(published: str) -> int:
    return int(published[:4]) * 12 + int(published[5:7]) if re.match(r"\d{4}-\d{2}", published) else -1
