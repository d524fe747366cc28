"""`kg export`: a graph as files for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import STDOUT, graph_option, output_option, values_of

if TYPE_CHECKING:
    from kg.exporters import Material
    from kg.graph import Graph

_VIEWS = ("full", "actors", "events", "proposals")


@click.command(short_help="Write a graph to files for other programs.")
@click.argument("format", required=False)
@graph_option
@click.option("--format", "named", metavar="FORMAT", help="The format, for those who like it as an option.")
@click.option("--view", type=click.Choice(_VIEWS), help="Only this view of the network.")
@click.option("--query", metavar="NAME|FILE.rq|SPARQL", help="Only what a query answers, as `kg query` takes it.")
@click.option("--param", "params", metavar="NAME=VALUE", multiple=True, help="A parameter of the query; repeatable.")
@click.option("--ontology/--no-ontology", default=True, help="With or without the ontology in RDF. Default: with.")
@output_option(required=True)
def export(
    format: str | None,
    graph: Path | str,
    named: str | None,
    view: str | None,
    query: str | None,
    params: tuple[str, ...],
    ontology: bool,
    output: str,
) -> None:
    """Write a graph in FORMAT to a file or folder, or to standard output if that is - (a folder as a tar archive).

    \b
    RDF        turtle, nquads, trig, jsonld; protege (one flat Turtle with an ontology header)
    networks   graphml, gexf (Gephi), cytoscape, cx2 (NDEx), node-link (networkx, D3)
               neo4j (a folder of CSV with import.sh and load.cypher)
    tables     csv, parquet (folders, a file a table)
    others     geojson (placed events), ftm (FollowTheMoney, for OpenAleph)
               corrections (annotated passages around what a person put right, JSON Lines)

    \b
    Networks are canonical actors and events with their roles and links (--view full), or
    --view actors      who did what to whom, weighted and dated
    --view events      events and what led to what
    --view proposals   proposals, who made them to whom, and what came of them
    """
    import kg
    from kg.exporters import parts_of, save, stream

    chosen = _chosen(format, named)
    if view and query:
        raise click.UsageError("--view and --query exclude each other.")
    if params and not query:
        raise click.UsageError("--param belongs to --query.")
    with kg.open(graph) as opened:
        parts = parts_of(_material(opened, view, query, params, ontology), chosen)
        if output == STDOUT:
            out = sys.stdout.buffer
            for chunk in stream(parts):
                out.write(chunk)
            out.flush()
            return
        size = save(parts, output)
    files = f"{len(parts)} files, " if len(parts) > 1 else ""
    click.echo(f"{output}: {files}{size:,} bytes")


def _chosen(format: str | None, named: str | None) -> str:
    if format and named and format != named:
        raise click.UsageError(f"{format} and --format {named} are two formats.")
    chosen = format or named
    if not chosen:
        from kg.exporters import FORMATS

        raise click.UsageError(f"Missing FORMAT: one of {', '.join(FORMATS)}.")
    return chosen


def _material(opened: Graph, view: str | None, query: str | None, params: tuple[str, ...], ontology: bool) -> Material:
    from kg.exporters import Material

    if query is None:
        return Material(opened.reader, view, with_ontology=ontology)
    return opened.material(query, **values_of(params))
