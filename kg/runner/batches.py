"""Writing as documents are read: seldom enough to be quick, often enough that an interruption costs seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable

from kg.runner.heap import give_back
from kg.runner.work import MANY
from kg.store import Store

BATCH_DOCUMENTS = 128
BATCH_QUADS = 100_000
BATCH_SECONDS = 3.0
"""A batch is written, by one atomic insertion, when it has so many documents or quads, or so long after the last."""

EACH = 2_048
"""Documents after which the store is opened anew while documents are read."""

Batch = list[tuple[str, Collection[str]]]
"""Names of graphs, each with its N-Quads lines."""


def write_in_batches(graphs: Iterable[tuple[str, Collection[str]]], write: Callable[[Batch], None]) -> None:
    """Hand graphs to `write` as they come; those that are finished are written even if the next one is interrupted."""
    batch: Batch = []
    quads = 0
    since = time.monotonic()
    try:
        for graph in graphs:
            batch.append(graph)
            quads += len(graph[1])
            late = time.monotonic() - since >= BATCH_SECONDS
            if late or len(batch) >= BATCH_DOCUMENTS or quads >= BATCH_QUADS:
                full, batch, quads = batch, [], 0  # emptied first: what fails to be written is not tried again below
                write(full)
                del full, graph  # not to be held while the next ones are read
                since = time.monotonic()
    finally:
        if batch:
            write(batch)


def anew(store: Store, documents: int) -> None:
    """Begin the next step of a build without what the last one, with so many documents, has left in memory."""
    if documents >= MANY:
        store.reopen()
    give_back()
