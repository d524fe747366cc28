"""How a page says things: statuses, roles and relations in words for people; the rest as drawings say it."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup, escape

from kg.drawing.words import TYPES, count, day, pieces, shorter, spaced, type_name
from kg.textnorm import harmless
from kg.vocab import ENTITY_CLASSES

__all__ = [
    "TYPES",
    "broken",
    "count",
    "day",
    "percent",
    "sentences",
    "shorter",
    "spaced",
    "type_name",
    "value",
    "weekday",
]

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

COUNTED = {
    "documents": "texts",
    "events": "accounts of events, proposals among them",
    "entities": "actors with a name",
    "happenings": "happenings: what several accounts tell of one event counts once",
    "links": "links: what led to what",
}
"""What the start page and `kg stats` count → what that is."""

FACTUALITY = {"happened": "told as fact", "denied": "denied", "future": "to come", "hypothetical": "only supposed"}


def weekday(text: str) -> str:
    """Say a day with its name, for headings."""
    try:
        return f"{date.fromisoformat(text[:10]):%A}, {day(text)}"
    except ValueError:
        return day(text)


def value(name: str, text: str) -> str:
    """Say a value of a column or of a parameter, by its name; what needs no other words stays as it is.

    >>> value("status", "unmet"), value("status", "accepted (Ukraine)"), value("type", "CONSULT"), value("kind", "urge")
    ('Not met', 'Accepted (Ukraine)', 'Consult', 'Urge')
    """
    if name == "status":
        first, space, rest = text.partition(" ")
        return STATUSES.get(first, first) + space + rest
    if name == "type":
        known = TYPES.get(ENTITY_CLASSES.get(text, text))
        return known or (spaced(text) if text.isupper() else text)
    if name in ("class", "kind", "step"):
        return spaced(text)
    return {"factuality": FACTUALITY, "relation": RELATIONS, "role": ROLES}.get(name, {}).get(text, text)


def sentences(text: str) -> tuple[str, str]:
    """Part a description into its first sentence and the rest.

    >>> sentences("Who met whom. One row per meeting, e.g. a visit.")
    ('Who met whom.', 'One row per meeting, e.g. a visit.')
    """
    found = re.match(r"(.+?[.?!])\s+(?=[A-Z])(.*)", text, re.DOTALL)
    return (found[1], found[2]) if found else (text, "")


def broken(text: str) -> Markup:
    """Let a word that no column has room for be broken, so that it takes no room from the others.

    >>> print(broken("Donaudampfschifffahrtsgesellschaft & Co"))
    Donaudampfschi<wbr>fffahrtsgesellschaft &amp; Co
    """
    return Markup("<wbr>").join(escape(harmless(part)) for part in pieces(text))


def percent(confidence: float | None) -> str:
    """Say how sure something is; nothing where it is sure, or was not weighed."""
    return "" if confidence is None or confidence >= 0.995 else f"{max(1, round(confidence * 100))} %"
