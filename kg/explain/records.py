"""What an explanation tells, as frozen records: of strings, numbers and each other, so that they print as JSON.

Offsets are Unicode code points of the document's text, `begin` inclusive and `end` exclusive. A confidence is a
calibrated probability from 0 to 1; None says that a rule alone decided. The JSON schema (`kg explain --schema`) is made
from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.explain.judgements import Decision, Quote, ReadingTold, WordTold


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule that had a part, by its name, with what the registry says of it, outermost first."""

    name: str
    texts: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionTold:
    """The phrase that is meant: name, nominal or pronoun, its type, its number, and the preposition before it."""

    quote: Quote
    kind: str
    type: str | None
    number: str
    marker: str


@dataclass(frozen=True, slots=True)
class ChainTold:
    """Who or what the phrase stands for in this document: `wordings` are all that is said of it, each once."""

    name: str
    type: str | None
    mentions: int
    wordings: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdentityTold:
    """Who or what it is across documents: the canonical node's IRI and label, the same in Wikidata, and why."""

    canonical: str
    label: str | None
    match: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ParticipantTold:
    """Who or what has a role. `inferred` says that no word of the event names it in this role."""

    role: str
    quote: Quote
    rules: tuple[str, ...]
    confidence: float | None
    inferred: bool
    mention: MentionTold | None
    chain: ChainTold | None
    identity: IdentityTold | None


@dataclass(frozen=True, slots=True)
class ArgumentTold:
    """An argument of a clause: its slot, the word that introduces it, its words, and the rules that found it."""

    slot: str
    marker: str
    quote: Quote
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseTold:
    """The clause that tells the event. `above` is the lemma of the clause it stands in as `relation`."""

    lemma: str
    traits: tuple[str, ...]
    quote: Quote
    above: str | None
    relation: str
    marker: str
    arguments: tuple[ArgumentTold, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttributionTold:
    """Who says it: the words that attribute, the source if it is named, and what is said."""

    cue: Quote
    direct: bool
    source: Quote | None
    content: tuple[Quote, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionTold:
    """What stands in one slot of a clause: `words` are the heads that fit; "*" is anything, "*name" a name."""

    slot: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SenseTold:
    """A sense of a word: a frame, and the clauses it fits: one condition is enough, all parts of it have to hold."""

    frame: str
    cls: str
    plover: str
    when: tuple[tuple[ConditionTold, ...], ...]
    unless: tuple[tuple[ConditionTold, ...], ...]


@dataclass(frozen=True, slots=True)
class FrameTold:
    """The frame that the word evokes, by which rules, and the other senses of the word, in the order they are tried."""

    lemma: str
    sense: SenseTold | None
    rules: tuple[str, ...]
    others: tuple[SenseTold, ...]


@dataclass(frozen=True, slots=True)
class TimeTold:
    """When it was: ISO dates of the precision that the text gives, and its words."""

    begin: str
    end: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class QuantityTold:
    """How many: the number as stated, its bounds, how exact it is meant, what is counted, and the words."""

    value: float
    lower: float | None
    upper: float | None
    qualifier: str
    noun: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class OtherTold:
    """Another event that this one tells of."""

    cls: str
    factuality: str
    label: str


@dataclass(frozen=True, slots=True)
class TellerTold:
    """Who tells the event, where it is not the narrator."""

    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldsTold:
    """The event's own fields: how real it is told to be and by which rules, the kind of an initiative, when, how many.

    `content` are the words of what is proposed, asked for or said; `told_by` is None for the narrator.
    """

    factuality: str
    factuality_rules: tuple[str, ...]
    kind: str | None
    time: TimeTold | None
    quantity: QuantityTold | None
    content: str
    content_event: OtherTold | None
    told_by: TellerTold | None


@dataclass(frozen=True, slots=True)
class StatusTold:
    """How an initiative stands with one whom it was addressed to, or with nobody in particular."""

    status: str
    addressee: str | None
    outcome: str
    rule: str
    confidence: float | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class RelationTold:
    """What led to what: the words of both ends, and the sentences that say so."""

    kind: str
    cause: str
    effect: str
    rule: str
    confidence: float | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class AccountTold:
    """Another account of the same event, in this document or another, and why the two are one."""

    event: str
    reason: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class TripleTold:
    """A triple of the event in the document's graph, shortened by the usual prefixes."""

    property: str
    value: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an event came to stand in the graph, from the sentences that were read to the triples.

    `words` is None unless it was asked for, or where the event was not read by a learned head. `identity` is None in a
    graph in which who is who was not decided.
    """

    event: str
    cls: str
    label: str
    document: str
    published: str | None
    trigger: Quote
    sentences: tuple[Quote, ...]
    participants: tuple[ParticipantTold, ...]
    clause: ClauseTold | None
    attributions: tuple[AttributionTold, ...]
    frame: FrameTold
    reading: ReadingTold | None
    decisions: tuple[Decision, ...]
    fields: FieldsTold
    statuses: tuple[StatusTold, ...]
    relations: tuple[RelationTold, ...]
    identity: IdentityTold | None
    accounts: tuple[AccountTold, ...]
    rules: tuple[RuleTold, ...]
    triples: tuple[TripleTold, ...]
    words: tuple[WordTold, ...] | None
    as_built: bool
