"""Who held an office when, as the tables of names tell it."""

from __future__ import annotations

from kg.entities.knowledge.tables import Term, holders_of
from kg.entities.linking_roles import Roles, office_form, telling
from kg.model import Gazetteer, Known
from kg.textnorm import folded

TABLES_END = "2022-12-31"
"""The shipped tables of office holders from Wikidata end here: an open term that began earlier may be over since."""


def in_office(term: Term, day: str) -> bool:
    """Whether a term of office covers an ISO date, as far as the tables tell; an unknown date is covered."""
    if not day:
        return True
    if term.begin and day[: len(term.begin)] < term.begin[: len(day)]:
        return False
    if term.end:
        return day[: len(term.end)] <= term.end[: len(day)]
    return (term.begin or "0") > TABLES_END or day <= (term.until or TABLES_END)


def is_office(term: Term, offices: frozenset[str]) -> bool:
    """Whether one of the told offices is this one: "president" is the president's of a state, its name set aside."""
    told = set(office_form(folded(term.office.split(" of ")[0]).split()).split())
    whole = set(office_form(folded(term.office).split()).split())
    return any(told <= set(office.split()) <= whole for office in offices if office)


class Offices:
    """Terms of office by state, read from the tables when first asked for."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Look at the people of `gazetteer`."""
        self._gazetteer = gazetteer
        self._terms: dict[str, list[tuple[Known, Term]]] = {}

    def holders(self, roles: Roles, day: str) -> tuple[tuple[Known, Term], ...]:
        """Who held the one office that is told, of the one state that is told, on an ISO day; none if it is unknown.

        Somebody who is told as having left the office is nobody in particular.
        """
        offices = telling(Roles(roles.offices))
        if len(roles.offices) != 1 or not offices or len(roles.states) != 1 or roles.former or not day:
            return ()
        found: dict[str, tuple[Known, Term]] = {}
        for known, term in self._of(min(roles.states)):
            if is_office(term, roles.offices) and in_office(term, day):
                found.setdefault(known.id or known.label, (known, term))
        most = max((known.weight for known, _ in found.values()), default=0)
        found = {key: one for key, one in found.items() if one[0].weight == most}  # the president of more than a senate
        return tuple(found[key] for key in sorted(found))

    def _of(self, country: str) -> list[tuple[Known, Term]]:
        if country not in self._terms:
            self._terms[country] = list(holders_of(self._gazetteer, country))
        return self._terms[country]
