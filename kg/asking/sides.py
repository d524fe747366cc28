"""Whether a sentence gives a part that the question fills to somebody else, or is of other days than those asked about."""

from __future__ import annotations

from collections.abc import Sequence

from kg.asking.likeness import Likeness
from kg.asking.pages import Page
from kg.asking.records import Phrase, Reading, Said, Window
from kg.asking.roles import parts_of

_LIKE = 0.7


class Sides:
    """The parts of one predicate held against those that a question gives to whom and what it names."""

    def __init__(self, reading: Reading, likeness: Likeness, page: Page, at: int) -> None:
        self.reading, self.likeness, self.page = reading, likeness, page
        self.parts = parts_of(page.tree, at)

    def taken(self) -> bool:
        """Whether a part that a phrase of the question has is told of somebody or something else."""
        parts = self.parts
        if parts.nominal:
            return False
        others = (*parts.object, *parts.clause, *(head for _, head in parts.rest))
        for phrase in self.reading.phrases:
            if phrase.side == "subject" and parts.subject and not self._has(phrase, parts.subject):
                return True
            if phrase.side == "object" and others and not self._has(phrase, others):
                return True
        return False

    def _has(self, phrase: Phrase, heads: Sequence[int]) -> bool:
        """Whether one of these heads is or may be what a phrase means."""
        tree = self.page.tree
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
            inside = range(tree.left[head], tree.right[head] + 1)
            if any(self.likeness.word(one, at) >= _LIKE for one in said for at in inside) or self._points(head, said):
                return True
        return False

    def _points(self, head: int, said: Sequence[Said]) -> bool:
        """Whether a pronoun, or a bare noun with "the", may stand for what was told before."""
        tree, page = self.page.tree, self.page
        inside = range(tree.left[head], tree.right[head] + 1)
        if page.label(head) and tree.pos[head] != "NOUN":  # the graph says whom it means, and it is not this
            return False
        if tree.pos[head] == "PRON":
            return True
        if any(tree.pos[at] == "PROPN" for at in inside):
            return False
        the = any(tree.lower[child] in ("the", "this", "that", "its", "their") for child in tree.children[head])
        named = any(one.pos == "NAME" for one in said)
        return the and named and self.likeness.share(said, inside, {}) > 0


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
