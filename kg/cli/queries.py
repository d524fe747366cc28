"""`kg queries`: what can be asked."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from kg.cli.options import json_option


@click.command(short_help="List the named queries.")
@json_option
def queries(as_json: bool) -> None:
    """List the named queries with their questions and parameters."""
    from kg.questions import questions

    if as_json:
        fields = [asdict(question) for question in questions()]
        click.echo(json.dumps(fields, ensure_ascii=False, indent=2))
        return
    for question in questions():
        click.echo(click.style(question.name, bold=True))
        click.echo(f"  {question.question}")
        for param in question.params:
            kind = "|".join(param.choices) or param.type
            need = "required" if param.required else f"default {param.default}" if param.default else ""
            text = f"{param.text} ({need})" if need else param.text
            click.echo(f"    --param {param.name}={kind}  {text}")
