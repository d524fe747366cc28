"""Colours, shapes and words for statuses, types and classes, the same in every drawing and export.

The colours are those of Okabe and Ito, which people with any of the common colour deficiencies can tell apart
(https://jfly.uni-koeln.de/color/); a status has a shape of its own, too, so that it can be read without colour.
"""

from __future__ import annotations

from dataclasses import dataclass

INK, FAINT, LINE, PAPER = "#1f2933", "#5f6b7a", "#c3ccd6", "#ffffff"

BLUE, SKY, GREEN, YELLOW = "#0072b2", "#56b4e9", "#009e73", "#f0e442"
ORANGE, VERMILION, PURPLE, GREY = "#e69f00", "#d55e00", "#cc79a7", "#8a94a0"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status is drawn: a colour, a shape ("circle", "diamond", …), a sign and a marker of matplotlib."""

    colour: str
    shape: str
    sign: str
    marker: str


MIXED = "answered differently"
"""Status of a proposal whose addressees answered differently."""

STATUSES: dict[str, Mark] = {
    "accepted": Mark(GREEN, "circle", "✓", "o"),
    "realised": Mark(BLUE, "star", "★", "*"),
    "pending": Mark(YELLOW, "hourglass", "…", "D"),
    MIXED: Mark(PURPLE, "square", "≠", "P"),
    "unmet": Mark(ORANGE, "triangle", "△", "v"),
    "rejected": Mark(VERMILION, "cross", "✕", "X"),
    "unknown": Mark(GREY, "ring", "?", "s"),
}
"""Status of a proposal to its mark, in the order from best to worst."""

TYPES: dict[str, str] = {
    "Person": ORANGE,
    "Organization": PURPLE,
    "GeopoliticalEntity": BLUE,
    "Group": SKY,
    "Place": GREEN,
    "NamedEvent": VERMILION,
    "Participant": "#c9d1da",
}
"""Class of an actor to its colour."""

FAMILIES: dict[str, str] = {"proposal": "#b8a000", "statement": "#8a94a0", "event": "#4a5568", "actor": BLUE}
"""Family of an event to its colour."""


def colour_of(cls: str, family: str = "") -> str:
    """Give the colour of a node by its class, or else by its family."""
    return TYPES.get(cls) or FAMILIES.get(family, GREY)


def rgb(colour: str) -> tuple[int, int, int]:
    """Give red, green and blue from 0 to 255.

    >>> rgb("#0072b2")
    (0, 114, 178)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
