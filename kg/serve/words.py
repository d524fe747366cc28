"""How a page says things: dates and numbers in words, names of classes, roles and relations for people."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip

ROLES = {
    "proposer": "proposed by",
    "addressee": "addressed to",
    "responder": "answered by",
    "speaker": "said by",
    "agent": "done by",
    "recipient": "towards",
    "patient": "done to",
    "theme": "about",
    "instrument": "by means of",
    "place": "in",
}
"""Role to what stands before its holder."""

DOES = {
    "proposer": "proposes",
    "addressee": "is addressed",
    "responder": "answers",
    "speaker": "speaks",
    "agent": "acts",
    "recipient": "is acted towards",
    "patient": "is acted upon",
    "theme": "is what it is about",
    "instrument": "is the means",
    "place": "is the place",
}

STATUSES = {
    "accepted": "Accepted",
    "rejected": "Rejected",
    "realised": "Realised",
    "unmet": "Not met",
    "pending": "Pending",
    "unknown": "No answer told",
    "mixed": "Answered differently",
}

RELATIONS = {
    "outcome": "led to",
    "response": "was answered",
    "realisation": "came true",
    "cause": "brought about",
    "condition": "would bring about",
}

TYPES = {
    "Person": "Person",
    "Organization": "Organisation",
    "GeopoliticalEntity": "State or city",
    "Place": "Place",
    "Group": "Group",
    "NamedEvent": "Named event",
    "Participant": "Thing",
}

FACTUALITY = {"happened": "told as fact", "denied": "denied", "future": "to come", "hypothetical": "only supposed"}


def day(text: str) -> str:
    """Say a day, month or year.

    >>> day("2025-05-16"), day("2025-05"), day("2025"), day("")
    ('16 May 2025', 'May 2025', '2025', '')
    """
    parts = text[:10].split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return text
    month = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def weekday(text: str) -> str:
    """Say a day with its name, for headings."""
    try:
        return f"{date.fromisoformat(text[:10]):%A}, {day(text)}"
    except ValueError:
        return day(text)


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


def percent(confidence: float | None) -> str:
    """Say how sure something is; nothing where it is sure, or was not weighed."""
    return "" if confidence is None or confidence >= 0.995 else f"{max(1, round(confidence * 100))} %"


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
