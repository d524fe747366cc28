"""What a build read and found, counted as it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Analysis, Status
from kg.read import Problem


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one run read and found.

    `documents` were analysed, `skipped` stand in the graph already, unchanged, `problems` were left out, `removed` are
    the ids of those taken out as gone from the input. `events` maps ontology class to number, statements not among
    them; `proposals` maps status to number, one for each addressee of an initiative; `actors` counts chains of mentions
    that are of a known type. `words` is the length of the texts analysed, `seconds` the time of the whole run.
    """

    documents: int = 0
    skipped: int = 0
    problems: tuple[Problem, ...] = ()
    removed: tuple[str, ...] = ()
    words: int = 0
    events: Mapping[str, int] = field(default_factory=dict)
    statements: int = 0
    proposals: Mapping[str, int] = field(default_factory=dict)
    actors: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Tally:
    """The counts of a run that goes on."""

    documents: int = 0
    skipped: int = 0
    words: int = 0
    events: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    proposals: Counter[Status] = field(default_factory=Counter)
    actors: int = 0

    def add(self, analysis: Analysis, words: int) -> None:
        """Count what was found in one document."""
        self.documents += 1
        self.words += words
        self.events.update(event.cls for event in analysis.events if event.cls != "Statement")
        self.statements += sum(event.cls == "Statement" for event in analysis.events)
        self.proposals.update(one.status for one in analysis.dispositions)
        decided = {one.initiative for one in analysis.dispositions}
        self.proposals[Status.UNKNOWN] += sum(
            event.kind is not None and event.index not in decided for event in analysis.events
        )
        self.actors += sum(chain.type is not None for chain in analysis.chains)

    def report(self, problems: Sequence[Problem], removed: tuple[str, ...], seconds: float) -> BuildReport:
        """Give the counts of a run that has ended."""
        return BuildReport(
            documents=self.documents,
            skipped=self.skipped,
            problems=tuple(problems),
            removed=removed,
            words=self.words,
            events=dict(sorted(self.events.items())),
            statements=self.statements,
            proposals={status.value: self.proposals[status] for status in Status if self.proposals[status]},
            actors=self.actors,
            seconds=seconds,
        )
