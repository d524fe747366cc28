"""Which frame a clause evokes, and which of its arguments fill which role."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.frames.lexicon import Condition, Entry, Frame, Lexicon
from kg.model import Argument, Category, Clause, EntityType, Mention, MentionKind, Role, Slot

ANY = "*"
NAMED = "*name"
PERSON = "*person"
GOVERNOR = "governor"
EXPRESSIVE = "light verb"
COUNTS = frozenset(
    "some several many most all half dozen hundred thousand million billion number group handful score worth".split()
)
"""Heads that only count what their "of" phrase names: "dozens of hostages" are hostages."""
PEOPLE = frozenset({EntityType.PERSON, EntityType.NORP})
PREPOSITIONS = frozenset("on against of with to from for by in at over among between".split())
OBLIGED = tuple(f"modal: {word}" for word in ("must", "should", "ought", "need"))


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that a clause evokes; `rule` says by which word and condition."""

    frame: Frame
    rule: str


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: an argument, or the possessor of one as a mention alone."""

    argument: Argument
    rule: str


def match_frame(
    clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention], lexicon: Lexicon
) -> Match | None:
    """The first frame, most specific first, whose words and conditions fit this clause.

    A light verb ("held talks") evokes nothing by itself, only as part of an expression ("took place").
    """
    first, _, particle = clause.lemma.partition(" ")
    light = EXPRESSIVE in clause.rules and clause.category is Category.VERB
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
        if clause.negated and frame.negated is not None:
            return Match(frame.negated, f"{word} evokes {frame.name}, denied")
        return Match(frame, f"{word} evokes {frame.name}")
    return None


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
        (a.slot is Slot.OBLIQUE and a.marker.split(" ")[0] == entry.second and not _is_time(a))
        or (a.slot in (Slot.OBJECT, Slot.COMPLEMENT, Slot.MODIFIER) and a.head_lemma == entry.second)
        or (a.slot is Slot.COMPLEMENT and a.marker == entry.second)
        for a in clause.arguments
    )


def _is_time(argument: Argument) -> bool:
    """Whether a phrase is neither a mention nor a clause: "insisted on Thursday" is not "insist on"."""
    return argument.mention is None and argument.clause is None


def _holds(condition: Condition, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> bool:
    """A condition holds if every slot it names has a filler among the words it allows.

    The slot "governor" is the verb whose object or subject a noun is ("signed" in "signed the treaty").
    """
    return all(
        _governed_by(clause, clauses, words)
        if slot == GOVERNOR
        else any(_allowed(f.argument, words, mentions) for f in fillers(slot, clause, clauses, mentions))
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


def _allowed(argument: Argument, words: frozenset[str], mentions: Sequence[Mention]) -> bool:
    if ANY in words or argument.head_lemma in words:
        return True
    mention = mentions[argument.mention] if argument.mention is not None else None
    if NAMED in words and mention is not None and mention.kind is MentionKind.NAME:
        return True
    if PERSON in words and mention is not None and mention.type in PEOPLE:
        return True
    if argument.head_lemma in COUNTS or argument.head_lemma.isdigit():
        counted = next((m for m in inner_mentions(argument, mentions) if m.marker == "of"), None)
        return counted is not None and counted.head_lemma in words
    return False


def inner_mentions(argument: Argument, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions inside the phrase of an argument, in text order, without the argument's own."""
    low = bisect_left(mentions, argument.span.begin, key=_begin)
    high = bisect_left(mentions, argument.span.end, key=_begin)
    return [m for m in mentions[low:high] if m.span.end <= argument.span.end and m.head != argument.head]


def _begin(mention: Mention) -> int:
    return mention.span.begin


def fillers(slot: str, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> Iterator[Filler]:
    """The arguments of a clause in a slot.

    `slot` is a name of `Slot`, a preposition, "complement:MARKER", or "SLOT.SLOT" for an argument of an argument
    ("complement.subject": who is to do what is asked; "object.possessor": whose offer is rejected; "object.on": on
    whom the tariffs are). "complement.obliged" is the subject of a complement with "must" or "should".
    """
    outer, _, inner = slot.partition(".")
    for argument in clause.arguments:
        if not _stands(argument, outer):
            continue
        if not inner:
            yield Filler(argument, argument.rules[0] if argument.rules else outer)
        elif argument.clause is not None:
            below = clauses[argument.clause]
            if inner == "obliged" and not any(r.startswith(OBLIGED) for r in below.rules):
                continue
            for f in fillers("subject" if inner == "obliged" else inner, below, clauses, mentions):
                yield Filler(f.argument, f"{slot}: {f.rule}")
        elif inner == "possessor" and argument.mention is not None:
            possessor = mentions[argument.mention].possessor
            if possessor is not None:
                yield Filler(as_argument(mentions[possessor]), slot)
        elif inner in PREPOSITIONS:
            for m in inner_mentions(argument, mentions):
                if m.marker == inner and m.span.begin > argument.head.begin:
                    yield Filler(as_argument(m), slot)


def _stands(argument: Argument, slot: str) -> bool:
    name, _, marker = slot.partition(":")
    if argument.slot is Slot.OBLIQUE:
        return argument.marker == name or (name == "upon" and argument.marker == "on")
    if argument.slot is Slot.COMPLEMENT and slot == argument.marker and slot != "that":
        return True  # "accused them of planting": the clause stands where a phrase with "of" would
    return argument.slot == name and (not marker or argument.marker == marker)


def as_argument(mention: Mention) -> Argument:
    """A mention as an argument of its own, where it stands inside another one's phrase."""
    return Argument(
        slot=Slot.POSSESSOR,
        marker="",
        span=mention.span,
        head=mention.head,
        head_lemma=mention.head_lemma,
        mention=mention.index,
    )


def fill_roles(
    frame: Frame, clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[tuple[Role, Filler]]:
    """Roles with their fillers: for each role the first of its slots that has any; no mention fills two roles."""
    table = frame.noun_roles if clause.category is Category.NOUN else frame.roles
    taken: dict[int | None, Role] = {}
    out = []
    for role, slots in table.items():
        for slot in slots:
            found = [
                f for f in fillers(slot, clause, clauses, mentions) if _can_fill(f.argument, slot, clause, mentions)
            ]
            fresh = [f for f in found if taken.get(f.argument.mention, role) is role or _doubles(role)]
            for f in fresh:
                if f.argument.mention is not None:
                    taken.setdefault(f.argument.mention, role)
                out.append((role, f))
            if fresh:
                break
    return out


def _doubles(role: Role) -> bool:
    """Roles that name the same participant from another side: a responder is an agent, too."""
    return role in (Role.AGENT, Role.SPEAKER, Role.RESPONDER)


def _can_fill(argument: Argument, slot: str, clause: Clause, mentions: Sequence[Mention]) -> bool:
    """Participants are mentions; a modifier only if it is a name before its noun ("the Emirati offer")."""
    if argument.mention is None:
        return False
    if slot == "modifier":
        return mentions[argument.mention].kind is MentionKind.NAME and argument.span.begin < clause.trigger.begin
    return True
