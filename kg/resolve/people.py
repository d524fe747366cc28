"""Actors: their canonical nodes as `kg.resolve.actors` decides them, with what a person decided about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.entities.account_groups import PERSON, digest
from kg.entities.identity import Canonical
from kg.model import Gazetteer
from kg.rdf.iris import canonical_iri
from kg.resolve.accounts import local, text
from kg.resolve.actors import decision_triples, resolved_actors
from kg.resolve.corrections import document_of
from kg.resolve.index import Index
from kg.resolve.journal import Decided
from kg.resolve.writing import Writer, actor_triples
from kg.store import Reader, sparql_term


def update(reader: Reader, index: Index, writer: Writer, gazetteer: Gazetteer, decided: Decided) -> set[str]:
    """Decide who is who and write what differs; give the documents of which an actor is somebody else than before."""
    before = index.members("actor")
    moved: set[str] = set()
    for canonical in by_hand(reader, resolved_actors(reader, gazetteer), decided):
        node = canonical_iri(reader.base, "actor", canonical.key)
        for member in canonical.members:
            if before.pop(member, "") != node:
                document = document_of(member)
                writer.member(member, "actor", node, document)
                moved.add(document)
        writer.node(node, [*actor_triples(node, canonical), *decision_triples(reader.base, node, canonical)])
    for member in sorted(before):
        writer.leave(member)
        moved.add(document_of(member))
    return moved


def by_hand(reader: Reader, canonicals: Sequence[Canonical], decided: Decided) -> list[Canonical]:
    """Give the canonical actors after a person's merges and splits, sorted by key.

    Who is held alone has a node of its own under its own name. Of nodes that are merged, one with a link to Wikidata
    stands for all, else the first by key.
    """
    by_key = {canonical.key: canonical for canonical in canonicals}
    wanted = decided.alone | {member for pair in decided.together for member in pair}
    key_of = {member: one.key for one in canonicals for member in one.members if member in wanted} if wanted else {}
    for member in sorted(decided.alone & key_of.keys()):
        left = by_key[key_of[member]]
        rest = tuple(one for one in left.members if one != member)
        if rest:
            by_key[left.key] = replace(left, members=rest)
        else:
            del by_key[left.key]
        key_of[member] = digest(member)
        cls, label = _described(reader, member, left)
        by_key[key_of[member]] = Canonical(key_of[member], cls, label, (member,), PERSON)
    for pair in sorted(decided.together):
        keys = {key_of[member] for member in pair if member in key_of}
        if len(keys) == 2:
            first, second = sorted((by_key[key] for key in keys), key=lambda one: (not one.wikidata, one.key))
            by_key[first.key] = _merged(first, second)
            del by_key[second.key]
            key_of.update((member, first.key) for member, key in key_of.items() if key == second.key)
    return [by_key[key] for key in sorted(by_key)]


def _merged(first: Canonical, second: Canonical) -> Canonical:
    names = dict.fromkeys((*first.alternatives, second.label, *second.alternatives))
    return replace(
        first,
        members=tuple(sorted(first.members + second.members)),
        reason=PERSON,
        alternatives=tuple(name for name in sorted(names, key=lambda one: (-len(one), one)) if name != first.label),
    )


def _described(reader: Reader, member: str, canonical: Canonical) -> tuple[str, str]:
    term = sparql_term(member)
    query = f"SELECT ?class ?label WHERE {{ GRAPH ?doc {{ {term} a ?class ; rdfs:label ?label }} }}"
    rows = sorted((local(text(cls)), text(label)) for cls, label in reader.query(query).rows)
    return rows[0] if rows else (canonical.cls, canonical.label)
