"""`kg check`: whether a graph is whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import directory_option, json_option
from kg.textnorm import harmless


@click.command(short_help="Check that a graph is whole.")
@directory_option
@click.option("--no-shapes", is_flag=True, help="Leave out the SHACL shapes, which take longest.")
@json_option
@click.pass_context
def check(ctx: click.Context, graph: Path, no_shapes: bool, as_json: bool) -> None:
    """Check files against their checksums, texts against their hashes, quotations against the text at their offsets,
    that nothing is there twice or without a document, what was decided across documents, and the shapes.

    Exit code 1 if something is not as it should be; each finding names its remedy.
    """
    from kg.upkeep import check as findings

    found = list(findings(graph, shapes=not no_shapes))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(harmless(str(one)))
        number = len(found)
        click.echo(f"{graph} is whole." if not found else f"{number} finding{'' if number == 1 else 's'}.")
    if found:
        ctx.exit(1)
