"""Whether a sentence gives a part that the question fills to somebody else, or is of other days than it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.records import Phrase, Reading, Said, Window
from kg.asking.roles import parts_of
from kg.asking.words import NUMBERS, alike, stem, words

_LIKE = 0.7
_KNOWN = re.compile(r"\b(?:the|these|those|both|other)\s+$", re.I)
"""What stands before a number of those told of before."""
_POINTING = {"the", "this", "that", "these", "those", "both", "its", "their", "his", "her"}


class Sides:
    """The parts of one predicate held against those that a question gives to whom and what it names."""

    def __init__(self, reading: Reading, likeness: Likeness, page: Page, at: int) -> None:
        self.reading, self.likeness, self.page = reading, likeness, page
        self.parts = parts_of(page.tree, at)

    def taken(self) -> bool:
        """Whether a part that a phrase of the question has is told of somebody or something else."""
        parts = self.parts
        if parts.nominal:
            return self._of_others() or self._of_other_things()
        others = (*parts.object, *parts.clause, *(head for _, head in parts.rest))
        sides = {phrase.side for phrase in self.reading.phrases}
        alone = "object" not in sides and self.reading.wanted not in ("agent", "object")
        for phrase in self.reading.phrases:
            here = (*parts.subject, *parts.object) if alone else parts.subject  # "the talks began", "they began talks"
            if phrase.side == "subject" and not (self._has(phrase, here) if here else self._told(phrase)):
                return True
            if phrase.side == "object" and others and not self._given(phrase, others) and not self._has(phrase, others):
                return True
        return False

    def _told(self, phrase: Phrase) -> bool:
        """Whether the names of a phrase are told anywhere in the sentence."""
        first, last = self.page.bounds(self.parts.at)
        names = self._names(phrase)
        return all(any(self.likeness.word(one, at) >= 1 for at in range(first, last + 1)) for one in names)

    def _names(self, phrase: Phrase) -> list[Said]:
        return [one for one in self.reading.said if one.pos == "NAME" and one.text in phrase.names]

    def _given(self, phrase: Phrase, heads: Sequence[int]) -> bool:
        """Whether a phrase is whom something was given or offered, which a sentence need not say again."""
        tree = self.page.tree
        named = bool(phrase.names) and not phrase.words
        giving = tree.lemma[self.parts.at] in words().giving
        return named and giving and not any(tree.pos[at] == "PROPN" for head in heads for at in self._under(head))

    def _of_others(self) -> bool:
        """Whether a noun of action is told of others than the question names: "the talks between A and B"."""
        tree, parts = self.page.tree, self.parts
        heads = (*parts.subject, *parts.object, *(head for _, head in parts.rest))
        inside = {at for head in (parts.at, *heads) for at in tree.under(head)}
        first, last = self.page.bounds(parts.at)
        alone = self.reading.wanted != "agent" and any(tree.pos[at] == "PROPN" for at in inside)
        inside = inside if alone else set(range(first, last + 1))
        sides = (phrase for phrase in self.reading.phrases if phrase.side in ("subject", "object"))
        names = [one for phrase in sides for one in self._names(phrase)]
        own = {at for head in (parts.at, *heads) for at in tree.under(head)}
        if self.reading.wanted == "time" and not any(tree.pos[at] == "PROPN" for at in own) and names:
            the = any(
                tree.lower[child] in _POINTING for child in tree.children[parts.at]
            )  # "the talks", told of before
            if the and all(self.likeness.share((one,), sorted(own), {}) > 0 for one in names):
                return False
        return any(all(self.likeness.word(one, at) < 1 for at in inside) for one in names)

    def _of_other_things(self) -> bool:
        """Whether a sentence lacks all that it was done to, beside a noun of action: "in support of it"."""
        objects = {word for phrase in self.reading.phrases if phrase.side == "object" for word in phrase.words}
        said = [one for one in self.reading.said if one.text in objects and one.pos == "NOUN"]
        if self.reading.wanted != "agent" or not said:
            return False
        first, last = self.page.bounds(self.parts.at)
        return all(self.likeness.word(one, at) < _LIKE for one in said for at in range(first, last + 1))

    def _has(self, phrase: Phrase, heads: Sequence[int]) -> bool:
        """Whether one of these heads is or may be what a phrase means."""
        said = [
            one
            for one in self.reading.said
            if (one.pos == "NAME" and one.text in phrase.names)
            or (one.text in phrase.words[-1:])
            or (one.text[:1].isupper() and one.text in phrase.words)
        ]
        if not said:
            return True
        for head in heads:
            if self._labelled(head, said):
                return True
            inside = self._under(head)
            if any(self.likeness.word(one, at) >= _LIKE for one in said for at in inside) or self._points(head, said):
                return True
        return False

    def _labelled(self, head: int, said: Sequence[Said]) -> bool:
        """Whether a pronoun means whom the graph calls as the question does: "the protesters"."""
        label = self.page.label(head).split() if self.page.tree.pos[head] == "PRON" else []
        return any(stem(word) in alike(one.text) for word in label for one in said)

    def _under(self, head: int) -> list[int]:
        """The tokens of a part without the clauses that hang on it."""
        return self.page.tree.under(head, "acl", "advcl", "parataxis")

    def _points(self, head: int, said: Sequence[Said]) -> bool:
        """Whether a pronoun, or a bare noun with "the", may stand for what was told before."""
        tree, page = self.page.tree, self.page
        inside = self._under(head)
        if page.label(head) and tree.pos[head] != "NOUN":  # the graph says whom it means, and it is not this
            return False
        if tree.pos[head] == "PRON":  # whom the graph does not know it to mean
            return not any(one.pos == "NAME" for one in said) or self._told_before(head, said)
        if any(tree.pos[at] == "PROPN" for at in inside):
            return False
        the = any(tree.lower[child] in _POINTING for child in tree.children[head]) or tree.pos[head] == "NUM"
        return the and self.likeness.share(said, inside, {}) > 0

    def _told_before(self, head: int, said: Sequence[Said]) -> bool:
        """Whether the sentence before names them: whom a pronoun means that begins this one."""
        first = self.page.bounds(head)[0]
        if not first or head - first > 1:
            return False
        before = range(self.page.bounds(first - 1)[0], first)
        return all(any(self.likeness.word(one, at) >= 1 for at in before) for one in said if one.pos == "NAME")


def timely(reading: Reading, page: Page, whole: Sequence[int]) -> bool:
    """Whether a sentence is of the days that a question names, if it names any."""
    window = reading.window
    if window is None:
        return True
    first, last = page.tree.begin[whole[0]], page.tree.end[whole[-1]]
    days = [one.begin for one in page.times if first <= one.span.begin < last and one.begin]
    return any(_inside(day, window) for day in days)


def _inside(day: str, window: Window) -> bool:
    low, high = window.begin or "0000", window.end or "9999"
    if window.open:
        return day[: len(low)] > low and day[: len(high)] < high
    return low[: len(day)] <= day[: len(low)] and day[: len(high)] <= high


def figures(said: Sequence[Said], text: str) -> list[Said]:
    """The numbers of a question: one that a sentence has otherwise tells of something else.

    Leaves out those that only point: "the two factions" need not be counted where they are told of.
    """
    told = [one for one in said if one.pos == "NUM" or one.text.lower() in NUMBERS]
    return [one for one in told if not _KNOWN.search(text[: one.begin])]
