"""SVG as text: elements whose attributes and words are escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

from kg.textnorm import harmless


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
    parts = Markup("").join(one if isinstance(one, Markup) else escape(harmless(one)) for one in inside)
    return Markup("<{}{}>{}</{}>").format(Markup(name), given, parts, Markup(name))


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
    return harmless(str(value))
