"""Sentences that tell what a question asks for in other words: shown as what a text says, and never as certain.

The last way, where neither an event nor a clause nor a tree gives an answer. A sentence answers if it has what the
question says (names, words, and above all the deed, by whatever word WordNet has for it) and something of the kind that
is asked for: a figure of that noun, a day, a place, a reason. Questions that name a deed by a noun ("the reaction of",
"what led to") are answered by what their form stands for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.asking.filling import coming
from kg.asking.forms import Form, form_of
from kg.asking.kinds import acted_by_others, may_answer, told_as_asked
from kg.asking.likeness import WEIGHTS, Likeness
from kg.asking.pages import Page
from kg.asking.patterns import Called
from kg.asking.rarity import rarity
from kg.asking.records import Phrase, Reading, Said
from kg.asking.replies import Answer, Quote
from kg.asking.sides import Sides
from kg.asking.telling import DEED, inner, owner_of, spoken
from kg.asking.turns import LEAST, told_by_form
from kg.asking.words import words

_EARLY = ("reaction", "intention", "outcome", "decision", "duration", "identity", "matter", "condition")
"""Forms whose verb, if there is one, is not what is asked for."""
_RARE = 0.3
"""How much the rare words of a question count where several sentences tell enough of it."""
_SEGMENTS = re.compile(r";|, (?:while|whereas|but)\b")
_DUE = re.compile(r"\b(?:due|deadline|by when|expires?|until when)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Found:
    score: float
    published: str
    page: Page
    at: int


def read_passages(reading: Reading, called: Called, pages: Callable[[], Sequence[Page]]) -> tuple[Answer, ...]:
    """Give the sentence that tells best what a question asks for, none where no sentence tells enough of it."""
    form = form_of(reading)
    if reading.problem and reading.vague:  # nobody knows whom "you" means
        return ()
    if form is None and (reading.wanted in ("truth", "difference", "document", "count") or not _askable(reading)):
        return ()
    held = [Likeness(page, called) for page in pages()]
    found = [one for likeness in held for one in _scored(reading, form, likeness)]
    if not found:
        return ()
    rare = rarity(reading, held)
    best = max(found, key=lambda one: (round(one.score + _RARE * rare(one.page, one.at), 2), one.published))
    text = best.page.sentence(best.at)
    likeness = next(one for one in held if one.page is best.page)
    owner = owner_of(best.page, best.at, reading.noun, likeness) if reading.side == "owner" else None
    if owner is not None:
        return (Answer(owner, (Quote(text, best.page.source),), False),) if owner else ()
    told = _segment(best, reading, likeness) if reading.wanted == "number" else text
    day = _day(best, likeness, reading) if reading.wanted == "time" and form is None else ""
    return (Answer(day or told, (Quote(text, best.page.source),), False, day),)


def _askable(reading: Reading) -> bool:
    """Whether a question says enough for sentences to be looked for: without a verb, a name and a thing or two."""
    if not reading.problem:
        return True
    things = [one for one in reading.said if one.pos == "NOUN"]
    return reading.plain and bool(things) and len(reading.said) > 1 and not re.search(r"\bhow\b", reading.text, re.I)


def _day(found: _Found, likeness: Likeness, reading: Reading) -> str:
    """The day that stands nearest to the deed in a sentence."""
    page, tree = found.page, found.page.tree
    first, last = page.bounds(found.at)
    deeds = [one for one in reading.said if one.pos == "VERB" and one.lemma not in words().bare]
    told = [at for at in range(first, last + 1) for deed in deeds if likeness.word(deed, at) >= DEED] or [first]
    days = [one for one in page.times if tree.begin[first] <= one.span.begin < tree.end[last]]
    if _DUE.search(reading.text):  # what is due is due on the last day that is named
        return max((one.begin for one in days), default="")
    if not days:
        return ""
    near = min(days, key=lambda one: min(abs(one.span.begin - tree.begin[at]) for at in told))
    return coming(near, page).begin if reading.future else near.begin


def _segment(found: _Found, reading: Reading, likeness: Likeness) -> str:
    """Of a sentence that gives the figures of two sources, what that of the question says."""
    page, tree = found.page, found.page.tree
    text = page.sentence(found.at)
    sources = reading.words_of("source")
    said = [one for one in reading.said if one.text in sources]
    first, last = page.bounds(found.at)
    begin = page.text.find(text, max(0, tree.begin[first] - 1))
    ends = [0, *(at for hit in _SEGMENTS.finditer(text) for at in hit.span()), len(text)]
    for low, high in zip(ends[::2], ends[1::2], strict=True) if said else ():
        inside = [at for at in range(first, last + 1) if begin + low <= tree.begin[at] < begin + high]
        figures = any(tree.pos[at] == "NUM" for at in inside)
        if figures and all(any(likeness.word(one, at) >= DEED for at in inside) for one in said):
            return text[low:high].strip()
    return text


def _scored(reading: Reading, form: Form | None, likeness: Likeness) -> Iterable[_Found]:
    page = likeness.page
    day = page.published.isoformat() if page.published else ""
    given = _reason(reading, form)
    for first in page.firsts:
        whole = range(first, page.bounds(first)[1] + 1)
        if form is not None:
            score = told_by_form(form, likeness, page, whole)
            if not score and given is not None:
                score = told_by_form(given, likeness, page, whole)
        else:
            score = _plain(reading, likeness, page, whole)
        if score:
            yield _Found(score, day, page, first)


def _reason(reading: Reading, form: Form | None) -> Form | None:
    """Give the form of what somebody said who refused or welcomed something, if it is asked why."""
    deed = reading.lemmas[0] if reading.lemmas else ""
    if form is None or form.name != "cause" or form.actor or deed not in words().refusing | words().reacting:
        return None
    acting = reading.words_of("subject")
    actor = tuple(one for one in form.topic if one.text in acting)
    topic = tuple(one for one in form.topic if one not in actor and one.lemma != deed)
    return Form("cause", actor, topic) if actor and topic else None


# -- by what it says --------------------------------------------------------------------------------------------------


def _plain(reading: Reading, likeness: Likeness, page: Page, whole: range) -> float:
    """The share of what a question says that a sentence has, 0 where it lacks the deed or what is asked for."""
    empty = {*words().light, reading.noun}
    said = [
        one for one in reading.said if one.lemma not in empty and (one.pos != "VERB" or one.lemma not in words().bare)
    ]
    deeds = [one for one in said if one.pos == "VERB"]
    told: list[int] = []
    for deed in deeds[:1]:
        told = [at for at in whole if likeness.word(deed, at) >= DEED and told_as_asked(reading, page, at)]
        told = [at for at in told if not Sides(reading, likeness, page, at).taken()]
        told = told or inner(deeds, likeness, page, whole) or spoken(reading, likeness, page, whole)
        lead = likeness.leads(whole) and reading.wanted == "cause" and likeness.titled(deed) > 0
        if not told and not lead and not _counts(reading, likeness, whole):
            return 0.0
    if deeds and not acted_by_others(reading, likeness, page, told):
        return 0.0
    things = [one for one in said if one.pos != "NAME"]
    here = [likeness.share((one,), whole, WEIGHTS, here=True) >= DEED for one in things]
    every = reading.wanted == "agent" and bool(reading.lemmas)  # "who voiced doubts about it?" has no other deed
    if not deeds and things and not (all(here) if every else any(here)):
        return 0.0
    if not deeds and not things and reading.wanted != "number":
        return 0.0
    if not may_answer(reading, likeness, page, whole, said):
        return 0.0
    share = likeness.share(said, whole, WEIGHTS, deed=deeds[0] if deeds else None)
    return share if share >= LEAST else 0.0


def _counts(reading: Reading, likeness: Likeness, whole: range) -> bool:
    """Whether a sentence gives a source's figure of what is counted, by whatever verb: "officials put it at 31"."""
    noun = Said(reading.noun, reading.noun, "NOUN", 0)
    sources = any(phrase.side == "source" for phrase in reading.phrases)
    return reading.wanted == "number" and sources and any(likeness.word(noun, at) >= DEED for at in whole)


def early(reading: Reading) -> bool:
    """Whether the form of a question says better than its verb what it asks for."""
    form = form_of(reading)
    given = form is not None and form.name == "cause" and bool(form.actor)  # "what reason did he give?"
    return form is not None and (form.name in _EARLY or given or bool(reading.problem))


def as_said(reading: Reading) -> Reading | None:
    """Give a question as no more than what it says, so that its texts are found by that; None where it says nothing."""
    named = tuple(one.text for one in reading.said if one.pos == "NAME")
    deeds = [one for one in reading.said if one.pos == "VERB" and one.lemma not in words().light]
    verbs = [one.lemma for one in deeds]
    others = tuple(one.text for one in reading.said if one.pos not in ("NAME", "VERB") or one in deeds[1:])
    if not (named or others or verbs):
        return None
    whole = (*named, *others)
    phrase = Phrase("inside", " ".join(whole), named, others)
    return Reading(reading.text, reading.wanted, lemmas=(verbs[0] if verbs else "be",), phrases=(phrase,))
