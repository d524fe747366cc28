"""Opening a graph directory, for writing or for questions; what is foreign, damaged or locked is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import large
from kg.store.database import Store
from kg.store.directory import (
    FORMAT,
    FORMAT_VERSION,
    HEADER,
    NEW,
    current_snapshot,
    disk,
    read_header,
    write_atomically,
)
from kg.store.reader import Reader
from kg.store.remote.addresses import is_remote
from kg.store.snapshots import check_tables, damaged, folder_of, read_sums, remedy, restore
from kg.store.writer import LOCK, database_of, only_writer
from kg.vocab import BASE

BEGUN = {LOCK, HEADER + NEW}
"""Files that a directory may hold which is only being made: by another writer right now, or by one that was killed."""


def create_or_open(directory: str | Path, *, base: str | None = None, pipeline_version: str = "") -> Store:
    """Open a graph directory for writing; create it if it does not exist or is an empty folder.

    `base` is the IRI all data IRIs begin with; None keeps that of an existing graph. Raises `StoreError` for a file,
    a folder that holds something else (which is never touched), another format version or base, or a second writer.
    """
    path = Path(directory)
    if path.exists() and not path.is_dir():
        raise StoreError("this is a file, not a graph directory", where=str(path), remedy="name another directory")
    _known(path, base)  # what is foreign is refused before anything is written
    with disk(path):
        path.mkdir(parents=True, exist_ok=True)
        writer = only_writer(path)
        try:
            known = _known(path, base)
            base = known["base"] if known else base or BASE
            header = {
                "format": FORMAT,
                "version": FORMAT_VERSION,
                "base": base,
                "pipeline": pipeline_version or (known or {}).get("pipeline", ""),
            }
            if header != known:
                write_atomically(path / HEADER, json.dumps(header, indent=2) + "\n")
            restore(path)
            check_tables(path)
            database = database_of(path)
            large.settle(database, path)
        except BaseException:
            writer.close()
            raise
        return Store(database, directory=path, base=base, writer=writer)


def _known(path: Path, base: str | None) -> dict[str, str] | None:
    """Give the header of a directory, None if there is none or nothing is in it; a foreign or other one is refused."""
    try:
        known = read_header(path) if path.is_dir() and any(one.name not in BEGUN for one in path.iterdir()) else None
    except OSError as error:
        raise StoreError(
            f"the directory cannot be read ({error.strerror})", where=str(path), remedy="check its permissions"
        ) from error
    if known and base and known["base"] != base:
        raise StoreError(
            f"the graph was built with the base IRI {known['base']}, not {base}",
            where=str(path),
            remedy="leave out --base, or build into another directory",
        )
    return known


def open_reader(directory: str | Path) -> Reader:
    """Open the published state of a graph directory, also while another process writes the next one.

    An address ("http://localhost:7878") opens the graph in the store there as it is now (`kg.store.remote`). Raises
    `StoreError` if there is no such directory, it is not ours, or nothing has been published yet.
    """
    if is_remote(directory):
        from kg.store.remote.reading import open_remote

        return open_remote(str(directory))
    path = Path(directory)
    if not path.is_dir():
        raise StoreError(
            "there is no graph directory here", where=str(path), remedy=f"build one with: kg build FILES --graph {path}"
        )
    base = read_header(path)["base"]
    for _ in range(3):  # a writer may publish twice while these lines run
        number = current_snapshot(path)
        if number is None:
            raise StoreError("the graph has no finished build", where=str(path), remedy="run kg build once more")
        folder = folder_of(path, number)
        problem = "" if (folder / "CURRENT").is_file() else "it is missing"
        problem = problem or damaged(folder, read_sums(path, number))
        if not problem:
            try:
                reader = Reader(ox.Store.read_only(str(folder)), directory=path, base=base)
                reader.snapshot = folder
                return reader
            except (OSError, RuntimeError) as error:
                problem = " ".join(str(error).split())[:200]
    raise StoreError(f"the published graph cannot be opened ({problem})", where=str(folder), remedy=remedy(path))
