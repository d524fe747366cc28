"""What is written goes to where `--graph` says: into the directory, or by a working copy to a store elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.textnorm import harmless

if TYPE_CHECKING:
    from kg.store import Store
    from kg.store.remote.pushing import Pushed

_EVERY = 10.0  # seconds between two lines
_SHORT = 1.0  # on a terminal, where a line is written over


@contextmanager
def written(graph: Path | str, state: Path | None) -> Iterator[Path]:
    """Give the directory to write into; what is in it in the end is sent if `graph` is an address, and told."""
    from kg.runner.working import working_copy

    def told(pushed: Pushed, directory: Path) -> None:
        click.echo(f"{summary(pushed, str(graph))} The working copy is {directory}.", err=True)

    with working_copy(graph, state=state, progress=progress(), told=told) as directory:
        yield directory


@contextmanager
def rewritten(graph: Path | str, state: Path | None) -> Iterator[Store]:
    """Give the open store of a graph that is there already, to be changed; what `written` gives is where it is."""
    from kg.store import create_or_open, open_reader

    with written(graph, state) as directory:
        open_reader(directory).close()  # a directory that is no graph is refused, not made
        with create_or_open(directory) as store:
            yield store


def directory_of(graph: Path | str, state: Path | None) -> Path:
    """Give the directory of a graph, or of the working copy of one in a store elsewhere, without fetching it."""
    from kg.store.remote.addresses import state_of

    return graph if isinstance(graph, Path) else state_of(graph, state)


def summary(pushed: Pushed, address: str) -> str:
    """Tell in a sentence what was sent."""
    gone = f", {pushed.removed:,} taken out" if pushed.removed else ""
    graphs = "1 graph" if pushed.sent == 1 else f"{pushed.sent:,} graphs"
    return harmless(
        f"{graphs} ({pushed.triples:,} triples) sent to {address}, {pushed.unchanged:,} unchanged there{gone}."
    )


def progress() -> Callable[[int, int, str], None]:
    """Give the function that tells how far the sending is: a line now and then on standard error."""
    told = time.monotonic()
    began = told
    terminal = sys.stderr.isatty()

    def tell(done: int, of: int, _graph: str) -> None:
        nonlocal told
        now = time.monotonic()
        last = terminal and done + 1 == of and told > began
        if now - told >= (_SHORT if terminal else _EVERY) or last:
            told = now
            line = f"{done:,} of {of:,} graphs looked at and sent"
            click.echo(f"\r{line}" + ("\n" if last else "") if terminal else line, err=True, nl=not terminal)

    return tell
