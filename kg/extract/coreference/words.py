"""Words of names for comparison, and what they tell of families: surnames like places, relatives of one surname."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kg.extract.words import word_set
from kg.model import EntityType, Mention, MentionKind
from kg.textnorm import folded, visible

SMALL = word_set("of the for and in on a an de la")
KIN = re.compile(
    r"(?:\b(?:his|her|their|my)\b|['’]s?)\s+(?:[\w-]+\s+){0,2}"
    r"(?:brother|sister|son|daughter|father|mother|wife|husband|widow|cousin|nephew|niece|uncle|aunt)\s*,?\s+$",
    re.IGNORECASE,
)
"""What stands before the name of somebody's relative: "his younger brother"."""


def name_of(m: Mention) -> str:
    """The pure name of a mention, without title and article."""
    if m.name is None:
        return visible(m.text)
    begin = m.name.begin - m.span.begin
    return re.sub(r"^[Tt]he\s+(?=[a-z])", "", visible(m.text[begin : begin + m.name.end - m.name.begin]))


def plain(text: str) -> str:
    """A name for comparison: folded, one romanisation of Slavic endings, no possessive mark, no quotation marks."""
    text = re.sub(r"'s?$", "", folded(text)).removeprefix("the ")
    return re.sub(r"(sk)(yy|iy|yi|yj|ij|i)\b", r"\1y", re.sub(r"[.,\"“”„«»]|(?<!\w)'|'(?!\w)", "", text))


def words_of(m: Mention) -> tuple[str, ...]:
    """The words of a mention's name, folded, without small words; a name may begin or end in a hyphen ("AFP.-")."""
    return tuple(w for w in re.split(r"[\s\-]+", plain(name_of(m))) if w and w not in SMALL)


def families(named: Sequence[Mention], strong: Collection[str]) -> Iterator[int]:
    """Mentions that look like places and stand, as `strong` relations have it, where people of that surname do.

    "The attacker was Sudesh Amman. Amman had been released": nobody speaks of the city.
    """
    told: set[str] = set()
    for m in named:
        words = words_of(m)
        if m.type is EntityType.PERSON and len(words) > 1:
            told.add(words[-1])
            continue
        place = len(words) == 1 and words[0] in told and m.type in (EntityType.GPE, EntityType.LOC)
        if place and m.relation in strong and not m.marker and not m.determiner:
            yield m.index


def relatives(mentions: Sequence[Mention]) -> frozenset[int]:
    """People who are told as relatives of somebody: a surname alone is his whose relatives they are.

    "Castro ceded power to his brother Raúl Castro. Castro was ill."
    """
    full = [m for m in mentions if m.kind is MentionKind.NAME and m.name and m.type is EntityType.PERSON]
    return frozenset(
        m.index for m in full if m.name and " " in name_of(m) and KIN.search(m.text[: m.name.begin - m.span.begin])
    )
