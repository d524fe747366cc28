"""What a sentence has to tell to answer a question of some form: a reaction, a plan, an outcome, a reason, how long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.asking.forms import Form
from kg.asking.likeness import WEIGHTS, Likeness
from kg.asking.pages import Page
from kg.asking.records import Said
from kg.asking.roles import parts_of
from kg.asking.words import NUMBERS, words

LEAST = 0.62
"""The least share of what a question says that a sentence has to have."""
_VOICES = {"spokesman", "spokeswoman", "spokesperson", "government", "ministry", "lawyer", "prosecutor", "official"}
"""Who speaks for whose they are."""
_ACTOR = 0.6
_GIVEN = 0.3
"""What a reason is given for may have been told long before."""
_TOPIC = {"reaction": 0.35, "outcome": 0.55, "cause": 0.6, "manner": LEAST, "duration": 0.6, "identity": 0.65}
_LONG = re.compile(
    rf"\b(?:\d+|{'|'.join(reversed(NUMBERS))}|several|few|half an?|an?)"
    r"[ -](?:second|minute|hour|day|night|week|month|year)s?\b",
    re.I,
)
_AGAINST = re.compile(
    r"\b(?:disagree|differ|disput|contradict|reject|dismiss|den(?:y|ied)|but|whereas|while|instead|however|against|called)",
    re.I,
)
_SOON = re.compile(r"\b(?:will|would|'ll|is to|are to|was to|were to|going to)\b", re.I)
CAUSES = re.compile(
    r"\b(?:after|because|due to|owing to|over|led to|caused|causing|forced|following|thanks to|as a result|citing"
    r"|blamed?|blames|triggered|sparked|prompted|found that|had made|in return|in response|answer to|so that|amid)\b",
    re.I,
)


def told_by_form(form: Form, likeness: Likeness, page: Page, whole: range) -> float:
    """How well a sentence tells what a question of this form asks for, 0 where it does not."""
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
            return topic if _LONG.search(text_of(page, whole)) else 0.0
        case "identity":
            return topic if any(page.tree.entity[at] == "PERSON" for at in whole) else 0.0
        case "difference":
            both = all(max(likeness.word(one, at) for at in whole) >= 1 for one in form.actor)
            return topic if len(form.actor) > 1 and both and _AGAINST.search(text_of(page, whole)) else 0.0
        case "outcome":
            told = _told(page, whole, words().resulting, but=form.topic)
            return topic if told else 0.0
        case "cause" if form.actor:  # what somebody gives as a reason need not be marked as one
            return _doing(form, likeness, page, whole, words().reacting) * (0.6 + 0.4 * topic)
        case "cause":
            return topic if CAUSES.search(text_of(page, whole)) else 0.0
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
            meant = meant or bool(_SOON.search(text_of(page, range(page.tree.left[at], page.tree.right[at] + 1))))
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
        best = 0.7 * share if _SOON.search(text_of(page, whole)) and share == 1 else 0.0
    return best


def _own(page: Page, head: int) -> list[int]:
    """The tokens of a part without whose it is and what hangs on it: "his counterpart" is not he."""
    tree = page.tree
    return tree.under(head) if tree.lemma[head] in _VOICES else tree.under(head, "nmod", "acl", "parataxis")


def _told(page: Page, whole: range, lemmas: frozenset[str], *, but: Sequence[Said]) -> bool:
    own = {one.lemma for one in but}
    verbs = [at for at in whole if page.tree.lemma[at] in lemmas and page.tree.lemma[at] not in own]
    return any(page.tree.pos[at] == "VERB" and parts_of(page.tree, at).status != "open" for at in verbs)


def text_of(page: Page, whole: range) -> str:
    """The words of some tokens in a row."""
    return page.text[page.tree.begin[whole[0]] : page.tree.end[whole[-1]]]
