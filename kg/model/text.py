"""What is read off one text before anything is called an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kg.model.kinds import (
    ASSERTED,
    Adnominal,
    Category,
    EntityType,
    Factuality,
    MentionKind,
    Modality,
    Slot,
    Support,
    Way,
)


class Span(NamedTuple):
    """A stretch of the text: code points `begin` (inclusive) to `end` (exclusive)."""

    begin: int
    end: int


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
    weight: int = 0  # how likely news means it: of places the inhabitants, of people and bodies a rank from 1 to 3


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
    `tense` is "past", "present", "future" or "", `aspect` "simple", "progressive", "perfect", "pluperfect" or "".
    `condition` is the subordinator of a clause that is only supposed ("if", "unless", "even if"), "" of any other.
    `trigger` is the predicate word, `span` the whole clause. `support` says what a light verb has to do with it,
    `adnominal` how it hangs on its noun, `shares_subject` that its subject is that of the verb above.
    `modal` is the auxiliary that says how real it is ("would", "must", "is to"), `scheduled` marks a present of a time
    to come, `purpose` an infinitive that says what for.
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
    aspect: str = ""
    condition: str = ""
    support: Support | None = None
    adnominal: Adnominal | None = None
    shares_subject: bool = False
    modal: str = ""
    scheduled: bool = False
    purpose: bool = False
    rules: tuple[str, ...] = ()

    @property
    def asserted(self) -> Factuality:
        """What it says of its event by its own presentation, before its governors are looked at."""
        if self.condition:
            return Factuality.HYPOTHETICAL
        return Factuality.DENIED if self.negated else ASSERTED[self.modality]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as character spans. `content` is discontinuous where the cue interrupts it; `source` may lack.

    `clause` is the clause of the cue, None for "according to" and bare quotation; `way` leads from it to the content.
    """

    index: int
    cue: Span
    content: tuple[Span, ...]
    source: Argument | None = None
    clause: int | None = None
    direct: bool = False
    rules: tuple[str, ...] = ()
    way: Way = Way.COMPLEMENT
