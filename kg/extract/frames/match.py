"""Which frame a clause evokes, and which of its arguments fill which role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.frames.allowed import as_argument, clause_argument, counted_in, inner_mentions, is_allowed, is_human
from kg.extract.frames.lexicon import Condition, Entry, Frame, Lexicon
from kg.model import (
    Argument,
    Category,
    Clause,
    EntityType,
    Mention,
    MentionKind,
    Modality,
    Role,
    Slot,
    Support,
)

GOVERNOR = "governor"
PURPOSE = "purpose"
USING = "using"
WANTED = "complement:wanted"
ATTACHED = 8  # clauses after a verb among which its purpose and means are looked for
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december morning afternoon evening night midnight noon dawn dusk day week weekend"
    " month year decade hour minute today yesterday tomorrow tonight summer winter autumn spring time moment".split()
)
"""Heads of phrases that say when, whatever preposition they follow."""
PREPOSITIONS = frozenset("on against of with to from for by in at over among between".split())
DOING = (Role.AGENT, Role.PROPOSER, Role.RESPONDER)
PARTIES = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.GPE})
MODAL = {"obliged": ("must", "should", "ought", "need"), "possible": ("may", "might", "could", "can", "would")}
"""Names of slots for subjects, with the modals of the clause."""


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that a clause evokes; `rule` says by which word and condition."""

    frame: Frame
    rule: str
    second: str = ""  # of an expression: "fire" of "open fire"


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: an argument, or the possessor of one as a mention alone."""

    argument: Argument
    rule: str
    mutual: bool = False  # found because each does it to the other


def match_frame(
    clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention], lexicon: Lexicon
) -> Match | None:
    """The first frame, most specific first, whose words and conditions fit this clause.

    A light verb ("held talks") evokes nothing by itself, only as part of an expression ("took place").
    """
    first, _, particle = clause.lemma.partition(" ")
    light = clause.support is Support.VERB and clause.category is Category.VERB
    for entry in lexicon.entries.get((clause.category, first), ()):
        if light and (not entry.second or _told_by_noun(clause, entry.second)):
            continue
        if not _expression_fits(entry, particle, clause):
            continue
        frame = entry.frame
        if frame.when and not any(_holds(c, clause, clauses, mentions) for c in frame.when):
            continue
        if any(_holds(c, clause, clauses, mentions) for c in frame.unless):
            continue
        word = f"{first} {entry.second}".strip()
        if clause.negated and frame.negated is not None and _is_denied_act(clause):
            return Match(frame.negated, f"{word} evokes {frame.name}, denied", entry.second)
        return Match(frame, f"{word} evokes {frame.name}", entry.second)
    return None


def _is_denied_act(clause: Clause) -> bool:
    """Whether somebody did not do it: "did not agree", "no agreement was reached"; "without a deal" has none at all."""
    told = clause.tense or any(a.slot is Slot.SUBJECT for a in clause.arguments)
    if clause.lemma == "agree" and (clause.tense, clause.aspect) == ("present", "simple"):
        # "do not agree on how many": they differ; what is refused has a "to"
        return any(a.marker == "to" for a in clause.arguments)
    return clause.category is not Category.NOUN or bool(told)


def _told_by_noun(clause: Clause, noun: str) -> bool:
    """Whether the object of a light verb is an event of its own: "held talks" is told once, by "talks"."""
    return any(a.head_lemma == noun and a.clause is not None for a in clause.arguments)


def _expression_fits(entry: Entry, particle: str, clause: Clause) -> bool:
    if not entry.second:
        return not particle
    if particle == entry.second:
        return True
    if particle:
        return False
    return any(
        (a.slot is Slot.OBLIQUE and a.marker.split(" ")[0] == entry.second and not is_time(a))
        or (a.slot in (Slot.OBJECT, Slot.COMPLEMENT, Slot.MODIFIER) and a.head_lemma == entry.second)
        or (a.slot is Slot.COMPLEMENT and a.marker == entry.second)
        for a in clause.arguments
    )


def is_time(argument: Argument) -> bool:
    """Whether a phrase says when: "insisted on Thursday" is not "insist on"."""
    if argument.mention is not None or argument.clause is not None:
        return False
    return argument.head_lemma.lower() in TIMES or argument.head_lemma[:1].isdigit()


def _holds(condition: Condition, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> bool:
    """A condition holds if every slot it names has a filler among the words it allows.

    The slot "governor" is the verb whose object or subject a noun is ("signed" in "signed the treaty").
    """
    return all(
        _governed_by(clause, clauses, words)
        if slot == GOVERNOR
        else any(is_allowed(f.argument, words, mentions) for f in fillers(slot, clause, clauses, mentions))
        for slot, words in condition.items()
    )


def _governed_by(clause: Clause, clauses: Sequence[Clause], words: frozenset[str]) -> bool:
    if clause.governor is None or clause.relation not in ("obj", "nsubj:pass", "nsubj", "obl", "acl", "conj"):
        return _participle_of(clause, clauses, words)
    above = clauses[clause.governor]
    return above.lemma in words or _participle_of(clause, clauses, words)


def _participle_of(clause: Clause, clauses: Sequence[Clause], words: frozenset[str]) -> bool:
    """ "the treaty signed in May": the verb below the noun is the one above it in the full clause."""
    return any(
        c.governor == clause.index and c.passive and c.relation == "acl" and c.lemma in words
        for c in clauses[clause.index + 1 : clause.index + 4]
    )


def fillers(slot: str, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> Iterator[Filler]:
    """The arguments of a clause in a slot.

    `slot` is a name of `Slot`, a preposition, "complement:MARKER", or "SLOT.SLOT" for an argument of an argument
    ("complement.subject": who is to do what is asked; "object.possessor": whose offer is rejected; "object.on": on
    whom the tariffs are). "complement.obliged" is the subject of a complement with "must" or "should",
    "complement.possible" with "may" or "could";
    "complement:wanted" is a finite complement that tells what is to be ("insisted that he leave");
    "purpose" is an infinitive that says what for ("gave them a week to leave"), "using" the object of such a clause.
    """
    if slot == PURPOSE:
        yield from _purposes(clause, clauses)
        return
    if slot == USING:
        for c in _attached(clause, clauses):
            if c.lemma in ("use", "wield") and c.relation == "advcl":
                yield from fillers("object", c, clauses, mentions)
        return
    if slot == WANTED:
        for argument in clause.arguments:
            finite = argument.slot is Slot.COMPLEMENT and argument.marker in ("that", "")
            if finite and argument.clause is not None and clauses[argument.clause].modality is Modality.WANTED:
                yield Filler(argument, "complement in the subjunctive")
        return
    outer, _, inner = slot.partition(".")
    for argument in clause.arguments:
        if not _stands(argument, outer):
            continue
        if not inner:
            yield Filler(argument, argument.rules[0] if argument.rules else outer)
        elif argument.clause is not None:
            below = clauses[argument.clause]
            if inner in MODAL and below.modal not in MODAL[inner]:
                continue
            for f in fillers("subject" if inner in MODAL else inner, below, clauses, mentions):
                yield Filler(f.argument, f"{slot}: {f.rule}")
        elif inner == "possessor" and argument.mention is not None:
            possessor = mentions[argument.mention].possessor
            if possessor is not None:
                yield Filler(as_argument(mentions[possessor]), slot)
        elif inner in PREPOSITIONS:
            inside = [m for m in inner_mentions(argument, mentions) if m.marker == inner]
            members = {k for m in inside for k in m.members}
            for m in inside:
                if m.span.begin > argument.head.begin and m.index not in members:
                    yield Filler(as_argument(m), slot)


def _purposes(clause: Clause, clauses: Sequence[Clause]) -> Iterator[Filler]:
    for c in _attached(clause, clauses):
        if c.purpose:
            yield Filler(clause_argument(c), "purpose infinitive")


def _attached(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    return [c for c in clauses[clause.index + 1 : clause.index + ATTACHED] if c.governor == clause.index]


def _stands(argument: Argument, slot: str) -> bool:
    name, _, marker = slot.partition(":")
    if argument.slot is Slot.OBLIQUE:
        return argument.marker == name or (name == "upon" and argument.marker == "on")
    if argument.slot is Slot.COMPLEMENT and slot == argument.marker and slot != "that":
        return True  # "accused them of planting": the clause stands where a phrase with "of" would
    return argument.slot == name and (not marker or argument.marker == marker)


def fill_roles(
    match: Match, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[tuple[Role, Filler]]:
    """Roles with their fillers: for each role the first of its slots that has any; no mention fills two roles.

    A word of the expression itself ("fire" in "opened fire on the boat") fills one only where nothing else does.
    """
    table = match.frame.noun_roles if clause.category is Category.NOUN else match.frame.roles
    taken: dict[int | None, Role] = {}
    out = []
    for role, slots in table.items():
        spare: list[Filler] = []
        for slot in slots:
            held = (_ofcounted_in(f, mentions) for f in fillers(slot, clause, clauses, mentions))
            found = [f for f in held if _can_fill(f.argument, role, slot, clause, mentions)]
            fresh = [f for f in found if taken.get(f.argument.mention, role) is role or _doubles(role)]
            spare = spare or [f for f in fresh if f.argument.head_lemma == match.second]
            fresh = [f for f in fresh if f.argument.head_lemma != match.second]
            if fresh:
                break
        else:
            fresh = spare
        for f in fresh:
            taken.setdefault(f.argument.mention, role)
            out.append((role, f))
    return out


def _ofcounted_in(filler: Filler, mentions: Sequence[Mention]) -> Filler:
    """A phrase that is no mention stands for what it counts: "40 percent of its troops"."""
    counted = counted_in(filler.argument, mentions) if filler.argument.mention is None else None
    return filler if counted is None else Filler(as_argument(counted), f"{filler.rule}: counted")


def _hears(mention: Mention, clause: Clause) -> bool:
    """Whether somebody is meant by a noun that may tell a deed: "invited the opposition to name three ministers"."""
    told = any(a.slot is Slot.COMPLEMENT and a.mention != mention.index for a in clause.arguments)
    return told or mention.type is not None or is_human(mention.head_lemma)


def _doubles(role: Role) -> bool:
    """Roles that name the same participant from another side: a responder is an agent, too."""
    return role in (Role.AGENT, Role.SPEAKER, Role.RESPONDER)


def is_somebody(mention: Mention) -> bool:
    """Whether a mention is of somebody who can want something: a name of a party, or a noun for people."""
    named = mention.kind is MentionKind.NAME and mention.type in PARTIES
    return named or (is_human(mention.head_lemma) and mention.kind is MentionKind.NOMINAL)


def is_party(mention: Mention) -> bool:
    """Whether a mention is of somebody, or of a certain body: "a militant group", but not "funding"."""
    return is_somebody(mention) or (mention.type in PARTIES and bool(mention.determiner))


def _can_fill(argument: Argument, role: Role, slot: str, clause: Clause, mentions: Sequence[Mention]) -> bool:
    """Participants are mentions; a modifier only if it is a name before its noun ("the Emirati offer").

    An instrument is no party: who fights "with the rebels" does not use them. Nor is a deed spoken to: "threatened a
    strike", "called for more cooperation".
    """
    if argument.mention is None:
        return False
    if role is Role.ADDRESSEE and argument.clause is not None and not _hears(mentions[argument.mention], clause):
        return False
    if slot == "complement.object" and role is Role.RECIPIENT:
        mention = mentions[argument.mention]  # "vowed to cut emissions" promises nothing to the emissions
        return mention.type is not None or mention.name is not None or is_somebody(mention)
    if role is Role.INSTRUMENT and slot in ("with", USING):
        mention = mentions[argument.mention]
        return mention.kind is MentionKind.NOMINAL and mention.type is None and not is_human(mention.head_lemma)
    if role in DOING and argument.clause is not None and slot == "subject" and clause.category is Category.VERB:
        mention = mentions[argument.mention]
        # a deed does nothing: "the talks ended", "the blast killed two"
        return mention.type is not None or is_human(mention.head_lemma)
    if slot == "of" and role is Role.PROPOSER:
        return is_party(mentions[argument.mention])  # "the request of the mayor", not "the offer of talks"
    if slot == "modifier":
        return mentions[argument.mention].kind is MentionKind.NAME and argument.span.begin < clause.trigger.begin
    return True
