"""A user's tables of names, kept beside the store, so that every later resolution knows what the build knew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.entities.knowledge import load
from kg.model import Gazetteer
from kg.store import KNOWLEDGE as FOLDER
from kg.store import tables_kept as kept


def keep(directory: Path, tables: Sequence[Path]) -> None:
    """Keep copies of just these tables with a graph."""
    contents = [table.read_bytes() for table in tables]
    if contents == [table.read_bytes() for table in kept(directory)]:
        return
    for table in kept(directory):
        table.unlink()
    (directory / FOLDER).mkdir(exist_ok=True)
    for number, content in enumerate(contents):
        (directory / FOLDER / f"{number:04}.csv").write_bytes(content)


def gazetteer_of(directory: Path, tables: Sequence[Path] = ()) -> Gazetteer:
    """Give the names for a resolution: of the tables given, which are kept from now on, else of those kept.

    Raises `InputError` for a malformed table.
    """
    if tables:
        found = load(tuple(tables))
        keep(directory, tables)
        return found
    return load(kept(directory))
