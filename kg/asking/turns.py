"""What a sentence has to tell to answer a question of some form: a reaction, a plan, an outcome, a reason, how long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.asking.forms import Form
from kg.asking.likeness import WEIGHTS, Likeness
from kg.asking.pages import Page
from kg.asking.records import Said
from kg.asking.roles import doers, parts_of
from kg.asking.words import NUMBERS, words

LEAST = 0.62
"""The least share of what a question says that a sentence has to have."""
_VOICES = {"spokesman", "spokeswoman", "spokesperson", "government", "ministry", "lawyer", "prosecutor", "official"}
_VOICES |= {"minister", "president", "chairman", "chairwoman", "director", "leader", "premier", "chief"}
"""Who speaks for whose they are."""
_ACTOR = 0.6
DONE = 0.6
"""The least share of what a deed is done to that has to stand there."""
_MORE = 3
_NEAR, _STEP = 5, 0.9
"""Tokens from the beginning of a sentence in which it points back, and how much what stands there counts."""
_BACK = {"it", "that", "this", "these", "those", "them", "they", "both", "neither", "all", "he", "she", "the"}
_LEFT = {"may", "might", "could", "will"}
_GIVEN = 0.3
"""What a reason is given for may have been told long before."""
_TOPIC = {
    "reaction": 0.35,
    "outcome": 0.55,
    "cause": 0.6,
    "manner": LEAST,
    "duration": 0.6,
    "age": 0.5,
    "matter": 0.6,
    "condition": 0.5,
    "identity": 0.65,
}
LONG = re.compile(
    rf"\b(?:\d+|{'|'.join(reversed(NUMBERS))}|several|few|half an?|an?)"
    r"[ -](?:second|minute|hour|day|night|week|month|year)s?\b",
    re.I,
)
_AGED = re.compile(r"\baged? (?:about )?\d+|\d+[- ]years?[- ]old|, \d{1,3}(?=[,.;])|\bage of \d+", re.I)
_AGAINST = re.compile(
    r"\b(?:disagree|differ|disput|contradict|reject|dismiss|den(?:y|ied)|but|whereas|while|instead|however|against|called|insist|demand|wants?\b)",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:if|once|when|unless|until|provided|providing|condition|conditions|in return|in exchange|as long as|only)\b",
    re.I,
)
_THIS = re.compile(
    r"(?:this|that|the (?:move|decision|step|announcement|protests?|ban|measure|ruling))\s+(?:\w+ )?"
    r"(?:comes?|came|follow)",
    re.I,
)
_SOON = re.compile(r"\b(?:will|would|'ll|is to|are to|was to|were to|going to)\b", re.I)
CAUSES = re.compile(
    r"\b(?:after|because|due to|owing to|over|led to|caused|causing|forced|following|thanks to|as a result|citing"
    r"|(?:for|on) (?:\w+ ){0,2}(?:reasons|grounds)|ruling that|saying|arguing|because of|in order to|to protest"
    r"|blamed?|blames|giving in|gave in|pressure|triggered|sparked|prompted|found that|had made|in return"
    r"|for (?:not )?(?!the\b|an?\b)\w{2,}ing|in response|answer to|so that|amid)\b",
    re.I,
)


def told_by_form(form: Form, likeness: Likeness, page: Page, whole: range) -> float:
    """How well a sentence tells what a question of this form asks for, 0 where it does not."""
    topic = likeness.share(form.topic, whole, WEIGHTS)
    if form.name in ("reaction", "outcome") or (form.name == "cause" and _follows(page, whole)):
        topic = max(topic, _pointed(form, likeness, page, whole))
    if topic < (_GIVEN if form.name == "cause" and form.actor else _TOPIC.get(form.name, 0.0)):
        return 0.0
    match form.name:
        case "reaction":
            told = _doing(form, likeness, page, whole, words().reacting)
            told = told or _answering(form, likeness, page, whole)
            return told * (0.6 + 0.4 * topic)
        case "matter":
            here = likeness.share(form.topic, whole, WEIGHTS, here=True)
            return topic if here >= DONE and _fuller(form, page, whole) else 0.0
        case "intention":
            return _doing(form, likeness, page, whole, words().intending, soon=True) * (0.6 + 0.4 * topic)
        case "decision":
            return _doing(form, likeness, page, whole, words().deciding) * (0.6 + 0.4 * topic)
        case "age":
            return topic if _AGED.search(text_of(page, whole)) else 0.0
        case "duration":
            return topic if LONG.search(text_of(page, whole)) else 0.0
        case "identity":
            return topic if any(page.tree.entity[at] == "PERSON" for at in whole) else 0.0
        case "difference":
            both = all(max(likeness.word(one, at) for at in whole) >= 1 for one in form.actor)
            return topic if len(form.actor) > 1 and both and _AGAINST.search(text_of(page, whole)) else 0.0
        case "outcome":
            told = _told(page, whole, words().resulting, but=form.topic)
            fate = _fate(form, likeness, page, whole)
            return topic if told or fate else 0.0
        case "condition":
            return topic if _CONDITION.search(text_of(page, whole)) else 0.0
        case "cause" if form.actor:  # what somebody gives as a reason need not be marked as one
            return _doing(form, likeness, page, whole, words().reacting) * (0.6 + 0.4 * topic)
        case "cause":
            if _purpose(form, likeness, page, whole):
                return topic
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
        if not form.actor:
            best = max(best, 0.8)
        for head in parts.subject:
            share = likeness.share(form.actor, _own(page, head), WEIGHTS, here=True)
            best = max(best, share if share >= _ACTOR else 0.0)
            if (
                not best and (_points_back(page, head) or _theirs(page, head)) and whole[0]
            ):  # "both of them have accepted"
                before = range(page.bounds(whole[0] - 1)[0], whole[0])
                share = likeness.share(form.actor, before, WEIGHTS, here=True)
                best = _STEP * share if share >= _ACTOR else 0.0
    if soon and not best and form.actor:
        share = likeness.share(form.actor, whole, WEIGHTS, here=True)
        best = 0.7 * share if _SOON.search(text_of(page, whole)) and share == 1 else 0.0
    return best


def _answering(form: Form, likeness: Likeness, page: Page, whole: range) -> float:
    """How well a sentence tells any deed of whom a question names that is done to what it names."""
    best = 0.0
    for at in whole if form.topic else ():
        if page.tree.pos[at] != "VERB" or page.tree.lemma[at] in words().light:
            continue
        parts = parts_of(page.tree, at)
        done = [one for head in (*parts.object, *(head for _, head in parts.rest)) for one in page.tree.under(head)]
        by = doers(page.tree, parts)
        if not done or not by or parts.status == "open":
            continue
        share = likeness.share(form.actor, by, WEIGHTS, here=True) if form.actor else 1.0
        if share >= _ACTOR and likeness.share(form.topic, done, WEIGHTS, here=True) >= DONE:
            best = max(best, share)
    return best


def _purpose(form: Form, likeness: Likeness, page: Page, whole: range) -> bool:
    """Whether a deed of going or the like is told with what it is for: "arrived to meet the president"."""
    tree = page.tree
    deeds = [one for one in form.topic if one.pos == "VERB"]
    for at in whole:
        mark = tree.child(at, "mark")
        aim = tree.dep[at] == "advcl" and mark is not None and tree.lower[mark] == "to"
        if aim and any(likeness.word(one, tree.head[at]) >= DONE for one in deeds):
            return True
    return False


def _follows(page: Page, whole: range) -> bool:
    """Whether a sentence tells why of the one before: "this comes after", "the move follows"."""
    return bool(_THIS.match(text_of(page, whole)))


def _fate(form: Form, likeness: Likeness, page: Page, whole: range) -> bool:
    """Whether a sentence tells what was done with, or became of, what a question names."""
    tree = page.tree
    heads = [one for one in form.topic if one.pos in ("NOUN", "PROPN", "NAME")][:1]
    for at in whole if heads else ():
        bare = tree.lemma[at] in words().light and tree.child(at, "xcomp") is None
        if tree.pos[at] != "VERB" or bare or tree.dep[at] in ("acl:relcl", "acl"):
            continue
        parts = parts_of(tree, at)
        if parts.status == "open" and not any(tree.lower[one] in _LEFT for one in tree.under(at)):
            continue
        borne = (*parts.object, *(parts.subject if not parts.object else ()))
        if any(likeness.word(heads[0], head) >= DONE for head in borne):
            return True
    return False


def _pointed(form: Form, likeness: Likeness, page: Page, whole: range) -> float:
    """How much of a topic the sentence before has, where this one points back to it: "both of them", "that idea"."""
    tree = page.tree
    if not whole[0] or not any(tree.lower[at] in _BACK for at in whole[: _NEAR + 1]):
        return 0.0
    first, _ = page.bounds(whole[0] - 1)
    return _STEP * likeness.share(form.topic, range(first, whole[-1] + 1), WEIGHTS, here=True)


def _points_back(page: Page, head: int) -> bool:
    """Whether a subject is a pronoun of which the graph does not say whom it means, or "both of them"."""
    tree = page.tree
    return tree.lower[head] in ("both", "neither", "all") or (tree.pos[head] == "PRON" and not page.label(head))


def _theirs(page: Page, head: int) -> bool:
    """Whether a subject speaks for somebody told of before: "their spokesman"."""
    tree = page.tree
    return tree.lemma[head] in _VOICES and any(
        tree.dep[child] == "nmod:poss" and tree.pos[child] in ("PRON", "DET") for child in tree.children[head]
    )


def _fuller(form: Form, page: Page, whole: range) -> bool:
    """Whether a sentence says more than the words of the question."""
    own = {one.text.lower() for one in form.topic}
    told = [
        at for at in whole if page.tree.pos[at] in ("NOUN", "VERB", "ADJ", "NUM") and page.tree.lower[at] not in own
    ]
    return len(told) >= _MORE


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
