"""How a page says things: dates and numbers in words, names of classes, roles and relations for people."""

from __future__ import annotations

import re
from datetime import date

from kg.vocab import ENTITY_CLASSES

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

COUNTED = {
    "documents": "texts",
    "events": "accounts of events, proposals among them",
    "entities": "actors with a name",
    "happenings": "happenings: what several accounts tell of one event counts once",
    "links": "links: what led to what",
}
"""What the start page and `kg stats` count → what that is."""

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


def value(name: str, text: str) -> str:
    """Say a value of a column or of a parameter, by its name; what needs no other words stays as it is.

    >>> value("status", "unmet"), value("status", "accepted (Ukraine)"), value("type", "CONSULT"), value("kind", "urge")
    ('Not met', 'Accepted (Ukraine)', 'Consult', 'Urge')
    """
    if name == "status":
        first, space, rest = text.partition(" ")
        return STATUSES.get(first, first) + space + rest
    if name == "type":
        return TYPES[ENTITY_CLASSES[text]] if text in ENTITY_CLASSES else spaced(text) if text.isupper() else text
    if name in ("kind", "step"):
        return spaced(text)
    return {"factuality": FACTUALITY, "relation": RELATIONS, "role": ROLES}.get(name, {}).get(text, text)


def sentences(text: str) -> tuple[str, str]:
    """Part a description into its first sentence and the rest.

    >>> sentences("Who met whom. One row per meeting, e.g. a visit.")
    ('Who met whom.', 'One row per meeting, e.g. a visit.')
    """
    found = re.match(r"(.+?[.?!])\s+(?=[A-Z])(.*)", text, re.DOTALL)
    return (found[1], found[2]) if found else (text, "")


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
