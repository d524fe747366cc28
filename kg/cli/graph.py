"""`kg graph`: who did what to whom as a network: how it is built, ways through it, and groups in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option, json_option
from kg.textnorm import harmless

if TYPE_CHECKING:
    from kg.exporters.record import Network

_MOST = click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="List at most N actors."
)


@click.group(short_help="Measure the network of who did what to whom.")
def graph() -> None:
    """Measure the network of actors: an edge is who did something to whom, weighted by the number of events.

    \b
      kg graph stats --graph mygraph
      kg graph path "Donald Trump" Ukraine --graph mygraph
      kg graph communities --graph mygraph
    """


def _network(directory: Path | str) -> Network:
    import kg
    from kg.exporters.views import view_of

    with kg.open(directory) as opened:
        return view_of(opened.reader, "actors")


@graph.command("stats", short_help="Sizes, and who stands in the middle.")
@graph_option
@_MOST
@json_option
def stats(graph: Path | str, limit: int, as_json: bool) -> None:
    """Count nodes, edges and parts, and list actors by the events they did to others and others did to them.

    An event counts once, however many pairs of actors it joins; a meeting is done and got by each.

    `between` is betweenness centrality, `rank` PageRank, both of the weighted network.
    """
    from kg.exporters.measures import counts, standings

    network = _network(graph)
    found, actors = counts(network), standings(network)
    if as_json:
        _print({**found, "actors": [asdict(one) for one in actors[:limit]]})
        return
    for name, number in found.items():
        click.echo(f"{name.replace('_', ' '):<14}{number:>9,}")
    click.echo(f"\n{'actor':<40} {'type':<20} {'did':>5} {'got':>5} {'between':>8} {'rank':>7}")
    for one in actors[:limit]:
        name = harmless(one.label)
        name = name if len(name) <= 40 else name[:38] + " …"
        click.echo(f"{name:<40} {one.cls:<20} {one.out:>5} {one.into:>5} {one.between:>8.3f} {one.rank:>7.3f}")
    if len(actors) > limit:
        click.echo(f"and {len(actors) - limit:,} more")


@graph.command("path", short_help="How two actors are connected.")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@graph_option
@json_option
def path(start: str, end: str, graph: Path | str, as_json: bool) -> None:
    """Show the shortest way from actor A to actor B over what they did to each other, with a sentence for each step.

    A and B may be any names of them, as for kg query. Of ways with as few steps that with the most events is shown.
    """
    import kg
    from kg.exporters import measures
    from kg.exporters.views import view_of
    from kg.questions import names_of

    with kg.open(graph) as opened:
        hops = measures.path(view_of(opened.reader, "actors"), start, end, called=names_of(opened.reader).called)
    if as_json:
        _print([asdict(hop) for hop in hops])
        return
    if not hops:
        click.echo("That is one actor.")
    for hop in hops:
        arrow = f"—{hop.relation}→" if hop.forward else f"←{hop.relation}—"
        events = "event" if hop.weight == 1 else "events"
        click.echo(harmless(f"{hop.source} {arrow} {hop.target}   ({hop.weight} {events})"))
        if hop.quote:
            click.echo(harmless(f"    “{hop.quote}”"))


@graph.command("communities", short_help="Groups of actors that have most to do with each other.")
@graph_option
@json_option
def communities(graph: Path | str, as_json: bool) -> None:
    """List groups of actors that have more to do with each other than with others (Louvain method, fixed seed)."""
    from kg.exporters.measures import communities as grouped

    groups = grouped(_network(graph))
    if as_json:
        _print(groups)
        return
    for number, group in enumerate(groups, 1):
        click.echo(harmless(f"{number:>3}  {', '.join(group)}"))


def _print(thing: object) -> None:
    click.echo(json.dumps(thing, ensure_ascii=False, indent=2))
