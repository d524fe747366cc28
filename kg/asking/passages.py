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

from kg.asking.filling import is_sort
from kg.asking.forms import Form, form_of
from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.patterns import Called
from kg.asking.records import Phrase, Reading, Said
from kg.asking.replies import Answer, Quote
from kg.asking.roles import parts_of
from kg.asking.sides import Sides, timely
from kg.asking.words import NUMBERS, words

LEAST = 0.62
"""The least share of what a question says that a sentence has to have."""
DEED = 0.7
"""How alike a word of the sentence has to be to the deed of the question."""
_ACTOR = 0.6
_GIVEN = 0.3
"""What a reason is given for may have been told long before."""
_ALL = 0.95
"""A sentence that has all of a question tells where, too, though it names no place."""
_EARLY = ("reaction", "intention", "outcome", "decision", "duration", "identity")
"""Forms whose verb, if there is one, is not what is asked for."""
_TOPIC = {"reaction": 0.35, "outcome": 0.55, "cause": 0.6, "manner": LEAST, "duration": 0.6, "identity": 0.65}
_LONG = re.compile(
    rf"\b(?:\d+|{'|'.join(reversed(NUMBERS))}|several|few|half an?|an?)[ -](?:second|minute|hour|day|night|week|month|year)s?\b", re.I
)
_AGAINST = re.compile(
    r"\b(?:disagree|differ|disput|contradict|reject|dismiss|den(?:y|ied)|but|whereas|while|instead|however|against|called)", re.I
)
_SOON = re.compile(r"\b(?:will|would|'ll|is to|are to|was to|were to|going to)\b", re.I)
_SEGMENTS = re.compile(r";|, (?:while|whereas|but)\b")
_CAUSES = re.compile(
    r"\b(?:after|because|due to|owing to|over|led to|caused|causing|forced|following|thanks to|as a result|citing"
    r"|blamed?|blames|triggered|sparked|prompted|found that|had made|in return|in response|answer to|so that|amid)\b",
    re.I,
)
_COMING = re.compile(r"\b(?:do|does|is|are|will)\b", re.I)
"""What a question about days to come has; of what has been it has "did" or "was"."""
_MONEY = re.compile(r"[$€£¥]|\b(?:million|billion|trillion|dollars?|euros?|pounds?|yen|won|pesos?|crowns?|francs?)\b", re.I)
WEIGHTS = {"NAME": 2.0, "VERB": 2.0, "NOUN": 1.5}


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
    if form is None and (reading.wanted in ("truth", "difference", "document", "count") or reading.problem):
        return ()
    found = [one for page in pages() for one in _scored(reading, form, Likeness(page, called), page)]
    if not found:
        return ()
    best = max(found, key=lambda one: (round(one.score, 2), one.published))
    text = best.page.sentence(best.at)
    told = _segment(text, reading) if reading.wanted == "number" else text
    day = _day(best, Likeness(best.page, called), reading) if reading.wanted == "time" and form is None else ""
    return (Answer(day or told, (Quote(text, best.page.source),), False, day),)


def _day(found: _Found, likeness: Likeness, reading: Reading) -> str:
    """The day that stands nearest to the deed in a sentence."""
    page, tree = found.page, found.page.tree
    first, last = page.bounds(found.at)
    deeds = [one for one in reading.said if one.pos == "VERB" and one.lemma not in words().bare]
    told = [at for at in range(first, last + 1) for deed in deeds if likeness.word(deed, at) >= DEED] or [first]
    days = [one for one in page.times if tree.begin[first] <= one.span.begin < tree.end[last]]
    near = min(days, key=lambda one: min(abs(one.span.begin - tree.begin[at]) for at in told), default=None)
    return (near.begin or "") if near is not None else ""


def _segment(text: str, reading: Reading) -> str:
    """Of a sentence that gives the figures of two sources, what that of the question says."""
    sources = [name for phrase in reading.phrases if phrase.side == "source" for name in (*phrase.names, *phrase.words)]
    for part in _SEGMENTS.split(text) if sources else ():
        if re.search(r"\d", part) and any(name.split()[-1].lower() in part.lower() for name in sources):
            return part.strip()
    return text


def _scored(reading: Reading, form: Form | None, likeness: Likeness, page: Page) -> Iterable[_Found]:
    day = page.published.isoformat() if page.published else ""
    firsts = [at for at in range(len(page.tree)) if not at or page.tree.sentence[at] != page.tree.sentence[at - 1]]
    for first in firsts:
        whole = range(first, page.bounds(first)[1] + 1)
        if form is not None:
            score = _by_form(form, likeness, page, whole)
        else:
            score = _plain(reading, likeness, page, whole)
        if score:
            yield _Found(score, day, page, first)


# -- by the form of a question ----------------------------------------------------------------------------------------


def _by_form(form: Form, likeness: Likeness, page: Page, whole: range) -> float:
    topic = likeness.share(form.topic, whole, WEIGHTS)
    if topic < (_GIVEN if form.name == "cause" and form.actor else _TOPIC.get(form.name, 0.0)):
        return 0.0
    match form.name:
        case "reaction":
            return _doing(form, likeness, page, whole, words().reacting) * (0.6 + 0.4 * topic)
        case "intention":
            return _doing(form, likeness, page, whole, words().intending, soon=True) * (0.6 + 0.4 * topic)
        case "decision":
            return _doing(form, likeness, page, whole, words().deciding) * (0.6 + 0.4 * topic)
        case "duration":
            return topic if _LONG.search(_text(page, whole)) else 0.0
        case "identity":
            return topic if any(page.tree.entity[at] == "PERSON" for at in whole) else 0.0
        case "difference":
            both = all(max(likeness.word(one, at) for at in whole) >= 1 for one in form.actor)
            return topic if len(form.actor) > 1 and both and _AGAINST.search(_text(page, whole)) else 0.0
        case "outcome":
            told = _told(page, whole, words().resulting, but=form.topic)
            return topic if told else 0.0
        case "cause" if form.actor:  # what somebody gives as a reason need not be marked as one
            return _doing(form, likeness, page, whole, words().reacting) * (0.6 + 0.4 * topic)
        case "cause":
            return topic if _CAUSES.search(_text(page, whole)) else 0.0
        case _:
            return topic


def _doing(
    form: Form, likeness: Likeness, page: Page, whole: range, lemmas: frozenset[str], *, soon: bool = False
) -> float:
    """How well a sentence tells of a deed of these by whom a question names; without a name, by anybody."""
    best = 0.0
    for at in whole:
        if page.tree.pos[at] != "VERB":
            continue
        meant = page.tree.lemma[at] in lemmas
        if soon:
            meant = meant or bool(_SOON.search(_text(page, range(page.tree.left[at], page.tree.right[at] + 1))))
        if not meant:
            continue
        parts = parts_of(page.tree, at)
        heads = [_own(page, head) for head in parts.subject]
        if not form.actor:
            best = max(best, 0.8)
        for inside in heads:
            share = likeness.share(form.actor, inside, WEIGHTS, here=True)
            best = max(best, share if share >= _ACTOR else 0.0)
    if soon and not best and form.actor:
        share = likeness.share(form.actor, whole, WEIGHTS, here=True)
        best = 0.7 * share if _SOON.search(_text(page, whole)) and share == 1 else 0.0
    return best


def _own(page: Page, head: int) -> list[int]:
    """The tokens of a part without whose it is and what hangs on it: "his counterpart" is not he."""
    tree = page.tree
    out = [child for child in tree.children[head] if tree.dep[child].startswith(("nmod", "acl", "parataxis"))]
    under = {at for child in out for at in range(tree.left[child], tree.right[child] + 1)}
    return [at for at in range(tree.left[head], tree.right[head] + 1) if at not in under]


def _told(page: Page, whole: range, lemmas: frozenset[str], *, but: Sequence[Said]) -> bool:
    own = {one.lemma for one in but}
    verbs = [at for at in whole if page.tree.lemma[at] in lemmas and page.tree.lemma[at] not in own]
    return any(page.tree.pos[at] == "VERB" and parts_of(page.tree, at).status != "open" for at in verbs)


# -- by what it says --------------------------------------------------------------------------------------------------


def _plain(reading: Reading, likeness: Likeness, page: Page, whole: range) -> float:
    """The share of what a question says that a sentence has, 0 where it lacks the deed or what is asked for."""
    said = [one for one in reading.said if one.lemma not in words().light and one.lemma != reading.noun]
    said = [one for one in said if one.pos != "VERB" or one.lemma not in words().bare]
    deeds = [one for one in said if one.pos == "VERB"]
    told: list[int] = []
    for deed in deeds[:1]:
        told = [at for at in whole if likeness.word(deed, at) >= DEED and _fits(reading, page, at)]
        told = [at for at in told if not Sides(reading, likeness, page, at).taken()]
        if not told:
            return 0.0
    if deeds and not _acts(reading, likeness, page, told):
        return 0.0
    things = [one for one in said if one.pos != "NAME"]
    if not deeds and things and not any(likeness.share((one,), whole, WEIGHTS, here=True) >= DEED for one in things):
        return 0.0
    if not deeds and not things and reading.wanted != "number":
        return 0.0
    if not timely(reading, page, whole) or any(likeness.share((one,), whole, WEIGHTS, here=True) < 1 for one in _figures(said)):
        return 0.0
    if not _has_kind(reading, likeness, page, whole):
        return 0.0
    share = likeness.share(said, whole, WEIGHTS, deed=deeds[0] if deeds else None)
    return share if share >= LEAST else 0.0


def _fits(reading: Reading, page: Page, at: int) -> bool:
    """Whether a deed is told as the question has it: done, denied or open."""
    status = parts_of(page.tree, at).status
    if reading.wanted == "cause" or (status == "open" and _COMING.search(reading.text)):
        return True
    return status == ("denied" if reading.negated else "open" if reading.future else "told")


def _acts(reading: Reading, likeness: Likeness, page: Page, told: Sequence[int]) -> bool:
    """Whether somebody whom the question does not name does the deed, if that is what is asked for."""
    if reading.side not in ("subject", "by") or reading.wanted not in ("agent", "object"):
        return True
    tree = page.tree
    named = [one for one in reading.said if one.pos == "NAME"]
    for at in told:
        parts = parts_of(tree, at)
        for head in parts.subject:
            inside = range(tree.left[head], tree.right[head] + 1)
            own = any(likeness.word(one, head) >= 1 for one in named)
            if not own and is_sort(reading, page, inside):
                return True
        if parts.nominal:
            return True
    return False


def _figures(said: Sequence[Said]) -> list[Said]:
    """The numbers of a question: one that a sentence has otherwise tells of something else."""
    return [one for one in said if one.pos == "NUM" or one.text.lower() in NUMBERS]


def _has_kind(reading: Reading, likeness: Likeness, page: Page, whole: range) -> bool:
    tree = page.tree
    low, high = tree.begin[whole[0]], tree.end[whole[-1]]
    match reading.wanted:
        case "time":
            return any(low <= one.span.begin < high for one in page.times)
        case "place":
            placed = (tree.entity[at] in ("GPE", "LOC", "FAC") or tree.case(at) in ("in", "at", "near") for at in whole)
            return any(placed) or likeness.share(reading.said, whole, WEIGHTS) > _ALL
        case "number":
            return any(tree.pos[at] == "NUM" and _counted(reading, likeness, page, at) for at in whole)
        case "cause":
            return bool(_CAUSES.search(_text(page, whole)))
        case _:
            return True


def _counted(reading: Reading, likeness: Likeness, page: Page, at: int) -> bool:
    """Whether a figure is one of what a question counts."""
    tree = page.tree
    head = tree.head[at]
    if reading.noun in ("", "people"):
        return tree.entity[at] not in ("DATE", "TIME")
    if reading.noun == "money":
        return bool(_MONEY.search(_text(page, range(at, min(at + 4, len(tree))))))
    noun = Said(reading.noun, reading.noun, "NOUN", 0)
    if any(likeness.word(one, head) >= DEED for one in reading.said if one.pos == "VERB"):  # "17 dead"
        return True
    return likeness.word(noun, head) >= DEED or likeness.word(noun, at + 1 if at + 1 < len(tree) else at) >= DEED


def _text(page: Page, whole: range) -> str:
    return page.text[page.tree.begin[whole[0]] : page.tree.end[whole[-1]]]


def early(reading: Reading) -> bool:
    """Whether the form of a question says better than its verb what it asks for."""
    form = form_of(reading)
    return form is not None and (form.name in _EARLY or bool(reading.problem))


def as_said(reading: Reading) -> Reading | None:
    """Give a question as no more than what it says, so that its texts are found by that; None where it says nothing."""
    names = tuple(one.text for one in reading.said if one.pos == "NAME")
    verbs = [one.lemma for one in reading.said if one.pos == "VERB" and one.lemma not in words().light]
    others = tuple(one.text for one in reading.said if one.pos not in ("NAME", "VERB"))
    if not (names or others or verbs):
        return None
    phrase = Phrase("inside", " ".join((*names, *others)), names, others)
    return Reading(reading.text, reading.wanted, lemmas=(verbs[0] if verbs else "be",), phrases=(phrase,))
