"""`kg shard`: texts into files of N-Quads, for `kg load` here or for another store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.options import certain_options, frames_option, knowledge_option, nlp_option, reading_options, work_options
from kg.cli.watch import Watch
from kg.drawing.words import count


@click.command(short_help="Read texts into files of N-Quads.")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option("--into", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder of the shards.")
@click.option(
    "--each", metavar="N", type=click.IntRange(min=1), default=1000, show_default=True, help="Documents each."
)
@click.option("--base", metavar="IRI", help="What the IRIs of the data begin with.")
@reading_options
@nlp_option
@frames_option
@knowledge_option("A CSV table of names to know besides the shipped ones")
@work_options
@certain_options
@click.pass_context
def shard(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    into: Path,
    base: str | None,
    fields: str,
    document_seconds: float,
    **options: Any,
) -> None:
    """Read texts, as kg build does, into DIR/000000.nq.gz and so on, each with the graphs of N documents one after the
    other, and a file of records beside it. Shards that are there just so are passed over, others with their names are
    replaced or removed.

    kg load takes them into a graph; any store that reads N-Quads takes them, too.
    """
    from kg.rdf.iris import checked_base
    from kg.read import mapping
    from kg.runner.shards import write_shards
    from kg.vocab import BASE

    report = write_shards(
        paths,
        into=into,
        base=checked_base(base) if base else BASE,
        fields=mapping(fields),
        seconds=document_seconds,
        progress=Watch().lines(),
        **options,
    )
    there = count(report.skipped, "was there already", "were there already")
    click.echo(f"{count(report.documents, 'document')} read, {there}, in {into}")
    for problem in (*report.passed, *report.problems):
        click.echo(str(problem), err=True)
    if report.problems:
        ctx.exit(1 if report.quarantined else 2)
