"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])

graph_option = click.option(
    "--graph",
    metavar="DIR",
    required=True,
    envvar="KG_GRAPH",
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="The graph directory.",
)

STDOUT = "-"


def output_option(*, required: bool = False) -> Callable[[F], F]:
    """Give the option that names the file to write; `deliver` writes it."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        required=required,
        default=None if required else STDOUT,
        help="Where to write; - is standard output.",
    )


def deliver(text: str, output: str) -> None:
    """Write text, as UTF-8 and with the line ends it has, to a file or to standard output."""
    if output == STDOUT:
        click.echo(text.encode(), nl=False)
        return
    from kg.exporters import write

    write(text, output)


def values_of(params: tuple[str, ...]) -> dict[str, list[str]]:
    """Give the parameters of a query by name, each with all its values."""
    values: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} has no =; write it as NAME=VALUE.", param_hint="'--param'")
        values.setdefault(name.strip(), []).append(value)
    return values


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

nlp_option = click.option(
    "--nlp", metavar="NAME", help="Name or folder of another spaCy pipeline with UD trees and entities."
)


def knowledge_option(purpose: str) -> Callable[[F], F]:
    """Give the option that names tables of names, with what they are for."""
    return click.option(
        "--knowledge",
        metavar="FILE",
        multiple=True,
        type=click.Path(path_type=Path),
        help=f"{purpose}; repeatable.",
    )


frames_option = click.option(
    "--frames",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder with further frame files; repeatable.",
)
