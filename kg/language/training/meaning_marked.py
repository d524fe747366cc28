"""Lessons from texts in which only initiatives and answers are marked: the teachers say what else happens in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.language.training.meaning_data import labelled
from kg.language.training.meaning_distil import Lesson, filled, likely_events, mean
from kg.language.training.meaning_net import TAG_ENDS
from kg.language.training.meaning_scores import Scores, score
from kg.language.training.passages import AnnotatedEvent, AnnotatedRelation
from kg.meaning.features import ANSWERS, FACTUALITIES, KINDS, TYPES, head_of

if TYPE_CHECKING:
    from kg.extract.syntax.tree import Tree
    from kg.language.training.marked import MarkedText
    from kg.language.training.meaning_data import Analysed, Example
    from kg.language.training.meaning_distil import Reader

YES, NO = 4.0, -5.0
"""Scores of what is marked, and of what is not where all is marked."""
NEVER = -6.0
"""Score of the other choices where one is marked, whose score is 0."""


def read_with_marks(teachers: Sequence[Reader], texts: Sequence[tuple[MarkedText, Analysed]]) -> list[Lesson]:
    """Return texts as the teachers read them, but for initiatives and answers, which are as they were marked."""
    return [_lesson(teachers, text, seen) for text, seen in texts]


def _lesson(teachers: Sequence[Reader], text: MarkedText, seen: Analysed) -> Lesson:
    passage = text.passage()
    blank = labelled(passage, seen)
    vectors = [vectors_of([blank])[0] for _, vectors_of in teachers]

    def said_of(example: Example) -> Scores:
        return mean([score(net, example, some) for (net, _), some in zip(teachers, vectors, strict=True)])

    tree, first = blank.tree, said_of(blank)
    events = likely_events(blank, first)
    at = {one.id: _token(tree, *one.trigger) for one in text.initiatives}
    answering = [(_token(tree, *one.trigger), one) for one in text.answers]
    for one in text.initiatives:
        token = at[one.id]
        events[token] = replace(events.get(token) or _event(tree, token, first), kind=one.kind)
    for token, _ in answering:
        events.setdefault(token, _event(tree, token, first))
    events = dict(sorted(events.items()))
    relations = [
        AnnotatedRelation(f"e{token}", "answers", f"e{at[answer.answers]}", answer.status)
        for token, answer in answering
        if token != at[answer.answers]
    ]
    for group in text.same:
        tokens = sorted({at[name] for name in group})
        relations += [AnnotatedRelation(f"e{b}", "same", f"e{a}") for a, b in pairwise(tokens)]
    statuses = {f"e{at[one.id]}": one.status for one in text.initiatives}
    unfilled = labelled(replace(passage, events=tuple(events.values())), seen)
    told = tuple(filled(unfilled, said_of(unfilled), events).values())
    example = labelled(replace(passage, events=told, relations=tuple(relations), statuses=statuses), seen)
    kinds = {at[one.id]: one.kind for one in text.initiatives}
    said = said_of(example)
    _mark(example, said, kinds, {token for token, _ in answering})
    return Lesson(example, said)


def _token(tree: Tree, begin: int, end: int) -> int:
    """Return the token that heads marked words; the first of them where the tree tells none."""
    every = range(len(tree.word))
    found = head_of(tree, begin, end, every)
    return next(i for i in every if tree.end[i] > begin) if found is None else found


def _event(tree: Tree, token: int, said: Scores) -> AnnotatedEvent:
    """Return an event at a word that the teachers do not take for one, of the type that they think likeliest."""
    a, b, c, _ = TAG_ENDS
    type_ = TYPES[int(said.tags[token, a:b].argmax())]
    fact = FACTUALITIES[int(said.tags[token, c:].argmax())]
    place = ((tree.begin[token], tree.end[token]),)
    return AnnotatedEvent(f"e{token}", tree.sentence[token] + 1, type_, (type_,), None, fact, place, {})


def _mark(example: Example, said: Scores, kinds: dict[int, str], answering: set[int]) -> None:
    """Put what was marked in place of what the teachers say of it."""
    _, b, c, _ = TAG_ENDS
    n = len(ANSWERS)
    for token in (*kinds, *answering):
        said.tags[token, 0] = max(said.tags[token, 0], YES)
    for token, kind in kinds.items():
        said.tags[token, b:c] = NEVER
        said.tags[token, b + KINDS.index(kind)] = 0
    token_of = {name: view.token for name, view in example.views.items()}
    happening = {token_of[name]: first for name, first in example.happening.items()}
    for row, pair in zip(said.links, example.links, strict=True):
        if pair.second not in kinds:
            continue
        if pair.answer >= 0:
            row[:n] = NEVER
            row[pair.answer] = 0
        if pair.same >= 0 and pair.first in kinds:
            row[n + 1] = YES if happening[pair.first] == happening[pair.second] else NO
