"""`kg diff`: what one graph tells otherwise than another."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import Place, json_option
from kg.textnorm import harmless

if TYPE_CHECKING:
    from kg.upkeep import Difference


@click.command(short_help="Compare the events of two graphs.")
@click.argument("before", metavar="A", type=Place(remote=True))
@click.argument("now", metavar="B", type=Place(remote=True))
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=50, show_default=True, help="Changes shown.")
@json_option
@click.pass_context
def diff(ctx: click.Context, before: Path | str, now: Path | str, limit: int, as_json: bool) -> None:
    """Tell which events graph B has gained, lost or tells otherwise than graph A, for the documents that both hold.

    Each is a graph directory or the address of a SPARQL store.

    So an upgrade can be judged: build the same texts with the old and the new version. Exit code 1 if they differ.
    """
    from kg.store import open_reader
    from kg.upkeep import difference

    with open_reader(before) as one, open_reader(now) as two:
        found = difference(one, two)
    if as_json:
        changes = [{"kind": one.kind, **asdict(one)} for one in found.changes]
        click.echo(json.dumps({**asdict(found), "changes": changes}, ensure_ascii=False, indent=2))
    else:
        _show(found, limit)
    if found:
        ctx.exit(1)


def _show(found: Difference, limit: int) -> None:
    for sign, names in (("-", found.only_before), ("+", found.only_now), ("~", found.other_text)):
        for name in names[:limit]:
            click.echo(harmless(f"{sign} document {name}{' (another text)' if sign == '~' else ''}"))
    for change in found.changes[:limit]:
        sign = {"gained": "+", "lost": "-", "changed": "~"}[change.kind]
        if change.kind == "changed":
            said = "; ".join(f"{key}: {change.before[key] or '–'} → {change.now[key] or '–'}" for key in change.before)
        else:
            said = "; ".join(f"{key}: {value}" for key, value in (change.before or change.now).items())
        click.echo(harmless(f"{sign} {change.document}, {change.begin} “{change.words}” {said}"))
    kinds = Counter(change.kind for change in found.changes)
    shown = f", {limit} shown" if len(found.changes) > limit else ""
    counts = ", ".join(f"{kinds[kind]:,} {kind}" for kind in ("gained", "lost", "changed"))
    click.echo(f"{found.events:,} events and statements of the documents that both have: {counts}{shown}.")
