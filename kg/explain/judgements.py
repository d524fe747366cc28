"""What an explanation tells of decisions, as frozen records: what was read, who decided, and which words weighed.

For offsets and confidences see `kg.explain.records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

By = Literal["reading", "grammar", "both", "kind"]
"""Who decided: a learned reading, grammar and frames, both alike, or the kind of initiative, with which a type goes."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of the text, with its words as they stand there."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class RoleTold:
    """A phrase that was read to take part, with the probability of its role."""

    role: str
    quote: Quote
    confidence: float


@dataclass(frozen=True, slots=True)
class LinkTold:
    """What was read between this event and another: `kind` as of `kg.model.LinkReading`, `other` the other's word.

    `first` says that this one is the answer, the cause, or the later telling.
    """

    kind: str
    first: bool
    other: Quote
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadingTold:
    """What was learned to be read off the word in its context, before grammar and frames are asked.

    `confidence` is that the word tells an event at all; the others hold given that it does. `next_best` is the type
    that came second.
    """

    confidence: float
    type: str
    type_confidence: float
    next_best: str
    next_best_confidence: float
    kind: str | None
    kind_confidence: float
    factuality: str
    factuality_confidence: float
    roles: tuple[RoleTold, ...]
    links: tuple[LinkTold, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """How one property came about: what was read, with which confidence, and what grammar and frames say by which rule.

    `what` is event, class, type, kind or factuality. `read` and `grammar` are None where that side says nothing;
    `because` says in a sentence why the one stood against the other.
    """

    what: str
    value: str
    by: By
    read: str | None
    confidence: float | None
    next_best: str | None
    next_best_confidence: float | None
    grammar: str | None
    rules: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class WordTold:
    """How much a word weighed: what each probability of the reading loses where the word cannot be seen.

    A negative number says that the word speaks against what was read. `kind` is None where no initiative was read.
    """

    quote: Quote
    event: float
    type: float
    kind: float | None
