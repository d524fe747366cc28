"""`kg ask`: questions in English."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option, json_option
from kg.textnorm import harmless

if TYPE_CHECKING:
    from kg.asking import Reply

_QUOTES = 3  # sentences shown under one answer
_TIME = "Give up after so long; 0 is never."


@click.command(short_help="Ask a graph in English.")
@click.argument("question")
@graph_option
@json_option
@click.option("--sparql-only", is_flag=True, help="Print the SPARQL that the question compiles to, and no answer.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help='From when "last week" counts.')
@click.option("--nlp", metavar="NAME", help="Another spaCy pipeline to take the question apart with.")
@click.option("--timeout", type=click.FloatRange(min=0), metavar="SECONDS", default=60.0, show_default=True, help=_TIME)
def ask(
    question: str,
    graph: Path | str,
    as_json: bool,
    sparql_only: bool,
    today: datetime | None,
    nlp: str | None,
    timeout: float,
) -> None:
    """Ask a graph a QUESTION in English, and see the answer, the sentences it rests on, and the SPARQL that found it.

    Who, what, which, when, where, why, how many, how often, whether, what happened, first, last, before and after.
    An answer that no event tells outright is marked as likely. What has no answer is not guessed at: up to three
    passages that may tell and the five nearest of the named questions are shown instead. Relative days count from
    --today, by default the day of the latest document.
    """
    import kg
    from kg.questions import names_of
    from kg.store import Limits

    with kg.open(graph) as opened:
        names_of(opened.reader)  # looked up once here, and not again in each bounded child
        opened.reader.guard = Limits(seconds=timeout or None)
        reply = opened.ask(question, nlp=kg.load_nlp(nlp) if nlp else None, today=today.date() if today else None)
    if sparql_only:
        click.echo(reply.sparql or f"# {reply.reason}")
    elif as_json:
        click.echo(json.dumps(_fields(reply), ensure_ascii=False, indent=2))
    else:
        _show(reply, graph)


def _fields(reply: Reply) -> dict[str, object]:
    suggestions = [asdict(one) | {"command": one.command} for one in reply.suggestions]
    return asdict(reply) | {"certain": reply.certain, "suggestions": suggestions}


def _show(reply: Reply, graph: Path | str) -> None:
    for name, labels in reply.taken.items():
        if tuple(labels) != (name,):
            click.echo(harmless(f'"{name}" is taken for {", ".join(labels)}.'), err=True)
    for answer in reply.answers:
        likely = "" if answer.certain else "  (likely)"
        click.echo(click.style(harmless(answer.text), bold=True) + likely)
        for quote in answer.quotes[:_QUOTES]:
            click.echo(harmless(f"  “{' '.join(quote.text.split())}” — {quote.source}"))
        if len(answer.quotes) > _QUOTES:
            click.echo(f"  and {len(answer.quotes) - _QUOTES} more")
        for quote in answer.before[:_QUOTES]:
            click.echo(harmless(f"  before that: “{' '.join(quote.text.split())}” — {quote.source}"))
    if reply.outcome != "answered":
        told = "No answer found" if reply.outcome == "not told" else "The question cannot be put into a query"
        click.echo(harmless(f"{told}: {reply.reason}."))
        if reply.passages:
            click.echo("Passages that may tell, but are no answer:")
        for passage in reply.passages:
            dated = f", {passage.date}" if passage.date else ""
            click.echo(harmless(f"  “{' '.join(passage.text.split())}” — {passage.source}{dated}"))
        click.echo("Nearest among the named questions:")
        for one in reply.suggestions:
            click.echo(harmless(f"  {one.question}"))
            click.echo(harmless(f"    {one.command} --graph {graph}"))
    if reply.sparql:
        click.echo("\nSPARQL:")
        click.echo(harmless(reply.sparql))
