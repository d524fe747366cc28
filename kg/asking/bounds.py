"""What bounds a question: days, first or last, according to whom, before or after which event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.asking.records import Phrase, Window
from kg.asking.tokens import Tokens
from kg.asking.words import words
from kg.extract.times.patterns import WEEKDAYS
from kg.model import Clause, Span

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
_BOUNDS = {"before", "after", "since", "until", "till", "by", "between", "from"}


class Bounds(Tokens):
    """The bounds of one question; what tells them has found its place."""

    def window(self) -> Window | None:
        """Give the days that an answer has to lie in, None where the question names none."""
        text = self.doc.text
        times = tuple(one for one in self.times if one.begin)
        if not times:
            return None
        for one in times:
            self.used.update(token.i for token in self.tokens(one.span))
        first = self.tokens(times[0].span)[0]
        before = self.lower[max(0, first.i - 1)]
        lead = first.lower_ if first.lower_ in _BOUNDS else before if before in _BOUNDS else ""
        if lead and lead != first.lower_:
            self.used.add(first.i - 1)
        begin, end = min(one.begin for one in times), max(one.end for one in times)
        if lead == "before":
            return Window(end=begin, open=True)
        if lead == "after":
            return Window(begin=end, open=True)
        if lead == "since":
            return Window(begin=begin)
        if lead in ("until", "till", "by"):
            return Window(end=end)
        said = (text[one.span.begin : one.span.end] for one in times)
        return Window(begin, end, weekdays=tuple(one for one in said if one in WEEKDAYS))

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
