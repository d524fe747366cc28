"""When an event was: the time its own clause gives, or that of the clause with which it shares one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.extract.frames.lexicon import Frame
from kg.extract.frames.match import is_time
from kg.extract.frames.settings import Settings
from kg.extract.times import resolve
from kg.extract.words import listed
from kg.model import Argument, Category, Clause, Document, Event, Factuality, Modality, Slot, Span, Support, TimeSpan

STATEMENT = "Statement"
SPOKEN = ("Accusation", "Threat", "Refusal", "Acceptance", "Request", "Proposal", "Retreat")
HALF_A_YEAR = 183
SETTING_SLOTS = (Slot.OBLIQUE, Slot.MODIFIER)
TIME_SLOTS = (*SETTING_SLOTS, Slot.POSSESSOR)  # "Monday's attack"
PARTIES = (Slot.SUBJECT, Slot.OBJECT, Slot.INDIRECT)
ALONG = ("", "by", "while", "when")
DURING = frozenset("in during at on after before since until by from".split())
"""Prepositions of an event that lends its time to what is done in it: "freed in Friday's exchange"."""
PLANNING = frozenset("schedule plan slate set fix pencil due arrange expect reschedule postpone".split())
"""Verbs that fix a time for what they speak of."""
IN_FORCE = listed("in_force")
"""Nouns of what is in force again and again."""
TERMS = ("by ", "until ", "till ", "before ", "within ")
NEAR = 8  # clauses after a verb among which one coordinated with it is looked for


def event_time(
    document: Document,
    clause: Clause,
    clauses: Sequence[Clause],
    settings: Settings,
    fact: Factuality,
    frames: Mapping[int, Frame],
) -> TimeSpan | None:
    """The time of an event; "on Thursday" is the next one where the event is still to come.

    What is only wanted is not moved ahead by more than half a year: "called in February for a vote in March", told in
    April, speaks of a month that is gone.
    """
    done = fact in (Factuality.HAPPENED, Factuality.DENIED)
    found = time_of(clause, clauses, settings, lends=lambda above: _lends_time(above, frames.get(above.index), done))
    if found is None or (done and not _is_lent_ahead(found, clause, clauses)):
        return found
    published = document.published
    ahead = resolve(document.text, found.span, published=published, direction="future")
    if ahead is None or published is None or fact is Factuality.FUTURE or done:
        return ahead or found
    days, gone = ahead.days, found.days
    far = days is not None and (days.first - published).days > HALF_A_YEAR
    return found if far and gone is not None and gone.first <= published else ahead


def looked_ahead(document: Document, time: TimeSpan) -> TimeSpan:
    """A time as its words mean it of what is still to come; as it is where they mean no other then."""
    return resolve(document.text, time.span, published=document.published, direction="future") or time


def told_in_time(document: Document, event: Event, clauses: Sequence[Clause]) -> Event:
    """Return an event that is told as done without a time after publication, which is that of something it speaks of.

    "Had paid by 1 March" looks back; "said he would go on 3 May" was not said on 3 May. What stands in the present or
    is told by a noun may be still to come; what "has been closed until Friday" is closed until the next one.
    """
    published, time = document.published, event.time
    clause = clauses[event.clause] if event.clause is not None else None
    if event.factuality is not Factuality.HAPPENED or published is None or time is None or clause is None:
        return event
    words = document.text[time.span.begin : time.span.end].lower()
    if clause.aspect == "perfect" and words.startswith(("until ", "till ")):
        return replace(event, time=looked_ahead(document, time))
    if _is_of_content(document.text, published, event, time):
        return replace(event, time=None)
    if clause.category is not Category.VERB or time.days is None or time.days.first <= published:
        return event
    past = clause.tense == "past" or clause.aspect in ("perfect", "pluperfect")
    behind = resolve(document.text, time.span, published=published, direction="past") if past else None
    if behind is not None and behind.days is not None and behind.days.first <= published and _looks_back(clause, words):
        return replace(event, time=behind)
    return replace(event, time=None) if past or event.cls == STATEMENT or event.kind is not None else event


def _is_of_content(text: str, published: date, event: Event, time: TimeSpan) -> bool:
    """Whether a time in or behind what is said, wanted or agreed is what it is for: a term, or a day soon to come.

    "Urged Hamas to answer by Sunday"; "agreed to host talks on 20 March", told in early March. A day that stands in
    what is said is no day of the saying.
    """
    if event.cls == STATEMENT and any(c.begin <= time.span.begin < c.end for c in event.content_spans):
        return True
    if not any(content.begin <= time.span.begin for content in event.content_spans):
        return False
    if text[time.span.begin : time.span.end].lower().startswith(TERMS):
        return True
    gone, ahead = (resolve(text, time.span, published=published, direction=way) for way in ("past", "future"))
    if gone is None or gone.days is None or ahead is None or ahead.days is None:
        return False
    return (published - gone.days.first).days > HALF_A_YEAR > (ahead.days.first - published).days


def _looks_back(clause: Clause, words: str) -> bool:
    """Whether a time that its words leave open is behind: one by which something had been done, or one of a past."""
    return clause.aspect in ("perfect", "pluperfect") if words.startswith("by ") else clause.aspect != "perfect"


def _is_lent_ahead(time: TimeSpan, clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a verb that tells what is to come lends its time to its subject: "the swap will go on on Saturday"."""
    above = clauses[clause.governor] if clause.governor is not None else None
    if above is None or clause.category is not Category.NOUN or not clause.relation.startswith("nsubj"):
        return False
    return above.modality is Modality.FUTURE and time.span.begin > above.trigger.begin


def _lends_time(above: Clause, frame: Frame | None, done: bool) -> bool:
    """Whether the time of a verb is that of the event its object or subject tells: "held talks on Friday".

    A verb of saying, wanting or answering says when it was said; so does a deed that is done to what is still to come.
    """
    if frame is not None and (frame.kind is not None or frame.answers or frame.cls in (STATEMENT, *SPOKEN)):
        return False
    return done or above.modality is not Modality.REAL


def time_of(
    clause: Clause, clauses: Sequence[Clause], settings: Settings, *, lends: Callable[[Clause], bool] = bool
) -> TimeSpan | None:
    """The time an event's own clause gives; a noun without one takes that of the verb it is an argument of.

    Arguments are looked at first (they attach the time to this predicate), then the words of the clause that belong to
    no clause below it. `lends` tells whether the time of a verb holds for its nouns, too: what is held on Friday is of
    Friday, what is proposed on Friday is not.
    """
    for argument in clause.arguments:
        if argument.slot in TIME_SLOTS and argument.clause is None and not _is_recurring(argument, clause):
            found = [t for t in settings.times_in(_with_marker(argument)) if _is_of_clause(t, argument)]
            if found:
                return found[0]
    planned = plan_of(clause, clauses)
    if planned is not None:
        return time_of(planned, clauses, settings)
    own = [*_own_words(clause, clauses), *_owned(clause)]
    for time in settings.times_in(clause.span):
        if not any(s.begin <= time.span.begin and time.span.end <= s.end for s in own):
            return time
    if clause.category is Category.NOUN and clause.governor is not None:
        above = clauses[clause.governor]
        if above.category is Category.VERB and above.sentence == clause.sentence and clause.relation in (
            "obj", "nsubj", "nsubj:pass", "obl"
        ) and lends(above):  # fmt: skip
            return time_of(above, clauses, settings, lends=lends)
    beside = partner(clause, clauses)
    if beside is not None:
        return next(
            (t for a in beside.arguments if a.slot in SETTING_SLOTS for t in settings.times_in(_with_marker(a))), None
        )
    return None


def partner(clause: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """The other half of two deeds told in one breath: "killed twelve and wounded thirty in Mali on Tuesday".

    What is said of when and where beside one verb holds for a verb coordinated with it that shares its subject, but not
    where one of them is told as done and the other as to come.
    """
    if clause.category is not Category.VERB:
        return None
    if _goes_with(clause) and clause.governor is not None:
        found: Clause | None = clauses[clause.governor]
    else:
        below = clauses[clause.index + 1 : clause.index + NEAR]
        found = next((other for other in below if other.governor == clause.index and _goes_with(other)), None)
    ahead = found is not None and (found.modality is Modality.FUTURE) is not (clause.modality is Modality.FUTURE)
    return None if ahead else found


def _goes_with(clause: Clause) -> bool:
    """Whether a clause tells what is done in the breath of the one above it: joined, or a participle that goes along.

    "Attacked the town, killing twelve" is one deed; "after killing twelve" and "to kill twelve" are not.
    """
    if clause.category is not Category.VERB:
        return False
    if clause.relation == "conj":
        return clause.shares_subject
    along = clause.relation == "advcl" and clause.shares_subject and clause.marker in ALONG
    return along and clause.tense == "present" and not clause.passive


def plan_of(clause: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """The verb that fixes a time for what a noun tells: "the talks scheduled for Sunday", "a vote was set for May"."""
    if clause.category is not Category.NOUN:
        return None
    above = clauses[clause.governor] if clause.governor is not None else None
    if above is not None and _fixes(above) and clause.relation in ("nsubj:pass", "obj", "nmod"):
        return above
    below = clauses[clause.index + 1 : clause.index + NEAR]
    return next((c for c in below if c.governor == clause.index and c.relation == "acl" and _fixes(c)), None)


def _fixes(clause: Clause) -> bool:
    """Whether a verb sets a time for something, which it names after "for" or "on"."""
    times = [a for a in clause.arguments if a.slot is Slot.OBLIQUE and a.marker in ("for", "on", "in") and is_time(a)]
    return clause.category is Category.VERB and clause.lemma in PLANNING and bool(times)


def _is_bare(argument: Argument) -> bool:
    return argument.mention is None and argument.clause is None


def _is_recurring(argument: Argument, clause: Clause) -> bool:
    """ "The Sunday trading ban": a day before the noun of what is in force says when it applies, not when it began."""
    return argument.slot is Slot.MODIFIER and clause.category is Category.NOUN and clause.lemma in IN_FORCE


def _is_of_clause(time: TimeSpan, argument: Argument) -> bool:
    """Whether a time in a phrase says when the clause is: not the one in "voted against Friday's deal"."""
    named = (
        argument.mention is not None and time.span.begin < argument.head.begin and time.span.end <= argument.head.begin
    )
    return not (named and argument.slot is Slot.OBLIQUE and argument.marker not in DURING)


def _owned(clause: Clause) -> list[Span]:
    """What stands before the heads of participants, whose times are theirs: "condemned Sunday's exchange"."""
    return [
        Span(a.span.begin, a.head.begin)
        for a in clause.arguments
        if (_is_recurring(a, clause) or a.slot in PARTIES or (a.slot is Slot.OBLIQUE and a.marker not in DURING))
        and not _is_bare(a)
    ] + [a.span for a in clause.arguments if _is_recurring(a, clause)]


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
