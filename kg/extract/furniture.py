"""Lines of a text that do not belong to what it tells: teasers of other articles, notes of correction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from kg.model import Span


@lru_cache(maxsize=1)
def _lead_in() -> re.Pattern[str]:
    lines = files("kg.extract").joinpath("lists", "furniture.txt").read_text(encoding="utf-8").splitlines()
    phrases = "|".join(re.escape(line) for line in lines if line and not line.startswith("#"))
    return re.compile(rf"^[ \t*>•-]*(?:{phrases})[ \t]*:[^\n]*", re.I | re.M)


def find_furniture(text: str) -> tuple[Span, ...]:
    """The lines that a lead-in such as "Read more:" or "Correction:" begins, in text order.

    >>> [(s.begin, s.end) for s in find_furniture("Peru agreed.\\nRelated: Chile refuses")]
    [(13, 35)]
    """
    text = text.replace("’", "'")
    return tuple(Span(found.start(), found.end()) for found in _lead_in().finditer(text))


def is_within(span: Span, regions: Sequence[Span]) -> bool:
    """Whether a span lies in one of the regions."""
    return any(r.begin <= span.begin and span.end <= r.end for r in regions)
