"""What a condition allows: words, names, people, and what a head that only counts is said of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.words import PERSON_NOUNS, listed
from kg.model import Argument, Clause, EntityType, Mention, MentionKind, Slot

ANY = "*"
NAMED = "*name"
PERSON = "*person"
COUNTS = listed("counting")
"""Heads that only count what their "of" phrase names: "dozens of hostages" are hostages."""
ONES = frozenset({EntityType.PERSON, EntityType.ORG})
PEOPLE = frozenset({EntityType.PERSON, EntityType.NORP})


def is_allowed(argument: Argument, words: frozenset[str], mentions: Sequence[Mention]) -> bool:
    """Whether the head of an argument, or what it counts, is among these words or of the kind they ask for."""
    if ANY in words or argument.head_lemma in words:
        return True
    mention = mentions[argument.mention] if argument.mention is not None else None
    if mention is not None and _named_or_human(mention, words):
        return True
    counted = counted_in(argument, mentions)
    return counted is not None and (counted.head_lemma in words or _named_or_human(counted, words))


def _named_or_human(mention: Mention, words: frozenset[str]) -> bool:
    """Whether a mention is a name where names are allowed, or of people where people are."""
    if NAMED in words and mention.kind is MentionKind.NAME:
        return True
    return PERSON in words and (mention.type in PEOPLE or is_human(mention.head_lemma))


def is_human(noun: str) -> bool:
    """Whether a noun is for people, by the word list of persons or by its last part."""
    return noun in PERSON_NOUNS or noun.endswith(("man", "woman", "people"))


def counted_in(argument: Argument, mentions: Sequence[Mention]) -> Mention | None:
    """What a head that only counts is said of: the hostages in "a third of the hostages"."""
    if argument.head_lemma not in COUNTS and not argument.head_lemma.isdigit():
        return None
    inner = inner_mentions(argument, mentions)
    counted = next((m for m in inner if m.marker == "of"), None)
    if counted is None or argument.head_lemma != "one":
        return counted
    # "one of the lawyers, Ada Quist, …": the name that follows says which
    named = (m for m in inner if m.kind is MentionKind.NAME and m.type in ONES and not m.marker)
    return next((m for m in named if m.span.begin > counted.span.end), counted)


def inner_mentions(argument: Argument, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions inside the phrase of an argument, in text order, without the argument's own."""
    low = bisect_left(mentions, argument.span.begin, key=_begin)
    high = bisect_left(mentions, argument.span.end, key=_begin)
    return [m for m in mentions[low:high] if m.span.end <= argument.span.end and m.head != argument.head]


def _begin(mention: Mention) -> int:
    return mention.span.begin


def as_argument(mention: Mention) -> Argument:
    """A mention as an argument of its own, where it stands inside another one's phrase."""
    return Argument(
        slot=Slot.POSSESSOR,
        marker="",
        span=mention.span,
        head=mention.head,
        head_lemma=mention.head_lemma,
        mention=mention.index,
    )


def clause_argument(clause: Clause) -> Argument:
    """A clause as a complement of another one."""
    return Argument(Slot.COMPLEMENT, "to", clause.span, clause.trigger, clause.lemma, clause=clause.index)
