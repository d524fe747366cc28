"""Normal forms of names: case, diacritics and romanisation taken away, so that spellings of one name meet.

>>> romanised("Zelenskyy") == romanised("Zelenskiy") == romanised("Zelensky")
True
>>> alike("Muhammad", "Mohamed"), alike("Hassan", "Hussein")
(True, False)
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.textnorm import folded

_ARTICLES = re.compile(r"^(?:the|an?)\s+")
_ROMANISED = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"shch|schtsch|sch", "sh"),
        (r"tch|tsh", "ch"),
        (r"dzh|dj|zh", "j"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"ph", "f"),
        (r"ck|c(?=[aou])|c$|c(?=[rlt])", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"tz", "ts"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"ae", "a"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"^ye|^je", "e"),
        (r"(?<=[bdfghklmnprstvz])'?(?:ye|je|ie)", "e"),
        (r"j(?=[aou])|(?<=[aeou])[jy]", "i"),
        (r"[yj]", "i"),
        (r"h$", ""),
        (r"'", ""),
        (r"(.)\1+", r"\1"),
    )
)
_EXCHANGED = {frozenset(pair) for pair in (("a", "e"), ("e", "i"), ("o", "u"), ("q", "g"), ("q", "k"))}
"""Letters that romanisations of one name exchange."""


def normalised(label: str) -> str:
    """Give the form in which two labels are compared: case, diacritics, a leading article and spacing do not count.

    >>> normalised("The  Rēzekne Council")
    'rezekne council'
    """
    return _ARTICLES.sub("", folded(label))


@lru_cache(maxsize=8192)
def romanised(word: str) -> str:
    """One form for the usual romanisations of a word; never shown, only compared."""
    text = re.sub(r"[^a-z']", "", folded(word)) or folded(word)
    for pattern, to in _ROMANISED:
        text = pattern.sub(to, text)
    return text


_VELAR = str.maketrans("gq", "kk")


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A coarser key under which words that may be `alike` meet: the consonants after the first letter's class."""
    text = romanised(word)
    first = text[:1].translate(str.maketrans("eiou", "aaaa"))
    return (first + re.sub(r"[aeiou]", "", text[1:])).translate(_VELAR)


@lru_cache(maxsize=8192)
def alike(one: str, other: str) -> bool:
    """Whether two words can be one name in two spellings.

    Romanised they are the same, or they differ in vowels that romanisations exchange. A last vowel tells women from
    men in many languages, so it has to agree, and so has everything in words of three letters or fewer.
    """
    a, b = romanised(one), romanised(other)
    if a == b:
        return len(a) > 3 or folded(one) == folded(other)
    if len(a) != len(b) or len(a) < 5 or (a[-1] != b[-1]):
        return False
    return all(x == y or frozenset((x, y)) in _EXCHANGED for x, y in zip(a, b, strict=True))


def initials(words: tuple[str, ...]) -> str:
    """The first letters of words, as an acronym has them."""
    return "".join(word[0] for word in words if word)
