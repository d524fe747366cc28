"""What the discourse rules share: one document's records and quick ways to ask them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Argument, Clause, Document, Event, Evidence, Factuality, Mention, Participant, Role, Sentence, Span


@dataclass(slots=True)
class Board:
    """One document's records. `events` may grow: the end of a link that evokes no frame becomes a `Happening`."""

    document: Document
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    clauses: Sequence[Clause]
    events: list[Event]
    at_clause: dict[int, int] = field(default_factory=dict)
    at_head: dict[Span, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mention in self.mentions:
            self.at_head.setdefault(mention.head, mention)
        for event in self.events:
            if event.clause is not None and event.cls != "Statement":
                self.at_clause.setdefault(event.clause, event.index)

    def sentence(self, event: Event) -> int:
        """The sentence of an event's trigger."""
        if event.clause is not None:
            return self.clauses[event.clause].sentence
        return self._sentence_at(event.trigger.begin).index

    def event_at(self, clause: int | None) -> Event | None:
        """The event a clause tells; a light verb's is that of its noun."""
        if clause is None:
            return None
        if clause in self.at_clause:
            return self.events[self.at_clause[clause]]
        if "light verb" in self.clauses[clause].rules:
            for argument in self.clauses[clause].arguments:
                if argument.clause is not None and argument.clause in self.at_clause:
                    return self.events[self.at_clause[argument.clause]]
        return None

    def ensure(self, argument: Argument) -> Event:
        """The event an argument is; a plain noun phrase becomes a `Happening` of its own words."""
        found = self.event_at(argument.clause)
        if found is not None:
            return found
        for event in self.events:
            if event.trigger == argument.head and event.cls == "Happening":
                return event
        sentence = self._sentence_at(argument.head.begin)
        return self._happening(argument.head, argument.head_lemma, argument.span, sentence, argument.clause)

    def ensure_clause(self, clause: Clause) -> Event:
        """The event a clause tells; one that evokes no frame becomes a `Happening`."""
        found = self.event_at(clause.index)
        if found is not None:
            return found
        sentence = self.sentences[clause.sentence]
        return self._happening(clause.trigger, clause.lemma, clause.span, sentence, clause.index)

    def _sentence_at(self, begin: int) -> Sentence:
        return self.sentences[max(0, bisect_right(self.sentences, begin, key=lambda s: s.span.begin) - 1)]

    def _happening(self, trigger: Span, lemma: str, span: Span, sentence: Sentence, clause: int | None) -> Event:
        text = " ".join(self.document.text[span.begin : span.end].split())
        words = text.split(" ")
        negated = clause is not None and self.clauses[clause].negated
        event = Event(
            index=len(self.events),
            cls="Happening",
            frame="happening",
            trigger=trigger,
            lemma=lemma,
            label=" ".join(words[:30]) + (" …" if len(words) > 30 else ""),
            factuality=Factuality.DENIED if negated else Factuality.HAPPENED,
            evidence=(Evidence(sentence.span),),
            clause=clause,
            rules=("end of a link",),
        )
        self.events.append(event)
        if clause is not None:
            self.at_clause.setdefault(clause, event.index)
        return event


def chains(event: Event, *roles: Role) -> set[int]:
    """Chains of an event's participants in these roles."""
    return {p.chain for p in event.participants if p.role in roles and p.chain is not None}


def first(event: Event, *roles: Role) -> Participant | None:
    """The first participant in one of these roles."""
    return next((p for p in event.participants if p.role in roles), None)
