"""Which bodies, places and named happenings of different documents are one, where no table knows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.entities.linking import Actor, Context, Link
from kg.entities.names import normalised
from kg.entities.names_bodies import BodyName, body_name, stands_for, states_in
from kg.model import Gazetteer
from kg.textnorm import folded

WEEKS = 45
"""So many days lie at most between articles on one round of talks that neither of them dates."""

_TALKS = frozenset(
    "talk talks meeting meetings negotiation negotiations gathering session discussion discussions".split()
)
_MEETINGS = {**dict.fromkeys(_TALKS, "talks"), "summit": "summit", "conference": "conference", "war": "war"}
_ORDINALS = frozenset("second third fourth fifth sixth next new further another previous earlier last upcoming".split())
_ABROAD = frozenset({"embassy", "consulate"})
_CHAMBERS = {("US", "house"): "house representatives"}
"""Chambers that are called by a part of their name, as a rule."""
_SMALL = frozenset("the a an this that these those of in at on between with and for to".split())


@dataclass(frozen=True, slots=True)
class Place:
    """Where an actor goes: `key` is shared by what is one thing, "" where it stands alone; `confidence` from 0 to 1.

    `named` tells that the key makes a readable IRI by itself, whatever labels come along.
    """

    key: str
    reason: str
    confidence: float
    evidence: str = ""
    named: bool = False


def place_bodies(actors: Sequence[Actor], contexts: dict[str, Context], gazetteer: Gazetteer) -> dict[str, Place]:
    """Give each body its key, by IRI.

    A kind of body ("the Supreme Court") belongs to the state it names, or to the only one that its document names.
    Letters stand for the one full name that some document gives them, or whose initials they are beside a common actor.
    """
    names = {actor.iri: body_name(actor.label, gazetteer) for actor in actors}
    placed: dict[str, Place] = {}
    states: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        name = names[actor.iri]
        if name.country and not name.is_generic:
            states[name.key].add(name.country)
    full: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        name = names[actor.iri]
        if name.acronym:
            continue
        placed[actor.iri] = _full(actor, name, contexts, states[name.key], gazetteer)
        if placed[actor.iri].key:
            for letters in letters_of(actor, name):
                full[letters].append(actor)
    for actor in actors:
        if names[actor.iri].acronym:
            placed[actor.iri] = _short(actor, names, full, placed, contexts)
    return placed


def _full(actor: Actor, name: BodyName, contexts: dict[str, Context], states: set[str], gazetteer: Gazetteer) -> Place:
    """The key of a full name: its words and its state."""
    context = contexts.get(actor.document, Context())
    around = context.states
    if name.words and name.words[-1] in _ABROAD:
        return _abroad(actor, name, around, gazetteer)
    if name.country:
        return Place(f"{name.country} {name.key}", "same-body-and-state", 0.9, name.country, named=True)
    told = {code for text in (*actor.names, *actor.descriptions) for code in states_in(text, gazetteer).codes}
    if name.is_generic:
        state = min(told) if len(told) == 1 else context.owner
        if state:
            key = _CHAMBERS.get((state, name.key), name.key)
            return Place(f"{state} {key}", "same-body-and-only-state", 0.75, state, named=True)
        return Place("", "kind-of-body-without-state", 0.0)
    meant = sorted(states & (told or around))
    if len(meant) == 1:
        return Place(f"{meant[0]} {name.key}", "same-body-and-state-of-its-document", 0.7, meant[0], named=True)
    return Place(f" {name.key}", "same-type-and-name", 0.85)


def _abroad(actor: Actor, name: BodyName, around: Collection[str], gazetteer: Gazetteer) -> Place:
    """An embassy is one only with the state whose it is and the one in which it is, as far as the document tells."""
    told = [code for text in (*actor.names, *actor.descriptions) for code in states_in(text, gazetteer).codes]
    hosts = {code for code in told if code != name.country} or {code for code in around if code != name.country}
    if name.country and len(hosts) == 1:
        return Place(f"{name.country} {name.key} {min(hosts)}", "same-body-and-state", 0.8, name.country, named=True)
    alone = f"{name.country} {name.key} {actor.document}" if name.country else ""
    return Place(alone, "kind-of-body-without-state", 0.6 if alone else 0.0)


def letters_of(actor: Actor, name: BodyName) -> Iterator[str]:
    """Acronyms of a full name: the initials, with and without the state's, and what the document itself calls it."""
    yield from dict.fromkeys((name.letters, name.country.lower() + name.letters, name.letters + name.country.lower()))
    for text in actor.names:
        for word in re.findall(r"(?:^(?:[Tt]he )?|\()([A-Z][A-Za-z]?[A-Z0-9]{1,6})(?:$|\))", text):
            yield f"told {folded(word)}"


def _short(
    actor: Actor,
    names: dict[str, BodyName],
    full: dict[str, list[Actor]],
    placed: dict[str, Place],
    contexts: dict[str, Context],
) -> Place:
    """The key of an acronym: its only expansion with evidence, else its letters."""
    letters = names[actor.iri].acronym
    here = contexts.get(actor.document, Context())
    told = {placed[one.iri].key: one for one in full.get(f"told {letters}", ())}
    if len(told) == 1:
        [(key, one)] = told.items()
        return Place(key, "acronym-told-by-a-document", 0.85, one.label)
    near: dict[str, str] = {}
    for one in full.get(letters, ()):
        there = contexts.get(one.document, Context())
        shared = (set(here.items.values()) & set(there.items.values())) | (here.states & there.states)
        if stands_for(names[actor.iri], names[one.iri]) and shared:
            near[placed[one.iri].key] = min(shared)
    if len(near) == 1:
        [(key, why)] = near.items()
        return Place(key, "acronym-of-initials", 0.65, why)
    return Place(f"letters {letters}", "same-type-and-name", 0.8)


def place_places(actors: Sequence[Actor], links: dict[str, Link], contexts: dict[str, Context]) -> dict[str, Place]:
    """Give each place its key: its name, and where several places of that name are known, the states around it."""
    placed: dict[str, Place] = {}
    for actor in actors:
        rivals = {one.known.country for one in links[actor.iri].candidates}
        around = sorted(rivals & contexts.get(actor.document, Context()).states) if len(rivals) > 1 else []
        key = " ".join((normalised(actor.label), *around))
        placed[actor.iri] = Place(key, "same-type-and-name", 0.7 if len(rivals) > 1 else 0.85)
    return placed


def place_happenings(actors: Sequence[Actor], contexts: dict[str, Context]) -> dict[str, Place]:
    """Give each named or described happening its key, "" where nothing tells it from others.

    "The Istanbul talks" and "talks in Istanbul" are one round if the articles are a few weeks apart; another year in
    the name, or "the second round", makes another.
    """
    placed: dict[str, Place] = {}
    rounds: dict[str, list[tuple[int, Actor]]] = defaultdict(list)
    for actor in actors:
        form = form_of(actor, contexts.get(actor.document, Context()))
        if form:
            day = date.fromisoformat(actor.published).toordinal() if len(actor.published) == 10 else 0
            rounds[form].append((day, actor))
        elif actor.named and normalised(actor.label):
            placed[actor.iri] = Place(normalised(actor.label), "same-type-and-name", 0.85)
        else:
            placed[actor.iri] = Place("", "unnamed", 0.0)
    for form, found in rounds.items():
        found.sort(key=lambda one: (one[0], one[1].iri))
        number = 0
        for before, now in pairwise([found[0], *found]):
            number += now[0] - before[0] > WEEKS
            stretch = f" {number}" if number else ""
            placed[now[1].iri] = Place(f"{form}{stretch}", "same-kind-and-place-of-talks", 0.75, form)
    return placed


def form_of(actor: Actor, context: Context) -> str:
    """How a happening is told apart: by a place of its document that a description has, else by its label."""
    places = {item[2:] for item in context.items.values() if item.startswith("3 ")}
    found = [_round(text) for text in (actor.label, *actor.names, *actor.descriptions)]
    forms = sorted(form for form in found if form and _where(form, places))
    return forms[0] if forms else _round(actor.label)


def _where(form: str, places: Collection[str]) -> bool:
    return any(word in places for word in form.split()[1:])


def _round(label: str) -> str:
    """The kind, place, parties and year of talks that a label names, "" if it names no place or none."""
    found = [word.strip(".,'\"“”’") for word in re.split(r"[\s\-–]+", label)]
    kinds = {_MEETINGS[word.lower()] for word in found if word.lower() in _MEETINGS}
    names = {folded(re.sub(r"['’]s$", "", word)) for word in found if word[:1].isupper()}
    proper = sorted(names - _SMALL - set(_MEETINGS))
    lower = {word.lower() for word in found}
    marked = sorted(word for word in lower if word in _ORDINALS or re.fullmatch(r"\d{4}|\d\w\w", word))
    return " ".join((*sorted(kinds), *proper, *marked)) if len(kinds) == 1 and proper else ""
