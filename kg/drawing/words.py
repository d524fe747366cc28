"""How drawings and pages say things: dates and numbers in words, names of classes for people, texts cut at a word."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip

_PIECES = re.compile(r"\S{14}(?=\w\S{9})|(?:(?!\S{14}\w\S{9}).)+", re.DOTALL)

TYPES = {
    "Person": "Person",
    "Organization": "Organisation",
    "GeopoliticalEntity": "State or city",
    "Place": "Place",
    "Group": "Group",
    "NamedEvent": "Named event",
    "Participant": "Thing",
}


def is_day(text: str) -> bool:
    """Tell whether a text is a whole day, as ISO 8601 has it.

    >>> is_day("2025-05-16"), is_day("2025-05"), is_day("2025-02-30")
    (True, False, False)
    """
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def day(text: str, *, short: bool = False) -> str:
    """Say a day, month or year; `short` cuts the month to three letters.

    >>> day("2025-05-16"), day("2025-05"), day("2025"), day(""), day("2025-09-01", short=True)
    ('16 May 2025', 'May 2025', '2025', '', '1 Sep 2025')
    """
    parts = text[:10].split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return text
    name = MONTHS[int(parts[1]) - 1]
    month = f"{name[:3] if short else name} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def count(number: float | int, one: str = "", many: str = "") -> str:
    """Say a number, with the thing that is counted.

    >>> count(1234, "event"), count(1, "event"), count(390.0)
    ('1,234 events', '1 event', '390')
    """
    whole = int(number) if float(number).is_integer() else number
    said = f"{whole:,}"
    return f"{said} {one if whole == 1 else many or one + 's'}" if one else said


def spaced(name: str) -> str:
    """Say a name of the ontology.

    >>> spaced("NonRealisation"), spaced("contentText"), spaced("Person")
    ('Non realisation', 'Content text', 'Person')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return words[:1].upper() + words[1:]


def type_name(name: str) -> str:
    """Say what kind of actor or event something is."""
    return TYPES.get(name) or spaced(name)


def pieces(text: str) -> list[str]:
    """Part a text where a word may be broken that is too long for any column; the pieces together are the text.

    >>> pieces("Donaudampfschifffahrtsgesellschaft & Co")
    ['Donaudampfschi', 'fffahrtsgesellschaft & Co']
    """
    return _PIECES.findall(text)


def shorter(text: str, most: int = 120) -> str:
    """Cut a text at a word.

    >>> shorter("one two three", 9)
    'one two…'
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
