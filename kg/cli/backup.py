"""`kg backup` and `kg restore`: a graph in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import directory_option


def _told(number: int) -> str:
    return f"{number:,} document{'' if number == 1 else 's'}"


@click.command(short_help="Copy a graph into one file.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@directory_option
def backup(file: Path, graph: Path) -> None:
    """Copy the published state of a graph, the decisions of a person and the list of sources into a tar file.

    FILE may end in .gz, .bz2 or .xz. It appears when it is whole; the graph may be written meanwhile.
    """
    from kg.upkeep import back_up

    click.echo(f"{_told(back_up(graph, file))} of {graph} in {file}")


@click.command(short_help="Bring a graph back from a backup.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@directory_option
def restore(file: Path, graph: Path) -> None:
    """Make a graph directory of a file that kg backup wrote; every part is compared with its checksum before."""
    from kg.upkeep import bring_back

    click.echo(f"{_told(bring_back(file, graph))} in {graph}")
