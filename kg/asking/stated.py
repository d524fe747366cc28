"""A figure or a day as the sentence states it that tells it: with its scale and currency, by its weekday or month."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.asking.replies import Answer
from kg.asking.words import NUMBERS, in_digits
from kg.extract.quantities import find_quantities
from kg.extract.quantities.patterns import QUALIFIERS
from kg.extract.times import find_times
from kg.extract.times.patterns import MONTHS, WEEKDAYS
from kg.model import Quantity, Sentence, Span

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_WORD = re.compile(r"\d[\d.,]*\d|\d|[a-z]+(?:-[a-z]+)?", re.I)
_PART = re.compile(r"[ -](?:thirds?|quarters?|fifths?|tenths?)\b", re.I)
_SHARE = re.compile(r"(?: per ?cent\b|%)(?! or (?:less|more|so)\b)", re.I)
"""How a percentage goes on behind its figure."""
_BOUNDED = re.compile(
    rf"(?:\b(?:{'|'.join(QUALIFIERS.values())}|above|and|another|below|minus|not|or|to|(?:max|min)imum\sof)|[-–])\s*$",
    re.I,
)
"""What stands before a figure that is not all of it."""
_OF_WHICH = re.compile(
    rf"\b(?:\d[\d.,]*|{'|'.join(NUMBERS)}|some|most|many|few|none|half) (?:out )?of (?:[a-z]+ )?$", re.I
)
"""What stands before a figure for the whole of which only a part did something: "41 of the 56 students"."""
_NAMED = re.compile(rf"\b(?:{'|'.join((*MONTHS, *WEEKDAYS))})\b", re.I)
"""What of a day's words says which it is without the day of the text."""


def as_stated(answer: Answer) -> Answer:
    """Give an answer that is no more than a number or a day in the words of the first sentence that it rests on.

    A number that stands there in letters is given in digits besides, a day as a date, so that both can be looked for.

    >>> from kg.asking.replies import Quote
    >>> as_stated(Answer("1.2", (Quote("Quito asked for $1.2 million.", "a"),), False)).text
    '$1.2 million'
    >>> as_stated(Answer("11", (Quote("Ghana had asked for all eleven drums.", "a"),), False)).text
    'eleven (11)'
    >>> as_stated(Answer("4", (Quote("She offered four per cent.", "a"),), False)).text
    'four per cent (4%)'
    >>> as_stated(Answer("2025-05-16", (Quote("They met on Friday, 16 May.", "a"),), False)).text
    'Friday, 16 May (2025-05-16)'
    >>> as_stated(Answer("2025-05-23", (Quote("It went on from 23 to 25 May.", "a"),), False)).text
    'from 23 to 25 May (2025-05-23 to 2025-05-25)'
    """
    if not answer.quotes:
        return answer
    told = answer.quotes[0].text
    day = _DAY.fullmatch(answer.text)
    stated = _day(told, answer.text, day) if day else _figure(told, answer.text)
    return replace(answer, text=stated) if stated else answer


def is_of_which(figure: str, told: str) -> bool:
    """Whether a figure stands in a sentence only for the whole of which it counts a part.

    >>> told = "Chad freed 41 of the 56 students."
    >>> is_of_which("56", told), is_of_which("41", told), is_of_which("56.0", "Chad freed 56 students.")
    (True, False, False)
    """
    plain = figure.removesuffix(".0")
    here = [hit.start() for hit in _WORD.finditer(told) if in_digits(hit[0]) == plain]
    return bool(here) and all(_OF_WHICH.search(told[:at]) for at in here)


def _figure(told: str, figure: str) -> str:
    """The words of the one quantity of a sentence that has a figure, "" where it stands elsewhere, too."""
    if not _FIGURE.fullmatch(figure):
        return ""
    here = [hit.span() for hit in _WORD.finditer(told) if in_digits(hit[0]) == figure]
    quantities = find_quantities(told, _whole(told))
    spans = [one.span for one in quantities]
    found = [one for one in quantities if one.value == float(figure) or any(_holds(one.span, *word) for word in here)]
    if not found and len(here) == 1:
        return _share(told, figure, *here[0])
    if not found or any(not any(_holds(span, *word) for span in spans) for word in here):
        return ""
    words = {told[one.span.begin : one.span.end]: one for one in found}
    if len(words) != 1:
        return ""
    [(text, one)] = words.items()
    if _PART.match(told, one.span.end):
        return ""
    return text if any(char.isdigit() for char in text) else f"{text} ({_digits(text, one)})"


def _share(told: str, figure: str, begin: int, end: int) -> str:
    """A percentage that is no quantity of anything, "" where it is none, or where it is said to be more or less."""
    share = _SHARE.match(told, end)
    if not share or _BOUNDED.search(told[:begin]):
        return ""
    text = told[begin : share.end()]
    return text if text[0].isdigit() else f"{text} ({figure}%)"


def _digits(text: str, one: Quantity) -> str:
    """A quantity told in letters, in digits; with what "dozens" and "a few hundred" leave unsaid."""
    if one.qualifier == "between":
        return f"{one.lower:.15g} to {one.upper:.15g}"
    said = one.qualifier == "exact" or re.match(rf"(?:{QUALIFIERS[one.qualifier]})\b", text, re.I)
    figure = f"{one.value:.2g}" if one.value < 1 and _PART.search(text) else f"{one.value:.15g}"
    return f"{'' if said else f'{one.qualifier} '}{figure}"


def _day(told: str, day: str, parts: re.Match[str]) -> str:
    try:
        near = date(int(parts[1]), int(parts[2]), int(parts[3] or 1))
    except ValueError:
        return ""
    found = find_times(told, _whole(told), published=near)  # from the day itself, "on Friday" is that day
    stated = [(told[one.span.begin : one.span.end], one.end) for one in found if one.begin == day]
    named = [(words, end) for words, end in stated if _NAMED.search(words)]
    if len(named) != 1:
        return ""  # of two Mondays it may be either
    [(words, end)] = named
    return f"{words} ({day})" if end.startswith(day) else f"{words} ({day} to {end})"


def _whole(told: str) -> tuple[Sentence]:
    return (Sentence(0, Span(0, len(told))),)


def _holds(span: Span, begin: int, end: int) -> bool:
    return span.begin <= begin and end <= span.end
