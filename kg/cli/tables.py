"""Answers for people to read: what only programs need is left out, what repeats is said once, quotes have room."""

from __future__ import annotations

import math
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.questions.things import SEPARATOR
from kg.textnorm import harmless
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.questions import Result
    from kg.store import Term

_WIDTH = 120  # where the output is no terminal
_GAP = 2
_DAY = 10  # nothing as short as a day is broken where there is some room
_LEAST = 30  # a column of sentences narrower than this is no pleasure to read
_DETAIL = re.compile(r"(Start|End|Mention)$|^trigger$")


@dataclass(frozen=True, slots=True)
class Body:
    """What is shown: columns, rows of texts, which of them go on telling of the thing above, and the quotes of each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    goes_on: tuple[bool, ...]
    quotes: tuple[tuple[str, ...], ...]

    def longest(self, column: str) -> int:
        """Give the width a column would take on one line, its heading included."""
        at = self.columns.index(column)
        return max(len(heading(column)), *(len(row[at]) for row in self.rows))


def show(result: Result, *, title: str = "", base: str = "", wide: bool = False, rows: bool = False) -> None:
    """Print an answer as a table, or, where its sentences would get too little room, with these below each row.

    `title` is the question of a named query: its answer is shown without what a reader can do without, unless `wide`.
    `base` is what the graph's own addresses begin with; they are shown without it. `rows` asks for the long form.
    """
    from rich.console import Console
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else _given_width(), highlight=False, emoji=False, markup=False)
    if title:
        console.print(Text(harmless(title), style="bold"), soft_wrap=True)
    columns = readable(result, base=base) if title and not wide else result.columns
    if not result.rows or not columns:
        console.print("Nothing in this graph answers this.\n")
        return
    body = body_of(result, columns, base=base, rows=rows)
    sizes = widths(body, console.width)
    if not wide and "quote" in columns and any(_cramped(body, name, size) for name, size in sizes.items()):
        _print_with_details(console, body)
    else:
        _print_table(console, body, sizes)
    hidden = [name for name in result.columns if name not in columns]
    more = f"; not shown: {', '.join(hidden)} (--wide)" if hidden else ""
    number = len(body.rows)
    console.print(Text(f"{number} row{'' if number == 1 else 's'}{more}\n", style="dim"), soft_wrap=not terminal)


def readable(result: Result, *, base: str = "") -> tuple[str, ...]:
    """Choose the columns for a reader: up to the quote, without this graph's addresses, offsets, and empty columns."""
    columns = list(result.columns)
    columns = columns[: columns.index("quote") + 1] if "quote" in columns else columns
    filled = {name for row in result.rows for name in row}
    own = {name for row in result.rows for name, term in row.items() if _is_own(term, base)}
    return tuple(name for name in columns if name in filled - own and not _DETAIL.search(name))


def body_of(result: Result, columns: Sequence[str], *, base: str = "", rows: bool = False) -> Body:
    """Give the rows as text; what a row repeats of the row above about the same thing is left blank.

    The thing is the first column of addresses: rows that share it describe one.
    """
    subject = next((c for c in result.columns if any(c in row and row[c].kind == "iri" for row in result.rows)), None)
    shown: list[tuple[str, ...]] = []
    goes_on: list[bool] = []
    quotes: list[tuple[str, ...]] = []
    above: tuple[str, tuple[str, ...]] = ("", ())
    for cells in result.cells(rows=rows):
        texts = {name: [_text(term, base) for term in cells[name]] for name in cells}
        text = tuple(SEPARATOR.join(texts[name]) for name in columns)
        thing = SEPARATOR.join(texts[subject]) if subject else ""
        same = (rows or not result.thing) and bool(thing) and above[0] == thing
        new = tuple("" if now == then else now for now, then in zip(text, above[1], strict=True)) if same else text
        shown.append(new)
        goes_on.append(same)
        repeated = same and "quote" in columns and not new[columns.index("quote")]
        quotes.append(() if repeated else tuple(texts.get("quote", ())))
        above = (thing, text)
    return Body(tuple(columns), tuple(shown), tuple(goes_on), tuple(quotes))


def heading(name: str) -> str:
    """Make a column name readable.

    >>> heading("accordingToName"), heading("proposerName")
    ('according to', 'proposer')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return words.removesuffix(" name")


def widths(body: Body, total: int) -> dict[str, int]:
    """Share the width: each column gets what it needs if that is little, long ones by the root of their length."""
    need = {name: body.longest(name) for name in body.columns}
    left = total - _GAP * (len(need) - 1)
    out: dict[str, int] = {}
    for name in sorted(need, key=lambda one: need[one]):  # the modest first, what they leave is shared on
        rest = [math.sqrt(need[one]) for one in need if one not in out]
        share = left * math.sqrt(need[name]) / sum(rest)
        least = need[name] if need[name] <= _DAY and share > _DAY / 2 else 1
        out[name] = max(least, min(need[name], int(share)))
        left -= out[name]
    return {name: out[name] for name in body.columns}


def _cramped(body: Body, name: str, width: int) -> bool:
    return width < min(_LEAST, body.longest(name)) if body.longest(name) > _LEAST else width < body.longest(name)


def _print_table(console: Console, body: Body, sizes: dict[str, int]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    wraps = any(body.longest(name) > size for name, size in sizes.items()) or any(body.goes_on)
    # the box draws one space between columns, the padding adds the other
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, _GAP - 1, 0, 0), show_edge=False)
    for name, size in sizes.items():
        table.add_column(heading(name), width=size, overflow="fold")
    for row, same_follows in zip(body.rows, (*body.goes_on[1:], True), strict=True):
        table.add_row(*(Text(cell) for cell in row), end_section=wraps and not same_follows)
    console.print(table)


def _print_with_details(console: Console, body: Body) -> None:
    """Print short columns as a table and below each row its long texts, the quote last, with its source."""
    from rich.cells import set_cell_size
    from rich.text import Text

    short: list[str] = []
    room = console.width
    for name in sorted(set(body.columns) - {"quote", "source"}, key=lambda one: (body.longest(one), one)):
        room -= body.longest(name) + _GAP
        if room < 0 or body.longest(name) > _LEAST:
            break
        short.append(name)
    head = [name for name in body.columns if name in short]
    details = [name for name in body.columns if name not in short and name not in ("quote", "source")]
    margin = max(len(heading(name)) for name in (*details, "quote")) + _GAP

    def line(cells: dict[str, str]) -> str:
        return "".join(set_cell_size(cells[name], body.longest(name) + _GAP) for name in head).rstrip()

    console.print(Text(line({name: heading(name) for name in head}), style="bold"))
    source = ""
    for row, same, quotes in zip(body.rows, body.goes_on, body.quotes, strict=True):
        cells = dict(zip(body.columns, row, strict=True))
        source = cells.get("source") or source
        if not same:
            console.print(Text("─" * console.width, style="dim"))
        if any(cells[name] for name in head):
            console.print(Text(line(cells)))
        texts = [(name, cells[name]) for name in details]
        texts += [("quote", f"“{quote}”" + (f" — {source}" if source else "")) for quote in quotes]
        for name, words in texts:
            if words:
                label = Text(" " * _GAP + set_cell_size(heading(name), margin), style="dim")
                console.print(_hanging(label, words, console.width))


def _hanging(label: Text, words: str, width: int) -> Text:
    """Wrap words beside a label, further lines below their beginning."""
    from textwrap import wrap

    margin = len(label)
    lines = wrap(words, max(20, width - margin), break_on_hyphens=False)
    return label.append(("\n" + " " * margin).join(lines), style="not dim")


def _given_width() -> int:
    return shutil.get_terminal_size((_WIDTH, 24)).columns if os.environ.get("COLUMNS") else _WIDTH


def _is_own(term: Term, base: str) -> bool:
    return term.kind == "iri" and bool(base) and term.value.startswith(base)


def _text(term: Term | None, base: str) -> str:
    if term is None:
        return ""
    if term.kind == "iri":
        if _is_own(term, base):
            return harmless(term.value.removeprefix(base))  # enough for kg explain
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace) and term.value != namespace:
                return harmless(f"{prefix}:{term.value.removeprefix(namespace)}")
    return harmless(" ".join(term.value.split()))
