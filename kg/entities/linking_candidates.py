"""Who or what a name may stand for, and what speaks for each: candidates with scores from 0 to 1.

The scores are sums of a base, which says how much the name alone is worth, and of what the document tells: the states
that it names, where its other names are at home, offices and callings, and its day. A name alone suffices for those
who are in the news every day and for places that outweigh their namesakes; for others something has to support it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.entities.knowledge.tables import Table, Term, candidates_of, spot_of, terms_of
from kg.entities.linking_offices import in_office, is_office
from kg.entities.linking_parts import among_parts, is_part, is_told_as_part, named_part, without_noun
from kg.entities.linking_roles import VAGUE, Roles, sovereigns, telling
from kg.entities.names import normalised, sound
from kg.entities.names_persons import Fit, bearers, fit, person_name
from kg.model import EntityType, Gazetteer, Known

_RANKED = {0: 0.6, 1: 0.35, 2: 0.5, 3: 0.65}
"""What the full name of somebody is worth by rank; tables of the user have no ranks, and are believed."""
_PUBLIC = frozenset({"politics", "military", "law", "business", "clergy"})
_LIFE = 40  # years before and after an office in which somebody may be in the news
_NOW = "2026-08"
"""The day by which namesakes are told apart where the document tells none: that of the tables."""
_NEAR = 8  # years in which a surname alone may still mean who held an office
_DOMINANT = 10  # times the inhabitants of a namesake
_PROVINCE = 1_000_000
"""Inhabitants from which a part of a state may be meant by the name of another state."""
SMALL_TOWN = 100_000
"""Inhabitants below which a town has the name of something larger by chance: a planet, a sea."""
_ARTICLES = ("al-", "el-", "al ")
"""What stands before Arabic family names, and is left out after "Mr."."""
_PLACES = (EntityType.GPE, EntityType.LOC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that an actor may be: `score` from 0 to 1, `why` says what it is made of."""

    known: Known
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a document tells around a name: states it names, how many of its names are at home in which, its day.

    `divisions` are the other places that it names, in lower case, `bodies` the keys of the other bodies
    (`kg.entities.names_bodies.BodyName.key`), `parts` places that are told as parts of a state,
    `guess` a year by which namesakes are told apart where there is no day.
    """

    states: frozenset[str] = frozenset()
    homes: Mapping[str, int] = field(default_factory=dict)
    day: str = ""
    divisions: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    guess: str = ""


def surfaces(label: str) -> tuple[str, ...]:
    """Keys of the gazetteer under which a label may stand."""
    plain = label.casefold().replace("’", "'").removeprefix("the ").rstrip(".")
    return tuple(dict.fromkeys((label.casefold(), plain, normalised(label), plain.replace(".", ""))))


def is_state(known: Known, gazetteer: Gazetteer) -> bool:
    """Whether this is a state and no place within one."""
    state = gazetteer.get(f"iso:{known.country.lower()}", ()) if known.country else ()
    same = bool(state) and state[0].label == known.label and known.type is EntityType.GPE
    return same and known.id in ("", state[0].id)


def people(told: str, roles: Roles, around: Around, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Who a person of this name and these roles may be."""
    name = person_name(told)
    keys = dict.fromkeys((*surfaces(told), " ".join(name.parts)))
    if len(name.parts) == 1:
        keys |= dict.fromkeys(f"{article}{name.parts[0]}" for article in _ARTICLES)
    found = [k for key in keys for k in candidates_of(gazetteer, key) if k.type is EntityType.PERSON]
    if not found and not name.is_short:
        found = list(_sounding(told, gazetteer))
    borne = [(known, terms_of(gazetteer, known)) for known in bearers(dict.fromkeys(found), name)]
    last = _last_begin((term for _, terms in borne for term in terms), roles, around.day)
    for known, terms in borne:
        full = not name.is_short or known.sense == "name"
        score, why = (_RANKED[min(known.weight, 3)], ["the full name"]) if full else (0.3, ["a surname"])
        dated = around.day or (around.guess or _NOW if len(found) > 1 else "")
        reasons = (*_evidence(known, terms, roles, around, last), *_of_the_time(terms, dated, full=full))
        for points, reason in (*reasons, *(() if full else _titled(terms, roles))):
            score += points
            why.append(reason)
        yield Candidate(known, score_of(score), tuple(why))


def _sounding(told: str, gazetteer: Gazetteer) -> Iterator[Known]:
    """People of the tables whose full name is the same in another romanisation."""
    words = person_name(told).words
    if not isinstance(gazetteer, Table):
        return
    for pair in dict.fromkeys(((words[0], words[-1]), (words[-1], words[0]))):
        for surface in gazetteer.sounding(f"{sound(pair[0])} {sound(pair[1])}"):
            for known in gazetteer.candidates(surface):
                if known.type is EntityType.PERSON and fit(person_name(known.label), person_name(told)) >= Fit.CLOSE:
                    yield known


def _last_begin(terms: Iterable[Term], roles: Roles, day: str) -> str:
    """When the last of several holders took the office that is told; an open term of an earlier one is over."""
    held = (term for term in terms if day and roles.offices and is_office(term, roles.offices))
    return max((term.begin for term in held if in_office(term, day)), default="")


def _titled(terms: Sequence[Term], roles: Roles) -> Iterator[tuple[float, str]]:
    """A surname with an office that its bearer never held: Commissioner Blair was no prime minister."""
    told = {office for office in roles.offices if not set(office.split()) <= VAGUE}
    if terms and told and not any(is_office(term, roles.offices) for term in terms):
        yield -0.2, f"is not known as {min(told)}"


def _evidence(
    known: Known, terms: Sequence[Term], roles: Roles, around: Around, last: str
) -> Iterator[tuple[float, str]]:
    states = {known.country, *(term.country for term in terms)} - {""}
    if roles.states and states and not sovereigns(roles.states) & sovereigns(states):
        # descriptions are joined to names by guesses: where the text speaks of the right state, they count less
        yield (-0.05 if around.states & states else -0.5), "is said to serve another state"
    elif roles.states & states:
        yield 0.25, f"serves {min(roles.states & states)}"
    elif around.states & states:
        yield 0.2, f"the document names {min(around.states & states)}"
    elif states & around.homes.keys():
        some = max(around.homes.get(state, 0) for state in states) > 1
        yield (0.2 if some else 0.1), f"the document has names from {min(states & around.homes.keys())}"
    held = [term for term in terms if roles.offices and is_office(term, roles.offices)]
    left = next((term for term in terms if roles.former and is_office(term, roles.former)), None)
    if not held and left is not None:
        yield 0.1, f"was {left.office}"
    elif held:
        now = any(in_office(term, around.day) and (term.end or term.begin >= last) for term in held)
        yield (0.2 if now else 0.1), held[0].office
    elif terms and telling(roles):
        yield -0.15, "is not known to have held the office that is told"
    if terms and roles.fields and not roles.fields & _PUBLIC:
        yield -0.4, f"is known for {min(roles.fields)}"
    elif known.weight == 1 and roles.fields & {"politics"}:
        yield 0.1, "is in politics"


def _of_the_time(terms: Sequence[Term], day: str, *, full: bool) -> Iterator[tuple[float, str]]:
    """Whoever left or took an office long before or after the day of a document is hardly in it."""
    if not day or not any(term.begin or term.end for term in terms):
        return
    year = int(day[:4])
    begins = [int(term.begin[:4]) for term in terms if term.begin]
    ends = [int((term.end or term.begin)[:4]) for term in terms if term.begin or term.end]
    away = max(min(begins or ends) - year, year - max(ends), 0)
    if any(in_office(term, day) for term in terms):
        away = 0
    if away > _LIFE:
        yield -0.3, "held offices at another time"
    elif not full and away > _NEAR:
        yield -0.15, "held offices at another time"


def places(
    label: str, kind: EntityType, around: Around, gazetteer: Gazetteer, names: Sequence[str] = ()
) -> Iterator[Candidate]:
    """What a place, a people or a happening of this name may be; `names` are its mentions."""
    every = [k for key in surfaces(label) for k in candidates_of(gazetteer, key) if _fits(k, kind)]
    if kind is EntityType.NORP and _is_demonym(label, gazetteer):
        every = [k for k in every if k.type is EntityType.NORP]
    if not every and (name := without_noun(label)):
        every = [k for k in named_part(name, gazetteer) if _fits(k, kind)]
    found: list[Known] = []
    for senses in (("name",), ("name", "alias"), ("name", "alias", "seat")):
        found = found or [k for k in every if k.sense in senses]
    found += [k for k in every if k.sense == "alias" and _is_city_of(k, found, gazetteer)]
    if any(k.label == label for k in found):  # Los Angeles is not Los Ángeles
        found = [k for k in found if k.label == label or normalised(k.label) != normalised(label)]
    found = list(dict.fromkeys(found))
    read = [k for key in surfaces(label) for k in gazetteer.get(key, ())]
    capitals = {k.country for k in read if k.sense == "seat"}
    told = label.lower() in around.parts or is_told_as_part(label, names)
    found = _parts(found, label, around, gazetteer, told=told) or _cities(found, read, gazetteer)
    for known in found:
        if known.type not in _PLACES:
            yield Candidate(known, 0.6, (f"the {known.sense}",))
        elif is_state(known, gazetteer):
            yield _state(known, found, around)
        else:
            yield _town(known, kind, found, capitals, around, gazetteer)


def _is_demonym(label: str, gazetteer: Gazetteer) -> bool:
    """Whether a people is told, which no party of its name is meant by: Iraqis are not "The Iraqis"."""
    words = (key.removesuffix(end) for key in surfaces(label) for end in ("", "s"))
    return any(k.sense == "demonym" for word in words for k in gazetteer.get(word, ()))


def _is_city_of(known: Known, found: Sequence[Known], gazetteer: Gazetteer) -> bool:
    """Whether all that has a name outright is the division of this city, which has it for short: Tel Aviv-Yafo."""
    within = division_of(known, gazetteer)
    return bool(within) and bool(found) and all(within == k.label and known.country == k.country for k in found)


def _parts(found: Sequence[Known], label: str, around: Around, gazetteer: Gazetteer, *, told: bool) -> list[Known]:
    """Parts of states, where they are told as such, or a document tells of many of them."""
    parts = [k for k in found if not is_state(k, gazetteer) and is_part(k, gazetteer)]
    others = around.divisions - {label.lower()}
    cities = [k for k in parts if _holds_another(k, found, gazetteer)]
    return parts if told else [k for k in cities if among_parts(k.country, others, gazetteer)]


def _cities(found: Sequence[Known], read: Sequence[Known], gazetteer: Gazetteer) -> list[Known]:
    """All but the parts of states that are called like a city of theirs."""
    first = {k.country: k for k in reversed([k for k in found if k in read])}
    kept = [k for k in found if k in read or first.get(k.country, k) == k or division_of(k, gazetteer)]
    return [k for k in kept if not _holds_another(k, kept, gazetteer)]


def _holds_another(known: Known, found: Sequence[Known], gazetteer: Gazetteer) -> bool:
    """Whether this is the division in which a city of its name lies: the city is meant more often."""
    for other in found:
        rival = other.country == known.country and other.id != known.id and not is_state(known, gazetteer)
        if rival and division_of(other, gazetteer).lower() == known.label.lower():
            return not division_of(known, gazetteer)
    return False


def division_of(known: Known, gazetteer: Gazetteer) -> str:
    """The division in which a city lies, "" of a division."""
    spot = spot_of(gazetteer, known.id)
    return spot.within if spot is not None else ""


def _fits(known: Known, kind: EntityType) -> bool:
    if kind in _PLACES:  # what a text calls a building is not the state whose seat it is
        return known.type in _PLACES and not (kind is EntityType.LOC and known.sense == "seat")
    if kind is EntityType.NORP:
        return known.type in (EntityType.NORP, EntityType.ORG)
    return known.type is kind


def _state(known: Known, found: Sequence[Known], around: Around) -> Candidate:
    """A state, unless the document is at home in another where something has the same name: Georgia of the US."""
    own = around.homes.get(known.country, 0)
    large = [k for k in found if k.country != known.country and k.weight > _PROVINCE]
    rivals = [k for k in large if around.homes.get(k.country, 0) > own + 1]
    if rivals:
        return Candidate(known, 0.5, ("the state", f"the document is at home in {rivals[0].country}"))
    return Candidate(known, 0.85, ("the state",))


def _town(
    known: Known,
    kind: EntityType,
    found: Sequence[Known],
    capitals: set[str],
    around: Around,
    gazetteer: Gazetteer,
) -> Candidate:
    others = [k for k in found if k.country != known.country]
    size = known.weight or (100_000 if known.country else _PROVINCE)
    score, why = 0.3 + 0.3 * min(math.log10(size) / 7, 1), [f"the {known.sense}", f"{size:,} inhabitants"]
    if known.country in capitals:
        score += 0.15
        why.append("a capital")
    dwarfed = any(k.country in capitals or k.weight > _DOMINANT * size for k in others)
    little = any(k.weight > _DOMINANT * size for k in found)
    if known.country and known.country in around.states:
        score += 0.1 if dwarfed else 0.2
        why.append(f"the document names {known.country}")
    elif known.country and around.homes.get(known.country, 0) > 1:
        score += 0.05 if dwarfed else 0.1
        why.append(f"the document has names from {known.country}")
    within = division_of(known, gazetteer)
    if len(found) == 1:
        score += 0.05
    elif within and within != known.label and within.lower() in around.divisions:
        score += 0.05 if little else 0.15
        why.append(f"the document names {within}")
    if known.type is not kind:
        score -= 0.1 if size < SMALL_TOWN else 0.05
    return Candidate(known, score_of(score), tuple(why))


def score_of(score: float) -> float:
    """A score within 0 and 1, in hundredths."""
    return round(max(0.0, min(score, 1.0)), 2)
