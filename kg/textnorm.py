"""One normal form of text for comparisons: what extraction and identity both fold names with."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["INVISIBLE", "folded", "harmless", "visible", "without_legal_form"]

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u180e]")
"""Soft hyphens, zero-width characters and marks of direction: they stand in a text and are no part of its words."""

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ħ": "h"}
    | dict.fromkeys("’‘ʼʻ`´ʹ", "'")
)

# C0 without tab and line feed, DEL, C1, the line breaks of Unicode, and what has the property Bidi_Control
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    r"""The text with what a terminal would obey, or turn round, written as an escape.

    >>> print(harmless("\x1b[2Jgone \u202eback"))
    \x1b[2Jgone \u202eback
    """
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def visible(text: str) -> str:
    r"""The text without its invisible characters.

    >>> visible("Guate\u00admala")
    'Guatemala'
    """
    return text if text.isascii() else INVISIBLE.sub("", text)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Lower case without diacritics or invisible characters, with straight apostrophes and single spaces.

    >>> folded("Łukasz  Şimşek")
    'lukasz simsek'
    """
    text = unicodedata.normalize("NFKD", visible(text).casefold().translate(_LETTERS))
    return " ".join("".join(char for char in text if not unicodedata.combining(char)).split())


_LEGAL = frozenset(
    "inc incorporated ltd limited llc llp plc corp corporation co company ag se sa nv bv gmbh kg ab asa oyj spa srl kft"
    " zrt doo pte pty kk jsc pjsc oao ooo bhd".split()
)
"""Words of the legal form of a firm, as they end its full name."""


def without_legal_form(name: str) -> str:
    """Return a folded name without the firm's legal form at its end; what ends in a small word then is no name.

    >>> [without_legal_form(name) for name in ("facebook ireland limited", "ford motor co.", "the co")]
    ['facebook ireland', 'ford motor', 'the co']
    """
    words = name.replace(",", " ").split()
    kept = len(words)
    while kept > 1 and words[kept - 1].replace(".", "") in _LEGAL:
        kept -= 1
    return " ".join(words[:kept]) if kept < len(words) and words[kept - 1] not in ("the", "of", "and") else name
