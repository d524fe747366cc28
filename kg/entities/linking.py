"""Who in the world a document's actor is: candidates from the tables of names, weighed by what the document tells.

A linker is anything with the one method of `Linker`; `TableLinker` is the shipped one. It decides for one actor of one
document at a time, and says what it weighed: an actor that is left unlinked keeps its candidates and their scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.entities.knowledge.tables import candidates_of, terms_of
from kg.entities.linking_candidates import Around, Candidate, is_state, people, places, surfaces
from kg.entities.linking_homes import owner
from kg.entities.linking_institutions import bodies, government_of
from kg.entities.linking_offices import Offices
from kg.entities.linking_parts import told_parts
from kg.entities.linking_roles import Roles, roles_of
from kg.entities.linking_times import era, guess, served
from kg.entities.linking_within import lying_in
from kg.entities.names import alike, normalised, romanised
from kg.entities.names_bodies import body_name, states_in
from kg.entities.names_persons import person_name
from kg.model import EntityType, Gazetteer, Known
from kg.vocab import ENTITY_CLASSES

TYPES = {name: EntityType(kind) for kind, name in ENTITY_CLASSES.items()}
PLACES = (EntityType.GPE, EntityType.LOC)
ENOUGH = 0.5
"""The score from which a candidate is taken."""
MARGIN = 0.1
"""How far the best candidate has to be before the next."""
LARGER = 5
"""How many times as large as a namesake with the same support a place is that is meant for certain."""
SMALL = 20_000
"""Inhabitants of a namesake of which no table tells them."""
PLACE_MARGIN = 0.045
"""The same of places: their size tells which is meant."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of one document: `cls` is the local name of its class, `named` whether a mention of it is a name.

    `names` are the words of its mentions by name, titles included, `descriptions` those of its other mentions but
    pronouns; `document` is the IRI of its document and `published` that document's ISO date, "" if unknown. `within`
    are names that stand right after its own, as "Texas" in "Paris, Texas".
    """

    iri: str
    cls: str
    label: str
    named: bool
    document: str = ""
    published: str = ""
    names: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a document tells around its actors: codes of the states it names, and its other named actors.

    `items` map the IRI of each named actor but states to one word or phrase that stands for it in comparisons. For
    linking, `homes` tell how many of them are at home in which state, as far as the tables know without doubt, `places`
    are its places, and `era` is a year in which the people in office held it, where the document has no date. `owner`
    is the state that the document is about, "" where that is open; `parts` are places told as parts of a state, and
    `guess` is a year that one of its people alone tells.
    """

    states: frozenset[str] = frozenset()
    items: dict[str, str] = field(default_factory=dict)
    homes: Mapping[str, int] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    era: str = ""
    owner: str = ""
    parts: frozenset[str] = frozenset()
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A decision about one actor: `chosen` is one of the candidates' `known`, None where evidence does not suffice."""

    chosen: Known | None = None
    candidates: tuple[Candidate, ...] = ()


class Linker(Protocol):
    """Anything that says who an actor of a document is."""

    def link(self, actor: Actor, context: Context) -> Link:
        """Decide about one actor. The same actor and context always give the same link."""


def contexts(actors: Iterable[Actor], gazetteer: Gazetteer) -> dict[str, Context]:
    """Document IRI to what the document tells around its actors."""
    states: dict[str, set[str]] = {}
    items: dict[str, dict[str, str]] = {}
    homes: dict[str, Counter[str]] = {}
    places_of: dict[str, set[str]] = {}
    serving: dict[str, list[frozenset[int]]] = {}
    texts: dict[str, list[str]] = {}
    for actor in actors:
        texts.setdefault(actor.document, []).extend((*actor.names, *actor.descriptions))
        if not actor.named:
            continue
        kind = TYPES.get(actor.cls)
        home = _home(actor.label, kind, gazetteer)
        if kind in (EntityType.GPE, EntityType.LOC):
            places_of.setdefault(actor.document, set()).add(actor.label.lower())
        if home:
            homes.setdefault(actor.document, Counter())[home] += 1
        found = states_in(actor.label, gazetteer) if kind in (EntityType.GPE, EntityType.NORP) else None
        if found is not None and found.codes and not found.rest and _speaks_of(actor.label, home, gazetteer):
            states.setdefault(actor.document, set()).update(found.codes)
        elif kind is EntityType.PERSON:
            words = person_name(actor.label).words
            items.setdefault(actor.document, {})[actor.iri] = f"1 {romanised(words[-1])}" if words else ""
            if not actor.published:
                serving.setdefault(actor.document, []).append(_years(actor, gazetteer))
        elif kind is EntityType.ORG:
            body = body_name(actor.label, gazetteer)
            items.setdefault(actor.document, {})[actor.iri] = f"2 {body.country} {body.key}"
        elif kind is not None:
            items.setdefault(actor.document, {})[actor.iri] = f"3 {normalised(actor.label)}"
    return {
        document: Context(
            frozenset(states.get(document, ())),
            items.get(document, {}),
            homes.get(document, {}),
            frozenset(places_of.get(document, ())),
            era(serving.get(document, ())),
            owner(states.get(document, ()), homes.get(document, {})),
            told_parts(texts.get(document, ())),
            guess(serving.get(document, ())),
        )
        for document in {*states, *items, *homes, *places_of}
    }


def _speaks_of(label: str, home: str, gazetteer: Gazetteer) -> bool:
    """Whether a name that is a state's or its seat's is no larger place elsewhere: Victoria is not Seychelles."""
    return bool(states_in(label, gazetteer, seats=False).codes) or home in ("", *states_in(label, gazetteer).codes)


def _years(actor: Actor, gazetteer: Gazetteer) -> frozenset[int]:
    """The years in which somebody told by a full name held office; none of those told as having left it."""
    told, roles = told_name(actor), told_roles(actor, gazetteer)
    if roles.former or person_name(told).is_short:
        return frozenset()
    weighed = sorted(people(told, roles, Around(), gazetteer), key=lambda one: (-one.score, one.known.id))
    known = _best(weighed)
    return served(terms_of(gazetteer, known), roles.offices) if known else frozenset()


def _home(label: str, kind: EntityType | None, gazetteer: Gazetteer) -> str:
    """The state in which a name that is none is at home: where its largest or only bearer is."""
    every = (k for key in surfaces(label) for k in candidates_of(gazetteer, key))
    found = [k for k in every if k.type is kind and k.sense != "seat"]
    if not found or any(is_state(k, gazetteer) for k in found) or (kind is EntityType.PERSON and " " not in label):
        return ""
    most = max(k.weight for k in found)
    countries = {k.country for k in found if kind is not EntityType.GPE or k.weight == most}
    return min(countries) if len(countries) == 1 else ""


def told_name(actor: Actor) -> str:
    """The fullest form in which the document itself names a person.

    The label may be fuller than anything the text says, where the extraction knew a bare surname.
    """
    parts = person_name(actor.label).parts
    told: list[str] = []
    for text in actor.names:
        words = person_name(text).parts
        found = [part for part in parts if any(part == word or alike(part, word) for word in words)]
        told = max(told, found, key=len)
        if len(found) == len(parts):
            return actor.label
    return " ".join(told) or actor.label


def told_roles(actor: Actor, gazetteer: Gazetteer) -> Roles:
    """What the document's descriptions and titles tell of a person."""
    name = told_name(actor)
    return roles_of((*actor.descriptions, *actor.names), (actor.label, name), gazetteer)


class TableLinker:
    """Links by name, type, the states and offices that the document tells, and its date."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the names of `gazetteer`."""
        self._gazetteer = gazetteer
        self._offices = Offices(gazetteer)

    def link(self, actor: Actor, context: Context) -> Link:
        """Weigh the candidates; the best is taken if it reaches `ENOUGH` and no other thing comes within `MARGIN`."""
        kind = TYPES.get(actor.cls)
        if kind is EntityType.PERSON and not actor.named:
            return self._holder(actor)
        if kind is EntityType.ORG and (state := government_of(actor.label, self._gazetteer)):
            return Link(state, (Candidate(state, 0.8, ("the government of a state",)),))
        if kind is None or not actor.named:
            return Link()
        others = frozenset(item for iri, item in context.items.items() if iri != actor.iri and item.startswith("2 "))
        day = actor.published or context.era
        around = Around(context.states, context.homes, day, context.places, others, context.parts, context.guess)
        if kind is EntityType.PERSON:
            weighed = list(people(told_name(actor), told_roles(actor, self._gazetteer), around, self._gazetteer))
        elif kind is EntityType.ORG:
            weighed = list(bodies(actor.label, (*actor.names, *actor.descriptions), around, self._gazetteer))
        else:
            weighed = list(places(actor.label, kind, around, self._gazetteer, actor.names))
            weighed = list(lying_in(actor.within, weighed, self._gazetteer))
        weighed.sort(key=lambda one: (-one.score, one.known.id, one.known.label))
        return Link(_best(weighed), tuple(weighed))

    def _holder(self, actor: Actor) -> Link:
        """Who held the office by which alone a document speaks of somebody: "the Turkish foreign minister"."""
        roles = roles_of(actor.descriptions, (), self._gazetteer)
        holders = self._offices.holders(roles, actor.published)
        weighed = tuple(
            Candidate(known, 0.55 if len(holders) == 1 else 0.4, ("the office", term.office)) for known, term in holders
        )
        return Link(weighed[0].known if len(weighed) == 1 else None, weighed)


def _best(weighed: list[Candidate]) -> Known | None:
    """The best candidate, if it is good enough and alone; a city and its province of one name count as one."""
    if not weighed or weighed[0].score < ENOUGH:
        return None
    first = weighed[0].known
    margin = PLACE_MARGIN if first.type in PLACES else MARGIN
    near = [one.known for one in weighed if one.score > weighed[0].score - margin]
    near = [k for k in near if k.type not in PLACES or (k.weight or SMALL) * LARGER >= first.weight or k == first]
    if len({known.id or known.label for known in near}) > 1:
        places = all(known.type in PLACES for known in near)
        if not places or len({known.country or known.id for known in near}) > 1 or not first.id:
            return None
        if places and any(known.id != first.id and known.weight for known in near):
            return None  # which Springfield?
    return first
