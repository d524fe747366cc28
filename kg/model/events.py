"""What a text tells: events, what they have to do with each other, and all of it together."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.dates import Days, days_of
from kg.model.kinds import Factuality, RelationKind, Role, Status
from kg.model.text import Argument, Attribution, Chain, Clause, Document, Mention, Sentence, Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated, with its bounds: "between 30 and 40" has value 30, lower 30, upper 40."""

    value: float
    span: Span
    lower: float | None = None
    upper: float | None = None
    qualifier: str = "exact"  # exact, about, at least, at most, between
    noun: str = ""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """An interval of days, each bound an ISO date of the precision the text gives (2025-05-23, 2025-05, 2025)."""

    begin: str
    end: str
    span: Span

    @property
    def days(self) -> Days | None:
        """The days it may mean, whatever the precision of its bounds."""
        return days_of(self.begin, self.end)

    def overlaps(self, other: TimeSpan) -> bool:
        """Whether both can mean one day: "in May 2025" and "on 23 May 2025" can."""
        mine, theirs = self.days, other.days
        return mine is not None and theirs is not None and mine.overlaps(theirs)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence, or part of one, that says so."""

    span: Span


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what fills a role. `chain` is None only where nothing in the text can be pointed to.

    `inferred` says that no word of the event names it in this role: who is to do what is wanted is addressed.
    """

    role: Role
    span: Span
    text: str
    mention: int | None = None
    chain: int | None = None
    rules: tuple[str, ...] = ()
    confidence: float | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One account of a happening: as one speaker or the narrator tells it.

    `cls` is the local name of its ontology class ("Proposal", "Statement", "Meeting"), `plover` a root code or None.
    `content` is the index of the event that is proposed, asked for or said; `content_text` its words in any case.
    `attributed_to` is the speaker of the statement that tells it, None for the narrator. `rules` name the frame rule
    and the argument rules that fired.
    """

    index: int
    cls: str
    frame: str
    trigger: Span
    lemma: str
    label: str
    factuality: Factuality
    evidence: tuple[Evidence, ...]
    plover: str | None = None
    kind: str | None = None  # of an initiative: propose, offer, invite, plan, request, urge, demand, threaten
    clause: int | None = None
    participants: tuple[Participant, ...] = ()
    quantity: Quantity | None = None
    time: TimeSpan | None = None
    content: int | None = None
    content_text: str = ""
    content_spans: tuple[Span, ...] = ()
    cue: Span | None = None
    source: Span | None = None
    attributed_to: Participant | None = None
    status: Status | None = None  # what this event, as an answer, makes of the initiative it answers
    answers: tuple[Argument, ...] = ()  # the arguments in which that initiative, or a link's other end, stands
    answers_previous: bool = False  # whether it may answer an initiative told before without naming it
    link: str | None = None  # "forward" (leads to its answers) or "backward" (comes of its answers)
    rules: tuple[str, ...] = ()
    reading: int | None = None  # index of the learned reading that it is
    confidence: float | None = None  # calibrated probability that the text tells it; None where a rule alone says so


@dataclass(frozen=True, slots=True)
class Relation:
    """One event bears on another, with evidence for both ends. For every kind, `cause` comes before `effect`.

    `cause_text` and `effect_text` are readable words of each end; an end that is no event of its own (a negated
    pronoun clause such as "this did not materialise") still has its words.
    """

    index: int
    kind: RelationKind
    cause: int
    effect: int
    cause_text: str
    effect_text: str
    cause_evidence: Evidence
    effect_evidence: Evidence
    rule: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Disposition:
    """How one initiative stands with one addressee (None: with nobody in particular), and which rule says so."""

    initiative: int
    status: Status
    rule: str
    evidence: Evidence
    addressee: Participant | None = None
    response: int | None = None
    outcome_text: str = ""
    as_of: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one document; what `kg/rdf` turns into quads."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    chains: tuple[Chain, ...] = ()
    clauses: tuple[Clause, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    chain_of: tuple[int | None, ...] = field(default=())  # mention index -> chain index
