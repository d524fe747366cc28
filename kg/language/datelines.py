"""Datelines: where a report was written, before its first sentence; what follows one reads as if it opened the text."""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{1,6})?\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"  # May 23; 3 Dec. 2025
_LETTER = r"[^\W\d_]"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_LETTER}[\w.'’/ -]{{1,40}}?)"  # KYIV, UNITED NATIONS, OSLO/CAIRO
    r"(?P<where>(?:,[^(),/—–:\n]{1,25}?){0,6}?)"  # , Ukraine, May 23, 2025
    r"(?P<agency> ?(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/))?"  # (Agency), /Agency/
    r"(?P<time> ?\|[^—–\n]{1,40}?)?"  # | 12:01 GMT
    r"|(?P<alone>\([^()\n]{2,40}\))"  # (Agency)
    rf"|(?P<day>{_DAY}))"  # May 23, 2025
    r"(?P<end> ?[—–]| ?--| -| _|:) +(?=[^\W_a-z]|[\"“‘']|\Z)"  # a dash, then a new sentence
)
_DATED = re.compile(rf"{_DAY}\.?$")
_NAME = re.compile(rf"{_LETTER}[\w.'’-]+(?:[ /](?:[^\W\d_a-z][\w.'’-]*|de|del|al|of|and)){{0,3}}$")
_DASH = re.compile(r"[—–]|--| - ")
_SENTENCE = re.compile(r"[^\n]{0,400}?(?=[.!?]\s|\n|$)")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
REACH = 160
"""Most characters of a dateline."""
_HEADS = 4  # paragraphs: a headline, a line under it and who wrote it may stand before the dateline


def dateline_length(paragraph: str) -> int:
    """Return how many characters the dateline at the head of a paragraph takes, its dash and space included, or 0.

    A place in capitals, or any place with an agency, the day or a second place, makes a dateline; so does one before
    a dash that has no fellow in the sentence: "KYIV, May 23 (Agency) — ", "OSLO/CAIRO - ", "Oslo, 3 December 2025 – ",
    "Lima, Peru - ", "Lima — ", "(Agency) - ", "DUBAI: ", but not "NATO — the alliance — ".
    """
    found = _DATELINE.match(paragraph)
    if found is None:
        return 0
    place, where = found["place"] or "", (found["where"] or "").strip()
    capitals = place.isupper() and len(place) > 2
    if where.count(",") > 3 and not _DATED.search(where):
        return 0
    if ":" in found["end"]:
        return found.end() if capitals and not found["agency"] else 0
    told = found["agency"] or found["time"] or found["alone"] or found["day"] or capitals
    if told or _DATED.search(f"{place}{where}"):
        return found.end()
    wide = "—" in found["end"] or "--" in found["end"]  # a short one stands between two names, too: "Russia - Ukraine"
    names = bool(_NAME.match(place)) and all(_NAME.match(part.strip()) for part in where.split(",")[1:])
    rest = _SENTENCE.match(paragraph, found.end())
    return found.end() if names and (wide or where) and rest and not _DASH.search(rest[0]) else 0


def dateline_end(text: str) -> int:
    """Return where the first dateline among a text's first paragraphs ends, or 0."""
    for count, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        if count == _HEADS:
            break
        length = dateline_length(text[paragraph.start() : paragraph.start() + 4 * REACH])
        if length:
            return paragraph.start() + length
    return 0
