"""`kg explain`: how an event came to stand in the graph, from the sentence to the triples."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import frames_option, graph_option, knowledge_option, nlp_option
from kg.textnorm import harmless


def _schema(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the JSON schema and end, whatever else is asked."""
    if not wanted or ctx.resilient_parsing:
        return
    from kg.explain import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
    ctx.exit()


@click.command(short_help="Show how an event was found, from the sentence to the triples.")
@click.argument("event", metavar="EVENT")
@graph_option
@nlp_option
@frames_option
@knowledge_option("A table of names that the graph was built with")
@click.option("--words", is_flag=True, help="Also which words weighed in what was read: each is hidden in turn.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_schema, help="Print the schema of the JSON."
)
def explain(
    event: str,
    graph: Path | str,
    nlp: str | None,
    frames: tuple[Path, ...],
    knowledge: tuple[Path, ...],
    words: bool,
    as_data: bool,
) -> None:
    """Show how an event was found: sentence, participants, clause, frame, decisions, fields, identity, triples.

    EVENT is words of its sentence ("met in Oslo"), its IRI or the end of it, such as event/120-128; `kg query NAME
    --wide` shows them. The document is read
    from the graph and analysed again, so give the --nlp, --frames and --knowledge it was built with.
    """
    import kg
    from kg.explain import as_json
    from kg.explain import explain as told_of

    with kg.open(graph) as opened:
        told = told_of(opened, event, nlp=nlp, frames=frames, knowledge=knowledge, words=words)
    if as_data:
        click.echo(as_json(told))
        return
    from kg.cli.story import page

    click.echo(harmless(page(told)))
