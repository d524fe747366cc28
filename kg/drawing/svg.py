"""Words and shapes of SVG: escaped text, elements, lines cut to a width, and a shape for each status.

Drawings that stand alone (notebooks, reports) are made of `words`, `mark` and `rule`, with their colours in them.
Drawings of a page, which its style sheet colours and whose parts lead somewhere, are made of `element`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import escape
from textwrap import shorten, wrap

from markupsafe import Markup
from markupsafe import escape as escaped

from kg.drawing.marks import FAINT, INK, LINE, STATUSES
from kg.textnorm import harmless

FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def fit(text: str) -> str:
    """Escape text for SVG and HTML, with neither controls nor changes of direction, which would turn a label round.

    >>> fit('a <b>\\x07 "c" & d')
    'a &lt;b&gt; &quot;c&quot; &amp; d'
    """
    return escape(_UNFIT.sub("", text), quote=True)


def lines(text: str, *, width: float, size: float, most: int = 3) -> list[str]:
    """Break text to lines of a width in pixels at a size in pixels, and cut what is more than `most` lines."""
    characters = max(8, int(width / (size * 0.53)))
    plain = " ".join(_UNFIT.sub("", text).split())
    broken = wrap(plain, characters, break_on_hyphens=False) or [""]
    if len(broken) > most:
        broken = [*broken[: most - 1], shorten(" ".join(broken[most - 1 :]), characters, placeholder=" …")]
    return broken


def words(
    x: float, y: float, text: str, *, size: float = 13, anchor: str = "start", colour: str = INK, bold: bool = False
) -> str:
    """Give a line of text, escaped."""
    weight = ' font-weight="600"' if bold else ""
    at = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{colour}"{weight}'
    return f"<text {at}>{fit(text)}</text>"


def mark(status: str | None, x: float, y: float, *, radius: float = 8, title: str = "") -> str:
    """Draw a status: by colour and by shape; None is a step that decides nothing."""
    known = STATUSES.get(status or "")
    tip = f"<title>{fit(title)}</title>" if title else ""
    if known is None:
        at = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius * 0.7:.1f}"'
        return f'<circle {at} fill="#fff" stroke="{FAINT}" stroke-width="2">{tip}</circle>'
    points = _outline(known.shape, x, y, radius)
    if known.shape == "ring":
        look = f'fill="#fff" stroke="{known.colour}" stroke-width="2.5"'
    else:
        look = f'fill="{known.colour}" stroke="{INK}" stroke-width="0.8" stroke-linejoin="round"'
    if not points:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}>{tip}</circle>'
    given = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    return f'<polygon points="{given}" {look}>{tip}</polygon>'


def legend(x: float, y: float, statuses: Sequence[str], *, width: float) -> str:
    """Draw the marks of statuses in a row, each with its word; left of `x` where the picture is too narrow."""
    needs = [42 + 6.4 * len(status) for status in statuses]
    out, at = [], min(x, width - sum(needs))
    for status, need in zip(statuses, needs, strict=True):
        out.append(mark(status, at + 8, y - 4, radius=7))
        out.append(words(at + 22, y, status, size=12, colour=FAINT))
        at += need
    return "".join(out)


def picture(width: float, height: float, body: str, *, label: str) -> str:
    """Give a whole drawing: it shrinks with its page, and says what it shows to who cannot see it."""
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    style = f'style="max-width:100%;height:auto;font-family:{escape(FONT, quote=True)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{fit(label)}" {size} {style}>{body}</svg>'


def rule(x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, width: float = 1) -> str:
    """Draw a straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'


def _outline(shape: str, x: float, y: float, r: float) -> list[tuple[float, float]]:
    match shape:
        case "star":
            turns = [(r * 1.25 if n % 2 == 0 else r * 0.55, math.pi * n / 5 - math.pi / 2) for n in range(10)]
            return [(x + a * math.cos(t), y + a * math.sin(t)) for a, t in turns]
        case "triangle":
            return [(x - r, y - r * 0.75), (x + r, y - r * 0.75), (x, y + r)]
        case "square":
            return [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
        case "cross":
            a, b = r * 1.05, r * 0.36
            corners = [(-b, 0), (-a, -a + b), (-a + b, -a), (0, -b), (a - b, -a), (a, -a + b), (b, 0), (a, a - b)]
            corners += [(a - b, a), (0, b), (-a + b, a), (-a, a - b)]
            return [(x + dx, y + dy) for dx, dy in corners]
        case "hourglass":
            return [(x, y - r * 1.15), (x + r * 1.15, y), (x, y + r * 1.15), (x - r * 1.15, y)]
    return []


def element(name: str, *inside: Markup | str, **attributes: object) -> Markup:
    """Give an element; underscores in names of attributes stand for hyphens, one at the end is left out.

    >>> print(element("a", "<b>", href="/x?a=1&b=2", class_="y"))
    <a href="/x?a=1&amp;b=2" class="y">&lt;b&gt;</a>
    """
    given = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _said(value))
        for key, value in attributes.items()
        if value is not None
    )
    parts = Markup("").join(one if isinstance(one, Markup) else escaped(harmless(one)) for one in inside)
    return Markup("<{}{}>{}</{}>").format(Markup(name), given, parts, Markup(name))


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
    return harmless(str(value))
