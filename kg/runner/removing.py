"""Taking documents out of a graph, by id or by the file or folder they came from."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from kg.digest import publish
from kg.errors import InputError
from kg.read import Ledger
from kg.runner.paths import Paths, many
from kg.store import Store, create_or_open, drop_sources, load_sources, open_reader


def remove(names: Paths, *, graph: str | os.PathLike[str]) -> tuple[str, ...]:
    """Take documents out of a graph, decide anew who is who, publish, and give the ids of those taken out.

    A name is a document's id, or the path of a file or folder, there or not, for all documents that came from it.
    Raises `InputError` if a name stands for none, before anything is changed, and `StoreError`.
    """
    from kg.rdf.iris import identity_iri
    from kg.resolve import resolve
    from kg.resolve.index import mark_behind
    from kg.resolve.knowledge import gazetteer_of

    wanted = many(names)
    open_reader(graph_path := Path(graph)).close()  # a directory that is no graph is refused, not made
    with create_or_open(graph_path) as store:
        unfinished = not store.is_published
        ledger = Ledger(*load_sources(store.directory))
        known = store.documents()
        chosen = sorted({one for name in wanted for one in _meant(os.fspath(name), ledger, known, store)})
        gone = take_out(store, chosen)
        if identity_iri(store.base) in store.graphs():
            tables = gazetteer_of(store.directory)
            resolve(store, gazetteer=tables, documents=None if unfinished else gone)
        else:
            mark_behind(store.directory)
        publish(store)
    return tuple(chosen)


def take_out(store: Store, documents: Collection[str]) -> list[str]:
    """Take documents out of the store, by their ids; give the IRIs of their graphs."""
    if not documents:
        return []
    known = store.documents()
    graphs = [known[document] for document in documents]
    store.remove_documents(graphs)
    drop_sources(store.directory, documents)
    return graphs


def _meant(name: str, ledger: Ledger, known: Collection[str], store: Store) -> tuple[str, ...]:
    """The documents that a name stands for: the one with this id, else all that came from this path."""
    # nothing is what a variable that was never set gives, and no path: as one it would be the folder one stands in
    found = (name,) if name in known else ledger.of(name, known) if name else ()
    if not found:
        raise InputError(
            "no document of the graph has this id or came from this path",
            where=name or '""',
            remedy=f"kg stats --documents --graph {store.directory} lists them; nothing was taken out",
        )
    return found
