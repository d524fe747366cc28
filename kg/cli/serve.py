"""`kg serve`: a graph in a browser, and its SPARQL endpoint."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.cli.options import directory_option
from kg.errors import ExtraError

if TYPE_CHECKING:
    from kg.serve import Settings

F = TypeVar("F", bound=Callable[..., object])


def serving_options(function: F) -> F:
    """Give a verb the options that say how to serve."""
    options = (
        click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; others reach 0.0.0.0."),
        click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Where to listen."),
        click.option("--timeout", default=15.0, show_default=True, type=click.FloatRange(min=0.1), metavar="SECONDS",
                     help="What one query or page may take."),
        click.option("--memory", default=2048, show_default=True, type=click.IntRange(min=64), metavar="MB",
                     help="What one query may take besides the graph."),
        click.option("--max-answer", default=64, show_default=True, type=click.IntRange(min=1), metavar="MB",
                     help="How large an answer of the endpoint may be."),
        click.option("--max-request", default=256, show_default=True, type=click.IntRange(min=1), metavar="KB",
                     help="How large a query may be."),
        click.option("--workers", default=None, type=click.IntRange(1, 64),
                     help="Processes for pages, and as many for queries."),
        click.option("--read-token", default="", envvar="KG_READ_TOKEN", show_envvar=True, metavar="TOKEN",
                     help="Only who gives it may read."),
        click.option("--cors", default="", metavar="ORIGIN", help="An origin whose pages may ask; * is any."),
        click.option("--name", "names", multiple=True, metavar="HOST", help="Another name to answer to; repeatable."),
        click.option("--log", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                     help="Write the access log here, one JSON object a line; - is standard error."),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@click.command(short_help="Open a graph in a browser; SPARQL endpoint.")
@directory_option
@serving_options
def serve(graph: Path, log: Path | None, **given: object) -> None:
    """Serve a graph: pages to explore it in a browser, and a SPARQL 1.1 endpoint at /sparql.

    Only this machine can connect unless --host says otherwise. Nothing can be changed by it, and nothing is loaded from
    elsewhere. A build may run meanwhile: what it publishes is shown as soon as it is done.
    """
    run(settings_of(graph, given), log)


def settings_of(graph: Path, given: dict[str, object]) -> Settings:
    """Give the settings that options say. Raises `ExtraError` where the extra is not installed."""
    try:
        import jinja2
        import starlette
        import uvicorn
    except ImportError as error:
        raise ExtraError(
            f"{error.name} is not installed", where="kg serve", remedy="run: pip install 'newskg[serve]'"
        ) from error
    del jinja2, starlette, uvicorn
    from kg.serve import Settings

    names = {
        "timeout": "seconds",
        "memory": "megabytes",
        "max_answer": "answer_megabytes",
        "max_request": "request_kilobytes",
    }
    values = {names.get(name, name): value for name, value in given.items() if value is not None}
    return Settings(graph=graph, **values)  # type: ignore[arg-type]


def run(settings: Settings, log: Path | None) -> None:
    """Serve until it is interrupted. Raises `StoreError` or `ServeError`."""
    from kg.serve.gathering import prepared
    from kg.serve.running import serve as serve_app

    if not settings.is_local:
        click.echo(
            f"Others can connect: whoever reaches {settings.host}:{settings.port} can read all of this graph"
            + (" with the token." if settings.read_token else ". Give --read-token to ask for a token."),
            err=True,
        )
    _log_to(log)
    prepared(settings.graph, progress=_progress)
    serve_app(settings, ready=lambda address: click.echo(f"{settings.graph} is open at {address}\nStop with Ctrl-C."))


def _progress(done: int, of: int) -> None:
    if of > 200 and sys.stderr.isatty():
        click.echo(f"\r{done:,} of {of:,} texts made ready to search", err=True, nl=done == of)


def _log_to(log: Path | None) -> None:
    if log is None:
        return
    handler = logging.StreamHandler(sys.stderr) if str(log) == "-" else logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    access = logging.getLogger("kg.serve.access")
    access.setLevel(logging.INFO)
    access.propagate = False
    access.addHandler(handler)
