"""When, where and how many: times, places and quantities of an event, from the arguments of its clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.model import (
    Argument,
    Category,
    Clause,
    EntityType,
    Mention,
    MentionKind,
    Quantity,
    Slot,
    Span,
    Support,
    TimeSpan,
)

PLACE_MARKERS = frozenset("in at near on outside inside across around within from throughout through along off".split())
QUALIFIER = 16  # characters of "between", "more than" that a parser may leave out of the phrase they count
PLACE_NOUNS = frozenset(
    "airport area base beach border bridge building camp campus capital church city compound country "
    "courthouse crossing dam district embassy factory farm forest frontier ground hall headquarters hill hospital "
    "hotel island market mosque mountain museum palace park parliament plant port prison province region ridge "
    "river road school sea site square stadium state station street synagogue temple territory town university "
    "valley village zone".split()
)
SETTING_SLOTS = (Slot.OBLIQUE, Slot.MODIFIER)
TIME_SLOTS = (*SETTING_SLOTS, Slot.POSSESSOR)  # "Monday's attack"
NEAR = 8  # clauses after a verb among which one coordinated with it is looked for
PLACES = frozenset({EntityType.GPE, EntityType.LOC})


class Settings:
    """Times and quantities of a text, asked by span."""

    def __init__(self, times: Sequence[TimeSpan], quantities: Sequence[Quantity]) -> None:
        self._times = sorted(times, key=lambda t: t.span)
        self._time_begins = [t.span.begin for t in self._times]
        self._quantities = sorted(quantities, key=lambda q: q.span)
        self._quantity_begins = [q.span.begin for q in self._quantities]

    def times_in(self, span: Span) -> list[TimeSpan]:
        """Times that lie within a span, in text order."""
        found = self._times[bisect_left(self._time_begins, span.begin) : bisect_left(self._time_begins, span.end)]
        return [t for t in found if t.span.end <= span.end]

    def quantities_in(self, span: Span) -> list[Quantity]:
        """Quantities that lie within a span, in text order."""
        low = bisect_left(self._quantity_begins, span.begin)
        found = self._quantities[low : bisect_left(self._quantity_begins, span.end)]
        return [q for q in found if q.span.end <= span.end]


def time_of(clause: Clause, clauses: Sequence[Clause], settings: Settings) -> TimeSpan | None:
    """The time an event's own clause gives; a noun without one takes that of the verb it is an argument of.

    Arguments are looked at first (they attach the time to this predicate), then the words of the clause that belong to
    no clause below it.
    """
    for argument in clause.arguments:
        if argument.slot in TIME_SLOTS and argument.clause is None:
            found = settings.times_in(_with_marker(argument))
            if found:
                return found[0]
    own = _own_words(clause, clauses)
    for time in settings.times_in(clause.span):
        if not any(s.begin <= time.span.begin and time.span.end <= s.end for s in own):
            return time
    if clause.category is Category.NOUN and clause.governor is not None:
        above = clauses[clause.governor]
        if above.category is Category.VERB and above.sentence == clause.sentence and clause.relation in (
            "obj", "nsubj", "nsubj:pass", "obl"
        ):  # fmt: skip
            return time_of(above, clauses, settings)
    beside = partner(clause, clauses)
    if beside is not None:
        return next(
            (t for a in beside.arguments if a.slot in SETTING_SLOTS for t in settings.times_in(_with_marker(a))), None
        )
    return None


def partner(clause: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """The other half of two deeds told in one breath: "killed twelve and wounded thirty in Mali on Tuesday".

    What is said of when and where beside one verb holds for a verb coordinated with it that shares its subject.
    """
    if clause.category is not Category.VERB:
        return None
    if clause.relation == "conj" and clause.shares_subject and clause.governor is not None:
        return clauses[clause.governor]
    for other in clauses[clause.index + 1 : clause.index + NEAR]:
        if other.governor == clause.index and other.relation == "conj" and other.shares_subject:
            return other
    return None


def _own_words(clause: Clause, clauses: Sequence[Clause]) -> list[Span]:
    """Spans of the verbal clauses below this one, whose times are theirs."""
    out = []
    k = clause.index
    for other in _neighbours(k, clauses):
        if other.sentence != clause.sentence or other.index == k or other.support in (Support.VERB, Support.OBJECT):
            continue  # "an offer made in February": the light participle's time is the offer's
        below = other.governor == k or (other.span.begin >= clause.span.begin and other.span.end <= clause.span.end)
        if below and other.span != clause.span and other.span.begin <= other.span.end:
            out.append(other.span)
    return [s for s in out if not (s.begin <= clause.trigger.begin < s.end)]


def _neighbours(k: int, clauses: Sequence[Clause]) -> Iterator[Clause]:
    sentence = clauses[k].sentence
    low = k
    while low > 0 and clauses[low - 1].sentence == sentence:
        low -= 1
    while low < len(clauses) and clauses[low].sentence == sentence:
        yield clauses[low]
        low += 1


def _with_marker(argument: Argument) -> Span:
    """The argument with its preposition, for "since March" and "by May" are read as a whole."""
    return Span(max(0, argument.span.begin - len(argument.marker) - 1), argument.span.end)


def quantity_of(arguments: Sequence[Argument], settings: Settings) -> Quantity | None:
    """The number that counts what is done or done to: the one in the phrase of a participant, before its head."""
    for argument in arguments:
        begin, end = argument.span
        for quantity in settings.quantities_in(Span(max(0, begin - QUALIFIER), end)):
            if (
                quantity.span.end > begin
                and quantity.span.begin <= argument.head.begin
                and argument.head.begin - quantity.span.end <= 40
            ):
                return quantity
    return None


def places_of(clause: Clause, clauses: Sequence[Clause], mentions: Sequence[Mention], text: str) -> list[Argument]:
    """Where it happened: locative phrases of the clause whose head is a place.

    A noun takes those inside its participants, too ("a meeting between officials in Vienna"), and those of the verb it
    is an argument of.
    """
    found = [_named(a, mentions) for a in clause.arguments if _is_place(a, mentions)]
    if not found and clause.category is Category.VERB:
        found = _ends(clause, mentions, text)
    beside = partner(clause, clauses) if not found else None
    if beside is not None:
        found = [_named(a, mentions) for a in beside.arguments if _is_place(a, mentions)]
        found = found or _ends(beside, mentions, text)
    if not found and clause.category is Category.NOUN:
        found = [_place(m) for m in _inner(clause, mentions, text)]
    if not found and clause.category is Category.NOUN and clause.governor is not None:
        above = clauses[clause.governor]
        if above.category is Category.VERB and clause.relation in ("obj", "nsubj:pass", "nsubj"):
            found = [_named(a, mentions) for a in above.arguments if _is_place(a, mentions)]
    return found


def _named(argument: Argument, mentions: Sequence[Mention]) -> Argument:
    """ "In occupied areas of the Sumy region": the place is the named one that the description is a part of."""
    mention = mentions[argument.mention] if argument.mention is not None else None
    if mention is None or mention.kind is MentionKind.NAME:
        return argument
    low = bisect_left(mentions, argument.head.end, key=lambda m: m.span.begin)
    high = bisect_left(mentions, argument.span.end, key=lambda m: m.span.begin)
    named = [m for m in mentions[low:high] if m.marker == "of" and m.type in PLACES and m.kind is MentionKind.NAME]
    return _place(named[0]) if named else argument


def _place(mention: Mention) -> Argument:
    return Argument(Slot.OBLIQUE, mention.marker or "in", mention.span, mention.head, mention.head_lemma, mention.index)


def _ends(clause: Clause, mentions: Sequence[Mention], text: str) -> list[Argument]:
    """Places at the end of what the verb does something to ("wounded three rangers near the Pripyat marshes")."""
    out: list[Argument] = []
    for a in clause.arguments:
        if a.slot is not Slot.OBJECT or a.span.begin < clause.trigger.end or a.clause is not None:
            continue
        low = bisect_left(mentions, a.head.end, key=lambda m: m.span.begin)
        high = bisect_left(mentions, a.span.end, key=lambda m: m.span.begin)
        out += [
            _named(_place(m), mentions)
            for m in mentions[low:high]
            if _stands_for_place(m) and m.span.end == a.span.end and _located(m, text)
        ]
    return out


def _stands_for_place(mention: Mention) -> bool:
    named = mention.type in PLACES and mention.kind is MentionKind.NAME
    return named or (mention.type is None and mention.head_lemma in PLACE_NOUNS)


def _inner(clause: Clause, mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Places at the very end of a noun phrase, after a preposition of place."""
    low = bisect_left(mentions, clause.trigger.end, key=lambda m: m.span.begin)
    high = bisect_left(mentions, clause.span.end, key=lambda m: m.span.begin)
    return [
        m
        for m in mentions[low:high]
        if m.type in PLACES and m.kind is MentionKind.NAME and m.span.end == clause.span.end and _located(m, text)
    ]


def _located(mention: Mention, text: str) -> bool:
    words = text[max(0, mention.span.begin - 20) : mention.span.begin].lower().split()
    return bool(words) and words[-1] in PLACE_MARKERS


def _is_place(argument: Argument, mentions: Sequence[Mention]) -> bool:
    if argument.slot is not Slot.OBLIQUE or argument.marker not in PLACE_MARKERS or argument.mention is None:
        return False
    mention = mentions[argument.mention]
    if argument.marker == "on" and mention.type is EntityType.GPE:
        return False  # called on Russia
    return mention.type in PLACES or (mention.type is None and mention.head_lemma in PLACE_NOUNS)
