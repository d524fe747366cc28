"""Proposals as a picture in three columns: who, proposed what to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.drawing.marks import FAINT, LINE
from kg.drawing.svg import lines, mark, picture, rule, words

_LEFT, _WHAT, _FATE, _STEP = 12.0, 210.0, 590.0, 17.0


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal: who made it, what sort it is and to whom ("urge → Russia"), what, how it stands, what came of it."""

    who: str
    kind: str
    what: str
    status: str
    outcome: str = ""
    source: str = ""


def flow(rows: Sequence[Row], *, width: float = 920) -> str:
    """Draw proposals below each other, those of one proposer together; as high as it takes."""
    body = [words(x, 20, head, size=14, bold=True) for x, head in zip((_LEFT, _WHAT, _FATE), _HEADS, strict=True)]
    y = 34.0
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.who, []).append(row)
    for who, same in groups.items():
        top = y
        body.append(rule(_LEFT, y, width - _LEFT, y))
        y += 10
        name = lines(who, width=_WHAT - _LEFT - 24, size=13, most=4)
        for row in same:
            what = lines(row.what, width=_FATE - _WHAT - 30, size=13)
            fate = lines(row.outcome, width=width - _FATE - 46, size=13) if row.outcome else []
            head = f"{row.status} — {row.source}" if row.source else row.status
            body.append(words(_WHAT, y + 13, row.kind, size=12, colour=FAINT))
            body += [words(_WHAT, y + 13 + _STEP * (n + 1), line) for n, line in enumerate(what)]
            body.append(mark(row.status, _FATE + 8, y + 9, radius=7))
            body.append(words(_FATE + 24, y + 13, lines(head, width=width - _FATE - 40, size=13, most=1)[0], bold=True))
            body += [words(_FATE + 24, y + 13 + _STEP * (n + 1), line) for n, line in enumerate(fate)]
            y += _STEP * (max(len(what), len(fate)) + 1) + 12
        y = max(y, top + 20 + _STEP * len(name))
        middle = (top + y) / 2 - _STEP * (len(name) - 1) / 2 + 4
        body += [words(_LEFT, middle + _STEP * n, line, bold=True) for n, line in enumerate(name)]
        if len(same) > 1:
            body.append(rule(_WHAT - 14, top + 12, _WHAT - 14, y - 12, colour=LINE, width=3))
    return picture(width, y + 6, "".join(body), label="who proposed what, and what became of it")


_HEADS = ("who", "proposed what to whom", "what became of it")
