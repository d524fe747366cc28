"""Who in the world a document's actor is: candidates from the tables of names, weighed by what the document tells.

A linker is anything with the one method of `Linker`; `TableLinker` is the shipped one. It decides for one actor of one
document at a time, and says what it weighed: an actor that is left unlinked keeps its candidates and their scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from kg.entities.knowledge.tables import terms_of
from kg.entities.linking_offices import Offices, in_office, is_office
from kg.entities.linking_roles import Roles, roles_of
from kg.entities.names import alike, normalised, romanised, sound
from kg.entities.names_bodies import body_name, states_in
from kg.entities.names_persons import Fit, fit, person_name
from kg.model import EntityType, Gazetteer, Known
from kg.vocab import ENTITY_CLASSES

TYPES = {name: EntityType(kind) for kind, name in ENTITY_CLASSES.items()}
ENOUGH = 0.5
"""The score from which a candidate is taken."""
MARGIN = 0.1
"""How far the best candidate has to be before the next."""

_FITTING = {
    EntityType.NORP: (EntityType.NORP, EntityType.ORG),
    EntityType.LOC: (EntityType.LOC, EntityType.GPE),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of one document: `cls` is the local name of its class, `named` whether a mention of it is a name.

    `names` are the words of its mentions by name, titles included, `descriptions` those of its other mentions but
    pronouns; `document` is the IRI of its document and `published` that document's ISO date, "" if unknown.
    """

    iri: str
    cls: str
    label: str
    named: bool
    document: str = ""
    published: str = ""
    names: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a document tells around its actors: codes of the states it names, and its other named actors.

    `items` map the IRI of each named actor but states to one word or phrase that stands for it in comparisons.
    """

    states: frozenset[str] = frozenset()
    items: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that an actor may be: `score` from 0 to 1, `why` says what it is made of."""

    known: Known
    score: float
    why: tuple[str, ...]


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
    for actor in actors:
        if not actor.named:
            continue
        kind = TYPES.get(actor.cls)
        found = states_in(actor.label, gazetteer) if kind in (EntityType.GPE, EntityType.NORP) else None
        if found is not None and found.codes and not found.rest:
            states.setdefault(actor.document, set()).update(found.codes)
        elif kind is EntityType.PERSON:
            words = person_name(actor.label).words
            items.setdefault(actor.document, {})[actor.iri] = f"1 {romanised(words[-1])}" if words else ""
        elif kind is EntityType.ORG:
            body = body_name(actor.label, gazetteer)
            items.setdefault(actor.document, {})[actor.iri] = f"2 {body.country} {body.key}"
        elif kind is not None:
            items.setdefault(actor.document, {})[actor.iri] = f"3 {normalised(actor.label)}"
    return {
        document: Context(frozenset(states.get(document, ())), items.get(document, {}))
        for document in {*states, *items}
    }


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
        """Take the names of `gazetteer`; people are indexed by sound when first asked for."""
        self._gazetteer = gazetteer
        self._people: dict[tuple[str, str], list[Known]] | None = None
        self._offices = Offices(gazetteer)

    def link(self, actor: Actor, context: Context) -> Link:
        """Weigh the candidates; the best is taken if it reaches `ENOUGH` and no other thing comes within `MARGIN`."""
        kind = TYPES.get(actor.cls)
        if kind is EntityType.PERSON and not actor.named:
            return self._holder(actor)
        if kind is None or not actor.named:
            return Link()
        if kind is EntityType.PERSON:
            weighed = list(self._persons(actor, context))
        else:
            weighed = list(self._others(actor, context, kind))
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

    def _persons(self, actor: Actor, context: Context) -> Iterator[Candidate]:
        told = told_name(actor)
        name = person_name(told)
        roles = told_roles(actor, self._gazetteer)
        surfaces = dict.fromkeys((*_surfaces(told), " ".join(name.parts)))
        found = [k for surface in surfaces for k in self._gazetteer.get(surface, ()) if k.type is EntityType.PERSON]
        if not found and not name.is_short:
            found = list(self._sounding(told))
        for known in dict.fromkeys(found):
            exact = not name.is_short or known.sense == "name"
            score, why = (0.6, ["the full name"]) if exact else (0.3, ["a surname"])
            for points, reason in self._evidence(known, roles, context, actor.published):
                score += points
                why.append(reason)
            yield Candidate(known, round(max(0.0, min(score, 1.0)), 2), tuple(why))

    def _sounding(self, told: str) -> Iterator[Known]:
        """People of the tables whose full name is the same in another romanisation."""
        if self._people is None:
            self._people = {}
            for surface in self._gazetteer:
                if " " in surface and not surface.startswith(("iso:", "given:")):
                    for known in self._gazetteer[surface]:
                        if known.type is EntityType.PERSON and known.sense == "name":
                            words = person_name(known.label).words or (surface,)
                            self._people.setdefault((sound(words[0]), sound(words[-1])), []).append(known)
        words = person_name(told).words
        for key in dict.fromkeys(((sound(words[0]), sound(words[-1])), (sound(words[-1]), sound(words[0])))):
            for known in dict.fromkeys(self._people.get(key, ())):
                if fit(person_name(known.label), person_name(told)) >= Fit.CLOSE:
                    yield known

    def _evidence(self, known: Known, roles: Roles, context: Context, day: str) -> Iterator[tuple[float, str]]:
        terms = terms_of(self._gazetteer, known)
        states = {known.country, *(term.country for term in terms)} - {""}
        if roles.states and states and not roles.states & states:
            # descriptions are joined to names by guesses: where the text speaks of the right state, they count less
            yield (-0.05 if context.states & states else -0.5), "is said to serve another state"
        elif roles.states & states:
            yield 0.25, f"serves {min(roles.states & states)}"
        elif context.states & states:
            yield 0.2, f"the document names {min(context.states & states)}"
        held = [term for term in terms if roles.offices and is_office(term, roles.offices)]
        if held:
            yield (0.2, held[0].office) if any(in_office(term, day) for term in held) else (0.1, held[0].office)
        if terms and roles.fields and not roles.fields & {"politics", "military", "law", "business"}:
            yield -0.4, f"is known for {min(roles.fields)}"

    def _others(self, actor: Actor, context: Context, kind: EntityType) -> Iterator[Candidate]:
        found: list[Known] = []
        for surface in _surfaces(actor.label):
            fitting = [k for k in self._gazetteer.get(surface, ()) if k.type in _FITTING.get(kind, (kind,))]
            for senses in (("name",), ("name", "alias"), ("name", "alias", "seat")):
                found = found or [k for k in fitting if k.sense in senses]
        spelt = [k for k in found if k.label == actor.label]  # Los Angeles is not Los Ángeles
        for known in dict.fromkeys(spelt or found):
            score, why = 0.6, [f"the {known.sense}"]
            if known.type is EntityType.ORG:
                score, why = self._body(actor, known, context)
            elif self._is_state(known):
                score, why = 0.85, ["the state"]
            elif known.country in context.states:
                score, why = 0.8, [f"the document names {known.country}"]
            yield Candidate(known, score, tuple(why))

    def _body(self, actor: Actor, known: Known, context: Context) -> tuple[float, list[str]]:
        """An abbreviation of a country's body needs that country; another country's possessive speaks against it."""
        told = {code for text in (*actor.names, *actor.descriptions) for code in states_in(text, self._gazetteer).codes}
        if known.country and told and known.country not in told:
            return 0.2, ["belongs to another state"]
        if known.country in context.states or known.country in told:
            return 0.8, [f"the document names {known.country}"]
        short = actor.label.isupper() and len(actor.label) < 6 and known.sense == "alias"
        return (0.4, ["an abbreviation without its country"]) if short and known.country else (0.6, ["the name"])

    def _is_state(self, known: Known) -> bool:
        state = self._gazetteer.get(f"iso:{known.country.lower()}", ()) if known.country else ()
        return bool(state) and state[0].label == known.label


def _surfaces(label: str) -> tuple[str, ...]:
    """Keys of the gazetteer under which a label may stand."""
    plain = label.casefold().replace("’", "'").removeprefix("the ").rstrip(".")
    return tuple(dict.fromkeys((label.casefold(), plain, normalised(label), plain.replace(".", ""))))


def _best(weighed: list[Candidate]) -> Known | None:
    """The best candidate, if it is good enough and alone; a city and its province of one name count as one."""
    if not weighed or weighed[0].score < ENOUGH:
        return None
    first = weighed[0].known
    near = [one.known for one in weighed if one.score > weighed[0].score - MARGIN]
    if len({known.id or known.label for known in near}) > 1:
        places = all(known.type in (EntityType.GPE, EntityType.LOC) for known in near)
        if not places or len({known.country or known.id for known in near}) > 1 or not first.id:
            return None
    return first
