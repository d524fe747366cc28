"""A question taken apart: what it wants to know, and what it says about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.asking.words import words
from kg.model import PartialDate

WANTED = (
    "agent",
    "object",
    "instrument",
    "time",
    "place",
    "cause",
    "number",
    "count",
    "truth",
    "happening",
    "initiative",
    "document",
    "difference",
)
"""What a question may want to know."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of the question in one part: `names` are proper names in it, `words` its other content words.

    `side` is "subject", "object", "oblique", "place", "source" (according to whom) or "inside" (of what is proposed or
    said); `marker` is its preposition, `whole` the phrase without an article, `owners` are the names whose it is
    ("Renner's proposal", "the offer of Kenya").
    """

    side: str
    whole: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    marker: str = ""
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the question that says something, or a whole proper name (`pos` "NAME"); `begin` is where it stands."""

    text: str
    lemma: str
    pos: str
    begin: int


@dataclass(frozen=True, slots=True)
class Window:
    """Days that an answer has to lie in, as ISO dates of any precision; `open` bounds are not themselves meant."""

    begin: str = ""
    end: str = ""
    open: bool = False
    weekdays: tuple[str, ...] = field(default=(), compare=False)  # where the question has no more of a day than that

    @property
    def days(self) -> tuple[str, str]:
        """The first day of its begin and the last of its end, "" where it has none."""
        begin, end = PartialDate.parse(self.begin), PartialDate.parse(self.end)
        return begin.days.first.isoformat() if begin else "", end.days.last.isoformat() if end else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question taken apart. `lemmas` are those of what is asked about, none where any event will do."""

    text: str
    wanted: str
    lemmas: tuple[str, ...] = ()
    noun: str = ""  # what is counted or chosen from: "how many prisoners", "which country"
    side: str = ""  # the side on which the wh-word stands: "subject", "object", or a preposition
    phrases: tuple[Phrase, ...] = ()
    words: tuple[str, ...] = ()
    window: Window | None = None
    order: str = ""  # "first" or "last"
    anchor: Phrase | None = None  # the event before or after which
    relation: str = ""  # "before" or "after" that event
    negated: bool = False
    future: bool = False
    vague: bool = False  # whether it says "it" or "this" of something, so that no answer can be certain
    problem: str = ""  # why it cannot be compiled
    plain: bool = False  # whether it has a wh-word all the same, so that a sentence may answer it
    said: tuple[Said, ...] = ()  # all that it says, whatever part that has

    @property
    def chosen(self) -> bool:
        """Whether the answer has to be of a kind that no class of the ontology stands for: "which chancellor"."""
        known = self.noun in words().sorts or self.noun in words().empty
        return self.wanted in ("agent", "object") and self.side != "owner" and bool(self.noun) and not known

    def words_of(self, side: str) -> frozenset[str]:
        """The names and words of the phrases on one side."""
        found = (phrase for phrase in self.phrases if phrase.side == side)
        return frozenset(word for phrase in found for word in (*phrase.names, *phrase.words))

    @property
    def mutual(self) -> bool:
        """Whether all who take part in what is asked about do the same."""
        return any(lemma in words().mutual for lemma in self.lemmas)
