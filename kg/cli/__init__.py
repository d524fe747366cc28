"""The command line: one file per verb, each thin over plain functions. The only package that prints or exits.

Exit codes: 0 done; 1 a graph that breaks its shapes, or a defect of this program; 2 wrong use or input, or a
full disk and the like, told in a sentence each; 130 interrupted (Ctrl-C), 141 nobody reads on (`| head`), 143
terminated (SIGTERM).
"""

from __future__ import annotations

import codecs
import io
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

import click

from kg.cli.ask import ask
from kg.cli.backup import backup, restore
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.clauses import clauses
from kg.cli.correct import correct
from kg.cli.demo import demo
from kg.cli.diff import diff
from kg.cli.ending import GONE, INTERRUPTED, code_of, terminable
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.graph import graph
from kg.cli.knowledge import knowledge
from kg.cli.load import load
from kg.cli.migrate import migrate
from kg.cli.push import push
from kg.cli.queries import queries
from kg.cli.query import query
from kg.cli.remove import remove
from kg.cli.report import report
from kg.cli.resolve import resolve
from kg.cli.serve import serve
from kg.cli.shard import shard
from kg.cli.stats import stats
from kg.cli.validate import validate
from kg.errors import KgError, from_outside
from kg.textnorm import harmless

__all__ = ["cli", "main"]


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Show the verbs in the order in which a newcomer needs them."""
        return list(self.commands)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
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


_VERBS: tuple[click.Command, ...] = (
    build, remove, query, ask, queries, stats, explain, clauses, resolve, correct, report, graph, serve, demo, export,
    validate, check, backup, restore, diff, migrate, shard, load, push, knowledge,
)  # fmt: skip

for _command in _VERBS:
    cli.add_command(_command)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; whatever goes wrong is told in a sentence."""
    arguments = list(sys.argv[1:] if args is None else args)
    # a stream that is closed (>&-, <&-) is None in Python: what goes there is nobody's, and nothing comes from there
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115
    out = sys.stdout
    _write_any_letter(out)
    try:
        with terminable():
            code = cli.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()  # a reader that has gone, or a full disk, shows here, not when the interpreter ends
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        code = code_of(error)
        _tell("Interrupted." if code == INTERRUPTED else "Terminated.")
    except KgError as error:
        _tell(str(error))
        code = 2
    except BrokenPipeError:
        _let_go_of_output()  # nobody reads on
        code = GONE
    except SystemExit as error:  # click and rich end so where a reader has gone; click wraps what it wrote to
        left = sys.stdout is not out or isinstance(error.__context__, BrokenPipeError)
        code = GONE if left else error.code
    except Exception as error:
        if "--debug" in arguments:
            raise
        code = _unforeseen(error, arguments)
    sys.exit(code if isinstance(code, int) else 0)


def _unforeseen(error: Exception, arguments: Sequence[str]) -> int:
    """Tell what no station foresaw: what the machine refused is no defect of this program. Gives the exit code."""
    outside = from_outside(error)
    if outside is not None:
        _tell(str(outside))
        _let_go_of_output()
        return 2
    told = f"{type(error).__name__}: {error}".splitlines()[0]
    again = "kg --debug " + " ".join(arguments)
    _tell(f"This is a defect of newskg ({told}); please report it with the output of: {again}")
    return 1


def _write_any_letter(out: TextIO) -> None:
    """Write UTF-8 where no terminal says otherwise, as files are; a terminal shows ? for what it has no letter for."""
    if isinstance(out, io.TextIOWrapper) and codecs.lookup(out.encoding).name != "utf-8":
        out.reconfigure(encoding=out.encoding if out.isatty() else "utf-8", errors="replace")


def _tell(sentence: str) -> None:
    with suppress(OSError):  # standard error may be on the same full disk
        click.echo(harmless(sentence), err=True)


def _let_go_of_output() -> None:
    """Let the interpreter not try once more to write what could not be written."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = None
