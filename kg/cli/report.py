"""`kg report`: a graph as one page to read and to mail."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import STDOUT, deliver, graph_option, output_option


@click.command(short_help="Write a page that tells what is in a graph.")
@graph_option
@click.option("--title", default="", metavar="TEXT", help="The title. Default: how many articles, from when to when.")
@output_option(required=True)
def report(graph: Path | str, title: str, output: str) -> None:
    """Write one self-contained HTML page: what is in the graph, proposals by fate and what became of each, who asked
    whom, a timeline, and where accounts differ, each with the sentences it rests on.

    The page needs no script and fetches nothing: it can be mailed, printed and kept.
    """
    import kg
    from kg.report import report as page

    with kg.open(graph) as opened:
        text = page(opened, title=title)
    deliver(text, output)
    if output != STDOUT:
        click.echo(f"{output}: {len(text.encode()):,} bytes")
