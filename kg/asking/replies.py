"""What `kg ask` answers: records that the command line prints and programs read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence and the document that has it."""

    text: str
    source: str


def is_quoted(quotes: Iterable[Quote], text: str) -> bool:
    """Whether one of some quotes is a sentence, or has it, or is a part of it."""
    return any(text in quote.text or quote.text in text for quote in quotes)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with the sentences it rests on; `date` is the day the text gives to what it tells, "" where none.

    `before` are sentences that told otherwise earlier and do not stand any more.
    """

    text: str
    quotes: tuple[Quote, ...]
    certain: bool
    date: str = ""
    before: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that may tell what a question asks for. It is no answer; `date` is the day of its text, "" without."""

    text: str
    source: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question of the library that comes near, with the parameters that the question asked fills."""

    name: str
    question: str
    params: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    @property
    def command(self) -> str:
        """The command that asks it, without the graph."""
        values = [
            (name, value)
            for name, given in self.params.items()
            for value in ((given,) if isinstance(given, str) else given)
        ]
        given = "".join(f' --param {name}="{value}"' for name, value in values)
        return f"kg query {self.name}{given}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a question.

    `outcome` is "answered", "not told" (it was understood, and the graph tells nothing of it) or "not understood". In
    the last two cases `reason` says why, `suggestions` are the five questions of the library that come nearest, and
    `passages` up to three sentences that may tell it all the same, the likeliest first.
    `sparql` is all that was asked of the graph, "" where nothing could be. `taken` tells whom names were taken for.
    """

    question: str
    outcome: str
    answers: tuple[Answer, ...] = ()
    sparql: str = ""
    reason: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    passages: tuple[Passage, ...] = ()
    taken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def certain(self) -> bool:
        """Whether every answer is: told as a fact, by the event itself, in just the part that was asked for."""
        return bool(self.answers) and all(answer.certain for answer in self.answers)
