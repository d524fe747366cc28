"""Bar charts: how many of each kind, with a link to them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from kg.drawing.svg import element
from kg.drawing.words import count

_WIDTH, _ROW, _NAMES = 420, 24, 150


def bars(counts: Sequence[tuple[str, int, str]], *, label: str) -> Markup:
    """Draw (name, count, address) from the top; the longest bar has the width that is left."""
    if not counts:
        return Markup("")
    most = max(number for _, number, _ in counts)
    drawn = []
    for at, (name, number, url) in enumerate(counts):
        y = at * _ROW
        wide = max(2.0, (_WIDTH - _NAMES - 56) * number / most)
        drawn.append(
            element(
                "a",
                element("text", f"{name} ", x=_NAMES - 8, y=y + 16, text_anchor="end"),
                element("rect", x=_NAMES, y=y + 5, width=wide, height=_ROW - 10, rx=3),
                element("text", count(number), x=_NAMES + wide + 7, y=y + 16, class_="n"),
                href=url,
            )
        )
    return element(
        "svg",
        *drawn,
        viewBox=f"0 0 {_WIDTH} {len(counts) * _ROW}",
        class_="bars",
        role="group",
        aria_label=label,
    )
