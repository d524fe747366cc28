"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

F = TypeVar("F", bound=Callable[..., object])


class Place(click.Path):
    """A graph directory, given as a `Path`, or the address of a store on another machine, given as text."""

    def __init__(self, *, remote: bool) -> None:
        """With `remote`, an address will do; without, it is refused in a sentence."""
        super().__init__(path_type=Path)
        self.remote = remote

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """Tell one from the other by the scheme."""
        from kg.store import is_remote

        text = str(value)
        if not is_remote(text):
            return Path(text)
        if not self.remote:
            told = f"{text!r} is the address of a store, and this needs a graph directory."
            self.fail(f"{told} Fetch it first: kg load {text} --graph DIR", param, ctx)
        return text


_graph = partial(click.option, "--graph", required=True, envvar="KG_GRAPH", show_envvar=True)

directory_option = _graph(metavar="DIR", type=Place(remote=False), help="The graph directory.")

graph_option = _graph(
    metavar="DIR|URL", type=Place(remote=True), help="The graph directory, or the address of a SPARQL store."
)

state_option = click.option(
    "--state",
    metavar="DIR",
    envvar="KG_STATE",
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="With an address: the folder of the working copies. Default: ~/.local/state/newskg.",
)

STDOUT = "-"


def output_option(*, required: bool = False) -> Callable[[F], F]:
    """Give the option that names the file to write; `deliver` writes it."""
    option = partial(click.option, "-o", "--output", metavar="FILE", help="Where to write; - is standard output.")
    # a default of None would count as an answer, so that nothing were asked for
    return option(required=True) if required else option(default=STDOUT)


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


def work_options(function: F) -> F:
    """Give the options of what works on documents: engine, processes, address and time limit."""
    options = (
        click.option(
            "--engine", type=click.Choice(["local", "ray"]), default="local", help="Where documents are read."
        ),
        click.option(
            "--processes", metavar="N", type=click.IntRange(1, 4096), default=1, help="Worker processes; 1 is none."
        ),
        click.option("--address", metavar="ADDRESS", help="Of a Ray cluster; without, one is started."),
        click.option(
            "--document-seconds",
            metavar="S",
            type=click.FloatRange(min=0),
            default=DOCUMENT_SECONDS,
            show_default=True,
            help="Processor time that a text may take for each 100,000 characters; 0 is no limit.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def certain_options(function: F) -> F:
    """Give the options of how sure a telling has to be; both are handed on as `min_confidence`, a number."""

    @click.option(
        "--min-confidence",
        metavar="P",
        type=click.FloatRange(0, 1),
        help="Leave out what was read with less confidence, from 0 to 1; what a rule alone tells stays.",
    )
    @click.option("--precise", is_flag=True, help=f"Less, and more of it right: --min-confidence {PRECISE}.")
    @wraps(function)
    def with_least(*args: Any, min_confidence: float | None, precise: bool, **options: Any) -> Any:
        if precise and min_confidence is not None:
            raise click.UsageError("--precise and --min-confidence exclude each other.")
        least = PRECISE if precise else min_confidence or 0.0
        return function(*args, min_confidence=least, **options)

    return cast("F", with_least)


PRECISE = 0.7
"""Confidence from which on `--precise` keeps what was read; docs/scores.md says how much of it is right."""
DOCUMENT_SECONDS = 120.0
"""As in `kg.runner.limits`, which is imported only when it is needed."""

input_options = (
    click.option("--published", metavar="DATE", help="Date of texts that bring none of their own, as in 2025-05-24."),
    click.option("--map", "fields", metavar="F=C,…", default="", help="Columns that stand for our fields: text=body."),
    click.option("--any-language", is_flag=True, help="Read texts that are not English, too."),
)


def reading_options(function: F) -> F:
    """Give the options of what is read: day, columns and language."""
    for option in reversed(input_options):
        function = option(function)
    return function
