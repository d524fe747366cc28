"""What bounds a question: days, first or last, according to whom, before or after which event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.asking.records import Phrase, Window
from kg.asking.tokens import Tokens
from kg.asking.words import words
from kg.extract.times.patterns import WEEKDAYS
from kg.model import Clause, Span, TimeSpan

if TYPE_CHECKING:
    from spacy.tokens import Token

ORDERS = {
    "first": "first",
    "earliest": "first",
    "last": "last",
    "latest": "last",
    "recent": "last",
    "recently": "last",
}
_LOWER = {"after", "since", "from"}
_UPPER = {"before", "until", "till", "by"}
_BOUNDS = {*_LOWER, *_UPPER, "between"}
_INCLUSIVE = {"after": "since", "before": "until"}
"""What a bound becomes that is itself meant: "on or after"."""
_EXCEPT, _NOT = {"except", "excluding", "but"}, {"not", "n't"}
_OR, _TO = re.compile(r"\bor\b"), re.compile(r"\b(?:or|until|till|to)\b")
_UNITS = {"hour", "day", "week", "month", "year"}


class Bounds(Tokens):
    """The bounds of one question; what tells them has found its place.

    `unsure` tells that its days are bound in a way that a window does not hold: "except in 2024", "a week after May 3",
    "on 1 or on 20 May".
    """

    unsure = False

    def window(self) -> Window | None:
        """Give the days that an answer has to lie in, None where the question names none."""
        times = tuple(one for one in self.times if one.begin)
        leads = [self._lead(one) for one in times]
        for one in times:
            self.used.update(token.i for token in self.tokens(one.span))
        if not times or None in leads:
            return None
        lead = leads[0] or ""
        told = [self.doc.text[one.span.begin : one.span.end] for one in times]
        # "on 1 or 20 May" is no time between; and of "since May until June" the reading has no end
        self.unsure = self.unsure or any((_TO if lead == "since" else _OR).search(one) for one in told)
        if len(times) > 1:
            both = _both(times, leads)
            self.unsure = self.unsure or both is None
            if both is not None:
                return both
        begin, end = min(one.begin for one in times), max(one.end for one in times)
        if lead == "before":
            return Window(end=begin, open=True)
        if lead == "after":
            return Window(begin=end, open=True)
        if lead == "since":
            return Window(begin=begin)
        if lead in ("until", "till", "by"):
            return Window(end=end)
        return Window(begin, end, weekdays=tuple(one for one in told if one in WEEKDAYS))

    def _lead(self, time: TimeSpan) -> str | None:
        """What bounds a time, "" where nothing does; None where it is taken out: "except in 2024"."""
        first = self.tokens(time.span)[0]
        at = first.i if first.lower_ in _BOUNDS else first.i - 1
        before = self.lower[max(0, at - 2) : max(0, at)]
        lead = self.lower[at] if at >= 0 else ""
        if before[1:] == ["or"] and {before[0], lead} & {"on", "in"} and (bound := {before[0], lead} & {*_INCLUSIVE}):
            self.used.update(range(at - 2, at + 1))  # "on or before 3 May", "before or on 3 May"
            return _INCLUSIVE[bound.pop()]
        # "but not in May"; the verb's own "not" stands further off: "did not attack in May"
        out = ((_EXCEPT - {"but" if lead in _BOUNDS else ""}) & {*before, lead}) | (_NOT & {*before[-1:], lead})
        if out:
            self.unsure = True
            self.used.update(one for one in range(max(0, at - 2), at + 1) if self.lower[one] in out)
            if lead not in _BOUNDS:
                return None
        if lead not in _BOUNDS:
            return ""
        if at and self.doc[at - 1].lemma_.lower() in _UNITS:
            self.unsure = True
        self.used.add(at)
        return lead

    def order(self) -> str:
        """Give "first" or "last" where one of several is asked for, else ""."""
        for token in self.doc:
            if token.lower_ in ORDERS and token.i not in self.used and not self.ordinal(token):
                self.used.add(token.i)
                return ORDERS[token.lower_]
        return ""

    def ordinal(self, token: Token) -> bool:
        """Whether "first" tells which day, round or group, and not which answer."""
        return (
            token.pos_ in ("ADJ", "NUM")
            and token.head.pos_ in ("NOUN", "PROPN")
            and (token.head.lemma_.lower() not in words().empty or token.head.lemma_.lower() == "day")
        )

    def source(self) -> list[Phrase]:
        """Give the phrase after "according to"."""
        found = re.search(r"\baccording to ([^,?]+?)(?=,|\?|$)", self.doc.text, re.I)
        if not found:
            return []
        span = Span(*found.span(1))
        self.used.update(token.i for token in self.tokens(Span(*found.span(0))))
        return [self.phrase(self.tokens(span), "source")]

    def anchor(self, clause: Clause) -> tuple[Phrase | None, str]:
        """ "After the attack", "before Sudan suspended the talks": the event from which a time is counted."""
        for token in self.doc:
            if token.lower_ in ("before", "after", "following") and token.i not in self.used and token.i:
                head = token.head
                tokens = [
                    one for one in head.subtree if one.i > token.i and one.i not in self.used and not one.is_punct
                ]
                trigger = self.token(clause.trigger)
                if trigger is not None and (head is trigger or trigger.i > token.i):
                    tokens = [one for one in self.doc if one.i > token.i and not one.is_punct]
                if not tokens:  # "where is she looked after?"
                    continue
                self.used.update({token.i, *(one.i for one in tokens)})
                return self.phrase(tokens, "anchor", token.lower_), "before" if token.lower_ == "before" else "after"
        return None, ""


def _both(times: Sequence[TimeSpan], leads: Sequence[str | None]) -> Window | None:
    """The window between a lower and an upper bound: "after 1 May and before 1 June"."""
    lower = [(one, lead) for one, lead in zip(times, leads, strict=True) if lead in _LOWER]
    upper = [(one, lead) for one, lead in zip(times, leads, strict=True) if lead in _UPPER]
    if len(times) != 2 or len(lower) != 1 or len(upper) != 1:
        return None
    [(low, after)], [(high, before)] = lower, upper
    begin = shifted(low.end, 1) if after == "after" else low.begin
    end = shifted(high.begin, -1) if before == "before" else high.end
    return Window(begin, end)


def shifted(day: str, by: int) -> str:
    """Give the day, month or year that lies some of them after one, by its own precision.

    >>> shifted("2024-12-31", 1), shifted("2025-01", -1), shifted("2024", 1)
    ('2025-01-01', '2024-12', '2025')
    """
    if len(day) == len("2024"):
        return f"{int(day) + by:04}"
    if len(day) == len("2024-05"):
        months = 12 * int(day[:4]) + int(day[5:]) - 1 + by
        return f"{months // 12:04}-{months % 12 + 1:02}"
    try:
        return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
    except OverflowError:
        return day
