"""`kg stats`: how much a graph holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import graph_option, json_option
from kg.textnorm import harmless


@click.command(short_help="Count what a graph holds.")
@graph_option
@click.option("--documents", is_flag=True, help="List the documents instead.")
@json_option
def stats(graph: Path | str, documents: bool, as_json: bool) -> None:
    """Count documents, triples, mentions, statements, events, proposals, actors and more; or list the documents.

    Actors and events are counted document by document; entities and happenings are these with those that are one across
    documents counted once.
    """
    import kg

    with kg.open(graph) as opened:
        counts = opened.documents() if documents else opened.stats()
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    if documents:
        for name in counts:
            click.echo(harmless(name))
        return
    for name, value in counts.items():
        if isinstance(value, dict):
            click.echo(name.replace("_", " "))
            for key, number in sorted(value.items(), key=lambda item: (-item[1], item[0])):
                click.echo(f"  {key:<20}{number:>10,}")
        else:
            click.echo(f"{name:<22}{value:>10,}")
