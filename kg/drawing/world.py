"""A map without a network: outlines from Natural Earth, places as circles by how much happened there.

Plate carrée: a degree is a degree in both directions, so a point is where its numbers say; outlines are cut at 180°.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.drawing.outlines import outlines
from kg.drawing.svg import element
from kg.drawing.words import count

_ROOM = 1.35  # how much more than the places is shown
_LETTER = 7.6  # how wide a letter of a name is in a broad face
_FEW = 24  # places whose circles have room


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: degrees north and east, how much happened there, and where a click leads."""

    label: str
    lat: float
    long: float
    weight: int
    url: str


def world(spots: Sequence[Spot], *, label: str) -> Markup:
    """Draw the part of the world in which the places lie."""
    land, borders = outlines()
    left, top, width, height = _window(spots)
    unit = width / 900  # a pixel of the picture, about
    few = min(1.0, math.sqrt(_FEW / max(len(spots), 1)))  # many circles are drawn smaller
    circles = [_circle(spot, unit * few) for spot in sorted(spots, key=lambda one: (-one.weight, one.label))]
    names = _names(spots, unit, few)
    return element(
        "svg",
        element("title", label),
        element("rect", x=-180, y=-90, width=360, height=180, class_="sea"),
        element("path", d=land, class_="land"),
        element("path", d=borders, class_="borders"),
        element("g", *circles),
        element("g", *names, class_="names"),
        viewBox=f"{left:.2f} {top:.2f} {width:.2f} {height:.2f}",
        class_="world zoomable",
        role="group",
        aria_label=label,
    )


def _window(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """Give left, top, width and height of what is shown, twice as wide as high, at least a few countries."""
    if not spots:
        return -180.0, -84.0, 360.0, 150.0
    west, east = min(s.long for s in spots), max(s.long for s in spots)
    north, south = max(s.lat for s in spots), min(s.lat for s in spots)
    width = max((east - west) * _ROOM, (north - south) * _ROOM * 2, 30.0)
    if width > 300:
        return -180.0, -84.0, 360.0, 150.0
    x, y = (west + east) / 2, -(north + south) / 2
    return x - width / 2, y - width / 4, width, width / 2


def _size(spot: Spot, unit: float) -> float:
    return unit * (5 + 4.5 * math.log2(1 + spot.weight))


def _circle(spot: Spot, unit: float) -> Markup:
    said = f"{spot.label}: {count(spot.weight, 'event')}"
    size = round(_size(spot, unit), 3)
    circle = f'cx="{spot.long:.3f}" cy="{-spot.lat:.3f}" r="{size}"'
    return element(
        "a", element("title", said), Markup(f"<circle {circle}/>"), href=spot.url, aria_label=said, class_="spot"
    )


Rectangle = tuple[float, float, float, float]


def _beside(spot: Spot, unit: float, off: float) -> Iterable[tuple[float, float, Rectangle]]:
    """Give where a name may stand, the best place first: where its first letter begins, and what it takes.

    `off` is the radius of the circle.
    """
    wide = len(spot.label) * _LETTER * unit
    x, y = spot.long, -spot.lat
    for left, foot in (
        (x + off + 3 * unit, y + 4 * unit),
        (x - off - 3 * unit - wide, y + 4 * unit),
        (x - wide / 2, y + off + 13 * unit),
        (x - wide / 2, y - off - 4 * unit),
    ):
        yield left, foot, (left, foot - 12 * unit, left + wide, foot + 4 * unit)


def _core(spot: Spot, off: float) -> Rectangle:
    half = off * 0.6  # a name may touch the rim
    return spot.long - half, -spot.lat - half, spot.long + half, -spot.lat + half


def _cross(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _names(spots: Sequence[Spot], unit: float, few: float) -> list[Markup]:
    """Write names beside circles, or below or above them, each only where no other one lies, and no circle as large.

    A name on a larger circle would be taken for the name of that place.
    """
    taken: list[Rectangle] = []
    out = []
    for spot in sorted(spots, key=lambda one: (-one.weight, one.label)):
        cores = [_core(o, _size(o, unit * few)) for o in spots if o is not spot and o.weight >= spot.weight]
        free = next(
            (
                at
                for at in _beside(spot, unit, _size(spot, unit * few))
                if not any(_cross(at[2], other) for other in taken) and not any(_cross(at[2], core) for core in cores)
            ),
            None,
        )
        if free is None:
            continue
        x, y, box = free
        taken.append(box)
        text = element("text", spot.label)
        attributes = f'x="{x:.3f}" y="{y:.3f}" font-size="{12.5 * unit:.3f}" stroke-width="{3 * unit:.3f}"'
        out.append(Markup(str(text).replace("<text", f"<text {attributes}", 1)))
    return out
