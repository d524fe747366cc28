"""What a build read and found, counted as it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Analysis, Status
from kg.read import Problem

MIXED = "answered differently"
"""In place of a status, of a proposal that has several."""
_STATUSES = tuple(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one run read and found.

    `documents` were analysed, `skipped` stand in the graph already, unchanged, `problems` were left out, `quarantined`
    of them because their analysis failed or took too long, `removed` are the ids of those taken out as gone from the
    input, `replaced` of those that came into the place of one with the same id from another file that is still there.
    `events` maps ontology class to number, statements not among them; `proposals` maps status to number, with
    "answered differently" for those of whose addressees one answered thus and another so; `actors` counts chains of
    mentions that are of a known type. `words` is the length of the texts analysed, `seconds` the time of the whole run.
    `lost` are decisions of a person that no longer fit the texts, in a sentence each. `passed` are shards and backups
    that lay among the texts.
    """

    documents: int = 0
    skipped: int = 0
    quarantined: int = 0
    problems: tuple[Problem, ...] = ()
    removed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    words: int = 0
    events: Mapping[str, int] = field(default_factory=dict)
    statements: int = 0
    proposals: Mapping[str, int] = field(default_factory=dict)
    actors: int = 0
    seconds: float = 0.0
    lost: tuple[str, ...] = ()
    passed: tuple[Problem, ...] = ()


class Counts(NamedTuple):
    """What was found in one document, as plain values: names and numbers in the order of the names."""

    words: int = 0
    events: tuple[tuple[str, int], ...] = ()
    statements: int = 0
    proposals: tuple[tuple[str, int], ...] = ()
    actors: int = 0

    @classmethod
    def of(cls, analysis: Analysis, *, words: int) -> Counts:
        """Count what was found; an initiative of which no answer is told counts as "unknown"."""
        events = Counter(event.cls for event in analysis.events if event.cls != "Statement")
        answers: dict[int, set[str]] = {event.index: set() for event in analysis.events if event.kind is not None}
        for one in analysis.dispositions:
            answers.setdefault(one.initiative, set()).add(one.status.value)
        stand = (told or {Status.UNKNOWN.value} for told in answers.values())
        proposals = Counter(MIXED if len(told) > 1 else min(told) for told in stand)
        return cls(
            words,
            tuple(sorted(events.items())),
            sum(event.cls == "Statement" for event in analysis.events),
            tuple(sorted(proposals.items())),
            sum(chain.type is not None for chain in analysis.chains),
        )


@dataclass(slots=True)
class Tally:
    """The counts of a run that goes on."""

    documents: int = 0
    skipped: int = 0
    quarantined: int = 0
    replaced: list[str] = field(default_factory=list)
    words: int = 0
    events: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    proposals: Counter[str] = field(default_factory=Counter)
    actors: int = 0
    lost: tuple[str, ...] = ()
    passed: list[Problem] = field(default_factory=list)

    def add(self, counts: Counts) -> None:
        """Add what was found in one document."""
        self.documents += 1
        self.words += counts.words
        self.events.update(dict(counts.events))
        self.statements += counts.statements
        self.proposals.update(dict(counts.proposals))
        self.actors += counts.actors

    def report(self, problems: Sequence[Problem], removed: tuple[str, ...], seconds: float) -> BuildReport:
        """Give the counts of a run that has ended."""
        return BuildReport(
            documents=self.documents,
            skipped=self.skipped,
            quarantined=self.quarantined,
            problems=tuple(problems),
            removed=removed,
            replaced=tuple(self.replaced),
            words=self.words,
            events=dict(sorted(self.events.items())),
            statements=self.statements,
            proposals={one: self.proposals[one] for one in (*_STATUSES, MIXED) if self.proposals[one]},
            actors=self.actors,
            seconds=seconds,
            lost=self.lost,
            passed=tuple(self.passed),
        )
