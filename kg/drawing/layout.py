"""Where the nodes of a network stand: the same graph gives the same picture, and who was there stays when more come."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Point = tuple[float, float]
Edge = tuple[str, str, float]

_SEED = 7
_APART = 96.0  # pixels between neighbours, about
_CLOSE, _FLAT = 78.0, 1.35  # how near two may come, and how much nearer one above the other


def laid_out(
    nodes: Sequence[str], edges: Sequence[Edge], *, fixed: Mapping[str, Point] | None = None
) -> dict[str, Point]:
    """Give a point for each node: each component by itself (Fruchterman and Reingold 1991, seeded), packed apart.

    Nodes of `fixed` stay where they are; others of their components come beside them.
    """
    import networkx

    graph: Any = networkx.Graph()
    graph.add_nodes_from(sorted(nodes))
    for a, b, weight in sorted(edges):
        graph.add_edge(a, b, weight=1 + 0.15 * math.log1p(weight))
    held = {node: at for node, at in (fixed or {}).items() if node in graph}
    parts = [sorted(part) for part in networkx.connected_components(graph)]
    parts.sort(key=lambda part: (not any(node in held for node in part), -len(part), part[0]))
    points: dict[str, Point] = {}
    free: list[dict[str, Point]] = []
    for part in parts:
        anchored = {node: held[node] for node in part if node in held}
        own: Any = networkx.Graph()  # a view of `graph` has its nodes in the order of a set, which no two runs share
        own.add_nodes_from(part)
        own.add_edges_from(sorted(graph.edges(part, data=True), key=lambda edge: edge[:2]))
        placed = _component(own, part, anchored)
        if anchored:
            points |= placed
        else:
            free.append(placed)
    return points | _packed(free, below=_bottom(points))


def _component(graph: Any, part: Sequence[str], anchored: Mapping[str, Point]) -> dict[str, Point]:
    import networkx

    if len(part) == 1:
        return {part[0]: anchored.get(part[0], (0.0, 0.0))}
    size = _APART * math.sqrt(len(part)) * (0.85 if len(part) > 3 else 0.6)
    begin = None
    if anchored:
        begin = {node: (anchored.get(node) or _beside(graph, node, anchored, at)) for at, node in enumerate(part)}
    found = networkx.spring_layout(
        graph,
        seed=_SEED,
        k=None if not begin else _APART,
        pos=begin,
        fixed=sorted(anchored) or None,
        iterations=60 if len(part) < 150 else 30,
        scale=None if begin else size,
    )
    points = {node: (float(x), float(y)) for node, (x, y) in found.items()}
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in _apart(points, anchored).items()}


def _apart(points: dict[str, Point], anchored: Mapping[str, Point]) -> dict[str, Point]:
    """Push nodes that lie on each other apart, those that stay excepted."""
    names = sorted(points)
    for _ in range(40):
        moved = False
        for at, a in enumerate(names):
            for b in names[at + 1 :]:
                dx, dy = points[b][0] - points[a][0], (points[b][1] - points[a][1]) * _FLAT
                far = math.hypot(dx, dy)
                if far >= _CLOSE or (a in anchored and b in anchored):
                    continue
                ux, uy = (dx / far, dy / far) if far else (1.0, 0.0)
                step = (_CLOSE - far) / (1 if a in anchored or b in anchored else 2)
                for node, sign in ((a, -1), (b, 1)):
                    if node not in anchored:
                        points[node] = (points[node][0] + sign * ux * step, points[node][1] + sign * uy * step / _FLAT)
                moved = True
        if not moved:
            break
    return points


def _beside(graph: Any, node: str, anchored: Mapping[str, Point], number: int) -> Point:
    """Begin a new node near a neighbour that stays, each in a direction of its own."""
    near = [anchored[other] for other in sorted(graph[node]) if other in anchored] or list(anchored.values())
    x, y = (sum(values) / len(near) for values in zip(*near, strict=True))
    angle = number * 2.399963  # the golden angle spreads any number of them
    return x + _APART * math.cos(angle), y + _APART * math.sin(angle)


def _bottom(points: Mapping[str, Point]) -> float:
    return max((y for _, y in points.values()), default=0.0) + (_APART if points else 0.0)


def _packed(parts: Sequence[Mapping[str, Point]], *, below: float) -> dict[str, Point]:
    """Put components in rows, the largest first, so that none lies on another."""
    boxes = []
    for part in parts:
        xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
        boxes.append((part, min(xs), min(ys), max(xs) - min(xs) + _APART, max(ys) - min(ys) + _APART))
    wide = max([math.sqrt(sum(w * h for *_, w, h in boxes)) * 1.35, *(w for *_, w, _ in boxes)], default=0.0)
    out: dict[str, Point] = {}
    x, y, high = 0.0, below, 0.0
    for part, left, top, width, height in boxes:
        if x and x + width > wide:
            x, y, high = 0.0, y + high, 0.0
        out |= {
            n: (round(px - left + x + _APART / 2, 1), round(py - top + y + _APART / 2, 1))
            for n, (px, py) in part.items()
        }
        x, high = x + width, max(high, height)
    return out
