"""`kg migrate`: a graph of another version, read anew from its own texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.options import certain_options, directory_option, frames_option, nlp_option
from kg.cli.resolve import tell_lost
from kg.cli.watch import Watch
from kg.drawing.words import count


@click.command(short_help="Read a graph's texts anew with this version.")
@directory_option
@click.option("--into", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The new graph directory.")
@click.option("--processes", metavar="N", type=click.IntRange(1, 256), default=1, help="Worker processes; 1 is none.")
@nlp_option
@frames_option
@certain_options
@click.pass_context
def migrate(ctx: click.Context, /, graph: Path, into: Path, processes: int, **options: Any) -> None:
    """Build the graph INTO from the texts that a graph holds; the files they came from need not be there any more.

    Names from --knowledge, decisions of a person and the list of sources are taken over; another pipeline, frames and
    what was left out for its confidence have to be said again. The old graph stays as it is: kg diff tells what the new
    one says otherwise.
    """
    from kg.upkeep import migrate as read_anew

    report = read_anew(graph, into, processes=processes, **options, progress=Watch().lines())
    there = count(report.skipped, "was there already", "were there already")
    click.echo(f"{count(report.documents, 'document')} read anew, {there}, in {into}")
    for problem in report.problems:
        click.echo(str(problem), err=True)
    tell_lost(report.lost)
    if report.problems:
        ctx.exit(1 if report.quarantined else 2)
