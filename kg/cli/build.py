"""`kg build`: texts into a graph."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    certain_options,
    frames_option,
    graph_option,
    json_option,
    knowledge_option,
    nlp_option,
    reading_options,
    state_option,
    work_options,
)
from kg.cli.resolve import tell_lost
from kg.cli.sending import written
from kg.cli.watch import Watch

if TYPE_CHECKING:
    from kg.runner import BuildReport

_FEW = 3
_UNRESOLVED = "Nobody has a name yet, and answers that ask for names leave out rows or fields. Before you ask, run:"


@click.command(short_help="Read texts into a graph.")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@graph_option
@state_option
@reading_options
@nlp_option
@frames_option
@knowledge_option("A CSV table of names to know besides the shipped ones")
@click.option("--base", metavar="IRI", help="What the IRIs of a new graph's data begin with.")
@click.option("--no-resolve", is_flag=True, help="Do not decide who is who across documents.")
@work_options
@certain_options
@click.option("--prune", is_flag=True, help="Take documents out of the graph that are not among PATH… any more.")
@json_option
@click.pass_context
def build(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    graph: Path | str,
    state: Path | None,
    fields: str,
    no_resolve: bool,
    document_seconds: float,
    as_json: bool,
    **options: Any,
) -> None:
    """Read texts into the graph directory, which is made if there is none, or into the store at an address.

    PATH is a text (.txt, .md), a table of records (.jsonl, .json, .csv, .tsv, .parquet: id, text, title, published,
    url, publisher; --map names other columns), a page or archive of pages (.html, .warc), a feed (.rss, .atom, .xml),
    a .pdf, .docx, .epub, .mbox or .eml, each also compressed (.gz, .bz2, .xz, .zst) or in a .zip or .tar, - for
    standard input, or a folder of these; graphs, shards and backups in it are passed over. Documents that stand in the
    graph unchanged are not read again; what cannot be read is told at the end, and the others are built (exit code 2).
    What fails, crashes or takes too long goes into DIR/quarantine.jsonl (exit code 1). An interrupted build goes on
    when the same command is run again. With an address the graph is built in a working copy (--state) and sent as kg
    push does.
    """
    from kg.read import mapping
    from kg.runner import run

    watch = Watch()
    try:
        with written(graph, state) as directory, watch.shown(paths) as progress:
            report = run(
                paths,
                graph=directory,
                fields=mapping(fields),
                resolve=not no_resolve,
                seconds=document_seconds,
                progress=progress,
                **options,
            )
    except KeyboardInterrupt:
        click.echo(f"What was read so far is kept{watch.stopped()}; the same command goes on from there.", err=True)
        raise
    _tell(report, graph, directory, as_json=as_json, undecided=no_resolve)
    if report.problems or not directory.exists():
        ctx.exit(1 if report.quarantined else 2)


def _tell(report: BuildReport, graph: Path | str, directory: Path, *, as_json: bool, undecided: bool) -> None:
    """Print what a run did; what concerns only people goes to standard error, so that JSON stays JSON."""
    click.echo(_as_json(report) if as_json else _summary(report, graph, made=directory.exists()))
    if undecided and directory.exists():
        click.echo(f"{_UNRESOLVED} kg resolve --graph {graph}", err=True)
    for problem in (*report.passed, *report.problems):
        click.echo(str(problem), err=True)
    tell_lost(report.lost)
    if report.quarantined:
        number = report.quarantined
        told = "1 document is" if number == 1 else f"{number} documents are"
        click.echo(f"{told} in quarantine; {directory / 'quarantine.jsonl'} has the reasons.", err=True)


def _as_json(report: BuildReport) -> str:
    return json.dumps(asdict(report), ensure_ascii=False, indent=2)


def _summary(report: BuildReport, graph: Path | str, *, made: bool) -> str:
    rows = [("documents", f"{report.documents} read")]
    if report.skipped:
        rows.append(("", f"{report.skipped} unchanged"))
    if report.removed:
        rows.append(("", f"{len(report.removed)} gone from the input and taken out"))
    if report.replaced:
        rows.append(("", _replaced(report.replaced)))
    if report.problems:
        rows.append(("", f"{len(report.problems)} left out (see below)"))
    if report.documents:
        rows += [
            ("words", f"{report.words:,}"),
            ("actors", f"{report.actors:,}"),
            ("statements", f"{report.statements:,}"),
            ("proposals", _counted(report.proposals)),
            ("events", _counted(report.events)),
        ]
    lines = [f"Graph {graph}, {report.seconds:.1f} s" if made else "No graph was built"]
    lines += [f"  {name:<11}{value}" for name, value in rows]
    if made and (report.documents or report.skipped):
        lines.append(f"Ask it with: kg query who-proposed-what --graph {graph}")
    return "\n".join(lines)


def _replaced(ids: Sequence[str]) -> str:
    from kg.read.problem import in_one_line

    shown = ", ".join(map(in_one_line, ids[:_FEW])) + (" …" if len(ids) > _FEW else "")
    return f"{len(ids)} in the place of what another file had under the same id ({shown})"


def _counted(counts: Mapping[str, int]) -> str:
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    parts = ", ".join(f"{number} {name}" for name, number in most)
    return f"{sum(counts.values()):,} ({parts})" if counts else "0"
