"""The life of a proposal as a drawing: what led to it, who proposed what, how it was answered, and what came of it.

`life` stands alone and runs from top to bottom; `course` is a page's, from left to right, each step a link.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.drawing.marks import FAINT, INK, LINE
from kg.drawing.svg import element, fit, lines, mark, picture, rule, words

STAGES = {"before": "What led to it", "proposal": "Proposed", "answer": "Answered", "after": "What followed"}
"""Kind of step to what its column is called, in the order of a life."""

_SIZE, _STEP = 13.0, 18.0
_WIDE, _GAP, _TOP, _LINE, _PAD = 216, 44, 30, 16, 10
_LETTERS = 30  # of a line of a box


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a proposal.

    `kind` is one of `STAGES`; `status` is what it makes of the proposal, None if nothing. `name` is what the step is
    called, `url` where a click leads, `after` the positions of the steps from which it follows.
    """

    kind: str
    who: str
    what: str
    date: str = ""
    status: str | None = None
    quote: str = ""
    name: str = ""
    url: str = ""
    after: tuple[int, ...] = ()


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


def course(steps: Sequence[Step], *, label: str) -> Markup:
    """Draw the steps in columns by kind; kinds without a step take no room."""
    if not steps:
        return Markup("")
    kinds = {step.kind for step in steps}
    stages = [kind for kind in STAGES if kind in kinds]
    columns = {stage: number for number, stage in enumerate(stages)}
    boxes: list[tuple[float, float, float]] = []
    below = {stage: float(_TOP) for stage in stages}
    for step in steps:
        x = 8 + columns[step.kind] * (_WIDE + _GAP)
        high = _PAD * 2 + _LINE * len(_told(step)) - 2
        boxes.append((x, below[step.kind], high))
        below[step.kind] += high + 14
    width, height = 16 + len(stages) * _WIDE + (len(stages) - 1) * _GAP, max(below.values()) + 2
    heads = [
        element("text", STAGES[stage], x=8 + number * (_WIDE + _GAP), y=16, class_="stage-name")
        for stage, number in columns.items()
    ]
    ties = [_tie(boxes[before], boxes[at]) for at, step in enumerate(steps) for before in step.after]
    drawn = [_box(step, *box) for step, box in zip(steps, boxes, strict=True)]
    return element(
        "svg",
        element("title", label),
        *heads,
        *ties,
        *drawn,
        viewBox=f"0 0 {width} {height:.0f}",
        width=width,
        class_="life",
        role="group",
        aria_label=label,
    )


def _told(step: Step) -> list[tuple[str, str]]:
    """Give the lines of a box with the class of each."""
    words = textwrap.wrap(" ".join(step.what.split()), _LETTERS, max_lines=4, placeholder="…")
    who = textwrap.wrap(step.who, _LETTERS, max_lines=2, placeholder="…")
    first = f"{step.name} · {step.date}" if step.date else step.name
    return [("name", first), *(("who", line) for line in who), *(("words", line) for line in words)]


def _box(step: Step, x: float, y: float, high: float) -> Markup:
    lines = [
        element("text", f"{text} ", x=x + _PAD + 4, y=y + _PAD + 11 + number * _LINE, class_=kind)
        for number, (kind, text) in enumerate(_told(step))
    ]
    return element(
        "a",
        element("title", f"{step.name}: {step.what}"),
        element("rect", x=x, y=y, width=_WIDE, height=high, rx=8, class_="box"),
        element("rect", x=x, y=y + 6, width=4, height=high - 12, rx=2, class_="edge"),
        *lines,
        href=step.url,
        class_=f"step s-{step.status}" if step.status else "step",
    )


def _tie(one: tuple[float, float, float], other: tuple[float, float, float]) -> Markup:
    if one[0] == other[0]:  # of the same stage
        x, y1, y2 = one[0] + _WIDE / 2, one[1] + one[2], other[1]
        return element("path", d=f"M{x} {y1} L{x} {y2}", class_="tie")
    x1, y1 = one[0] + _WIDE, one[1] + one[2] / 2
    x2, y2 = other[0], other[1] + other[2] / 2
    bend = max(20.0, (x2 - x1) / 2)
    path = f"M{x1:.0f} {y1:.0f} C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2 - 3:.0f} {y2:.0f}"
    tip = f"M{x2 - 8:.0f} {y2 - 4:.0f} L{x2 - 2:.0f} {y2:.0f} L{x2 - 8:.0f} {y2 + 4:.0f}"
    return element("path", d=f"{path} {tip}", class_="tie")
