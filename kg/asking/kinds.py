"""Whether a sentence has something of the kind that a question asks for, of the source and the days that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.asking.filling import is_sort
from kg.asking.likeness import WEIGHTS, Likeness
from kg.asking.pages import Page
from kg.asking.records import Reading, Said
from kg.asking.roles import parts_of
from kg.asking.sides import figures, timely
from kg.asking.telling import DEED
from kg.asking.turns import CAUSES, LONG, text_of
from kg.asking.words import alike, words

SOMEBODY = {"PERSON", "ORG", "GPE", "NORP", "LOC"}
"""Types of names that somebody is called by."""
_PLACED = {"in", "at", "near", "on", "to"}
_ALL = 0.95
"""A sentence that has all of a question tells where, too, though it names no place."""
_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day|(?:19|20)\d\d)\b"
)
_ANYBODY = {"people", "person", "other", "man", "woman", "more"}
"""Nouns by which a text counts those of whom it told before."""
_MONEY = re.compile(
    r"[$€£¥]|\b(?:million|billion|trillion|dollars?|euros?|pounds?|yen|won|pesos?|crowns?|francs?)\b", re.I
)

_COMING = re.compile(r"\b(?:do|does|is|are|will)\b", re.I)
"""What a question about days to come has; of what has been it has "did" or "was"."""
_OBLIGED = re.compile(r"\b(?:has|have|had) to\b", re.I)

_KINDS = (
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|old|far|high|big|large|fast|tall|deep|strong)"
            r"|\bwhat (?:share|percentage|proportion|price|sum|amount)",
            re.I,
        ),
    ),
    ("long", re.compile(r"\bhow (?:long|soon)", re.I)),
    ("time", re.compile(r"\bwhen\b|\b(?:what|which) (?:day|date|month|year|week|time)\b|\bhow often", re.I)),
    ("place", re.compile(r"\bwhere\b|\b(?:what|which) (?:place|city|town|village|port)\b", re.I)),
    ("cause", re.compile(r"\bwhy\b|\bwhat (?:reason|ground|cause|prompt|trigger|spark|made|led)|\bhow come", re.I)),
    ("somebody", re.compile(r"\bwho(?:m|se)?\b|\bwhich (?:country|state|party|company|minister|politician)", re.I)),
)


def kind_of(reading: Reading) -> str:
    """Give what kind of thing a question asks for, "" where it may be anything.

    >>> kind_of(Reading("How old was she?", "happening")), kind_of(Reading("What did Oslo say?", "object"))
    ('number', '')
    """
    return next((kind for kind, pattern in _KINDS if pattern.search(reading.text)), "")


def may_answer(reading: Reading, likeness: Likeness, page: Page, whole: range, said: Sequence[Said]) -> bool:
    """Whether nothing that a question says with certainty is lacking in a sentence; `said` are its words that count."""
    return (
        has_source(reading, likeness, whole)
        and has_sort(reading, likeness, page, whole)
        and timely(reading, page, whole)
        and has_figures(reading, likeness, whole, said)
        and has_kind(reading, likeness, page, whole)
    )


def has_figures(reading: Reading, likeness: Likeness, whole: range, said: Sequence[Said]) -> bool:
    """Whether a sentence has the numbers that a question gives."""
    return all(likeness.share((one,), whole, WEIGHTS, here=True) >= 1 for one in figures(said, reading.text))


def has_source(reading: Reading, likeness: Likeness, whole: range) -> bool:
    """Whether a sentence has the source of a figure, and for "whose resignation" the noun."""
    sources = reading.words_of("source")
    told = [one for one in reading.said if one.text in sources]
    told += [Said(reading.noun, reading.noun, "NOUN", 0)] if reading.side == "owner" else []
    return all(any(likeness.word(one, at) >= DEED for at in whole) for one in told)


def has_sort(reading: Reading, likeness: Likeness, page: Page, whole: range) -> bool:
    """ "Which admiral": whether the noun stands in the sentence, or beside the name of somebody in it."""
    if not reading.chosen:
        return True
    noun = Said(reading.noun, reading.noun, "NOUN", 0)
    if noun.lemma in words().vague or any(likeness.word(noun, at) >= DEED for at in whole):
        return True
    labels = {page.label(at) for at in whole} - {""}
    return any(form in page.told.get(label, "") for label in labels for form in alike(noun.text))


def has_kind(reading: Reading, likeness: Likeness, page: Page, whole: range) -> bool:
    """Whether a sentence has something of the kind that a question asks for."""
    tree = page.tree
    low, high = tree.begin[whole[0]], tree.end[whole[-1]]
    match reading.wanted:
        case "time":
            told = any(low <= one.span.begin < high for one in page.times)
            return told or (reading.window is None and bool(_DATED.search(page.text[low:high])))
        case "place":
            placed = (tree.entity[at] in ("GPE", "LOC", "FAC") or tree.case(at) in ("in", "at", "near") for at in whole)
            return any(placed) or likeness.share(reading.said, whole, WEIGHTS) > _ALL
        case "number":
            return any(tree.pos[at] == "NUM" and _counted(reading, likeness, page, at) for at in whole)
        case "cause":
            return bool(CAUSES.search(text_of(page, whole)))
        case _:
            return True


def _counted(reading: Reading, likeness: Likeness, page: Page, at: int) -> bool:
    """Whether a figure is one of what a question counts."""
    tree = page.tree
    head = tree.head[at]
    if tree.entity[at] in ("DATE", "TIME"):
        return False
    if reading.noun in ("", "people"):
        return True
    if reading.noun == "money":
        return bool(_MONEY.search(text_of(page, range(at, min(at + 4, len(tree))))))
    noun = Said(reading.noun, reading.noun, "NOUN", 0)
    if any(likeness.word(one, head) >= DEED for one in reading.said if one.pos == "VERB"):  # "17 dead"
        return True
    if tree.lemma[head] in _ANYBODY and likeness.share((noun,), (at,), WEIGHTS) > 0:  # "fourteen people", told before
        return True
    return likeness.word(noun, head) >= DEED or likeness.word(noun, at + 1 if at + 1 < len(tree) else at) >= DEED


def told_as_asked(reading: Reading, page: Page, at: int) -> bool:
    """Whether a deed is told as the question has it: done, denied or open."""
    status = parts_of(page.tree, at).status
    if reading.wanted == "cause" or (status == "open" and _COMING.search(reading.text)):
        return True
    if _OBLIGED.search(reading.text) and status == "open":  # "ordered them to leave": they had to
        return True
    return status == ("denied" if reading.negated else "open" if reading.future else "told")


def acted_by_others(reading: Reading, likeness: Likeness, page: Page, told: Sequence[int]) -> bool:
    """Whether somebody whom the question does not name does the deed, if that is what is asked for."""
    if reading.side not in ("subject", "by") or reading.wanted not in ("agent", "object"):
        return True
    tree = page.tree
    named = [one for one in reading.said if one.pos == "NAME"]
    for at in told:
        parts = parts_of(tree, at)
        for head in parts.subject:
            inside = tree.under(head)
            own = any(likeness.word(one, head) >= 1 for one in named)
            if not own and is_sort(reading, page, inside):
                return True
        if parts.nominal:
            return True
    return False


def of_kind(kind: str, page: Page, inside: range, asked: Callable[[int], bool]) -> float:
    """Whether some words have something of a kind, 0.5 where any would do; `asked` tells what the question names."""
    tree = page.tree
    match kind:
        case "number":
            return float(any(tree.pos[at] == "NUM" and tree.entity[at] not in ("DATE", "TIME") for at in inside))
        case "long":
            return float(bool(len(inside) and LONG.search(text_of(page, inside))))
        case "time":
            low, high = tree.begin[inside[0]], tree.end[inside[-1]]
            return float(any(low <= one.span.begin < high for one in page.times))
        case "place":
            return float(any(tree.entity[at] in ("GPE", "LOC", "FAC") or tree.case(at) in _PLACED for at in inside))
        case "cause":
            return float(bool(CAUSES.search(text_of(page, inside))))
        case "somebody":
            return float(any(tree.entity[at] in SOMEBODY and not asked(at) for at in inside))
        case _:
            return 0.5
