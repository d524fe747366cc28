"""`kg query`: ask a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from kg.questions import Result

_FORMATS = ("table", "json", "csv", "turtle")


@click.command(short_help="Ask a graph a named query, or one of your own.")
@click.argument("query", metavar="NAME|FILE.rq")
@graph_option
@click.option("--format", "format", type=click.Choice(_FORMATS), default="table", help="Default: table.")
@click.option("--param", "params", metavar="NAME=VALUE", multiple=True, help="A parameter; given twice, either value.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Answer with at most N rows.")
@click.option("--spread", is_flag=True, help="With --limit, take rows of each source in turn.")
@click.option("--wide", is_flag=True, help="Show every column in the table, addresses and offsets, too.")
def query(
    query: str, graph: Path, format: str, params: tuple[str, ...], limit: int | None, spread: bool, wide: bool
) -> None:
    """Ask a graph. NAME is one of those that `kg queries` lists; FILE.rq holds SPARQL of your own.

    The formats json and csv are those of SPARQL 1.1 with every column; turtle gives the triples of a CONSTRUCT query,
    or those about the things that a table names. A table leaves out what only programs need.
    """
    import kg
    from kg.questions import load
    from kg.store import Limits

    question = load(query)
    values = _values(params)
    with kg.open(graph) as opened:
        opened.reader.guard = Limits()
        result = _limited(opened.query(question, **values), limit, spread=spread)
        if format == "table":
            from kg.cli.tables import show

            show(result, title=question.question, base=opened.reader.base, wide=wide)
        elif format == "turtle":
            click.echo(result.to_turtle(), nl=False)
        else:
            click.echo(result.to_json() if format == "json" else result.to_csv(), nl=format == "json")


def _values(params: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} has no =; write it as NAME=VALUE.", param_hint="'--param'")
        values.setdefault(name.strip(), []).append(value)
    return values


def _limited(result: Result, limit: int | None, *, spread: bool) -> Result:
    from dataclasses import replace

    from kg.cli.turns import by_turns

    if limit is None:
        return result
    sources = [row.get("source") if spread else None for row in result.rows]
    return replace(result, rows=tuple(result.rows[at] for at in by_turns(sources, limit)))
