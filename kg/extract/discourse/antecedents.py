"""Which initiative "this request", "the offer", "it" or an unspoken object means."""

from __future__ import annotations

from kg.extract.discourse.board import Board, chains
from kg.model import Argument, Category, Event, Factuality, Role

REACH = 4  # sentences back that a pronoun or a bare answer reaches
FAR_REACH = 12  # sentences back that a noun of the same family reaches
FAMILIES: dict[str, frozenset[str]] = {
    "Proposal": frozenset({"propose", "plan"}),
    "Offer": frozenset({"offer"}),
    "Invitation": frozenset({"invite"}),
    "Request": frozenset({"request", "urge", "demand"}),
    "Demand": frozenset({"demand", "urge", "request"}),
    "Threat": frozenset({"threaten"}),
    "Plan": frozenset({"plan", "propose"}),
}
NOUNS: dict[str, frozenset[str]] = {
    "application": frozenset({"request", "urge"}),
    "idea": frozenset({"propose", "offer", "plan"}),
    "move": frozenset({"propose", "offer", "plan", "invite", "threaten"}),
    "initiative": frozenset({"propose", "offer", "plan"}),
    "overture": frozenset({"propose", "offer", "invite"}),
    "appeal": frozenset({"request", "urge"}),
    "call": frozenset({"request", "urge", "demand"}),
    "bid": frozenset({"request", "propose", "offer"}),
    "deadline": frozenset({"demand"}),
    "ultimatum": frozenset({"demand", "threaten"}),
    "order": frozenset({"demand"}),
    "term": frozenset({"demand", "offer", "propose"}),
    "condition": frozenset({"demand", "offer", "propose"}),
    "suggestion": frozenset({"propose"}),
    "compromise": frozenset({"propose", "offer"}),
    "formula": frozenset({"propose", "offer"}),
}
POINTERS = frozenset({"this", "that", "it", "they", "both", "these", "those", "which", "so", "one"})


class Initiatives:
    """The initiatives of a document that say what is wanted, and the later mentions that mean one of them."""

    def __init__(self, board: Board) -> None:
        self.board = board
        wanted = [e for e in board.events if e.kind is not None and e.factuality is not Factuality.DENIED]
        self.told = [e for e in wanted if e.content_text]
        self.same_as: dict[int, int] = {}
        for event in wanted:
            mention = board.at_head.get(event.trigger)
            pointing = mention is not None and mention.determiner in ("definite", "demonstrative", "possessive")
            if not event.content_text and event.clause is not None and pointing:
                found = self._earlier(event, FAMILIES.get(event.cls, frozenset()), FAR_REACH)
                if found is not None:
                    self.same_as[event.index] = found.index

    def meant_by(self, argument: Argument, event: Event) -> tuple[Event, str] | None:
        """The initiative an argument of an answer names or points to, and the rule that decided."""
        named = self.board.event_at(argument.clause)
        if named is not None and named.kind is not None:
            if named.index in self.same_as:
                return self.board.events[self.same_as[named.index]], "the noun points back to the initiative"
            if named.content_text:
                return named, "the answer names the initiative"
            return None
        mention = self.board.mentions[argument.mention] if argument.mention is not None else None
        if argument.head_lemma in POINTERS:
            found = self._earlier(event, None, REACH)
            return (found, "a pronoun points back to the nearest initiative") if found is not None else None
        kinds = NOUNS.get(argument.head_lemma)
        definite = mention is not None and mention.determiner in ("definite", "demonstrative", "possessive")
        if kinds is not None and definite:
            found = self._earlier(event, kinds, FAR_REACH)
            return (found, f"“{argument.head_lemma}” points back to an initiative of its kind") if found else None
        if named is None:
            return None
        owner = next((i for i in self.told if i.content == named.index and i.index != event.index), None)
        if owner is None and definite:
            owner = self._wanting(event, named.cls)
        return (owner, "the answer names what was wanted") if owner is not None else None

    def _wanting(self, event: Event, cls: str) -> Event | None:
        """The nearest earlier initiative whose content is an event of this class: "the meeting" of proposed talks."""
        here = self.board.sentence(event)
        for initiative in reversed(self.told):
            if initiative.trigger >= event.trigger or here - self.board.sentence(initiative) > REACH:
                continue
            if initiative.content is not None and self.board.events[initiative.content].cls == cls:
                return None if self._inside(event, initiative) else initiative
        return None

    def addressed_to(self, event: Event) -> tuple[Event, str] | None:
        """The nearest earlier initiative whose addressee is the one who answers here, or who was spoken of last."""
        responders = chains(event, Role.RESPONDER, Role.AGENT)
        if not responders:
            return None
        for initiative in reversed(self.told):
            distance = self.board.sentence(event) - self.board.sentence(initiative)
            if initiative.trigger >= event.trigger or distance > REACH or self._inside(event, initiative):
                continue
            addressees = chains(initiative, Role.ADDRESSEE)
            if addressees & responders:
                return initiative, "the addressee answers"
            if not addressees and distance <= 1 and not chains(initiative, Role.PROPOSER) & responders:
                return initiative, "the next to act answers"
        return None

    def _earlier(self, event: Event, kinds: frozenset[str] | None, reach: int) -> Event | None:
        """The nearest initiative before an event, of one of these kinds, that the event is not part of."""
        here = self.board.sentence(event)
        for initiative in reversed(self.told):
            if initiative.trigger >= event.trigger or self._inside(event, initiative):
                continue
            if here - self.board.sentence(initiative) > reach:
                return None
            if kinds is None or initiative.kind in kinds:
                return initiative
        return None

    def _inside(self, event: Event, initiative: Event) -> bool:
        return any(s.begin <= event.trigger.begin < s.end for s in initiative.content_spans)


def is_noun(board: Board, event: Event) -> bool:
    """Whether an event is told by a noun."""
    return event.clause is not None and board.clauses[event.clause].category is Category.NOUN
