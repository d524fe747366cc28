"""`kg query`: ask a graph."""

from __future__ import annotations

import io
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import STDOUT, deliver, graph_option, output_option

if TYPE_CHECKING:
    from kg.questions import Result

_FORMATS = ("table", "json", "csv", "turtle")
_TIME = "Give up after so long; 0 is never."
_ROWS = "Give up if the answer has more rows, before --limit; 0 is no bound."


@click.command(short_help="Ask a graph a named query, or one of your own.")
@click.argument("query", metavar="NAME|FILE.rq|SPARQL")
@graph_option
@click.option("--format", "format", type=click.Choice(_FORMATS), default="table", help="Default: table.")
@click.option("--param", "params", metavar="NAME=VALUE", multiple=True, help="A parameter; given twice, either value.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Answer with at most N rows.")
@click.option("--spread", is_flag=True, help="With --limit, take rows of each source in turn.")
@click.option("--wide", is_flag=True, help="Show every column in the table, addresses and offsets, too.")
@output_option()
@click.option("--timeout", type=click.FloatRange(min=0), metavar="SECONDS", default=60.0, show_default=True, help=_TIME)
@click.option("--max-rows", type=click.IntRange(min=0), metavar="N", default=1_000_000, show_default=True, help=_ROWS)
def query(
    query: str,
    graph: Path,
    format: str,
    params: tuple[str, ...],
    limit: int | None,
    spread: bool,
    wide: bool,
    output: str,
    timeout: float,
    max_rows: int,
) -> None:
    """Ask a graph: by NAME, one of those that `kg queries` lists, or with SPARQL of your own, from FILE.rq or as text.

    The formats json and csv are those of SPARQL 1.1 with every column; turtle gives the triples of a CONSTRUCT query,
    or those about the things that a table names. A table leaves out what only programs need. No
    query changes the graph or asks another machine: SERVICE is refused.
    """
    import kg
    from kg.questions import load
    from kg.store import Limits

    question = load(query)
    values = _values(params)
    with kg.open(graph) as opened:
        opened.reader.guard = Limits(seconds=timeout or None, rows=max_rows or None)
        result = _limited(opened.query(question, **values), limit, spread=spread)
        if format == "table":
            from kg.cli.tables import show

            shown = io.StringIO()
            with nullcontext() if output == STDOUT else redirect_stdout(shown):
                show(result, title=question.question, base=opened.reader.base, wide=wide)
            if output != STDOUT:
                deliver(shown.getvalue(), output)
        elif format == "turtle":
            deliver(result.to_turtle(), output)
        else:
            deliver(result.to_json() + "\n" if format == "json" else result.to_csv(), output)


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
