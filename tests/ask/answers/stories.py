"""The stories of `corpus/stories.txt`, each told by several articles, as examples.

A question is asked of the windows in which `kg ask` would read the articles: one that answers it, such as look as if
they did, and the likeliest sentences of all of them side by side.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.asking.extractive import windows
from kg.language.training.passages import read_records
from tests.ask.answers.asked import Example, Length, Question, questions_in, spots_of
from tests.ask.answers.gathering import Finder, gathered

BESIDE, SIDE_BY_SIDE, UNANSWERED = 0.55, 0.6, 0.07
"""How often a question is asked of a window that does not answer it besides, of sentences side by side, and of such
sentences without those that answer."""
_NEAREST, _FAR, _MORE = 5, 14, 4
"""Sentences side by side: those that have most of the question's words, and so many more of the next."""


@dataclass(frozen=True, slots=True)
class Story:
    """The sentences of its articles, and what is asked about them, all their sentences in one row."""

    name: str
    articles: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...]


def read_stories(corpus: Path, name: str = "stories.txt") -> list[Story]:
    """Read the stories of which a file asks."""
    told = read_told(corpus)
    whole = {story: tuple(one for article in articles for one in article) for story, articles in told.items()}
    asked: dict[str, list[Question]] = {}
    for question in questions_in((corpus / name).read_text(encoding="utf-8").splitlines(), whole):
        asked.setdefault(question.passage, []).append(question)
    return [Story(story, told[story], tuple(found)) for story, found in asked.items()]


def read_told(corpus: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Read what each story's articles tell, sentence by sentence."""
    told: dict[str, list[tuple[str, ...]]] = {}
    for one in read_records(corpus / "stories.jsonl.gz"):
        sentences = tuple(one["text"][begin:end] for begin, end in one["sentences"])
        told.setdefault(one["story"], []).append(sentences)
    return {story: tuple(articles) for story, articles in told.items()}


def examples_of_stories(stories: Sequence[Story], length: Length, rng: random.Random) -> list[Example]:
    """Give what is learned from some stories."""
    return [one for story in stories for one in _examples(story, length, rng)]


def _examples(story: Story, length: Length, rng: random.Random) -> Iterator[Example]:
    stretches, begin = [], 0
    for article in story.articles:
        stretches += [
            range(begin + window.start, begin + window.stop) for window, _ in windows([length(one) for one in article])
        ]
        begin += len(article)
    every = [one for article in story.articles for one in article]
    finder = Finder(every)
    for asked in story.questions:
        best = finder.best(asked.text, len(every))
        rank = {one: number for number, one in enumerate(best)}
        answering = [one for one in stretches if any(at in one for at in asked.right)]
        silent = [one for one in stretches if one not in answering]
        silent.sort(key=lambda window: min(rank.get(every[at], len(every)) for at in window))
        if answering:
            yield _window(asked, every, rng.choice(answering))
        if silent and (not answering or rng.random() < BESIDE):
            yield _window(asked, every, silent[min(len(silent) - 1, int(rng.expovariate(1)))])
        if rng.random() < SIDE_BY_SIDE:
            own = {every[at] for at in asked.right}
            near = [one for one in best if one not in own][:_FAR]
            far = near[_NEAREST:]
            beside = near[:_NEAREST] + rng.sample(far, min(_MORE, len(far)))
            answered = bool(asked.right) and (not beside or rng.random() >= UNANSWERED)
            if answered or beside:
                yield gathered(_only(asked), beside, length, rng, answered=answered)


def _only(asked: Question) -> Question:
    """The question with no other sentences of its own than those that answer it."""
    told = tuple(asked.sentences[at] for at in asked.right)
    return Question(asked.passage, asked.text, told, tuple(range(len(told))), asked.gold, asked.truth)


def _window(asked: Question, every: Sequence[str], window: range) -> Example:
    shown = [every[at] for at in window]
    spots = spots_of(asked.gold, shown, {number for number, at in enumerate(window) if at in asked.right})
    return Example(asked.text, tuple(shown), spots, asked.truth if spots else None)
