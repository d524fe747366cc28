"""Numbers as English writes them: digits with separators, number words, and both mixed ("1.2 million")."""

from __future__ import annotations

import re

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

SMALL: dict[str, int] = {word: n for n, word in enumerate(_UNITS)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "bn": 1_000_000_000,
    "tn": 1_000_000_000_000,
}

_GAP = "[ \u00a0\u2009\u202f]"  # the spaces that ISO 80000-1 sets between groups of three figures
DIGITS = rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|[1-9]\d{{0,2}}(?:{_GAP}\d{{3}})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?"
_BELOW_20 = "|".join(sorted(_UNITS, key=len, reverse=True))
# Atomic groups and a bound on the length: "twenty two" must not be tried as one number and as two, over and over.
_SMALL = rf"(?>(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])})\b)?|{_BELOW_20})\b"
_SCALE = r"(?:hundred|thousand|lakh|million|crore|billion|trillion)\b"
_SCALED = rf"(?:\s{_SCALE}){{1,2}}"
_REST = rf"{_SCALED}(?:\s(?:and\s)?{_SMALL}(?:{_SCALED})?){{0,4}}"
WORDS = rf"(?>an?{_REST}|{_SMALL}(?:{_REST})?)"
"""Spelled-out cardinals: "twenty-three", "two hundred and six", "a hundred thousand". No sign, no fraction."""

_GROUPED = re.compile(rf"(?<=\d){_GAP}(?=\d{{3}}(?!\d))")
_WORD = re.compile(r"[a-z]+|\d[\d,]*(?:\.\d+)?")


def number(text: str) -> float:
    """The value of a cardinal matched by `DIGITS` or `WORDS`, optionally followed by scale words.

    `text` may be in any case and hold hyphens, commas and "and". Words that are no number word count as nothing.
    """
    total = current = 0.0
    for token in _WORD.findall(_GROUPED.sub("", text.lower())):
        if token[0].isdigit():
            current += float(token.replace(",", ""))
        elif token in SMALL:
            current += SMALL[token]
        elif token == "hundred":
            current = (current or 1) * 100
        elif token in SCALES:
            total += (current or 1) * SCALES[token]
            current = 0.0
    return total + current
