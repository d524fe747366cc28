"""What a build leaves to the resolution: the tables it knew, the documents it wrote, or a note that they wait."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.entities.knowledge import load
from kg.rdf.iris import identity_iri
from kg.resolve import MADE_FROM, accounts, actors, texts
from kg.resolve import resolve as decide
from kg.resolve.index import mark_behind, notes
from kg.resolve.journal import digest
from kg.resolve.knowledge import keep
from kg.store import Store

READ = tuple(sorted({*actors.READ, *accounts.READ, *texts.READ, *MADE_FROM}))
"""Properties that are asked of every document that came; a store that is told to keep them is asked sooner."""


def after_build(
    store: Store, tables: tuple[Path, ...], written: Iterable[str] | None, *, resolve: bool
) -> tuple[str, ...]:
    """Keep the tables and decide across documents, or note that it was not done; give what the journal lost thereby.

    `written` are the IRIs of the documents that came or changed; None has all looked at. Raises what
    `kg.resolve.resolve` raises.
    """
    keep(store.directory, tables)
    if resolve:
        return decide(store, gazetteer=load(tables), documents=written)
    mark_behind(store.directory)
    return ()


def is_behind(directory: Path) -> bool:
    """Whether the last resolution did not end, or something was decided by a person or written since."""
    found = notes(directory)
    return not found or bool(found.get("behind")) or found.get("journal", "") != digest(directory)


def is_unfinished(store: Store, *, resolve: bool) -> bool:
    """Whether what readers see is not all that was written or decided by a person, or is damaged.

    With `resolve`, also whether something was not decided on.
    """
    undecided = resolve and (identity_iri(store.base) not in store.graphs() or is_behind(store.directory))
    return not store.is_published or undecided
