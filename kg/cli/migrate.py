"""`kg migrate`: a graph of another version, read anew from its own texts."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import directory_option
from kg.cli.watch import Watch


@click.command(short_help="Read a graph's texts anew with this version.")
@directory_option
@click.option("--into", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The new graph directory.")
@click.option("--processes", metavar="N", type=click.IntRange(1, 256), default=1, help="Worker processes; 1 is none.")
@click.pass_context
def migrate(ctx: click.Context, graph: Path, into: Path, processes: int) -> None:
    """Build the graph INTO from the texts that a graph holds; the files they came from need not be there any more.

    Names from --knowledge, decisions of a person and the list of sources are taken over. The old graph stays as it is:
    kg diff tells what the new one says otherwise.
    """
    from kg.upkeep import migrate as read_anew

    report = read_anew(graph, into, processes=processes, progress=Watch().lines())
    click.echo(f"{report.documents:,} documents read anew, {report.skipped:,} were there already, in {into}")
    for problem in report.problems:
        click.echo(str(problem), err=True)
    if report.problems:
        ctx.exit(1 if report.quarantined else 2)
