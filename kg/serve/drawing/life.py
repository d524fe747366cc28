"""The life of a proposal: what led to it, the proposal, how it was answered, what followed, from left to right."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.serve.drawing.svg import element

STAGES = ("What led to it", "Proposed", "Answered", "What followed")

_WIDE, _GAP, _TOP, _LINE, _PAD = 216, 44, 30, 16, 10
_LETTERS = 30  # of a line


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its stage (an index of `STAGES`), what it is called, day and who, its words, and where a click leads.

    `after` are the positions of the steps from which it follows; `tone` is a status, or "".
    """

    stage: int
    name: str
    when: str
    who: str
    words: str
    url: str
    tone: str = ""
    after: tuple[int, ...] = ()


def life(steps: Sequence[Step], *, label: str) -> Markup:
    """Draw the steps in columns by stage; stages without a step take no room."""
    if not steps:
        return Markup("")
    stages = sorted({step.stage for step in steps})
    columns = {stage: number for number, stage in enumerate(stages)}
    boxes: list[tuple[float, float, float]] = []
    below = {stage: float(_TOP) for stage in stages}
    for step in steps:
        x = 8 + columns[step.stage] * (_WIDE + _GAP)
        high = _PAD * 2 + _LINE * len(_lines(step)) - 2
        boxes.append((x, below[step.stage], high))
        below[step.stage] += high + 14
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


def _lines(step: Step) -> list[tuple[str, str]]:
    """Give the lines of a box with the class of each."""
    words = textwrap.wrap(" ".join(step.words.split()), _LETTERS, max_lines=4, placeholder="…")
    who = textwrap.wrap(step.who, _LETTERS, max_lines=2, placeholder="…")
    first = f"{step.name} · {step.when}" if step.when else step.name
    return [("name", first), *(("who", line) for line in who), *(("words", line) for line in words)]


def _box(step: Step, x: float, y: float, high: float) -> Markup:
    lines = [
        element("text", f"{text} ", x=x + _PAD + 4, y=y + _PAD + 11 + number * _LINE, class_=kind)
        for number, (kind, text) in enumerate(_lines(step))
    ]
    return element(
        "a",
        element("title", f"{step.name}: {step.words}"),
        element("rect", x=x, y=y, width=_WIDE, height=high, rx=8, class_="box"),
        element("rect", x=x, y=y + 6, width=4, height=high - 12, rx=2, class_="edge"),
        *lines,
        href=step.url,
        class_=f"step s-{step.tone}" if step.tone else "step",
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
