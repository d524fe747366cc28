"""Whether a text is English: the extractor reads no other language, and would make nonsense of one."""

from __future__ import annotations

import math

SHORTEST = 60
"""Texts of fewer characters are let through: too short to tell."""

MARGIN = 5.0
"""How much likelier another language has to be, in log-likelihood per square root of bytes.

Of 1,134 English news texts and single sentences, full of foreign names, the worst came to 1.3; sentences in other
languages come to 9 and more.
"""

_SAMPLE = 2000


def foreign_language(text: str) -> str | None:
    """Give the ISO 639 code of a text's language if it is clearly not English, else None.

    Judges 6,000 characters of a long text, from its beginning, middle and end, by py3langid.
    """
    if len(text.strip()) < SHORTEST:
        return None
    import py3langid

    if len(text) > 3 * _SAMPLE:
        middle = (len(text) - _SAMPLE) // 2
        text = "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))
    scores: dict[str, float] = dict(py3langid.rank(text))
    best = max(scores, key=lambda language: scores[language])
    margin = (scores[best] - scores["en"]) / math.sqrt(len(text.encode()))
    return best if margin > MARGIN else None
