"""What led to what: answers, linking verbs and nouns, causal prepositions, reasons; subordinators stand next door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.discourse.accusations import answered_accusations
from kg.extract.discourse.answers import Answer
from kg.extract.discourse.board import Board
from kg.extract.discourse.learned import RULE, Links
from kg.extract.discourse.subordination import SAYING, Add, subordinate
from kg.extract.discourse.succession import event_in, succeeded, told_before
from kg.model import (
    Adnominal,
    Argument,
    Category,
    Clause,
    EntityType,
    Event,
    Evidence,
    Factuality,
    MentionKind,
    Relation,
    RelationKind,
    Slot,
    Status,
)

NONE = Links()
STRONG_MARKERS = frozenset({
    "because of", "due to", "in response to", "as a result of", "thanks to", "owing to", "in reaction to",
    "as a consequence of", "in retaliation for", "in the wake of", "on account of", "in the aftermath of",
})  # fmt: skip
FOLLOWING = frozenset({"following"})
"""Prepositions that mean a cause where a happening, and no person, place or day, stands after them."""
REASONING = frozenset({"rule", "cite", "argue", "find", "hold", "blame", "conclude", "complain", "note"})
"""Verbs whose participle gives the reason of the main clause: "quashed the order, ruling that …"."""
REPLYING_NOUNS = frozenset({"response", "reaction", "retaliation", "reply", "answer"})
_CONNECTIVE = re.compile(
    r"(?:^|[;,]\s*|\band\s+)((?:As a (?:result|consequence)|In (?:response|retaliation|reaction|reply)|"
    r"Consequently|Therefore|As such)),? [^.;]*$",
    re.IGNORECASE,
)
HARDLY = frozenset({"little", "nothing", "none", "few", "less"})
"""What "yielded little" and "led to nothing" have for a result is none that could be told."""
HAPPENS = 0.0007
"""Probability of being an event from which a noun phrase is one: "sparked an exodus", not "90 percent of them"."""
JOINING = frozenset({"and", "but", "or", "nor", "yet", "where"})
LONGEST = 120
"""Characters of a phrase with a causal preposition in which the cause is looked for ("weeks of quiet diplomacy")."""
SHORTEST = 8  # characters of what is left of a clause; less says nothing
_TRAILING = re.compile(
    r"[ ,]+(?:in (?:response|reaction|reply) to|in retaliation for|because of|due to|following|after|over|"
    r"as a result of|thanks to|owing to|in the wake of|ruling|citing|arguing|finding|holding|blaming)$"
)


def find_outcomes(board: Board, answers: Sequence[Answer], links: Links = NONE) -> list[Relation]:
    """All relations of a document, one per pair of events and kind, in text order of their causes."""
    found: dict[tuple[int, int], Relation] = {}

    def add(kind: RelationKind, cause: Event, effect: Event, rule: str) -> None:
        key = (cause.index, effect.index)
        if cause.index == effect.index or cause.trigger == effect.trigger or key in found or key[::-1] in found:
            return
        found[key] = _relation(board, kind, cause, effect, rule)

    for a in answers:
        kind = RelationKind.RESPONSE
        if board.events[a.event].cls in ("NonRealisation", "Happening") or (
            a.status is Status.UNMET and not a.responders
        ):
            kind = RelationKind.OUTCOME
        if a.status is Status.REALISED:
            kind = RelationKind.REALISATION
        add(kind, board.events[a.initiative], board.events[a.event], a.rule)
    for accusation, denial, rule in answered_accusations(board):
        add(RelationKind.RESPONSE, accusation, denial, rule)
    for event in list(board.events):
        if event.link is not None and event.clause is not None:
            _linked(board, event, board.clauses[event.clause], add)
    succeeding: set[int] = set()
    for clause in board.clauses:
        _prepositions(board, clause, add)
        if succeeded(board, clause, add):
            succeeding.add(clause.index)
        if clause.governor not in succeeding:
            subordinate(board, clause, add)
        _reasoned(board, clause, add)
        _connected(board, clause, add)
    for cause, effect, confidence in links.causes:
        if (cause, effect) not in found and not _is_lacking(board, board.events[cause]):
            add(RelationKind.CAUSE, board.events[cause], board.events[effect], RULE)
            if (cause, effect) in found:
                found[cause, effect] = replace(found[cause, effect], confidence=confidence)
    return list(_told_once(sorted(found.values(), key=lambda r: (r.cause, r.effect))))


def _told_once(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Leave out what the same words tell of the same: "the meeting" and "did not materialise" are one outcome."""
    seen: set[tuple[RelationKind, int, str, Evidence]] = set()
    for relation in relations:
        told = (relation.kind, relation.cause, relation.effect_text, relation.effect_evidence)
        if told not in seen:
            yield relation
        seen.add(told)


def _is_lacking(board: Board, event: Event) -> bool:
    """Whether an event is only named as what was not there, as the agreement in "left without an agreement"."""
    mention = board.at_head.get(event.trigger)
    return event.factuality is Factuality.DENIED and mention is not None and mention.marker == "without"


def _relation(board: Board, kind: RelationKind, cause: Event, effect: Event, rule: str) -> Relation:
    return Relation(
        index=0,
        kind=kind,
        cause=cause.index,
        effect=effect.index,
        cause_text=cause.content_text
        if cause.kind is not None and cause.content_text
        else _apart(board, cause, effect),
        effect_text=_apart(board, effect, cause),
        cause_evidence=cause.evidence[0],
        effect_evidence=effect.evidence[0],
        rule=rule,
    )


def _apart(board: Board, event: Event, other: Event) -> str:
    """An event's words without what joins its clause to another: "but did not agree", "after Chad closed the road"."""
    marker = board.clauses[event.clause].marker if event.clause is not None else ""
    first, _, rest = (words := _own_words(board, event, other)).partition(" ")
    return rest if rest and first.lower() in {*JOINING, marker} else words


def _own_words(board: Board, event: Event, other: Event) -> str:
    """An event's words without those of the clause at its other end: "if X, Y" has X and Y."""
    if event.clause is None or other.clause is None:
        return event.label
    outer, inner = board.clauses[event.clause].span, board.clauses[other.clause].span
    if not (outer.begin <= inner.begin and inner.end <= outer.end and outer != inner):
        return event.label
    text = board.document.text
    before, after = text[outer.begin : inner.begin], text[inner.end : outer.end]
    ahead = len(before) > len(after)
    if not inner.begin <= event.trigger.begin < inner.end:
        ahead = event.trigger.begin < inner.begin  # "Chad refused" of "Chad refused an offer of Peru's for the port"
    words = " ".join((before if ahead else after).strip(" ,;–—").split())
    if ahead:
        words = _TRAILING.sub("", words)
        above = {event.clause, board.clauses[other.clause].governor}
        arguments = [a for c in above if c is not None for a in board.clauses[c].arguments if a.clause == other.clause]
        for marker in {a.marker for a in arguments if a.marker}:  # "congratulated Chad on" without the truce
            words = words.removesuffix(f" {marker}")
    return words if len(words) > SHORTEST else event.label


def _linked(board: Board, event: Event, clause: Clause, add: Add) -> None:
    """ "A led to B", "A emerged from B", "A was the result of B", "A, prompting B"."""
    deeds = [a for a in event.answers if a.slot is Slot.COMPLEMENT and a.clause is not None]
    # of "forced officials to look into it" the object is who does it, and no effect by itself
    others = [board.ensure(a) for a in deeds or event.answers if _is_event(board, a)]
    if not others:
        return
    above = board.clauses[clause.governor] if clause.governor is not None else None
    if clause.category is Category.NOUN:
        ends = [] if above is None else _own_end(board, above)
    else:
        ends = _own_end(board, clause)
    answered = event.lemma in REPLYING_NOUNS and clause.category is Category.NOUN
    kind = RelationKind.CAUSE if answered else RelationKind.OUTCOME
    for end in ends:
        for other in others:
            if event.link == "forward":
                add(kind, end, other, f"{event.lemma}: leads to")
            else:
                add(kind, other, end, f"in {event.lemma} to: cause" if answered else f"{event.lemma}: comes of")


def _own_end(board: Board, clause: Clause) -> list[Event]:
    """The event that a linking verb's subject is; for "…, prompting …" the whole main clause."""
    told = board.event_at(clause.index)
    if told is not None and told.link is None:
        return [told]
    if clause.relation == "advcl" and clause.governor is not None:
        return [board.ensure_clause(board.clauses[clause.governor])]
    if clause.adnominal is Adnominal.RELATIVE and clause.governor is not None and _sums_up(board, clause):
        return [board.ensure_clause(board.clauses[clause.governor])]
    passive = clause.passive and board.event_link(clause.index) != "forward"
    subjects = [a for a in clause.arguments if a.slot is (Slot.OBJECT if passive else Slot.SUBJECT)]
    if not subjects and clause.relation == "conj":
        subject = board.subject(clause)
        subjects = [] if subject is None else [subject]
    ends = [told_before(board, a.head) or (board.ensure(a) if _is_event(board, a) else None) for a in subjects]
    return [e for e in ends if e is not None]


def _sums_up(board: Board, clause: Clause) -> bool:
    """Whether ", which" takes up a whole clause: the thing before it can bring nothing about by itself."""
    begin = max(0, clause.trigger.begin - 12)
    which = re.search(r",\s+which\s+(?:\w+\s+)?$", board.document.text[begin : clause.trigger.begin])
    subject = board.subject(clause)
    return which is not None and (subject is None or subject.clause is None)


def _connected(board: Board, clause: Clause, add: Add) -> None:
    """ "As a result, …", "In response, …": the clause comes of what the clause before it tells."""
    if clause.category is Category.NOUN or clause.relation not in ("root", "conj", "parataxis"):
        return
    sentence = board.sentences[clause.sentence].span
    begin = max(sentence.begin, clause.trigger.begin - 80)
    text = board.document.text[begin : clause.trigger.begin]
    found = _CONNECTIVE.search(text)
    if found is None:
        return
    at = begin + found.start()
    opens = not board.document.text[sentence.begin : at].strip(" “\"'")
    mains = [
        c
        for c in board.in_sentence.get(clause.sentence - 1 if opens else clause.sentence, ())
        if c.category is not Category.NOUN and c.relation in ("root", "conj", "parataxis") and c.trigger.begin < at
    ]
    if mains and clause.lemma not in SAYING:
        cause = mains[0] if opens else mains[-1]
        rule = f"{found[1].lower()}: cause"
        add(RelationKind.CAUSE, board.ensure_clause(cause), board.ensure_clause(clause), rule)


def _is_event(board: Board, argument: Argument) -> bool:
    """Whether an argument can be what happened: a clause, an event noun, or a thing that is no person or place."""
    if argument.clause is not None:
        return True
    if argument.head_lemma in HARDLY or board.chances.get(argument.head.begin, 1.0) < HAPPENS:
        return False
    if argument.mention is None:
        return argument.slot in (Slot.SUBJECT, Slot.OBJECT) and argument.head_lemma.isalpha()
    mention = board.mentions[argument.mention]
    return mention.type in (None, EntityType.EVENT) and mention.kind is MentionKind.NOMINAL


def _prepositions(board: Board, clause: Clause, add: Add) -> None:
    """ "in response to pressure", "following the raid": a causal phrase of what a clause tells."""
    for argument in clause.arguments:
        if argument.slot is not Slot.OBLIQUE or argument.marker not in STRONG_MARKERS | FOLLOWING:
            continue
        effect = board.event_at(clause.index)
        short = argument.span.end - argument.span.begin <= LONGEST
        cause = event_in(board, argument) if short else board.event_at(argument.clause)
        if argument.marker in STRONG_MARKERS or _is_event(board, argument):
            cause = cause or (board.ensure(argument) if _is_event(board, argument) else None)
            effect = effect or board.ensure_clause(clause)
        if cause is None or effect is None or cause.link is not None or effect.link is not None:
            continue
        add(RelationKind.CAUSE, cause, effect, f"{argument.marker}: cause")


def _reasoned(board: Board, clause: Clause, add: Add) -> None:
    """ "quashed the order, ruling that nobody had been heard": the participle's clause gives the reason."""
    if clause.relation != "advcl" or clause.governor is None or clause.lemma not in REASONING:
        return
    above = board.clauses[clause.governor]
    while above.adnominal is Adnominal.RELATIVE and above.governor is not None:
        above = board.clauses[above.governor]  # a participle at the end of a sentence is its main clause's
    word = board.words(clause.trigger)
    if not word.endswith("ing") or clause.marker or above.lemma in SAYING or above.trigger > clause.trigger:
        return
    for argument in clause.arguments:
        if argument.slot is Slot.COMPLEMENT and argument.clause is not None:
            cause = board.ensure_clause(board.clauses[argument.clause])
        elif argument.slot is Slot.OBJECT and clause.lemma in ("cite", "blame") and _is_event(board, argument):
            cause = board.ensure(argument)
        else:
            continue
        add(RelationKind.CAUSE, cause, board.ensure_clause(above), f"{word}: reason given")
        return
