"""Answers and counts as small pieces of HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.drawing.svg import fit, mark, picture
from kg.questions.things import SEPARATOR

if TYPE_CHECKING:
    from kg.questions.result import Result

_SHOWN = 20
_HIDDEN = ("event", "proposal", "entity", "account", "statement", "rule")
_OPEN = "padding:6px 12px 0 0;text-align:left;vertical-align:top"
_QUOTE = "color:#5f6b7a;text-align:left;padding:2px 0 8px 14px"
_CELL = "padding:4px 10px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #e4e8ec"


def table(result: Result, *, most: int = _SHOWN) -> str:
    """Give the first rows of an answer as a table, without addresses and offsets; a status has its mark."""
    dicts = result.to_dicts()
    columns = [
        name
        for name in result.columns
        if any(row[name] not in (None, "") for row in dicts)
        and not (name in _HIDDEN or name.endswith(("Start", "End")) or _addresses(result, name))
    ]
    quotes = [name for name in columns if name.lower().endswith("quote")]
    plain = [name for name in columns if name not in quotes]
    head = "".join(f'<th style="{_CELL};color:#5f6b7a">{fit(name)}</th>' for name in plain)
    body = "".join(_row(row, plain, quotes) for row in dicts[:most])
    more = f"<p style='color:#5f6b7a'>and {len(dicts) - most:,} more</p>" if len(dicts) > most else ""
    none = "<p style='color:#5f6b7a'>no answer</p>" if not dicts else ""
    look = "border-collapse:collapse;font-size:13px"
    return f'<table style="{look}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}{none}'


def _row(row: Mapping[str, object], plain: list[str], quotes: list[str]) -> str:
    """Give a thing as a row, and below it, over the whole width, the sentences it rests on."""
    cells = "".join(f'<td style="{_CELL if not quotes else _OPEN}">{_cell(name, row[name])}</td>' for name in plain)
    told = dict.fromkeys(part for name in quotes for part in str(row[name] or "").split(SEPARATOR) if part)
    said = "<br>".join(f"“{fit(text)}”" for text in told)
    below = f'<tr><td colspan="{len(plain)}" style="{_CELL};{_QUOTE}">{said}</td></tr>' if quotes else ""
    return f"<tr>{cells}</tr>{below}"


def counts(stats: Mapping[str, object], documents: int) -> str:
    """Give what a graph holds as a few figures in a row."""
    names = ("documents", "entities", "happenings", "proposals", "statements", "links", "triples")
    told = {"documents": documents, **{name: stats[name] for name in names if name in stats}}
    box = "display:inline-block;margin:0 28px 8px 0;font-variant-numeric:tabular-nums"
    return "".join(
        f'<div style="{box}"><div style="font-size:1.5em;font-weight:600">{number:,}</div>'
        f'<div style="color:#5f6b7a">{fit(name)}</div></div>'
        for name, number in told.items()
    )


def _cell(name: str, value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    text = "" if value is None else f"{value:.0f}" if whole else str(value)
    if name == "status" and text:
        first = text.split(" ")[0]
        sign = picture(18, 18, mark(first, 9, 9, radius=6.5), label=first)
        return f"{sign} {fit(text)}"
    return fit(text if len(text) <= 220 else text[:217] + " …")


def _addresses(result: Result, name: str) -> bool:
    return all(row[name].kind == "iri" for row in result.rows if name in row)
