"""The life of a proposal as a drawing: who proposed what, what was answered and what came of it, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.drawing.marks import FAINT, INK, LINE
from kg.drawing.svg import fit, lines, mark, picture, rule, words

_SIZE, _STEP = 13.0, 18.0


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a proposal.

    `kind` is "before", "proposal", "answer" or "after"; `status` is what it makes of the proposal, None if nothing.
    """

    kind: str
    who: str
    what: str
    date: str = ""
    status: str | None = None
    quote: str = ""


def life(steps: Sequence[Step], *, width: float = 720, label: str = "") -> str:
    """Draw the steps in their order, each with its mark, who and when, and its words.

    >>> life([Step("proposal", "Oslo", "talks"), Step("answer", "Rome", "no", status="rejected")]).count("<text")
    4
    """
    left, body, y = 26.0, [], 20.0
    marks: list[float] = []
    for step in steps:
        marks.append(y)
        body.append(mark(step.status, left, y - 4, title=step.quote or step.what))
        head = " · ".join(part for part in (step.date, step.who, step.status or _WORD.get(step.kind, "")) if part)
        [first] = lines(head, width=width - left - 30, size=_SIZE, most=1)
        body.append(words(left + 24, y, first, size=_SIZE, bold=True))
        for line in lines(step.what, width=width - left - 36, size=_SIZE):
            y += _STEP
            body.append(words(left + 24, y, line, size=_SIZE, colour=FAINT if step.kind == "before" else INK))
        y += _STEP + 12
    line = rule(left, marks[0], left, marks[-1] - 4, colour=LINE, width=3) if len(marks) > 1 else ""
    told = label or "; ".join(f"{step.who}: {step.what}" for step in steps)
    return picture(width, y - 22, line + "".join(body), label=told)


def card(title: str, steps: Sequence[Step], *, source: str = "", width: float = 720) -> str:
    """Give a life with a heading, as a piece of HTML."""
    where = f'<span style="color:{FAINT}"> — {fit(source)}</span>' if source else ""
    head = f'<figcaption style="font-weight:600;margin:0 0 6px">{fit(title)}{where}</figcaption>'
    return f'<figure style="margin:0 0 14px">{head}{life(steps, width=width, label=title)}</figure>'


_WORD = {"before": "before", "proposal": "proposes", "answer": "answers", "after": "afterwards"}
