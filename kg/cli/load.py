"""`kg load`: N-Quads of whole documents into a graph, in bulk."""

from __future__ import annotations

import time
from pathlib import Path

import click

from kg.cli.options import graph_option, knowledge_option, state_option
from kg.cli.sending import written
from kg.drawing.words import count


@click.command(short_help="Load N-Quads of documents in bulk.")
@click.argument("shards", metavar="SHARD|URL…", nargs=-1, required=True)
@graph_option
@state_option
@click.option("--base", metavar="IRI", help="What the IRIs of a new graph's data begin with.")
@knowledge_option("A CSV table of names that the documents were built with")
@click.option("--no-resolve", is_flag=True, help="Do not decide who is who across documents.")
def load(
    shards: tuple[str, ...],
    graph: Path | str,
    state: Path | None,
    base: str | None,
    knowledge: tuple[Path, ...],
    no_resolve: bool,
) -> None:
    """Load files of N-Quads (.nq, also .gz, .bz2, .xz, .zst) as kg shard writes them, and decide who is who.

    Each named graph is one document; its lines stand together. Documents that stand in the graph just so, or in another
    file, are passed over, changed ones replaced. A load that is broken off goes on when it is repeated. The address of
    a SPARQL store stands for the documents of the graph in it.
    """
    from kg.runner.loading import load_shards
    from kg.runner.working import as_files

    began = time.monotonic()
    with written(graph, state) as directory, as_files(shards) as (files, known):
        found = load_shards(files, graph=directory, base=base or known, knowledge=knowledge, resolve=not no_resolve)
    seconds = max(time.monotonic() - began, 1e-9)
    loaded = f"{count(found.quads, 'quad')} of {count(len(found.graphs), 'document')} loaded into {graph}"
    click.echo(f"{loaded} in {seconds:.1f} s, {count(found.skipped, 'document')} unchanged")
