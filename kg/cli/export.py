"""`kg export`: a graph as a file for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import STDOUT, deliver, graph_option, output_option


@click.command(short_help="Write a graph to a file for other programs.")
@graph_option
@click.option("--format", "format", required=True, help="One of turtle, nquads, trig, jsonld, graphml.")
@output_option(required=True)
def export(graph: Path, format: str, output: str) -> None:
    """Write the whole graph to FILE, or to standard output if that is -.

    turtle, nquads, trig and jsonld hold everything as RDF (Turtle without the named graphs), graphml canonical actors
    and events as nodes and their roles and links as edges, for Gephi, Cytoscape or yEd.
    """
    import kg
    from kg.exporters import text_of

    with kg.open(graph) as opened:
        text = text_of(opened.reader, format)
    deliver(text, output)
    if output != STDOUT:
        click.echo(f"{output}: {len(text.encode()):,} bytes")
