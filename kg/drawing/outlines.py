"""Outlines of land and borders, compiled from Natural Earth 1:110m (public domain): one file for every map."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("outlines.json")
_COMMAND = re.compile(r"([Mlz])([^Mlz]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")

Ring = tuple[tuple[float, float], ...]
"""Points as (longitude, latitude), in degrees."""


@cache
def outlines() -> tuple[str, str]:
    """Give the path of the land and that of the borders between states, as SVG has them: degrees east and south."""
    told = json.loads(_FILE.read_text(encoding="utf-8"))
    return str(told["land"]), str(told["borders"])


@cache
def land() -> tuple[Ring, ...]:
    """Give the outlines of land as closed rings, cut at 180°; lakes are rings within rings."""
    return tuple((*ring, ring[0]) for ring in _lines(outlines()[0]))


@cache
def borders() -> tuple[Ring, ...]:
    """Give the borders between states as open lines."""
    return tuple(_lines(outlines()[1]))


def _lines(path: str) -> list[Ring]:
    """Read a path of absolute beginnings and relative steps.

    >>> _lines("M1 2l.5-.5z")
    [((1.0, -2.0), (1.5, -1.5))]
    """
    found: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for command, rest in _COMMAND.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            if command == "M":
                x, y = dx, dy
                found.append([])
            else:
                x, y = x + dx, y + dy
            found[-1].append((round(x, 1), round(-y, 1)))
    return [tuple(line) for line in found]
