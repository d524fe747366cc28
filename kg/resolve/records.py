"""Cases, placings and accounts as texts: how the index of decisions keeps what documents told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from kg.entities.accounts import Account
from kg.entities.linking import Actor, Context, Link
from kg.entities.linking_candidates import Candidate
from kg.entities.placing import Case, Facet, Placing
from kg.model import EntityType, Known

_FROZEN = frozenset({"agents", "targets", "places", "context"})


def record_of(cases: Sequence[Case]) -> str:
    """Write the cases of a document as one text."""
    rows = [
        [_actor_record(case.actor), case.link.chosen and known_record(case.link.chosen), _weighed(case.link.candidates)]
        for case in cases
    ]
    context = next((case.context for case in cases), Context())
    return json.dumps([sorted(context.states), context.owner, context.items, rows], sort_keys=True)


def _actor_record(actor: Actor) -> dict[str, object]:
    """The fields of an actor, which are texts and tuples of texts: `asdict` would copy each of them."""
    return {one.name: getattr(actor, one.name) for one in fields(Actor)}


def cases_from(record: str) -> dict[str, Case]:
    """Read the cases of a document, by IRI."""
    states, owner, items, rows = json.loads(record)
    context = Context(frozenset(states), items, owner=owner)
    found = {}
    for told, chosen, candidates in rows:
        lists = {name: tuple(told[name]) for name in ("names", "descriptions", "within")}
        actor = Actor(**{**told, **lists})
        link = Link(_known(chosen) if chosen else None, _candidates(candidates))
        found[actor.iri] = Case(actor, link, context)
    return found


def facet_record(facet: Facet) -> str:
    """Write the facet of a placing as one text."""
    told = {
        **{name: getattr(facet, name) for name in ("cls", "label", "reason", "told", "named")},
        "known": facet.known and known_record(facet.known),
        "candidates": _weighed(facet.candidates),
    }
    return json.dumps(told, sort_keys=True)


def placing_record(placing: Placing, facet: str) -> str:
    """Write a placing as one text: the record of its facet, evidence, confidence, rivals."""
    return json.dumps([facet, placing.evidence, placing.confidence, placing.rivals])


def decision_from(record: str) -> tuple[str, str, float]:
    """Read reason, evidence and confidence of a placing."""
    facet, evidence, confidence = json.loads(record)[:3]
    return json.loads(facet)["reason"], evidence, confidence


def facet_from(record: str) -> Facet:
    """Read the facet of a placing."""
    told = json.loads(record)
    known = told.pop("known")
    candidates = _candidates(told.pop("candidates"))
    return Facet(**told, known=_known(known) if known else None, candidates=candidates)


def known_record(known: Known) -> list[Any]:
    """Write an entry of the tables as a row."""
    return [known.label, known.type.value, known.id, known.sense, known.country, known.weight]


def _known(record: list[Any]) -> Known:
    label, kind, *rest = record
    return Known(label, EntityType(kind), *rest)


def _weighed(candidates: Iterable[Candidate]) -> list[list[object]]:
    return [[known_record(one.known), one.score, one.why] for one in candidates]


def _candidates(rows: Iterable[Any]) -> tuple[Candidate, ...]:
    return tuple(Candidate(_known(known), score, tuple(why)) for known, score, why in rows)


def account_record(account: Account) -> str:
    """Write an account as one text."""
    values = {one.name: getattr(account, one.name) for one in fields(Account)}
    return json.dumps({name: sorted(value) if name in _FROZEN else value for name, value in values.items()})


def account_from(record: str) -> Account:
    """Read an account."""
    values: dict[str, Any] = json.loads(record)
    values.update((name, frozenset(values[name])) for name in _FROZEN)
    return Account(**values)
