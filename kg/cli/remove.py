"""`kg remove`: documents out of a graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option, state_option
from kg.cli.sending import written


@click.command(short_help="Take documents out of a graph.")
@click.argument("names", metavar="ID|PATH…", nargs=-1, required=True)
@graph_option
@state_option
def remove(names: tuple[str, ...], graph: Path | str, state: Path | None) -> None:
    """Take documents out of a graph, and decide anew who is who and which event is which without them.

    ID is a document's id, as `kg stats --documents` lists them; PATH is a file or folder and means all documents that
    were read from it, also if it is gone. Decisions about other documents stay.
    """
    from kg.read.problem import in_one_line
    from kg.runner import remove as take_out

    with written(graph, state) as directory:
        for document in (gone := take_out(names, graph=directory)):
            click.echo(f"Removed {in_one_line(document)}")
    click.echo(f"{len(gone):,} document{'' if len(gone) == 1 else 's'} taken out of {graph}.")
