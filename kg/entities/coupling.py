"""Which actors can have a say in what is decided about which others, by keys that an index can look up.

What a case `needs` and another `gives` couples the two. A set of cases that is closed under this, both ways, is decided
by `kg.entities.placing.place` as if all others were there. Most actors are coupled with nobody: what their own document
and the tables tell decides, and equal names meet in one group without being compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.entities.linking_bodies import form_of, letters_of
from kg.entities.linking_people import is_short, meeting_keys, quarter_keys, told_as
from kg.entities.names_bodies import body_name
from kg.entities.names_persons import person_keys
from kg.entities.placing import Case, kind_of, person_of
from kg.model import EntityType, Gazetteer

TOLD = "told "
"""How the key of people begins whom knowledge does not know."""


@dataclass(frozen=True, slots=True)
class Coupling:
    """The keys of a case. `hub` is the key of somebody known, or of all of one full name and like roles; `names` are
    the keys that go with the name. Both are empty for all others.

    Somebody may be in every document: nobody needs all of these, only the first, and those that share a document.
    """

    needs: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    hub: str = ""
    names: tuple[str, ...] = ()


def coupling(case: Case, gazetteer: Gazetteer) -> Coupling:
    """Give the keys of a case."""
    kind = kind_of(case)
    if kind is EntityType.PERSON:
        return _person(case, gazetteer)
    if case.link.chosen or kind not in (EntityType.ORG, EntityType.EVENT):
        return Coupling()
    if kind is EntityType.EVENT:
        form = form_of(case.actor, case.context)
        keys = (f"round {form}",) if form else ()
        return Coupling(keys, keys)
    name = body_name(case.actor.label, gazetteer)
    if name.acronym:
        return Coupling(needs=(f"letters {name.acronym}",))
    letters = {one.removeprefix("told ") for one in letters_of(case.actor, name)}
    gives = {f"letters {one}" for one in letters if len(one) > 1}
    if name.is_generic:
        return Coupling(gives=tuple(sorted(gives)))
    body = f"body {name.key}"
    return Coupling(() if name.country else (body,), tuple(sorted({*gives, body} if name.country else gives)))


def _person(case: Case, gazetteer: Gazetteer) -> Coupling:
    person = person_of(case, gazetteer)
    meeting = meeting_keys(person)
    if is_short(person):
        lone = quarter_keys(person)
        return Coupling((*meeting, *lone), lone)
    names = tuple(sorted(f"name {' '.join(sorted(one))}" for one in person_keys(person.name)))
    if person.known:
        return Coupling(gives=meeting, hub=person.known, names=names)
    return Coupling(gives=meeting, hub=f"{TOLD}{told_as(person)}", names=names)
