"""The identity graph: which document-scoped actors and events are one thing. Reads the store, writes that one graph.

What is decided is decided in `kg.entities`; documents' graphs are never changed but by a person's corrections. Only
documents that changed since the last resolution, and what they are compared with, are decided anew; the result is the
same as from scratch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from kg import vocab
from kg.entities.knowledge import Table, tables_version
from kg.model import Gazetteer
from kg.rdf.iris import identity_iri
from kg.rdf.terms import iri, nkg
from kg.resolve import corrections, happenings, people, texts
from kg.resolve.actors import least
from kg.resolve.index import Index
from kg.resolve.journal import Decided, digest, read_journal, replayed
from kg.resolve.pending import Pending
from kg.resolve.writing import Writer
from kg.store import Store, sparql_term

__all__ = ["MADE_FROM", "resolve"]

MADE_FROM = (vocab.NKG + "contentHash", vocab.NKG + "pipelineVersion")
"""Properties that tell what a document's graph was made from."""


def resolve(
    store: Store, *, gazetteer: Gazetteer | None = None, documents: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Bring the identity graph up to date; give what of the journal no longer fits the texts, in a sentence each.

    Every document-scoped actor and event gets exactly one `nkg:canonical`. `gazetteer` defaults to the shipped
    knowledge. `documents` are the IRIs of those that came, changed or went; None finds them itself, which takes a look
    at the manifest of every document, as does a journal that says something else than last time. The result depends on
    what the store holds and what the journal says, not on the order in which it came.

    Raises `InputError` for a malformed journal, `StoreError` if the index of decisions cannot be written.
    """
    if gazetteer is None:
        from kg.entities.knowledge import load

        gazetteer = load()
    said = digest(store.directory)
    decided = replayed(store, read_journal(store.directory))
    corrected = corrections.apply(store, decided.corrections)
    graph = identity_iri(store.base)
    with Index(store.directory) as index:
        names = _fingerprint(gazetteer)
        if index.meta("behind"):
            documents = None
            index.put_meta("behind", "")
        if index.meta("journal") != said:  # a person's corrections are in any document
            documents = None
        if index.is_new or not _is_there(store, graph) or index.meta("gazetteer") != names:
            index.begin_anew()
            documents = None
            about = f"{iri(graph)} {iri(vocab.RDF + 'type')} {nkg('IdentityGraph')} {iri(graph)} ."
            store.begin_graph(graph, [about])
        index.put_meta("gazetteer", names)
        _update(store, index, gazetteer, documents, decided, corrected)
        index.put_meta("journal", said)
        store.flush()  # the index says what the store holds: if the power goes off in between, it must not be ahead
        index.finish()
    return decided.lost


def _update(
    store: Store,
    index: Index,
    gazetteer: Gazetteer,
    documents: Iterable[str] | None,
    decided: Decided,
    corrected: Mapping[str, str],
) -> None:
    by_hand = _changed_by_hand(index, decided)
    there = _states(store, documents, corrected)
    known = index.documents() if documents is None else {name: index.state(name) for name in documents}
    gone = sorted(name for name, state in known.items() if state and name not in there)
    changed = {name for name, state in there.items() if known.get(name) != state}
    writer = Writer(store, index)
    seeds = Pending(index.database, (node for node in by_hand if "/event/" in node))
    copied = texts.note(store, index, sorted(changed), gone, there)
    acting = sorted(node for node in by_hand if "/actor/" in node)
    moved = people.update(
        store, index, writer, gazetteer, decided, changed=sorted(changed), gone=gone, by_hand=acting
    ) - set(gone)
    again = ({*changed, *moved} | copied) - set(gone)
    for document in sorted({*again, *gone}):
        happenings.forget(index, document, seeds)
    for document in gone:
        for member in index.members_of(document, "event"):
            writer.leave(member)
    happenings.note(store, index, writer, sorted(again), seeds)
    happenings.decide(store, index, writer, seeds, decided)
    texts.write(index, writer, copied)
    writer.finish()


def _states(store: Store, documents: Iterable[str] | None, corrected: Mapping[str, str]) -> dict[str, str]:
    """Give document IRI → what it was made from: if that changes, it has to be looked at again."""
    # one document after the other: the answer to a query about all of them would be held in memory whole
    found = {}
    for name in store.graphs() if documents is None else documents:
        told = store.facts(name, MADE_FROM)
        made_from = [least(told[one].get(name, ())) for one in MADE_FROM]
        if all(made_from):
            by_hand = hashlib.sha256(corrected[name].encode()).hexdigest() if name in corrected else ""
            found[name] = " ".join([*made_from, by_hand]).strip()
    return found


def _changed_by_hand(index: Index, decided: Decided) -> set[str]:
    """Give the nodes about which a person decided otherwise than at the last resolution."""
    now = {"together": sorted(decided.together), "alone": sorted(decided.alone)}
    before = json.loads(index.meta("by hand") or '{"together": [], "alone": []}')
    index.put_meta("by hand", json.dumps(now))
    pairs = {tuple(pair) for pair in before["together"]} ^ set(decided.together)
    return {node for pair in pairs for node in pair} | (set(before["alone"]) ^ decided.alone)


def _is_there(store: Store, graph: str) -> bool:
    found = store.query(f"ASK {{ GRAPH {sparql_term(graph)} {{ ?s ?p ?o }} }}").rows[0][0]
    return found is not None and found.value == "true"


def _fingerprint(gazetteer: Gazetteer) -> str:
    """Tell one set of tables from another: with other knowledge, everything is decided anew."""
    if isinstance(gazetteer, Table):
        return f"{tables_version()} {gazetteer.version}"
    told = hashlib.sha256()
    for name in sorted(gazetteer):
        told.update(f"{name}{gazetteer[name]}".encode())
    return told.hexdigest()
