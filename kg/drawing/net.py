"""A network as a drawing: nodes with names, none of which lies on another, and edges as wide as they weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.drawing.marks import INK
from kg.drawing.svg import fit, picture, words

_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Box:
    """A name to place: its middle, its size, its words, and the point that it belongs to with its radius."""

    x: float
    y: float
    width: float
    height: float
    label: str
    anchor: tuple[float, float]
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A node to draw: where (from 0 to 1 each way), how large (radius in pixels), in which colour."""

    label: str
    x: float
    y: float
    radius: float = 8.0
    colour: str = INK
    group: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge to draw, between positions in the list of nodes: its weight, and what to say of it."""

    source: int
    target: int
    weight: int = 1
    title: str = ""


def net(
    spots: Sequence[Spot],
    ties: Sequence[Tie],
    *,
    width: float = 900,
    height: float = 560,
    legend: Mapping[str, str] | None = None,
) -> str:
    """Draw a network. Nodes are moved apart, with their names below them, until nothing lies on anything.

    `legend` maps words to colours, drawn in a row below.
    """
    margin = 70.0
    given = [
        Box(
            margin + spot.x * (width - 2 * margin),
            24 + spot.y * (height - 90),
            max(len(spot.label) * _SIZE * 0.56, 2 * spot.radius) + 8,
            2 * spot.radius + _SIZE + 8,
            spot.label,
            (0.0, 0.0),
            spot.radius,
        )
        for spot in spots
    ]
    placed = apart(given, width=width, height=height - 36)
    middle = [(box.x, box.y - (_SIZE + 4) / 2) for box in placed]
    largest = max((tie.weight for tie in ties), default=1)
    lines = []
    for tie in ties:
        (x1, y1), (x2, y2) = middle[tie.source], middle[tie.target]
        bend = (y2 - y1) * 0.12, (x1 - x2) * 0.12  # both directions are seen
        path = f"M{x1:.1f},{y1:.1f}Q{(x1 + x2) / 2 + bend[0]:.1f},{(y1 + y2) / 2 + bend[1]:.1f} {x2:.1f},{y2:.1f}"
        wide = 1.1 + 4 * (tie.weight - 1) / max(largest - 1, 1)
        tip = f"<title>{fit(tie.title)}</title>" if tie.title else ""
        lines.append(
            f'<path d="{path}" fill="none" stroke="#9aa6b2" stroke-opacity="0.7" stroke-width="{wide:.1f}">{tip}</path>'
        )
    nodes = []
    for spot, box, (x, y) in zip(spots, placed, middle, strict=True):
        tip = f"<title>{fit(spot.label)}</title>"
        look = f'fill="{spot.colour}" stroke="#fff" stroke-width="1.5"'
        nodes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{spot.radius:.1f}" {look}>{tip}</circle>')
        halo = 'stroke="#fff" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
        line = words(box.x, y + spot.radius + _SIZE, spot.label, size=_SIZE, anchor="middle")
        nodes.append(line.replace("<text ", f"<text {halo} ", 1))
    key, at = [], 16.0
    for word, colour in (legend or {}).items():
        key.append(f'<circle cx="{at:.1f}" cy="{height - 16:.1f}" r="6" fill="{colour}"/>')
        key.append(words(at + 12, height - 12, word, size=_SIZE))
        at += 30 + len(word) * 7.2
    return picture(width, height, "".join(lines + nodes + key), label=f"network of {len(spots)} actors")


def apart(boxes: Sequence[Box], *, width: float, height: float, gap: float = 3.0) -> list[Box]:
    """Move boxes until none lies on another, each as little as it takes, within a frame as far as there is room.

    Those that come first move least. The same boxes always end in the same places.
    """
    placed: list[Box] = []
    for box in boxes:
        best = _inside(box, width, height)
        for ring in range(120):
            tries = 1 if ring == 0 else 8 + 4 * ring
            found = None
            for turn in range(tries):
                angle = 2 * math.pi * turn / tries
                one = _inside(
                    replace(box, x=box.x + 7 * ring * math.cos(angle), y=box.y + 7 * ring * math.sin(angle)),
                    width,
                    height,
                )
                if not any(_overlap(one, other, gap) for other in placed):
                    found = one
                    break
            if found is not None:
                best = found
                break
        placed.append(best)
    return placed


def _inside(box: Box, width: float, height: float) -> Box:
    x = min(max(box.x, box.width / 2), width - box.width / 2)
    return replace(box, x=x, y=min(max(box.y, box.height / 2), height - box.height / 2))


def _overlap(one: Box, other: Box, gap: float) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 + gap
        and abs(one.y - other.y) < (one.height + other.height) / 2 + gap
    )
