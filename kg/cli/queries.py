"""`kg queries`: what can be asked."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import Place, json_option


@click.command(short_help="List the named queries.")
@click.argument("words", nargs=-1)
@json_option
@click.option("--turtle", is_flag=True, help="Describe them in RDF (sh:SPARQLExecutable), for SPARQL editors.")
@click.option("--markdown", is_flag=True, help="Write the page of the manual that lists them.")
@click.option("--void", "graph", type=Place(remote=True), metavar="DIR|URL", help="With the counts of this graph.")
def queries(words: tuple[str, ...], as_json: bool, turtle: bool, markdown: bool, graph: Path | str | None) -> None:
    """List the named queries with their questions and parameters, or those that have all WORDS in question or tags."""
    from kg.questions import questions
    from kg.questions.listing import library_markdown

    if markdown:
        click.echo(library_markdown().rstrip())
        return
    if turtle or graph is not None:
        _describe(graph)
        return
    wanted = [one for one in questions() if all(word.lower() in _about(one) for word in words)]
    if as_json:
        click.echo(json.dumps([asdict(question) for question in wanted], ensure_ascii=False, indent=2))
        return
    if not wanted:
        click.echo(f"No named question has all of these words: {' '.join(words)}. All of them: kg queries", err=True)
    for question in wanted:
        click.echo(click.style(question.name, bold=True))
        click.echo(f"  {question.question}")
        for param in question.params:
            kind = "|".join(param.choices) or param.type
            need = "required" if param.required else f"default {param.default}" if param.default else ""
            text = f"{param.text} ({need})" if need else param.text
            if not param.shared:
                click.echo(f"    --param {param.name}={kind}  {text}")
        shared = " ".join(f"--param {param.name}=" for param in question.params if param.shared)
        if shared:
            click.echo(f"    and, or as options of kg query: {shared}")


def _about(question: object) -> str:
    return " ".join(str(getattr(question, name)) for name in ("name", "question", "tags")).lower()


def _describe(graph: Path | str | None) -> None:
    import kg
    from kg.questions.describing import library_turtle, void_turtle

    click.echo(library_turtle().rstrip())
    if graph is not None:
        with kg.open(graph) as opened:
            click.echo(void_turtle(opened.reader).rstrip())
