"""Words and kinds by which accounts of one event are known: families of classes, definite labels, rounds."""

from __future__ import annotations

import re

FAMILIES: dict[str, str] = {
    "Meeting": "meeting",
    "Agreement": "agreement",
    "Exchange": "exchange",
    "Release": "exchange",
    "Attack": "attack",
    "Protest": "protest",
    "Sanction": "sanction",
    "Retreat": "retreat",
    "Mobilization": "mobilization",
    "Coercion": "coercion",
    "Aid": "aid",
    "Refusal": "refusal",
    "Acceptance": "acceptance",
    "Proposal": "proposal",
    "Offer": "proposal",
    "Invitation": "proposal",
    "Plan": "proposal",
    "Request": "request",
    "Demand": "request",
    "Threat": "threat",
    "Accusation": "accusation",
    "Warning": "warning",
}
"""Event class to the family within which accounts can be of one event; classes without one are never compared."""

INITIATIVES = frozenset({"proposal", "request", "threat", "accusation", "warning"})
"""Families whose accounts are compared by who wants what, not by place and day."""

SYMMETRIC = frozenset({"meeting", "agreement", "exchange"})
"""Families in which who does it and with whom is no difference."""

SLACK: dict[str, int] = {"exchange": 2, "protest": 1}
"""Days by which accounts of one event may differ: what goes on for days is told day by day."""

DEFINITE = frozenset("the this that these those their its his her such".split())
ORDINAL = re.compile(
    r"\b(?:first(?=\s+(?:\w+\s+){0,2}(?:round|session|phase|stage|wave|day)\b)"
    r"|(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|next|another|further|previous)"
    r"(?=\s+(?:\w+\s+){0,2}(?:round|session|phase|stage|wave|day|meeting|talks|negotiations|summit|exchange|swap|"
    r"attack|strike|attempt|package)\b))",
    re.IGNORECASE,
)
"""Which of several: "the second round" is not "the first round", and may be none of the talks that have no number."""

_MANNERS = (
    "stab knife",
    "shoot gun shooting gunfire",
    "kidnap abduct hostage seize",
    "poison",
    "drown",
    "bomb blast explode explosion mine detonate",
    "hack cyberattack",
    "telephone phone call",
)
_MANNER = {word: kind.split()[0] for kind in _MANNERS for word in kind.split()}
_LITTLE = frozenset(
    "a an and as at be by for from had has have he her his hold in into is it its of on or she that the their them "
    "they this those to was were will with would".split()
)
_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*")


def takes_up(label: str, lemma: str) -> bool:
    """Whether a label points back to an event by its noun: "the talks", "their first meeting".

    >>> takes_up("the Istanbul talks of May", "talk"), takes_up("the two sides had agreed", "agree")
    (True, False)
    """
    first, *rest = label.casefold().split() or [""]
    forms = {lemma.casefold() + ending for ending in ("", "s", "es")}
    return first in DEFINITE and any(word.strip(",.;:") in forms for word in rest[:4])


def manner(lemma: str) -> str:
    """Give how something is done where its word says it: "stab" and "bomb" are no one attack; "" for plain words."""
    return _MANNER.get(lemma.casefold(), "")


def words(text: str) -> frozenset[str]:
    """Give the words of a wish that tell it from another, in lower case and without a plural's ending.

    >>> sorted(words("to hold direct talks with them"))
    ['direct', 'talk']
    """
    found = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in found if word not in _LITTLE)
