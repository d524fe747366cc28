"""A map of places: outlines of land, and a dot for each place with its name; nothing is fetched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.drawing.marks import BLUE, INK
from kg.drawing.net import Box, apart
from kg.drawing.outlines import Ring, borders, land
from kg.drawing.svg import fit, picture, words

_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place to show: its name, where it is in degrees (WGS 84), how much happened there, and what to say of it."""

    name: str
    latitude: float
    longitude: float
    weight: int = 1
    title: str = ""


def atlas(places: Sequence[Place], *, width: float = 900, height: float = 460) -> str:
    """Draw places on a map that shows them all: equirectangular, true to scale at the middle latitude.

    Names are moved apart so that none lies on another, and a line leads from a moved name to its dot.
    """
    if not places:
        return picture(width, 40, words(12, 24, "No place has coordinates.", colour=INK), label="no places")
    west, south, east, north = _window(places, width / height)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(width / ((east - west) * squeeze), height / (north - south))

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - west) * squeeze * scale, (north - latitude) * scale

    def path(line: Ring) -> str:
        if max(x for x, _ in line) < west or min(x for x, _ in line) > east:
            return ""
        return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in line))

    # lakes are rings within rings
    look = 'fill="#f4f1e8" stroke="#a9b4bf" stroke-width="0.8" fill-rule="evenodd"'
    shore = f'<path {look} d="{"Z".join(filter(None, map(path, land())))}Z"/>'
    shore += f'<path fill="none" stroke="#cfcabb" stroke-width="0.8" d="{"".join(map(path, borders()))}"/>'
    largest = max(place.weight for place in places)
    dots, boxes = [], []
    for place in sorted(places, key=lambda one: (-one.weight, one.name)):
        x, y = at(place.longitude, place.latitude)
        radius = 4 + 9 * math.sqrt(place.weight / largest)
        tip = f"<title>{fit(place.title or f'{place.name}: {place.weight}')}</title>"
        look = f'fill="{BLUE}" fill-opacity="0.75" stroke="#fff"'
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}>{tip}</circle>')
        label = place.name if place.weight == 1 else f"{place.name} ({place.weight})"
        boxes.append(Box(x, y + radius + 11, len(label) * _SIZE * 0.56 + 6, _SIZE + 5, label, (x, y), radius))
    names = []
    for box in apart(boxes, width=width, height=height):
        if math.hypot(box.x - box.anchor[0], box.y - box.anchor[1]) > box.radius + 16:
            (x1, y1), (x2, y2) = box.anchor, (box.x, box.y)
            line = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
            names.append(f'<line {line} stroke="{INK}" stroke-width="0.6"/>')
        halo = 'stroke="#fff" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"'
        names.append(
            words(box.x, box.y + 4, box.label, size=_SIZE, anchor="middle").replace("<text ", f"<text {halo} ", 1)
        )
    sea = f'<rect width="{width:.0f}" height="{height:.0f}" fill="#dfeaf2"/>'
    clip = f'<clipPath id="frame"><rect width="{width:.0f}" height="{height:.0f}"/></clipPath>'
    body = f'{clip}<g clip-path="url(#frame)">{sea}{shore}</g>{"".join(dots)}{"".join(names)}'
    return picture(width, height, body, label=f"map of {len(places)} places")


def _window(places: Sequence[Place], ratio: float) -> tuple[float, float, float, float]:
    """Give west, south, east and north of a window with room around all places, in the form of the picture."""
    longitudes, latitudes = [place.longitude for place in places], [place.latitude for place in places]
    across = max(max(longitudes) - min(longitudes), 26.0) * 1.3
    up = max(max(latitudes) - min(latitudes), 12.0) * 1.4
    x, y = (max(longitudes) + min(longitudes)) / 2, (max(latitudes) + min(latitudes)) / 2
    squeeze = max(math.cos(math.radians(y)), 0.2)
    across, up = max(across, up * ratio / squeeze), max(up, across * squeeze / ratio)
    return x - across / 2, y - up / 2, x + across / 2, y + up / 2
