"""`kg demo`: the graph of the package's own example articles, built and opened."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from kg.cli.serve import run, serving_options, settings_of


@click.command(short_help="Build the example graph and open it.")
@click.option(
    "--graph",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Keep the graph here; by default it is made in a temporary folder and removed.",
)
@serving_options
def demo(graph: Path | None, log: Path | None, **given: object) -> None:
    """Read six short articles about the Istanbul talks of May 2025 and open the graph in a browser."""
    from kg.resources import examples_dir
    from kg.runner import run as build

    with tempfile.TemporaryDirectory(prefix="newskg-demo-") as folder:
        directory = graph or Path(folder) / "graph"
        settings = settings_of(directory, given)
        report = build([examples_dir() / "istanbul"], graph=directory)
        click.echo(f"{report.documents or report.skipped} articles read.")
        run(settings, log)
