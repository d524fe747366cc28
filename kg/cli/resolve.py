"""`kg resolve`: who is who and which event is which across documents; why, and what a person says to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.options import STDOUT, deliver, graph_option, knowledge_option, state_option
from kg.cli.sending import directory_of, rewritten
from kg.drawing.words import count
from kg.errors import StoreError
from kg.textnorm import harmless


@click.command(short_help="Decide across documents who is who and which event is which.")
@graph_option
@state_option
@click.option("--explain", nargs=2, metavar="A B", help="Tell why two nodes are one thing, or two.")
@click.option("--merge", nargs=2, metavar="A B", help="Hold two nodes to be one thing, whatever the rules say.")
@click.option("--split", metavar="NODE", help="Take back a merge of this node; without one, hold it apart from others.")
@click.option("--note", metavar="TEXT", default="", help="Why, kept with a merge or split.")
@knowledge_option("A CSV table of names to know besides the shipped ones, instead of those of the last build")
@click.option("--export", metavar="FILE", help="Write the journal as JSON Lines; - is standard output.")
@click.option("--import", "load", metavar="FILE", type=click.Path(path_type=Path), help="Add another graph's journal.")
def resolve(
    graph: Path | str,
    state: Path | None,
    explain: tuple[str, str] | None,
    merge: tuple[str, str] | None,
    split: str | None,
    note: str,
    knowledge: tuple[Path, ...],
    export: str | None,
    load: Path | None,
) -> None:
    """Bring the identity graph up to date; `kg build` does so, too, unless it is told not to.

    A, B and NODE are names of actors ("Lomax Group"), words of an event's sentence, or IRIs or the ends of them, such
    as event/120-128; a canonical node or a name stands for all its members.

    Merges and splits are recorded in the graph's journal by document and quote, so they survive when the graph is
    built anew.
    """
    if (explain or export) and (merge or split or load or (explain and export)):
        changes = "--merge, --split and --import change the graph"
        raise click.UsageError(f"--explain and --export stand alone: they only look, and {changes}.")
    if explain:
        _explain(graph, *explain)
        return
    if export:
        _export(directory_of(graph, state), export)
        return
    from kg.digest import publish
    from kg.resolve import journal
    from kg.resolve import resolve as decide
    from kg.resolve.explain import mergeable
    from kg.resolve.finding import members
    from kg.resolve.knowledge import gazetteer_of

    with rewritten(graph, state) as store:
        entries: list[journal.Entry] = []
        known = 0
        if load:
            told = journal.read_file(load)
            entries += journal.unrecorded(store.directory, told)
            known = len(told) - len(entries)
        if merge:
            one, other = (members(store, name)[0] for name in merge)
            mergeable(store, one, other)
            keys = (journal.key_of(store, one), journal.key_of(store, other))
            entries.append(journal.Entry("merge", keys, note=note))
        if split:
            held = journal.to_split(store, members(store, split))
            entries += [journal.Entry("split", (journal.key_of(store, one),), note=note) for one in held]
        journal.append(store.directory, entries)
        lost = decide(store, gazetteer=gazetteer_of(store.directory, knowledge))
        publish(store)
    tell_lost(lost)
    click.echo(_told(len(entries), known))


def tell_lost(lost: Iterable[str]) -> None:
    """Print which decisions of a person no longer fit the texts."""
    for sentence in lost:
        click.echo(harmless(f"Journal: {sentence}."), err=True)


def _told(entries: int, known: int) -> str:
    parts = ["Resolved"]
    if entries:
        parts.append(f"{count(entries, 'decision')} recorded")
    if known:
        parts.append(f"{count(known, 'decision')} recorded before")
    return "; ".join(parts) + "."


def _explain(graph: Path | str, one: str, other: str) -> None:
    from kg.resolve.explain import explain
    from kg.resolve.finding import pair
    from kg.store import open_reader

    with open_reader(graph) as reader:
        click.echo(harmless("\n".join(explain(reader, *pair(reader, one, other)))))


def _export(graph: Path, file: str) -> None:
    from kg.read.files import is_graph
    from kg.resolve import journal

    if not is_graph(str(graph)):
        remedy = "name a directory that kg build made"
        raise StoreError("there is no graph here, and so no journal", where=str(graph), remedy=remedy)
    lines = [journal.record(entry) + "\n" for entry in journal.read_journal(graph)]
    deliver("".join(lines), file)
    if file != STDOUT:
        click.echo(f"{count(len(lines), 'decision')} written to {file}.")
