"""Questions made of clauses, with the sentence that answers each, and the like ones that no sentence answers."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.ask.answers.asked import Pair
from tests.ask.answers.clauses import PLACES, TIMES, Clause, Text, ask, is_somebody, parts_asked, read_clause
from tests.ask.answers.words import LIGHT, Forms, is_noun, is_verb, others_for, related, unlike

MANY, FEW = 11, 4
"""Questions that a text gives at most: an annotated one, and one of which it is not known what in it happened."""
_LONGEST, _COMMON = 420, 700
_TIMELY = re.compile(r"\b(after|before|when|while|during|since|ago|earlier|last|next|now)\b", re.I)
_PLACED = re.compile(r"\b(in|at|near) (the|a) ", re.I)
_CAUSED = re.compile(r"\b(because|since|as|after|over|for|due|to|so|that|following)\b", re.I)


@dataclass(frozen=True)
class Maker:
    """What questions are made with: verbs' forms, verbs that news has often, and names of all texts by kind."""

    forms: Forms
    common: tuple[str, ...]
    names: dict[str, list[str]]
    rng: random.Random


def maker_of(texts: Sequence[Text], forms: Forms, rng: random.Random) -> Maker:
    """Give what questions are made with, from the texts themselves."""
    met = Counter(t.lemma_.lower() for one in texts for t in one.doc if t.pos_ == "VERB")
    common = tuple(verb for verb, _ in met.most_common(_COMMON) if is_verb(verb) and verb not in LIGHT)
    names = {kind: [name for one in texts for name in one.names[kind]] for kind in ("PERSON", "ORG", "GPE", "NORP")}
    return Maker(forms, common, names, rng)


def questions_of(text: Text, make: Maker) -> Iterator[Pair]:
    """Give the questions that clauses of a text answer, and near them such as it does not answer."""
    events = {
        token.i: str(event["factuality"])
        for event in (text.record or {}).get("events", ())
        for begin, end in event["trigger"]  # type: ignore[attr-defined]
        for token in text.doc
        if begin <= token.idx < end
    }
    verbs = [token for token in text.doc if token.pos_ == "VERB"]
    made = 0
    for verb in make.rng.sample(verbs, len(verbs)):
        clause = read_clause(verb, text, make.rng)
        if made >= (MANY if text.record else FEW):
            return
        if clause is None or clause.lemma in LIGHT or not (parts := parts_asked(clause)):
            continue
        if len(text.sentences[text.number(verb)]) > _LONGEST:
            continue
        part, out = make.rng.choice(parts)
        told = events.get(verb.i, "")
        if told in ("", "happened") and not clause.negated and (told or not clause.modal):
            found = list(_told(text, clause, part, out, make))
        else:
            found = list(_untold(text, clause, part, out, told, make))
        made += bool(found)
        yield from found


def pair(text: Text, question: str | None, at: int, *, right: bool) -> Iterator[Pair]:
    """Give a question with a sentence of a text, if there is a question."""
    if question is not None:
        yield Pair(question, text.sentences[at], text.sentences[at - 1] if at else "", right)


def elsewhere(text: Text, question: str, at: int, without: set[str], rng: random.Random) -> Iterator[Pair]:
    """Give a question with another sentence of its text, mostly that which has most of its words."""
    asked = {word.strip("?,.'").lower() for word in question.split()}
    scored = [
        (len(asked & {one.lower() for one in told}) + 0.9 * rng.random(), other)
        for other, told in enumerate(text.lemmas)
        if other != at and not without & told and len(text.sentences[other]) >= 20
    ]
    if scored:
        chosen = max(scored)[1] if rng.random() < 0.75 else rng.choice(scored)[1]
        yield from pair(text, question, chosen, right=False)


def renamed(text: Text, question: str, at: int, make: Maker) -> Iterator[Pair]:
    """Give a question with another name in the place of one, which its sentence does not have."""
    for kind in make.rng.sample(sorted(make.names), len(make.names)):
        mine = [name for name in text.names[kind] if re.search(rf"\b{re.escape(name)}\b", question)]
        others = [name for name in text.names[kind] if name not in question]
        pool = others if others and make.rng.random() < 0.6 else make.names[kind]
        if mine and pool:
            name, other = make.rng.choice(mine), make.rng.choice(pool)
            if other not in text.sentences[at] and other != name:
                yield from pair(text, question.replace(name, other, 1), at, right=False)
                return


def other_nouns(question: str, share: float, rng: random.Random) -> str:
    """Put other nouns that are likely to mean the same into a question."""
    words = question.removesuffix("?").split(" ")
    for at, word in enumerate(words[1:], 1):
        lemma = word.removesuffix("s") if is_noun(word.removesuffix("s")) else word
        if word.islower() and len(lemma) > 4 and is_noun(lemma) and rng.random() < share:
            found = others_for("n", lemma)
            words[at] = rng.choice(found[:3]) + ("s" if word != lemma else "") if found else word
    return " ".join(words) + "?"


def _told(text: Text, clause: Clause, part: str, out: object, make: Maker) -> Iterator[Pair]:
    """A question about what happened, in the text's words or in others, and those near it that have no answer."""
    rng, at = make.rng, text.number(clause.verb)
    others = () if clause.particle else others_for("v", clause.lemma)
    verb = rng.choice(others[:4]) if others and rng.random() < 0.5 else clause.lemma
    question = ask(clause, part, verb, make.forms, rng, out=out)  # type: ignore[arg-type]
    if question is None:
        return
    if rng.random() < (0.5 if verb != clause.lemma else 0.25):
        question = other_nouns(question, 0.5, rng)
    yield from pair(text, question, at, right=True)
    yield from elsewhere(text, question, at, related(clause.lemma) - LIGHT, rng)
    chance = rng.random()
    if chance < 0.55 and not clause.particle:
        pool = unlike(clause.lemma, make.common) if rng.random() < 0.6 else list(make.common)
        pool = [one for one in pool if one not in text.lemmas[at] and one not in related(clause.lemma)]
        if pool:
            wrong = ask(clause, part, rng.choice(pool), make.forms, rng, out=out)  # type: ignore[arg-type]
            yield from pair(text, wrong, at, right=False)
    elif chance < 0.8:
        yield from renamed(text, question, at, make)
    elif chance < 0.9:
        yield from pair(text, _turned(clause, verb, make), at, right=False)
    if rng.random() < 0.3 and (asked := _lacking(text, at)):
        wrong = ask(clause, rng.choice(asked), verb, make.forms, rng)
        yield from pair(text, wrong, at, right=False)


def _untold(text: Text, clause: Clause, part: str, out: object, told: str, make: Maker) -> Iterator[Pair]:
    """What is denied, planned or only thought of: asked as done it has no answer, asked as it is told it has."""
    rng, at = make.rng, text.number(clause.verb)
    if told and rng.random() < 0.7:
        done = ask(clause, part, clause.lemma, make.forms, rng, out=out, tense="past")  # type: ignore[arg-type]
        yield from pair(text, done, at, right=False)
    if told in ("future", "hypothetical") and clause.modal and not clause.negated:
        question = ask(clause, part, clause.lemma, make.forms, rng, out=out)  # type: ignore[arg-type]
        if question is not None:
            yield from pair(text, question, at, right=True)
            yield from elsewhere(text, question, at, related(clause.lemma) - LIGHT, rng)


def _turned(clause: Clause, verb: str, make: Maker) -> str | None:
    """Who did it to whom, turned round."""
    sides = (clause.subject, clause.object)
    if clause.passive or clause.subject_text is None or clause.object_text is None:
        return None
    if not all(one is not None and is_somebody(one) for one in sides):
        return None
    return f"Who {make.forms.past(verb)} {clause.subject_text}?"


def _lacking(text: Text, at: int) -> list[str]:
    """Give what a sentence tells nothing of: when, where or why."""
    first, last = text.bounds[at]
    kinds, told = {token.ent_type_ for token in text.doc[first:last]}, text.sentences[at]
    found = [] if kinds & TIMES or _TIMELY.search(told) else ["time"]
    found += [] if kinds & PLACES or _PLACED.search(told) else ["place"]
    return found + ([] if _CAUSED.search(told) else ["cause"])
