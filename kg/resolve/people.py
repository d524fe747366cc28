"""Actors of the documents that changed, and of those coupled with them: decided anew, and no others.

Each actor is put into a group; `kg.resolve.naming` gives the groups their nodes and writes what differs.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.entities.account_groups import PERSON
from kg.entities.coupling import coupling
from kg.entities.linking import TableLinker
from kg.entities.placing import Case, Facet, Placing, cases, place
from kg.model import Gazetteer
from kg.resolve.actors import merge_iri, read_actors
from kg.resolve.corrections import document_of
from kg.resolve.index import Index
from kg.resolve.journal import Decided
from kg.resolve.naming import name_groups
from kg.resolve.roster import Roster, record_of
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
        own: set[str] = set()
        others: set[str] = set()
        for seed in seeds:
            if seed not in own and len(own) < 2 * _CHUNK:
                some, more = _closed(roster, seed)
                own |= some
                others |= more
        found = {case.actor.iri: case for case in roster.cases(sorted(own | others))}
        for placing in place(found.values(), gazetteer):
            if placing.iri in own:
                held = placing.iri in decided.alone
                roster.place(_alone(found[placing.iri]) if held else placing)


def _closed(roster: Roster, seed: str) -> tuple[set[str], set[str]]:
    """Give the actors that are coupled with one, and the known people with whom they are compared.

    Of a known person one actor is enough, and those of the documents that tell of the others, too.
    """
    if roster.hub_of(seed):
        return {seed}, set()
    own, known, hubs, todo = {seed}, set[str](), set[str](), [seed]
    while todo:
        actor = todo.pop()
        found = roster.neighbours(actor)
        met = {one for one in found if roster.hub_of(one)}
        known |= met
        found -= met
        for hub in {*roster.hubs(actor), *map(roster.hub_of, met)} - hubs:
            hubs.add(hub)
            found |= set(roster.needing(hub))
        todo.extend(sorted(found - own))
        own |= found
    documents = {roster.document_of(one) for one in own} if hubs else set()
    for hub in hubs:
        known |= set(roster.of_hub(hub, sorted(documents)))
    return own, known


def _alone(case: Case) -> Placing:
    """A person holds this actor apart from all others."""
    actor = case.actor
    return Placing(actor.iri, f"hand {actor.iri}", Facet(actor.cls, actor.label, PERSON))
