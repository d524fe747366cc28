"""`kg validate`: whether a graph keeps its shapes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import graph_option, json_option
from kg.drawing.words import count
from kg.textnorm import harmless


@click.command(short_help="Check a graph against the ontology's shapes.")
@graph_option
@click.option("--document", "documents", metavar="ID", multiple=True, help="Check only this document; repeatable.")
@json_option
@click.pass_context
def validate(ctx: click.Context, graph: Path | str, documents: tuple[str, ...], as_json: bool) -> None:
    """Check a graph, document by document, against the SHACL shapes of the ontology; exit code 1 if it breaks one.

    The identity graph is also compared with what was decided: whatever a crash took from it is told.
    """
    import kg
    from kg.rdf.iris import identity_iri
    from kg.resolve.agreement import Difference, difference

    with kg.open(graph) as opened:
        report = opened.validate(documents=documents or None)
        identity = not documents and identity_iri(opened.reader.base) in opened.reader.graphs()
        lost = Difference() if documents else difference(opened.reader)
    if as_json:
        told = {"conforms": report.conforms and not lost, **asdict(report), "identity": asdict(lost)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for violation in report.violations:
            path = violation.path.rpartition("#")[2].rpartition("/")[2]
            click.echo(harmless(f"{violation.focus} {path}: {violation.message}"))
        found = "no violations" if report.conforms else count(len(report.violations), "violation")
        among = ", the identity graph among them" if identity else ""
        click.echo(f"{count(report.graphs, 'graph')} checked{among}, {found}")
        if lost:
            click.echo(harmless(f"{graph}: {lost}"))
    if not report.conforms or lost:
        ctx.exit(1)
