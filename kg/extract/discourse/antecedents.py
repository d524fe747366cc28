"""Which initiative "this request", "the offer", "it", "the summit" or an unspoken object means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from kg.extract.discourse.board import Board, chains
from kg.extract.discourse.contents import content_nouns, is_noun
from kg.extract.discourse.families import DUAL, FAMILIES, NOUNS, POINTERS, POINTING
from kg.model import (
    Argument,
    EntityType,
    Event,
    Factuality,
    Mention,
    MentionKind,
    Participant,
    Role,
    Span,
)

_DO_SO = re.compile(r"(?:to )?(?:do|doing) (?:so|that|it|this)", re.IGNORECASE)
REACH = 4  # sentences back that a pronoun or a bare answer reaches
FAR_REACH = 12  # sentences back that a noun of the same family reaches
STATES = frozenset({EntityType.GPE, EntityType.NORP})
INFERRED = "addressee: who is to do or join what is wanted"
NAMED = "content: the phrase that names what was answered"


class Found(NamedTuple):
    """An initiative, the rule by which it was found, and whether its own word was named."""

    initiative: Event
    rule: str
    named: bool = False


class Initiatives:
    """The initiatives of a document that say what is wanted, and the later mentions that mean one of them."""

    def __init__(self, board: Board, *, answered: AbstractSet[int] = frozenset()) -> None:
        self.board = board
        wanted = [e for e in board.events if e.kind is not None and e.factuality is not Factuality.DENIED]
        self.same_as: dict[int, int] = {}
        self.told: list[Event] = []
        self._sentence_of: list[int] = []
        self._nouns: dict[int, frozenset[str]] = {}
        self.owner: dict[int, int] = {}
        self.cues = {e.clause for e in wanted if e.clause is not None}
        for event in wanted:
            found = self._retold(event)
            if found is None and event.index in answered and not event.content_text:
                event = self._named(event)
            if found is not None:
                self.same_as[event.index] = found.index
            elif event.content_text:
                self._nouns[event.index] = frozenset(m.head_lemma for m in content_nouns(board, event))
                self.told.append(event)
                self._sentence_of.append(board.sentence(event))
                if event.content is not None:
                    self.owner.setdefault(event.content, event.index)

    def _named(self, event: Event) -> Event:
        """An initiative of which only an answer is told, with what its noun is said to be for its content.

        "Mali turned down an offer from Norway": which offer it was is all that is known of it.
        """
        mention = self.board.at_head.get(event.trigger)
        if event.clause is None or mention is None or not is_noun(self.board, event):
            return event
        begin = mention.span.begin + (len(mention.text.split()[0]) + 1 if mention.determiner else 0)
        span = Span(begin, max(mention.span.end, self.board.clauses[event.clause].span.end))
        words = " ".join(self.board.document.text[span.begin : span.end].split())
        if " " not in words:
            return event
        event = replace(event, content_text=words, content_spans=(span,), rules=(*event.rules, NAMED))
        self.board.events[event.index] = event
        return event

    def _retold(self, event: Event) -> Event | None:
        """The earlier initiative that a noun with its determiner, or a second telling of the same content, means."""
        mention = self.board.at_head.get(event.trigger)
        pointing = mention is not None and mention.determiner in POINTING
        if not event.content_text:
            if event.clause is None or not pointing:
                return None
            return self._of_family(event)
        about = content_nouns(self.board, event)[:1]
        if not about or not (pointing or about[0].determiner in ("definite", "demonstrative")):
            return None
        proposers = chains(event, Role.PROPOSER)
        kinds = frozenset().union(*FAMILIES.get(event.cls, ()), {event.kind or ""})
        for initiative in self.before(event.trigger, FAR_REACH):
            if initiative.trigger == event.trigger or initiative.kind not in kinds or self._within(event, initiative):
                continue
            others = chains(initiative, Role.PROPOSER)
            alike = not proposers or any(self.board.speaks_for(a, b) for a in proposers for b in others)
            if alike and about[0].head_lemma in self._nouns[initiative.index]:
                return initiative
        return None

    def _of_family(self, event: Event) -> Event | None:
        """The nearest of its family, first among those of the owner it names ("the Omani offer")."""
        owners = chains(event, Role.PROPOSER)
        for kinds in FAMILIES.get(event.cls, ()):
            near: Event | None = None
            for initiative in self.before(event.trigger, FAR_REACH):
                if initiative.kind not in kinds or self._within(event, initiative):
                    continue
                others = chains(initiative, Role.PROPOSER)
                if not owners or any(self.board.speaks_for(a, b) for a in owners for b in others):
                    return initiative
                if not self._of_other_states(owners, others):
                    near = near or initiative
            if near is not None:
                return near
        return None

    def _of_other_states(self, owners: AbstractSet[int], others: AbstractSet[int]) -> bool:
        """Whether two initiatives have states for owners, and not the same: "the Ghanaian plan" is not Benin's."""
        known = self.board.chains
        if not (known and owners and others) or any(known[c].type not in STATES for c in owners | others):
            return False
        return not any(self.board.speaks_for(a, b) for a in owners for b in others)

    def before(self, at: Span, reach: int) -> Iterator[Event]:
        """Initiatives told before a place, nearest first, at most so many sentences back."""
        here = self.board.sentence_at(at.begin).index
        last = bisect_left(self.told, at, key=lambda e: e.trigger)
        while last > 0 and here - self._sentence_of[last - 1] <= reach:
            first = last - 1
            while first > 0 and self.told[first - 1].trigger == self.told[first].trigger:
                first -= 1
            yield from self.told[first:last]
            last = first

    def meant_by(self, argument: Argument, at: Span) -> Found | None:
        """The initiative an argument of an answer names or points to, and the rule that decided."""
        named = self.board.event_at(argument.clause)
        mention = self.board.mentions[argument.mention] if argument.mention is not None else None
        if named is not None and named.kind is not None:
            if named.index in self.same_as:
                return Found(self.board.events[self.same_as[named.index]], "the noun points back to the initiative")
            if named.content_text:
                return Found(named, "the answer names the initiative", named=True)
        if named is not None and named.kind is not None:
            return None
        if argument.head_lemma in POINTERS:
            found = self._earlier(at, None, REACH)
            return Found(found, "a pronoun points back to the nearest initiative") if found is not None else None
        definite = mention is not None and (mention.determiner in POINTING or self._is_dual(argument))
        kinds = NOUNS.get(argument.head_lemma)
        if kinds is not None and definite:
            found = self._earlier(at, kinds, FAR_REACH, owners=self._owners(argument))
            if found is not None:
                return Found(found, f"“{argument.head_lemma}” points back to an initiative of its kind")
        if named is not None:
            owner = self.owner.get(named.index)
            if owner is not None and self.board.events[owner].trigger != at:
                return Found(self.board.events[owner], "the answer names what was wanted")
        found = self._wanting(at, named.cls if named is not None else None, mention) if definite else None
        return Found(found, "the answer names what was wanted") if found is not None else None

    def _owners(self, argument: Argument) -> set[int]:
        """Whose an argument says that it is: "the Ghanaian plan", "Ghana's plan"."""
        told = self.board.said_in.get(self.board.sentence_at(argument.head.begin).index, ())
        before = (m for m in told if argument.span.begin <= m.span.begin and m.span.end <= argument.head.begin)
        return {chain for m in before if (chain := self.board.chain(m.index)) is not None}

    def _is_dual(self, argument: Argument) -> bool:
        """Whether an argument means two things told before: "neither idea", "both offers"."""
        return self.board.words(argument.span).split(" ", 1)[0] in DUAL

    def paired(self, found: Event, answers: Iterable[Argument]) -> list[Event]:
        """The other initiative that "neither idea" or "both offers" means beside the one found, told just before it."""
        if not any(self._is_dual(a) for a in answers):
            return []
        others = (i for i in self.before(found.trigger, 1) if i.trigger != found.trigger)
        return list(islice(others, 1))

    def doing_so(self, event: Event) -> Found | None:
        """The nearest initiative, where an answer says "to do so" of what is wanted (Hankamer and Sag 1976)."""
        if not _DO_SO.fullmatch(event.content_text):
            return None
        found = self._earlier(event.trigger, None, REACH)
        return Found(found, "“do so” points back to the nearest initiative") if found is not None else None

    def _wanting(self, at: Span, cls: str | None, mention: Mention | None) -> Event | None:
        """The nearest earlier initiative that wants an event of this class, or a thing called the same."""
        lemma = mention.head_lemma if mention is not None else ""
        for initiative in self.before(at, REACH):
            content = self.board.events[initiative.content] if initiative.content is not None else None
            same = cls is not None and content is not None and content.cls == cls and cls != "Happening"
            if same or lemma in self._nouns[initiative.index]:
                return None if self.inside(at, initiative) else initiative
        return None

    def wanting(self, event: Event) -> Event | None:
        """The initiative that wants what an event told by a definite noun is."""
        mention = self.board.at_head.get(event.trigger)
        if mention is None or mention.determiner not in POINTING:
            return None
        return self._wanting(event.trigger, event.cls, mention)

    def wants(self, initiative: Event, lemma: str) -> bool:
        """Whether the initiative is about a thing called so."""
        return lemma in self._nouns.get(initiative.index, ())

    def addressed_to(
        self, responders: set[int], at: Span, *, plural: bool = False, alone: bool = False
    ) -> Found | None:
        """The nearest earlier initiative whose addressee is the one who answers here, or who was spoken of last.

        `plural` says that "both" or "they all" answer, who may be anybody; `alone` that the answer says nothing else.
        """
        if not responders and not plural:
            return None
        here = self.board.sentence_at(at.begin).index
        for initiative in self.before(at, REACH):
            if self.inside(at, initiative):
                continue
            addressees = chains(initiative, Role.ADDRESSEE)
            if any(self.board.speaks_for(a, r) for a in addressees for r in responders):
                return Found(initiative, "the addressee answers")
            near = here - self.board.sentence(initiative) <= 1
            if plural and near:
                return Found(initiative, "all who were addressed answer")
            proposers = chains(initiative, Role.PROPOSER)
            own = any(self.board.speaks_for(p, r) for p in proposers for r in responders)
            if alone and near and not own and (not addressees or self.may_be_another(initiative)):
                return Found(initiative, "the next to act answers")
        return None

    def may_be_another(self, initiative: Event) -> bool:
        """Whether those addressed are only inferred, or nobody in particular ("asked for observers")."""
        told = [p for p in initiative.participants if p.role is Role.ADDRESSEE]
        return all(p.inferred or self._vague(p) for p in told)

    def _vague(self, participant: Participant) -> bool:
        mention = self.board.mentions[participant.mention] if participant.mention is not None else None
        return (
            mention is not None
            and mention.kind is MentionKind.NOMINAL
            and mention.determiner in ("", "indefinite")
            and mention.type is not EntityType.GPE
        )

    def _earlier(
        self, at: Span, kinds: frozenset[str] | None, reach: int, *, owners: AbstractSet[int] = frozenset()
    ) -> Event | None:
        """The nearest initiative before a place, of one of these kinds, that the place is not part of."""
        for i in self.before(at, reach):
            of_kind = kinds is None or i.kind in kinds
            if of_kind and not self.inside(at, i) and not self._of_other_states(owners, chains(i, Role.PROPOSER)):
                return i
        return None

    def inside(self, at: Span, initiative: Event) -> bool:
        """Whether a place belongs to what the initiative wants."""
        return any(s.begin <= at.begin < s.end for s in initiative.content_spans)

    def _within(self, event: Event, initiative: Event) -> bool:
        return self.inside(event.trigger, initiative)
