"""`kg query`: ask a graph."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import nullcontext, redirect_stdout
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import STDOUT, deliver, graph_option, output_option, values_of
from kg.textnorm import folded, harmless

if TYPE_CHECKING:
    from kg.questions import Question, Result
    from kg.store import Reader

_SHOWN = 8  # names that are listed
_NEAR = 3  # ids that are named where one is unknown
_LOOKED_AT = 20_000  # ids among which similar ones are looked for, or it would take seconds
_FORMATS = ("table", "json", "csv", "turtle")
_TIME = "Give up after so long; 0 is never."
_UNRESOLVED = "Nobody decided yet who is who and which event is which in some documents, so answers lack what needs it;"
_ROWS = "Give up if the answer has more rows, before --limit; 0 is no bound."


@click.command(short_help="Ask a graph a named query, or one of your own.")
@click.argument("query", metavar="NAME|FILE.rq|SPARQL")
@graph_option
@click.option("--format", "format", type=click.Choice(_FORMATS), default="table", help="Default: table.")
@click.option("--param", "params", metavar="NAME=VALUE", multiple=True, help="A parameter; given twice, either value.")
@click.option("--from", "since", metavar="DAY", help="Only what is not before this day.")
@click.option("--until", metavar="DAY", help="Only what is not after this day.")
@click.option("--actor", metavar="NAME", multiple=True, help="Only what this actor takes part in; twice, either one.")
@click.option("--place", metavar="NAME", multiple=True, help="Only what happened there.")
@click.option("--document", metavar="ID", multiple=True, help="Only what this document tells.")
@click.option("--min-confidence", metavar="N", help="Only what is at least so sure, from 0 to 1.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Answer with at most N rows.")
@click.option("--offset", type=click.IntRange(min=0), metavar="N", default=0, help="Leave out the first N rows.")
@click.option("--spread", is_flag=True, help="With --limit, take rows of each source in turn.")
@click.option("--rows", is_flag=True, help="Give the long form: a row for every combination, not one for each thing.")
@click.option("--wide", is_flag=True, help="Show every column in the table, addresses and offsets, too.")
@output_option()
@click.option("--timeout", type=click.FloatRange(min=0), metavar="SECONDS", default=60.0, show_default=True, help=_TIME)
@click.option("--max-rows", type=click.IntRange(min=0), metavar="N", default=1_000_000, show_default=True, help=_ROWS)
def query(
    query: str,
    graph: Path | str,
    format: str,
    params: tuple[str, ...],
    since: str | None,
    until: str | None,
    actor: tuple[str, ...],
    place: tuple[str, ...],
    document: tuple[str, ...],
    min_confidence: str | None,
    limit: int | None,
    offset: int,
    spread: bool,
    rows: bool,
    wide: bool,
    output: str,
    timeout: float,
    max_rows: int,
) -> None:
    """Ask a graph: by NAME, one of those that `kg queries` lists, or with SPARQL of your own, from FILE.rq or as text.

    A named query has one row for each thing it asks for, with several quotes or names in one cell, and the long form
    with --rows. The formats json and csv are those of SPARQL 1.1 with every column, json always in the long form;
    turtle gives the triples of a CONSTRUCT query, or those about the things that a table names. A table leaves out what
    only programs need. No query changes the graph or asks another machine: SERVICE is refused.
    """
    import kg
    from kg.questions import lacks_identity, load
    from kg.store import Limits

    question = load(query)
    shared: dict[str, Any] = {"from": since, "until": until, "min-confidence": min_confidence}
    shared |= {"actor": actor, "place": place, "document": document}
    values: dict[str, Any] = {**values_of(params), **{name: value for name, value in shared.items() if value}}
    with kg.open(graph) as opened:
        opened.reader.guard = Limits(seconds=timeout or None, rows=max_rows or None)
        paged = not spread and not (rows or format == "json")  # the rows that are cut are things
        asked = opened.query(question, limit=limit if paged else None, offset=offset if paged else 0, **values)
        _tell_names(asked, opened.reader)
        _tell_what_excludes(opened.reader, question, values)
        if offset and not (len(asked) if paged else asked.parts(rows=rows or format == "json")[offset:]):
            every = opened.query(question, limit=offset, **values) if paged else asked
            _tell_end(len(every.parts(rows=rows or format == "json")), offset)
        if lacks_identity(opened.reader):
            click.echo(f"{_UNRESOLVED} run: kg resolve --graph {graph}", err=True)
        rows = rows or format == "json"
        result = asked if paged else _limited(asked, limit, offset, spread=spread, rows=rows)
        if format == "table":
            from kg.cli.tables import show

            shown = io.StringIO()
            with nullcontext() if output == STDOUT else redirect_stdout(shown):
                show(result, title=question.question, base=opened.reader.base, wide=wide, rows=rows)
            if output != STDOUT:
                deliver(shown.getvalue(), output)
        elif format == "turtle":
            deliver(result.to_turtle(), output)
        else:
            deliver(result.to_json() + "\n" if format == "json" else result.to_csv(rows=rows), output)


def _tell_names(result: Result, reader: Reader) -> None:
    """Say whom names were taken for where answers call them otherwise, or that nobody bears them."""
    from kg.questions import names_of

    for param, given in result.taken.items():
        for name, labels in given.items():
            near = () if labels else names_of(reader).near(name)
            meant = f"; did you mean {' or '.join(near)}?" if near else "."
            told = f'nobody in this graph is called "{name}"{meant}'
            if labels:
                told = f'"{name}" is taken for {_listed(labels)}.'
            if [folded(label) for label in labels] != [folded(name)]:
                click.echo(harmless(f"{param}: {told}"), err=True)


def _tell_what_excludes(reader: Reader, question: Question, given: dict[str, Any]) -> None:
    """Say where a document is not in the graph, and where no day can be meant: then nothing can answer."""
    from kg.questions.parameters import named, values_of

    params = {name: [str(one) for one in values_of(value)] for name, value in named(question, given).items()}
    for param in question.params:
        if param.type == "document" and param.name in params:
            for id, near in _unknown(reader, params[param.name]):
                meant = f"; did you mean {' or '.join(near)}?" if near else "."
                click.echo(harmless(f'{param.name}: no document of this graph is called "{id}"{meant}'), err=True)
    first, last = min(params.get("from", ()), default=""), max(params.get("until", ()), default="")
    if question.narrows is not None and first and last and date.fromisoformat(first) > date.fromisoformat(last):
        click.echo(f"from: {first} is after {last}, the day of until; no day is in between.", err=True)


def _unknown(reader: Reader, ids: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Give the ids that no document has, each with ids that it may stand for."""
    from kg.store import sparql_term

    values = " ".join(sparql_term(id, datatype="string") for id in ids)
    where = f"VALUES ?id {{ {values} }} GRAPH ?d {{ ?d dcterms:identifier ?id }}"
    known = {row[0].value for row in reader.query(f"SELECT DISTINCT ?id WHERE {{ {where} }}").rows if row[0]}
    for id in dict.fromkeys(ids):
        if id not in known:
            every = reader.documents()
            within = [one for one in every if id and folded(id) in folded(one)]
            yield id, within[:_NEAR] or get_close_matches(id, [*every][:_LOOKED_AT], n=_NEAR)


def _tell_end(number: int, offset: int) -> None:
    if number:
        rows = "1 row" if number == 1 else f"{number} rows"
        click.echo(f"--offset {offset}: the answer has {rows}, and none is left behind these.", err=True)


def _listed(labels: tuple[str, ...]) -> str:
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more


def _limited(result: Result, limit: int | None, offset: int, *, spread: bool, rows: bool) -> Result:
    from dataclasses import replace

    from kg.cli.turns import by_turns

    if limit is None and not offset:
        return result
    parts = result.parts(rows=rows)[offset:]
    limit = len(parts) if limit is None else limit
    sources = [result.rows[part[0]].get("source") if spread else None for part in parts]
    kept = sorted(at for number in by_turns(sources, limit) for at in parts[number])
    return replace(result, rows=tuple(result.rows[at] for at in kept))
