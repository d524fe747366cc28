"""Questions made of what is annotated in a passage: answers, causes and effects, statements and initiatives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Token

from tests.ask.answers.asked import Pair
from tests.ask.answers.clauses import Text, ask, named_before, noun_phrase, read_clause
from tests.ask.answers.made import Maker, elsewhere, pair, renamed
from tests.ask.answers.words import others_for

NOUNS = {
    "propose": ("proposal", "suggestion", "idea", "plan"),
    "offer": ("offer",),
    "invite": ("invitation",),
    "plan": ("plan",),
    "request": ("request", "appeal"),
    "urge": ("call", "appeal"),
    "demand": ("demand",),
    "threaten": ("threat", "warning"),
}
"""What an initiative of each kind is called."""
VERBS = {
    "propose": ("propose", "suggest", "want"),
    "offer": ("offer",),
    "invite": ("invite",),
    "plan": ("plan", "intend", "want"),
    "request": ("ask for", "request", "want"),
    "urge": ("urge", "call for", "want"),
    "demand": ("demand", "insist on", "want"),
    "threaten": ("threaten", "warn of"),
}
"""How what somebody does who takes one is told."""
REACTIONS = (
    "How did {who} react to {what}?",
    "How did {who} respond to {what}?",
    "How did {who} answer {what}?",
    "What did {who} say to {what}?",
    "What was the reply of {who} to {what}?",
    "What was the response of {who} to {what}?",
)
OUTCOMES = ("What became of {what}?", "What came of {what}?", "What happened to {what}?")
CAUSES = (
    "What caused {what}?",
    "What led to {what}?",
    "What sparked {what}?",
    "What was the reason for {what}?",
    "What prompted {what}?",
)
EFFECTS = ("What did {what} lead to?", "What was the result of {what}?", "What did {what} bring about?")
SAID = (
    "What did {who} say about {what}?",
    "What does {who} think of {what}?",
    "How did {who} describe {what}?",
    "What is the view of {who} of {what}?",
)
WISHES = ("What did {who} ask {whom} to do?", "What did {who} want from {whom}?", "What did {who} demand of {whom}?")

Event = Mapping[str, Any]


def linked_questions(text: Text, make: Maker) -> Iterator[Pair]:
    """Give the questions that the annotation of a text answers."""
    record: Mapping[str, Any] = text.record or {}
    events = {event["id"]: event for event in record.get("events", ())}
    for source, relation, target, *_ in record.get("relations", ()):
        one, other = events[source], events[target]
        if relation == "answers" and other.get("kind"):
            yield from _answered(text, one, other, make)
        elif relation == "causes":
            yield from _caused(text, one, other, make)
    for event in events.values():
        if event.get("kind") and make.rng.random() < 0.8:
            yield from _wanted(text, event, make)
    for statement in record.get("statements", ()):
        if statement.get("speaker") and make.rng.random() < 0.5:
            yield from _said(text, statement, make)


def _answered(text: Text, answer: Event, initiative: Event, make: Maker) -> Iterator[Pair]:
    at, asked = _sentence(text, answer), _sentence(text, initiative)
    actor, proposer = _filler(text, answer, "actor", make.rng), _filler(text, initiative, "actor", make.rng)
    what = f"the {make.rng.choice(NOUNS[initiative['kind']])}"
    what += f" of {proposer}" if proposer else ""
    if actor and actor != proposer:
        question = make.rng.choice(REACTIONS).format(who=actor, what=what)
        yield from pair(text, question, at, right=True)
        yield from (one for one in elsewhere(text, question, at, set(), make.rng) if one[1] != text.sentences[asked])
        yield from renamed(text, question, at, make)
    elif proposer:
        question = make.rng.choice(OUTCOMES).format(what=what)
        yield from pair(text, question, at, right=True)
        if asked != at:
            yield from pair(text, question, asked, right=False)


def _caused(text: Text, cause: Event, effect: Event, make: Maker) -> Iterator[Pair]:
    rng, at, then = make.rng, _sentence(text, cause), _sentence(text, effect)
    verb, noun = _trigger(text, effect), _trigger(text, cause)
    clause = read_clause(verb, text, rng)
    question = None
    if clause is not None:
        words = others_for("v", clause.lemma)
        said = rng.choice(words[:3]) if words and rng.random() < 0.5 and not clause.particle else clause.lemma
        question = ask(clause, "cause", said, make.forms, rng)
    elif verb.pos_ == "NOUN" and (what := noun_phrase(verb, short=rng.random() < 0.5)):
        question = rng.choice(CAUSES).format(what=what)
    if question is not None:
        yield from pair(text, question, at, right=True)
        yield from (one for one in elsewhere(text, question, at, set(), rng) if one[1] != text.sentences[then])
    if noun.pos_ == "NOUN" and (what := noun_phrase(noun, short=rng.random() < 0.5)):
        question = rng.choice(EFFECTS).format(what=what)
        yield from pair(text, question, then, right=True)
        yield from (one for one in elsewhere(text, question, then, set(), rng) if one[1] != text.sentences[at])


def _wanted(text: Text, event: Event, make: Maker) -> Iterator[Pair]:
    rng, at = make.rng, _sentence(text, event)
    who, whom = _filler(text, event, "actor", rng), _filler(text, event, "recipient", rng)
    contents = event.get("content") or event.get("object") or ()
    verb, noun = rng.choice(VERBS[event["kind"]]), rng.choice(NOUNS[event["kind"]])
    questions = []
    if who and contents:
        questions += [f"What did {who} {verb}?", f"What was the {noun} of {who}?"]
        questions += [one.format(who=who, whom=whom) for one in WISHES if whom and verb in VERBS["request"]]
    what = _phrase(text, contents[0], rng) if contents else None
    if what and event.get("actor"):
        questions += [f"Who {make.forms.past(verb)} {what}?", f"Whose {noun} was {what}?"]
    if questions:
        question = rng.choice(questions)
        yield from pair(text, question, at, right=event["factuality"] != "denied")
        if event["factuality"] != "denied":
            yield from renamed(text, question, at, make)
            yield from elsewhere(text, question, at, set(), rng)


def _said(text: Text, statement: Event, make: Maker) -> Iterator[Pair]:
    rng = make.rng
    who = _phrase(text, statement["speaker"][0], rng)
    begin, end = statement["content"][0]
    at = text.number(text.at(begin))
    things = [t for t in text.doc if begin <= t.idx < end and t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"]
    what = noun_phrase(rng.choice(things), short=True) if things else None
    if who and what:
        question = rng.choice(SAID).format(who=who, what=what)
        yield from pair(text, question, at, right=True)
        yield from renamed(text, question, at, make)


def _trigger(text: Text, event: Event) -> Token:
    return text.at(event["trigger"][0][0])


def _sentence(text: Text, event: Event) -> int:
    return text.number(_trigger(text, event))


def _filler(text: Text, event: Event, role: str, rng: random.Random) -> str | None:
    return next((found for span in event.get(role, ()) if (found := _phrase(text, span, rng))), None)


def _phrase(text: Text, span: Sequence[int], rng: random.Random) -> str | None:
    """Give the noun phrase of a stretch, or whom its pronoun means."""
    inside = [token for token in text.doc if span[0] <= token.idx < span[1]]
    head = next((token for token in inside if token.head is token or token.head not in inside), None)
    if head is None:
        return None
    if head.pos_ in ("NOUN", "PROPN"):
        return noun_phrase(head, short=rng.random() < 0.6)
    return named_before(head, text)
