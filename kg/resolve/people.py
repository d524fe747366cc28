"""Actors of the documents that changed, and of those coupled with them: decided anew, and no others.

Each actor is put into a group; `kg.resolve.naming` gives the groups their nodes and writes what differs.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.entities.account_groups import PERSON
from kg.entities.coupling import TOLD, coupling
from kg.entities.linking import TableLinker
from kg.entities.linking_people import share_evidence
from kg.entities.placing import Case, Facet, Placing, cases, kind_of, person_of, place
from kg.model import EntityType, Gazetteer
from kg.resolve.actors import merge_iri, read_actors
from kg.resolve.corrections import document_of
from kg.resolve.index import Index
from kg.resolve.journal import Decided
from kg.resolve.naming import name_groups
from kg.resolve.records import record_of
from kg.resolve.roster import Roster
from kg.resolve.writing import Writer
from kg.store import Store

_CHUNK = 500  # actors that are decided on at once, with those coupled with them


def update(
    store: Store,
    index: Index,
    writer: Writer,
    gazetteer: Gazetteer,
    decided: Decided,
    *,
    changed: Iterable[str],
    gone: Iterable[str],
    by_hand: Iterable[str],
) -> set[str]:
    """Decide who is who and write what differs; give the documents of which an actor is somebody else than before.

    `by_hand` are the nodes about which a person decided otherwise than before.
    """
    roster = Roster(index.database)
    linker = TableLinker(gazetteer)
    moved: set[str] = set()
    for document in gone:
        moved |= _drop(index, writer, roster, document, kept=set())
    for document in changed:
        found = cases(read_actors(store, document), gazetteer, linker)
        record = record_of(found)
        if record != roster.told(document):
            moved |= _drop(index, writer, roster, document, kept={case.actor.iri for case in found})
            roster.put(document, record, [(case.actor.iri, coupling(case, gazetteer)) for case in found])
    for actor in by_hand:
        roster.touch(actor)
    roster.spread()
    _decide(roster, gazetteer, decided)
    return moved | name_groups(store.base, index, writer, roster, decided, gazetteer)


def _drop(index: Index, writer: Writer, roster: Roster, document: str, *, kept: set[str]) -> set[str]:
    """Forget the actors of a document; those that it does not have any more leave their canonical nodes."""
    moved = set()
    for actor in roster.drop(document):
        if actor not in kept:
            writer.node(merge_iri(index.node_of(actor), actor), ())
            writer.leave(actor)
            moved.add(document_of(actor))
    return moved


def _decide(roster: Roster, gazetteer: Gazetteer, decided: Decided) -> None:
    """Put every actor to be decided on into its group, with all those on which that depends."""
    while seeds := roster.stale(_CHUNK):
        own, others = _closed(roster, seeds, gazetteer)
        found = {case.actor.iri: case for case in roster.cases(sorted(own | others))}
        placings = place(found.values(), gazetteer)
        for placing in placings:
            hub = roster.hub_of(placing.iri)
            if hub.startswith(TOLD):
                roster.agreed(hub, placing)
        for placing in placings:
            if placing.iri in own:
                held = placing.iri in decided.alone
                roster.place(_alone(found[placing.iri]) if held else placing)


def _closed(roster: Roster, seeds: Iterable[str], gazetteer: Gazetteer) -> tuple[set[str], set[str]]:
    """Give some of those to be decided on with who is coupled with them, and the people with whom they are compared.

    Who is known, or told of alike, is compared once: by the first of its actors, and those of the documents that tell
    of others with a like name, too. What holds of the first then holds of each (`Roster.agreed`), so that an actor of
    a name that is in thousands of documents costs what it would in a few.
    """
    own: set[str] = set()
    known: set[str] = set()
    hubs: set[str] = set()
    for seed in seeds:
        if len(own) >= 2 * _CHUNK:
            break
        todo = [] if seed in own else [seed]
        own.add(seed)
        while todo:
            actor = todo.pop()
            hub = roster.hub_of(actor)
            if hub and not hub.startswith(TOLD):
                continue  # what is known of somebody decides by itself
            hubs.update((hub,) if hub else ())
            found = _coupled(roster, actor, gazetteer)
            met = {one: at for one in found if (at := roster.hub_of(one))}
            known.update(met)
            hubs.update(met.values())
            fresh = found - met.keys() - own
            todo.extend(sorted(fresh))
            own |= fresh
    hubs = _clustered(roster, hubs)
    for hub in hubs:
        known.update(roster.of_hub(hub, roster.together(hub)))
    for document in {roster.document_of(one) for one in own if not roster.hub_of(one)} if hubs else ():
        known.update(one for one, hub in roster.somebodies(document) if hub in hubs)
    return own, known


def _coupled(roster: Roster, actor: str, gazetteer: Gazetteer) -> set[str]:
    """Give the neighbours of an actor; of people, those who share evidence with it."""
    found = roster.neighbours(actor)
    own, *others = roster.cases([actor, *sorted(found)])
    if kind_of(own) is not EntityType.PERSON:
        return found
    person = person_of(own, gazetteer)
    return {one.actor.iri for one in others if share_evidence(person, person_of(one, gazetteer))}


def _clustered(roster: Roster, hubs: set[str]) -> set[str]:
    """Give people with all whose full names are like theirs, and again those like them."""
    found, todo = set(hubs), sorted(hubs)
    while todo:
        for other in roster.alike(todo.pop()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def _alone(case: Case) -> Placing:
    """A person holds this actor apart from all others."""
    actor = case.actor
    return Placing(actor.iri, f"hand {actor.iri}", Facet(actor.cls, actor.label, PERSON))
