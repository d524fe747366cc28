"""`kg export`: a graph as a file for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command(short_help="Write a graph to a file for other programs.")
@graph_option
@click.option("--format", "format", required=True, help="One of turtle, nquads, trig, jsonld, graphml.")
@click.option("-o", "--output", metavar="FILE", required=True, type=click.Path(path_type=Path), help="Where to write.")
def export(graph: Path, format: str, output: Path) -> None:
    """Write the whole graph to FILE.

    turtle, nquads, trig and jsonld hold everything as RDF (Turtle without the named graphs), graphml canonical actors
    and events as nodes and their roles and links as edges, for Gephi, Cytoscape or yEd.
    """
    import kg

    with kg.open(graph) as opened:
        opened.export(format, output)
    click.echo(f"{output}: {output.stat().st_size:,} bytes")
