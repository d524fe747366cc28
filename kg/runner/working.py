"""The working copy of a graph that stands in a store on another machine: where it is built, before it is sent."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kg.runner.loading import load_shards
from kg.store import is_remote
from kg.store.remote.addresses import state_of
from kg.store.remote.pushing import Pushed, push
from kg.store.remote.reading import connected, nquads_of, open_remote

Told = Callable[[Pushed, Path], None]
Progress = Callable[[int, int, str], None]


@contextmanager
def working_copy(
    graph: str | os.PathLike[str],
    *,
    state: Path | None = None,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Iterator[Path]:
    """Give the directory in which a graph is written; that of an address is sent there when the block has ended.

    A directory is given as it is. For an address it is `kg.store.remote.state_of` in the folder `state`: taken from
    the store if it is not there yet and the store has a graph already. `progress` is told of what is sent, and `told`
    of what came of it. Raises `StoreError`; what was built stays in the directory, and the same command sends it.
    """
    if not is_remote(graph):
        yield Path(graph)
        return
    address = os.fspath(graph)
    directory = state_of(address, state)
    with closing(connected(address)) as there:  # a store that does not answer is told before anything is read
        missing = there.base and not directory.exists()
    if missing:
        fetch(address, directory)
    yield directory
    if directory.exists():  # nothing could be read, and nothing was there before
        pushed = push(directory, address, progress=progress)
        if told:
            told(pushed, directory)


def fetch(address: str, directory: Path) -> int:
    """Load the documents of a store on another machine into a graph directory, and give how many there were.

    Who is who is decided anew, by the rules: what a person decided stands in the journal of the graph they decided in.
    Raises `StoreError`, also where the store has no graph.
    """
    with as_files([address]) as (files, base):
        return len(load_shards(files, graph=directory, base=base).graphs)


@contextmanager
def as_files(shards: Iterable[str]) -> Iterator[tuple[list[Path], str | None]]:
    """Give files for shards, of an address a temporary one with the documents there; and the base of these, if any."""
    files: list[Path] = []
    base = None
    with tempfile.TemporaryDirectory() as folder:
        for number, shard in enumerate(shards):
            if not is_remote(shard):
                files.append(Path(shard))
                continue
            files.append(Path(folder, f"{number}.nq"))
            with closing(open_remote(shard)) as there, files[-1].open("w", encoding="utf-8", newline="\n") as out:
                base = there.base
                out.writelines(nquads_of(there))
        yield files, base
