"""The command line: one file per verb, each thin over plain functions. The only package that prints or exits.

Exit codes: 0 done; 1 a graph that breaks its shapes, or a defect of this program; 2 wrong use or input, told in a
sentence each; 130 interrupted.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from kg.cli.build import build
from kg.cli.clauses import clauses
from kg.cli.correct import correct
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.queries import queries
from kg.cli.query import query
from kg.cli.resolve import resolve
from kg.cli.stats import stats
from kg.cli.validate import validate
from kg.errors import KgError

__all__ = ["cli", "main"]


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Show the verbs in the order in which a newcomer needs them."""
        return list(self.commands)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        import kg

        click.echo(f"newskg {kg.__version__}")
        ctx.exit()


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show tracebacks and what the program logs.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def cli(debug: bool) -> None:
    """Turn news text into an auditable knowledge graph, and ask it.

    \b
      kg build articles/ --graph mygraph
      kg query who-proposed-what --graph mygraph
    """
    level = logging.DEBUG if debug else logging.WARNING
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("kg").setLevel(level)


for _command in (build, query, queries, stats, explain, clauses, resolve, correct, export, validate):
    cli.add_command(_command)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; whatever goes wrong is told in a sentence."""
    arguments = list(sys.argv[1:] if args is None else args)
    try:
        code = cli.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()  # a reader that has gone shows here, not when the interpreter ends
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        code = 130
    except KgError as error:
        click.echo(str(error), err=True)
        code = 2
    except BrokenPipeError:
        sys.stdout = None  # nobody reads on: let the interpreter not try to flush it
        code = 141
    except (OSError, MemoryError) as error:
        if "--debug" in arguments:
            raise
        _tell_outside(error)
        code = 2
    except Exception as error:
        if "--debug" in arguments:
            raise
        told = f"{type(error).__name__}: {error}".splitlines()[0]
        again = "kg --debug " + " ".join(arguments)
        click.echo(f"This is a defect of newskg ({told}); please report it with the output of: {again}", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _tell_outside(error: OSError | MemoryError) -> None:
    """Tell what the machine lacks or the system refuses: that is no defect of this program."""
    reason = (getattr(error, "strerror", None) or str(error) or "there is not enough memory").lower()
    name = getattr(error, "filename", None)
    if isinstance(error, MemoryError):
        where, remedy = "memory", "ask for less at once, or use a machine with more"
    elif name is None:
        where, remedy = "the output", "check free space and where it is written to"
        sys.stdout = None  # what is left in its buffer cannot be written either
    else:
        where, remedy = str(name), "check free space, the path and its permissions"
    click.echo(f"{where}: {reason}; {remedy}.", err=True)
