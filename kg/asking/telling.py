"""Where a sentence tells a deed by other words than any that may mean it: what is wanted, or what somebody says."""

from __future__ import annotations

from collections.abc import Sequence

from kg.asking.likeness import WEIGHTS, Likeness
from kg.asking.pages import Page
from kg.asking.records import Reading, Said
from kg.asking.roles import doers, parts_of
from kg.asking.words import words

_WHOLE = 0.95
DEED = 0.7
"""How alike a word of the sentence has to be to the deed of the question."""


def inner(deeds: Sequence[Said], likeness: Likeness, page: Page, whole: range) -> list[int]:
    """Where the deed stands that is wanted or asked for, if a sentence wants it by other words: "to throw it out"."""
    if len(deeds) < 2 or deeds[0].lemma not in words().wanting:
        return []
    return [
        at
        for at in whole
        if page.tree.pos[at] == "VERB"
        and likeness.word(deeds[-1], at) >= DEED
        and parts_of(page.tree, at).status == "open"
    ]


def spoken(reading: Reading, likeness: Likeness, page: Page, whole: range) -> list[int]:
    """Where somebody says in his own words of somebody named what a question calls an accusation or praise."""
    sides = {side: [phrase for phrase in reading.phrases if phrase.side == side] for side in ("subject", "object")}
    named = all(any(phrase.names for phrase in sides[side]) for side in sides)
    if not named or reading.wanted not in ("object", "cause") or not words().judging & set(reading.lemmas):
        return []
    names = {side: {name for one in found for name in one.names} for side, found in sides.items()}
    actor = [one for one in reading.said if one.text in names["subject"]]
    others = [one for one in reading.said if one.text in names["object"]]
    if not all(any(likeness.word(one, at) >= 1 for at in whole) for one in others):
        return []
    found = []
    for at in whole:
        if page.tree.lemma[at] in words().saying and page.tree.pos[at] == "VERB":
            inside = doers(page.tree, parts_of(page.tree, at))
            if inside and likeness.share(actor, inside, WEIGHTS, here=True) >= _WHOLE:
                found.append(at)
    return found


def owner_of(page: Page, first: int, noun: str, likeness: Likeness) -> str | None:
    """Give whose something is by a pronoun, "" where the graph does not say; None where no pronoun stands with it."""
    tree = page.tree
    said = Said(noun, noun, "NOUN", 0)
    for at in range(first, page.bounds(first)[1] + 1):
        if likeness.word(said, at) >= DEED:
            for child in tree.each(at, "nmod:poss"):
                if tree.pos[child] in ("PRON", "DET"):
                    return page.label(child)
    return None
