"""The records every station reads and writes: frozen, slotted, with character offsets and nothing of spaCy or RDF.

All offsets count Unicode code points of `Document.text` exactly as given, so `text[span.begin:span.end]` is the span.
Records refer to each other by index into the tuples of one `Analysis`, so they pickle cheaply across processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the text: code points `begin` (inclusive) to `end` (exclusive)."""

    begin: int
    end: int


class EntityType(StrEnum):
    """What a mention or chain is; the values are the `type` column of the query `who-is-involved`."""

    PERSON = "PERSON"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    NORP = "NORP"
    EVENT = "EVENT"


class MentionKind(StrEnum):
    """How a mention refers: by name, by description, or by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Role(StrEnum):
    """The role of a participant in an event; each value is the local name of its RDF property."""

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    SPEAKER = "speaker"
    PROPOSER = "proposer"
    ADDRESSEE = "addressee"
    RESPONDER = "responder"
    PLACE = "place"
    INSTRUMENT = "instrument"


class Slot(StrEnum):
    """Where an argument stands in its clause, voice already resolved (a passive's subject is the OBJECT)."""

    SUBJECT = "subject"
    OBJECT = "object"
    INDIRECT = "indirect"
    OBLIQUE = "oblique"
    COMPLEMENT = "complement"
    POSSESSOR = "possessor"
    MODIFIER = "modifier"


class Category(StrEnum):
    """The word class of a clause's predicate."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"


class Modality(StrEnum):
    """How a clause is presented by its own grammar, before its governors are looked at."""

    REAL = "real"
    FUTURE = "future"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    WANTED = "wanted"


class Factuality(StrEnum):
    """Whether an event is told as done; the values are the `factuality` column of the queries."""

    HAPPENED = "happened"
    DENIED = "denied"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


class Status(StrEnum):
    """How a proposal stands with one addressee, the latest that the text tells."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNMET = "unmet"
    REALISED = "realised"
    PENDING = "pending"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How one event bears on another; the values are the `relation` column of `what-outcome-followed`."""

    OUTCOME = "outcome"
    RESPONSE = "response"
    REALISATION = "realisation"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Known:
    """A name that shipped or user knowledge knows.

    `sense` says how the surface form stands for it: "name", "demonym" (Ukrainian → Ukraine), "seat" (a capital or seat
    of government that may act for its state: Kyiv, the Kremlin) or "alias". `id` is a Wikidata id or "".
    """

    label: str
    type: EntityType
    id: str = ""
    sense: str = "name"
    country: str = ""  # ISO 3166 alpha-2 code of the state it belongs to, "" if none


Gazetteer = Mapping[str, tuple[Known, ...]]
"""Lower-case surface form without a leading article, to everything it may stand for, best first."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be read, with what is known of its publication."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its span; surrounding white space is not part of it."""

    index: int
    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that names, describes or points to something.

    `span` is the phrase without relative clauses and appositions, `head` its head word; `name` is the part that is a
    proper name, if any. `possessor`, `apposition_of` and `part_of` are mention indices: "Kyiv's allies" has Kyiv as
    possessor; in "the spokesman, Dmitry Peskov" the second is `apposition_of` the first; coordinated phrases list
    their members in `members` ("Ukraine and its allies"). `modifiers` are lower-case lemmas before the head.
    `marker` is the preposition before it ("in", "according to"), `relation` the UD relation of its head.
    """

    index: int
    sentence: int
    span: Span
    head: Span
    text: str
    head_lemma: str
    kind: MentionKind
    type: EntityType | None = None
    name: Span | None = None
    number: str = ""  # "sing", "plur" or "" where unknown
    person: int = 3
    gender: str = ""  # "masc", "fem", "neut" or ""
    determiner: str = ""  # "definite", "indefinite", "demonstrative", "possessive" or ""
    modifiers: tuple[str, ...] = ()
    possessor: int | None = None
    apposition_of: int | None = None
    members: tuple[int, ...] = ()
    quoted: bool = False
    marker: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Mentions of one thing in one document. `name` is its best label, `key` the mention that gave it."""

    index: int
    mentions: tuple[int, ...]
    name: str
    key: int
    type: EntityType | None
    members: tuple[int, ...] = ()  # chains of a group's members
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a clause.

    `marker` is the preposition, complementizer or case word ("to", "by", "that", "from"), lower case, "" if none.
    `span` is the whole phrase, `head` its head word. `mention` indexes the mention it is, `clause` the clause whose
    predicate heads it (a complement clause or an event noun). `rules` name the functions that found it.
    """

    slot: Slot
    marker: str
    span: Span
    head: Span
    head_lemma: str
    mention: int | None = None
    clause: int | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate, verbal or nominal, with its arguments and how it is presented.

    `lemma` includes a phrasal particle ("turn down"). `governor` is the clause it depends on and `relation` its UD
    relation there (ccomp, xcomp, advcl, acl, conj, obj …), `marker` the word that introduces it ("that", "if", "but").
    `tense` is "past", "present", "future" or "". `trigger` is the predicate word, `span` the whole clause.
    """

    index: int
    sentence: int
    trigger: Span
    span: Span
    lemma: str
    category: Category
    arguments: tuple[Argument, ...] = ()
    negated: bool = False
    modality: Modality = Modality.REAL
    tense: str = ""
    passive: bool = False
    governor: int | None = None
    relation: str = ""
    marker: str = ""
    quoted: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as character spans. `content` is discontinuous where the cue interrupts it; `source` may lack.

    `clause` is the clause of the cue, None for "according to" and bare quotation.
    """

    index: int
    cue: Span
    content: tuple[Span, ...]
    source: Argument | None = None
    clause: int | None = None
    direct: bool = False
    rules: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence, or part of one, that says so."""

    span: Span


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what fills a role. `chain` is None only where nothing in the text can be pointed to."""

    role: Role
    span: Span
    text: str
    mention: int | None = None
    chain: int | None = None
    rules: tuple[str, ...] = ()


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
