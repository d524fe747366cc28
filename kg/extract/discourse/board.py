"""What the discourse rules share: one document's records and quick ways to ask them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import (
    Argument,
    Category,
    Chain,
    Clause,
    Document,
    EntityType,
    Event,
    Evidence,
    Factuality,
    Mention,
    Participant,
    Role,
    Sentence,
    Slot,
    Span,
    Status,
    Support,
)

WINDOW = 3  # words read before a clause when its subordinator is looked for


OPENERS = frozenset({
    "after", "because", "if", "unless", "when", "once", "since", "as", "but", "yet", "although", "though", "while",
    "whereas", "however", "should", "had", "were", "despite", "provided", "until", "only",
})  # fmt: skip
"""Words that open a clause and say how it bears on another."""
OFFICES = frozenset({
    "spokesman", "spokeswoman", "spokesperson", "minister", "president", "leader", "head", "official", "envoy", "chief",
    "ambassador", "government", "ministry", "secretary", "commander", "director", "chairman", "chairwoman", "chair",
    "lawyer", "negotiator", "representative", "delegation", "king", "mayor", "chancellor", "premier",
})  # fmt: skip
"""Heads of phrases whose "of" and "for" say on whose behalf somebody acts."""


_JOINING = re.compile(r"[\s,;:–—]+(?:and|but|or|while|so)?$")


@dataclass(slots=True)
class Board:
    """One document's records. `events` may grow: the end of a link that evokes no frame becomes a `Happening`.

    `chain_of` gives each mention's chain; where a caller leaves it out, participants alone have chains. `belongs` has
    for a chain those of whom it is a part or speaks for: "Iran's foreign minister" belongs to Iran. `chances` says of
    words that were read as no events how likely they are one, by where they begin.
    """

    document: Document
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    clauses: Sequence[Clause]
    events: list[Event]
    chains: Sequence[Chain] = ()
    chain_of: Sequence[int | None] = ()
    chances: Mapping[int, float] = field(default_factory=dict)
    at_clause: dict[int, int] = field(default_factory=dict)
    at_head: dict[Span, Mention] = field(default_factory=dict)
    at_trigger: dict[Span, int] = field(default_factory=dict)
    in_sentence: dict[int, list[Clause]] = field(default_factory=dict)
    below: dict[int, list[Clause]] = field(default_factory=dict)
    belongs: dict[int, set[int]] = field(default_factory=dict)
    begins: list[tuple[int, int]] = field(default_factory=list)
    initiative_heads: dict[Span, int] = field(default_factory=dict)
    said_in: dict[int, list[Mention]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mention in self.mentions:
            self.at_head.setdefault(mention.head, mention)
            self.said_in.setdefault(mention.sentence, []).append(mention)
        for event in self.events:
            if event.clause is not None and event.cls != "Statement":
                self.at_clause.setdefault(event.clause, event.index)
            if (
                event.kind is not None
                and event.clause is not None
                and self.clauses[event.clause].category is Category.NOUN
            ):
                self.initiative_heads.setdefault(event.trigger, event.index)
            if event.cls == "Happening":
                self.at_trigger.setdefault(event.trigger, event.index)
        for clause in self.clauses:
            self.in_sentence.setdefault(clause.sentence, []).append(clause)
            if clause.governor is not None:
                self.below.setdefault(clause.governor, []).append(clause)
        self.begins = sorted((c.trigger.begin, c.index) for c in self.clauses)
        if not self.chain_of:
            self.chain_of = _chains_of_participants(self.events, self.mentions)
        for mention in self.mentions:
            own, owner = self.chain_of[mention.index], self.chain(mention.possessor)
            if own is not None and owner is not None and own != owner:
                self.belongs.setdefault(own, set()).add(owner)
        for told in self.said_in.values():
            self._note_states(told)

    def _note_states(self, told: Sequence[Mention]) -> None:
        """ "The Maltese government" belongs to Malta, "a spokesman for the army" to the army."""
        for k, outer in enumerate(told):
            own = self.chain(outer.index)
            for inner in told[k + 1 : k + 8]:
                if own is None or inner.span.begin >= outer.span.end:
                    break
                chain = self.chain(inner.index)
                before = inner.head.begin < outer.head.begin and inner.type in (EntityType.NORP, EntityType.GPE)
                after = inner.marker in ("of", "for") and outer.head_lemma in OFFICES
                if chain is not None and chain != own and inner.span.end <= outer.span.end and (before or after):
                    self.belongs.setdefault(own, set()).add(chain)

    def chain(self, mention: int | None) -> int | None:
        """The chain of a mention."""
        return None if mention is None else self.chain_of[mention]

    def speaks_for(self, one: int | None, other: int | None) -> bool:
        """Whether two chains act as one: the same, one the other's member, or one belonging to the other."""
        if one is None or other is None:
            return False
        if one == other or other in self.belongs.get(one, ()) or one in self.belongs.get(other, ()):
            return True
        return bool(self.chains) and (one in self.chains[other].members or other in self.chains[one].members)

    def below_of(self, clause: Clause) -> Sequence[Clause]:
        """The clauses that a clause governs."""
        return self.below.get(clause.index, ())

    def inside(self, span: Span) -> list[int]:
        """Clauses whose trigger stands in a stretch of the text, in text order."""
        first = bisect_left(self.begins, (span.begin, -1))
        last = bisect_left(self.begins, (span.end, -1))
        return [index for _, index in self.begins[first:last]]

    def words(self, span: Span) -> str:
        """The words of a stretch in lower case, single spaces."""
        return " ".join(self.document.text[span.begin : span.end].lower().split())

    def opening(self, clause: Clause) -> str:
        """The word that introduces a clause: its marker, else the word it begins with or the one before it."""
        if clause.marker:
            return clause.marker
        if any(c.span.begin == clause.span.begin and c.relation == "advcl" for c in self.below_of(clause)):
            return ""  # the word that begins it belongs to a clause within it
        within = self.words(clause.span).split(" ", 1)[0].strip(",;:—–“”\"'")
        if within in OPENERS:
            return within
        sentence = self.sentences[clause.sentence].span
        before = self.words(Span(sentence.begin, max(sentence.begin, clause.span.begin))).split(" ")[-WINDOW:]
        return next((w for w in reversed(before) if w in OPENERS), "")

    def subject(self, clause: Clause) -> Argument | None:
        """Who does what a clause tells: its subject, or that of the verb that governs it without one."""
        for _ in range(3):
            found = next((a for a in clause.arguments if a.slot is Slot.SUBJECT), None)
            if found is not None or clause.governor is None or clause.relation not in ("xcomp", "conj"):
                return found
            clause = self.clauses[clause.governor]
        return None

    def speaker_above(self, clause: Clause) -> Argument | None:
        """Who says what a clause tells: the subject of the verb of speech that governs it."""
        if clause.governor is None or clause.relation not in ("ccomp", "parataxis", "xcomp"):
            return None
        return self.subject(self.clauses[clause.governor])

    def participant(self, argument: Argument, role: Role, rule: str) -> Participant | None:
        """An argument as a participant; None where it is no mention."""
        if argument.mention is None:
            return None
        mention = self.mentions[argument.mention]
        return Participant(role, mention.span, mention.text, mention.index, self.chain(mention.index), (rule,))

    def sentence(self, event: Event) -> int:
        """The sentence of an event's trigger."""
        if event.clause is not None:
            return self.clauses[event.clause].sentence
        return self.sentence_at(event.trigger.begin).index

    def event_at(self, clause: int | None) -> Event | None:
        """The event a clause tells; a light verb's is that of its noun."""
        if clause is None:
            return None
        if clause in self.at_clause:
            return self.events[self.at_clause[clause]]
        if self.clauses[clause].support in (Support.VERB, Support.OBJECT):
            for argument in self.clauses[clause].arguments:
                if argument.clause is not None and argument.clause in self.at_clause:
                    return self.events[self.at_clause[argument.clause]]
        return None

    def event_link(self, clause: int) -> str | None:
        """The direction in which a clause links two events, None where it links none."""
        return self.events[self.at_clause[clause]].link if clause in self.at_clause else None

    def ensure(self, argument: Argument) -> Event:
        """The event an argument is; a plain noun phrase becomes a `Happening` of its own words."""
        found = self.event_at(argument.clause)
        if found is not None:
            return found
        if argument.head in self.at_trigger:
            return self.events[self.at_trigger[argument.head]]
        sentence = self.sentence_at(argument.head.begin)
        return self._happening(argument.head, argument.head_lemma, argument.span, sentence, argument.clause)

    def ensure_clause(self, clause: Clause) -> Event:
        """The event a clause tells; one that evokes no frame becomes a `Happening`."""
        found = self.event_at(clause.index)
        if found is not None:
            return found
        sentence = self.sentences[clause.sentence]
        return self._happening(clause.trigger, clause.lemma, self._own_span(clause), sentence, clause.index)

    def _own_span(self, clause: Clause) -> Span:
        """A clause without those that are coordinated with it after it."""
        end = clause.span.end
        for other in self.below_of(clause):
            if other.relation in ("conj", "parataxis") and clause.trigger.end < other.span.begin < end:
                before = self.document.text[clause.span.begin : other.span.begin].rstrip()
                end = clause.span.begin + len(_JOINING.sub("", before))
        return Span(clause.span.begin, max(end, clause.trigger.end))

    def answer(self, clause: Clause, cls: str, status: Status, plover: str | None, by: Participant | None) -> Event:
        """The event of a clause that answers; one that evokes no frame becomes an event of class `cls`."""
        if clause.index in self.at_clause:
            return self.events[self.at_clause[clause.index]]
        event = self.ensure_clause(clause)
        people = () if by is None else (replace(by, role=Role.RESPONDER), replace(by, role=Role.AGENT))
        rules = ("an answer without a word of answering",)
        fact = Factuality.HAPPENED
        made = replace(event, cls=cls, plover=plover, status=status, participants=people, rules=rules, factuality=fact)
        self.events[event.index] = made
        return made

    def retell(self, event: Event, *, label: str, factuality: Factuality) -> None:
        """Give an event fuller words, and say anew whether it is told as done."""
        self.events[event.index] = replace(self.events[event.index], label=label, factuality=factuality)

    def sentence_at(self, begin: int) -> Sentence:
        """The sentence in which a character stands."""
        return self.sentences[max(0, bisect_right(self.sentences, begin, key=lambda s: s.span.begin) - 1)]

    def _happening(self, trigger: Span, lemma: str, span: Span, sentence: Sentence, clause: int | None) -> Event:
        text = " ".join(self.document.text[span.begin : span.end].split())
        words = text.split(" ")
        told = self.clauses[clause] if clause is not None else None
        event = Event(
            index=len(self.events),
            cls="Happening",
            frame="happening",
            trigger=trigger,
            lemma=lemma,
            label=" ".join(words[:30]) + (" …" if len(words) > 30 else ""),
            factuality=told.asserted if told is not None else Factuality.HAPPENED,
            evidence=(Evidence(sentence.span),),
            clause=clause,
            rules=("end of a link",),
        )
        self.events.append(event)
        self.at_trigger.setdefault(trigger, event.index)
        if clause is not None:
            self.at_clause.setdefault(clause, event.index)
        return event


def chains(event: Event, *roles: Role) -> set[int]:
    """Chains of an event's participants in these roles."""
    return {p.chain for p in event.participants if p.role in roles and p.chain is not None}


def first(event: Event, *roles: Role) -> Participant | None:
    """The first participant in one of these roles."""
    return next((p for p in event.participants if p.role in roles), None)


def _chains_of_participants(events: Sequence[Event], mentions: Sequence[Mention]) -> list[int | None]:
    """What participants tell of the chains of mentions; a mention of the same words is taken for the same thing."""
    out: list[int | None] = [None] * len(mentions)
    of_words: dict[str, int] = {}
    for event in events:
        for one in event.participants:
            if one.mention is not None and one.chain is not None:
                out[one.mention] = one.chain
                of_words.setdefault(one.text.lower(), one.chain)
    return [
        chain if chain is not None else of_words.get(m.text.lower()) for chain, m in zip(out, mentions, strict=True)
    ]
