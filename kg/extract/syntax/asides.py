"""Lines of a page that are not its article: notes of correction, and lines that point to other articles.

What a correction says was wrong is no news, and the headline of another article is that article's. Their words stay in
the text, so that offsets hold; only nothing is told by them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.model import Span

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NOTE = re.compile(
    r"\s*[\[(*_\u2014-]*\s*(?:(?i:corrections?|clarifications?|erratum|editor['\u2019]s\snote)\s?(?:\([^)\n]*\))?\s?[:\u2014-]"
    r"|An?\s(?:earlier|previous|prior|original)\sversion\sof\sth(?:is|e)\s(?:article|story|report|piece|post)\b"
    r"|This\s(?:article|story|report|piece|post)\s(?:has\sbeen|was)\s(?:amended|corrected|updated|changed))"
)
_TEASER = re.compile(
    r"\s*[\[(*>\u2022\u2014-]*\s*(?i:(?:read|see|watch|listen|more)(?:\s(?:more|also|next|on\sthis(?:\sstory)?|here|now))?"
    r"|also\s(?:read|see)|related(?:\s(?:articles?|stories|story|news|coverage|links?|topics?))?|recommended|don['\u2019]t\smiss"
    r"|you\smay\salso\slike|most\sread|trending|further\sreading|in\spictures|photos?|video|advertisement)\s?[:\u2014|\u00bb>]"
    r"|\s*(?:Sign\sup|Subscribe|Follow\sus|Click\shere|Download\s(?:our|the)\sapp)\b"
)


def asides(text: str) -> tuple[Span, ...]:
    """The lines that are no part of what a text tells, in text order; a line is what stands between line breaks.

    >>> [text] = ["Mali agreed.\\nRead more: Chad refuses"]
    >>> [text[s.begin : s.end] for s in asides(text)]
    ['Read more: Chad refuses']
    """
    lines = (m.span() for m in _LINE.finditer(text))
    return tuple(Span(*at) for at in lines if _NOTE.match(text, *at) or _TEASER.match(text, *at))


def is_aside(at: int, found: Sequence[Span]) -> bool:
    """Whether a character stands in one of these lines."""
    k = bisect_right(found, at, key=lambda s: s.begin) - 1
    return k >= 0 and at < found[k].end
