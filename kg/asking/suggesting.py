"""The questions of the library that come nearest to one that could not be answered, with their parameters filled."""

from __future__ import annotations

from calendar import monthrange

from kg.asking.records import Reading
from kg.asking.replies import Suggestion
from kg.asking.words import stem, words
from kg.questions import Question, questions

NUMBER = 5

_FITS = {
    "time": ("timeline",),
    "place": ("places",),
    "cause": ("causes", "outcomes"),
    "number": ("figures",),
    "count": ("counts",),
    "difference": ("disagreement",),
    "document": ("documents",),
    "initiative": ("proposals",),
    "happening": ("events",),
}
"""Tags of the questions that fit what is wanted to be known."""


def nearest(reading: Reading, named: dict[str, tuple[str, ...]]) -> tuple[Suggestion, ...]:
    """Give the nearest questions, most alike first; `named` are those whom the question names, by their labels."""
    asked = {stem(word) for word in _words(reading)}
    ranked = sorted(questions(), key=lambda one: (-_likeness(one, asked, reading), one.name))
    labels = [name for name, found in named.items() if found]  # as people say them: the library knows whom they mean
    return tuple(Suggestion(one.name, one.question, _filled(one, reading, labels)) for one in ranked[:NUMBER])


def _words(reading: Reading) -> list[str]:
    found = [word for phrase in reading.phrases for word in phrase.words]
    found += [reading.noun, *reading.words, *(form for lemma in reading.lemmas for form in words().lemmas(lemma))]
    return [part for word in found for part in word.split()] + reading.text.strip("?!. ").lower().split()


def _likeness(question: Question, asked: set[str], reading: Reading) -> float:
    title = {stem(word.strip("?,.:;")) for word in question.question.split()}
    text = {stem(word.strip("?,.:;")) for word in question.description.split()}
    tags = {stem(tag) for tag in question.tags}
    score: float = (
        3.0 * len(asked & title) / (2 + len(title) ** 0.5) + 1.5 * len(asked & tags) + 0.2 * len(asked & text)
    )
    fits = _FITS.get(reading.wanted, ()) if not reading.problem else ()
    names = len([phrase for phrase in reading.phrases if phrase.names])
    if names and any(param.type == "name" for param in question.params):
        score += 0.5
    return score + (1.0 if set(fits) & set(question.tags) else 0.0)


def _filled(question: Question, reading: Reading, labels: list[str]) -> dict[str, str]:
    """Parameters in the order of the question: names first to whom it names first, days to the days it gives."""
    left, params = list(labels), {}
    for param in question.params:
        if param.type == "name" and left and not param.shared:
            params[param.name] = left.pop(0)
    for param in question.params:
        if param.name == "actor" and param.shared and left:
            params[param.name] = left.pop(0)
    window = reading.window
    if window is not None:
        days = {"from": _day(window.begin, "01-01"), "until": _day(window.end, "12-31")}
        names = {param.name for param in question.params}
        params.update({name: day for name, day in days.items() if day and name in names})
    return params


def _day(text: str, rest: str) -> str:
    """A whole date of one that may be a year or a month."""
    if not text:
        return ""
    if len(text) == 7:
        year, month = (int(part) for part in text.split("-"))
        return f"{text}-{1 if rest == '01-01' else monthrange(year, month)[1]:02}"
    return f"{text}-{rest}" if len(text) == 4 else text
