"""`kg validate`: whether a graph keeps its shapes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import graph_option, json_option


@click.command(short_help="Check a graph against the ontology's shapes.")
@graph_option
@click.option("--document", "documents", metavar="ID", multiple=True, help="Check only this document; repeatable.")
@json_option
@click.pass_context
def validate(ctx: click.Context, graph: Path, documents: tuple[str, ...], as_json: bool) -> None:
    """Check a graph, document by document, against the SHACL shapes of the ontology; exit code 1 if it breaks one."""
    import kg

    with kg.open(graph) as opened:
        report = opened.validate(documents=documents or None)
    if as_json:
        click.echo(json.dumps({"conforms": report.conforms, **asdict(report)}, ensure_ascii=False, indent=2))
    else:
        for violation in report.violations:
            path = violation.path.rpartition("#")[2].rpartition("/")[2]
            click.echo(f"{violation.focus} {path}: {violation.message}")
        number = len(report.violations)
        found = "no violations" if report.conforms else f"{number} violation{'s' if number > 1 else ''}"
        click.echo(f"{report.graphs} graphs checked, {found}")
    if not report.conforms:
        ctx.exit(1)
