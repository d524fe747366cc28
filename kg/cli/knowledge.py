"""`kg knowledge`: which names the program knows, as of when, and how newer tables of them are compiled."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option

if TYPE_CHECKING:
    from kg.entities.knowledge import Term


@click.group(short_help="Show the tables of names, look a name up, compile newer ones.", invoke_without_command=True)
@json_option
@click.pass_context
def knowledge(ctx: click.Context, as_json: bool) -> None:
    """Show which names the program knows: each table with what it holds, as of when, and its licence.

    \b
      kg knowledge
      kg knowledge find "Georgia"
      kg knowledge update tables/
    """
    if ctx.invoked_subcommand is not None:
        return
    from kg.entities.knowledge.manifest import tables

    found = tables()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.file:<23} as of {one.as_of:<8} {one.holds} ({one.licence})")


@knowledge.command(short_help="Show what a name may stand for.")
@click.argument("name")
@json_option
def find(name: str, as_json: bool) -> None:
    """Show what NAME may stand for in the shipped tables, best first, and since when people hold their offices."""
    from kg.entities.knowledge import candidates_of, load, spot_of, terms_of
    from kg.entities.linking_candidates import surfaces

    gazetteer = load()
    found = dict.fromkeys(known for key in surfaces(name) for known in candidates_of(gazetteer, key))
    rows = [
        {
            **asdict(known),
            "terms": [asdict(term) for term in terms_of(gazetteer, known)],
            "place": asdict(spot) if (spot := spot_of(gazetteer, known.id)) else None,
        }
        for known in found
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo(f"No table has “{name}”.")
    for known in found:
        told = ", ".join(part for part in (known.type.value, known.sense, known.country, known.id) if part)
        click.echo(f"{known.label}  ({told})")
        for term in terms_of(gazetteer, known):
            click.echo(f"    {term.office}{_when(term)}")


def _when(term: Term) -> str:
    """From when to when an office is held; what the tables do not tell is left unsaid."""
    if term.begin and term.end:
        return f", {term.begin} to {term.end}"
    return f", since {term.begin}" if term.begin else f", until {term.end}" if term.end else ""


@knowledge.command(short_help="Compile newer tables.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write them; by default into this installation, which uses them from then on.",
)
def update(folder: Path, output: Path | None) -> None:
    """Compile the tables of places, people and bodies from newer source tables in DIR.

    The sources are the thirteen CSV files that docs/knowledge.md describes. Graphs are read anew with the new names at
    the next kg build.
    """
    from kg.entities.knowledge.update import HERE, compile_tables

    target = output or HERE
    target.mkdir(parents=True, exist_ok=True)
    done = compile_tables(folder, target, told=lambda what: click.echo(f"compiling {what}", err=True))
    for name, number in done.items():
        click.echo(f"{target / name}: {number:,} lines")
