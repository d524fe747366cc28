"""From N-Quads files of documents to a published graph: loaded in bulk, then decided across documents."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kg.digest import publish
from kg.errors import InputError
from kg.read.files import is_graph
from kg.runner.batches import anew
from kg.store import Loaded, check_shard, create_or_open, load
from kg.vocab import BASE


def load_shards(
    shards: Iterable[str | os.PathLike[str]],
    *,
    graph: str | os.PathLike[str],
    base: str | None = None,
    knowledge: Iterable[str | os.PathLike[str]] = (),
    resolve: bool = True,
) -> Loaded:
    """Load shards (see `kg.store.loading.load`) into a graph directory, decide who is who, and publish.

    What waits for a decision from before is decided, too, also where every document stands in the graph already.
    Raises `InputError` for a shard that is missing, before anything is loaded, or malformed (where
    its first document is, before a graph is made), and `StoreError`.
    """
    from kg.rdf.iris import checked_base
    from kg.resolve.building import after_build, is_unfinished

    paths = [Path(one) for one in shards]
    for path in paths:
        if not path.is_file():
            raise InputError("there is no such file", where=str(path), remedy="check the path")
    if base is not None:
        checked_base(base)
    if not is_graph(os.fspath(graph)):
        for path in paths:
            check_shard(path, base or BASE)
    with create_or_open(Path(graph), base=base) as store:
        unfinished = is_unfinished(store, resolve=resolve)
        found = load(store, paths)
        if found.graphs or unfinished:
            tables = tuple(Path(one) for one in knowledge)
            anew(store, len(found.graphs))
            after_build(store, tables, None if unfinished else found.graphs, resolve=resolve)
            anew(store, len(found.graphs))
            publish(store)
    return found
