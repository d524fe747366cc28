"""A network as SVG: nodes by type in colour and shape, edges by weight, labels that do not lie on each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.drawing.layout import Point
from kg.drawing.svg import element
from kg.drawing.words import count, shorter, type_name

_LETTERS = 26  # of a label
_BROAD, _HIGH = 1250.0, 950.0  # a picture whose labels are too small to read where it has to fit a screen as a whole
_LETTER, _LINE = 6.4, 15.0  # about the size of a letter of a label


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `weight` gives its size, `url` is where a click leads, `began` marks where one started from."""

    id: str
    label: str
    type: str
    weight: int
    url: str
    began: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge between two nodes, with how often, in what, and where a click leads."""

    a: str
    b: str
    weight: int
    told: str
    url: str
    directed: bool = False


def network(nodes: Sequence[Node], ties: Sequence[Tie], points: Mapping[str, Point], *, label: str) -> Markup:
    """Draw a network whose nodes stand at `points`."""
    if not nodes:
        return Markup("")
    sizes = {node.id: 7 + 3.2 * math.log2(1 + node.weight) for node in nodes}
    xs, ys = [points[node.id][0] for node in nodes], [points[node.id][1] for node in nodes]
    left, top = min(xs) - 90, min(ys) - 50
    width, height = max(max(xs) - left + 90, 420), max(max(ys) - top + 60, 260)
    labels = _labels(nodes, points, sizes)
    edges = [_edge(tie, points, sizes) for tie in sorted(ties, key=lambda one: (one.weight, one.a, one.b))]
    drawn = [_node(node, points[node.id], sizes[node.id], labels.get(node.id)) for node in nodes]
    return element(
        "svg",
        element("title", label),
        element("g", *edges, class_="ties"),
        element("g", *drawn, class_="nodes"),
        viewBox=f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}",
        class_=f"network zoomable{' broad' if width > _BROAD or height > _HIGH else ''}",
        role="group",
        aria_label=label,
        xmlns="http://www.w3.org/2000/svg",
    )


def _edge(tie: Tie, points: Mapping[str, Point], sizes: Mapping[str, float]) -> Markup:
    (x1, y1), (x2, y2) = points[tie.a], points[tie.b]
    far = math.hypot(x2 - x1, y2 - y1) or 1.0
    stop = (far - sizes[tie.b] - 2) / far
    line = element(
        "line",
        element("title", tie.told),
        x1=x1,
        y1=y1,
        x2=x1 + (x2 - x1) * stop,
        y2=y1 + (y2 - y1) * stop,
        stroke_width=round(1 + 1.3 * math.log2(tie.weight), 1),
    )
    parts = [line]
    if tie.directed:
        parts.append(_arrow(x1, y1, x2, y2, stop, far))
    return element("a", *parts, href=tie.url, tabindex=-1, aria_label=tie.told)


def _arrow(x1: float, y1: float, x2: float, y2: float, stop: float, far: float) -> Markup:
    ux, uy = (x2 - x1) / far, (y2 - y1) / far
    x, y = x1 + (x2 - x1) * stop, y1 + (y2 - y1) * stop
    return element(
        "path",
        d=f"M{x:.1f} {y:.1f} L{x - 9 * ux - 4 * uy:.1f} {y - 9 * uy + 4 * ux:.1f} "
        f"L{x - 9 * ux + 4 * uy:.1f} {y - 9 * uy - 4 * ux:.1f} Z",
        class_="arrow",
    )


def _node(node: Node, at: Point, size: float, label_at: tuple[float, float, str] | None) -> Markup:
    said = f"{node.label}, {type_name(node.type)}, {count(node.weight, 'event')}"
    x, y, anchor = label_at or (0.0, size + 13, "middle")
    label = element("text", shorter(node.label, _LETTERS), x=x, y=y, text_anchor=anchor)
    return element(
        "a",
        element("title", said),
        shape(node.type, size),
        label,
        href=node.url,
        transform=f"translate({at[0]:.1f} {at[1]:.1f})",
        class_=f"node t-{node.type}{' began' if node.began else ''}{'' if label_at else ' hid'}",
        data_node=node.id,
    )


def shape(type: str, size: float) -> Markup:
    """Draw the shape of a type around the origin: colours alone do not tell apart for everybody."""
    s = size
    match type:
        case "Organization":
            return element("rect", x=-s * 0.9, y=-s * 0.9, width=s * 1.8, height=s * 1.8, rx=3)
        case "GeopoliticalEntity":
            points = [(math.cos(a * math.pi / 3) * s * 1.1, math.sin(a * math.pi / 3) * s * 1.1) for a in range(6)]
        case "Place":
            points = [(0, -s * 1.15), (s * 1.1, s * 0.8), (-s * 1.1, s * 0.8)]
        case "Group":
            points = [(0, -s * 1.2), (s * 1.2, 0), (0, s * 1.2), (-s * 1.2, 0)]
        case "NamedEvent":
            wheel = [(s * (1.3 if a % 2 == 0 else 0.65), a * math.pi / 5 - math.pi / 2) for a in range(10)]
            points = [(r * math.cos(a), r * math.sin(a)) for r, a in wheel]
        case _:
            return element("circle", r=s)
    return element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points))


def _labels(
    nodes: Sequence[Node], points: Mapping[str, Point], sizes: Mapping[str, float]
) -> dict[str, tuple[float, float, str]]:
    """Choose where labels stand that are drawn at once: (x, y, anchor), seen from the node.

    Those of heavy nodes come first, below, above or beside, wherever no other label and no node lies.
    """
    taken = [(x - s, y - s, x + s, y + s) for n in nodes for (x, y), s in [(points[n.id], sizes[n.id] * 0.8)]]
    found: dict[str, tuple[float, float, str]] = {}
    for node in sorted(nodes, key=lambda one: (not one.began, -one.weight, one.id)):
        (x, y), s = points[node.id], sizes[node.id]
        wide = len(shorter(node.label, _LETTERS)) * _LETTER
        for left, top, label_at in (
            (-wide / 2, s, (0.0, s + 13, "middle")),
            (-wide / 2, -s - _LINE - 2, (0.0, -s - 5, "middle")),
            (s + 4, -_LINE / 2, (s + 5, 4.0, "start")),
            (-s - 4 - wide, -_LINE / 2, (-s - 5, 4.0, "end")),
        ):
            box = (x + left, y + top, x + left + wide, y + top + _LINE)
            if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                taken.append(box)
                found[node.id] = label_at
                break
    return found
