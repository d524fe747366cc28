"""When an event was that names no time: news that is told in the past tense goes on at the time it last named.

After the narrative containers of TimeML annotation (Pustejovsky & Stubbs 2011): a main clause in the simple past
opens an interval, and what later main clauses in the simple past tell lies in it until another time is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.frames.event_times import ALONG, time_of
from kg.extract.frames.settings import Settings
from kg.model import Adnominal, Category, Clause, Event, Factuality, TimeSpan

CARRIED = "time: carried on from what was told before"
REACH = 12
"""Sentences over which a time is carried on; a longer text names a time anew."""
DAY = len("2025-05-23")
TOLD = frozenset({"root", "conj", "parataxis"})
ALONGSIDE = frozenset({"as", "when", "while"})
"""Subordinators of what lies at the time of the main clause."""


def carry_times(events: Sequence[Event], clauses: Sequence[Clause], settings: Settings) -> list[Event]:
    """Return the events in their order, those without a time with the one that the story has come to.

    A clause that tells no event moves the story on, too: "on Monday she flew home".
    """
    out = list(events)
    now: tuple[int, TimeSpan] | None = None
    for clause, k in _told(events, clauses):
        event = out[k] if k is not None else None
        time = event.time if event is not None else time_of(clause, clauses, settings) if _is_main(clause) else None
        if time is not None:
            happened = event is None or event.factuality is Factuality.HAPPENED
            if happened and len(time.begin) >= DAY and _is_main(clause):
                now = clause.sentence, time
        elif (
            k is not None
            and event is not None
            and event.factuality in (Factuality.HAPPENED, Factuality.DENIED)
            and now is not None
        ):
            sentence, time = now
            if 0 <= clause.sentence - sentence <= REACH:
                out[k] = replace(event, time=time, rules=(*event.rules, CARRIED))
    return out


def _told(events: Sequence[Event], clauses: Sequence[Clause]) -> Iterator[tuple[Clause, int | None]]:
    """Yield the clauses that move the story on, in text order, each with its event or, for those without, None."""
    found = {e.clause for e in events}
    told = [(clauses[e.clause], k) for k, e in enumerate(events) if e.clause is not None]
    bare = [(c, None) for c in clauses if c.index not in found]
    for clause, k in sorted([*told, *bare], key=lambda one: (one[0].trigger.begin, one[1] or 0)):
        if _goes_on(clause, clauses):
            yield clause, k


def _is_main(clause: Clause) -> bool:
    return clause.relation in TOLD or clause.governor is None


def _goes_on(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a verb moves the story on: in the simple past, in a main clause or beside one.

    A participle has no tense of its own: it tells what went along with the clause it hangs on (Comrie 1985).
    """
    clause = _finite(clause, clauses)
    if clause.category is not Category.VERB or not _is_past(clause) or _is_unreal(clause):
        return False
    seen: Clause | None = clause
    while seen is not None and not _is_main(seen):
        if not (seen.relation == "advcl" and seen.marker in ALONGSIDE):
            return False
        seen = _finite(clauses[seen.governor], clauses) if seen.governor is not None else None
        if seen is None or not _is_past(seen):
            return False
    while seen is not None and seen.relation == "conj" and seen.governor is not None:
        seen = clauses[seen.governor]
    return seen is None or _is_main(seen)


def _is_past(clause: Clause) -> bool:
    return clause.tense == "past" and clause.aspect in ("simple", "progressive")


def _finite(clause: Clause, clauses: Sequence[Clause]) -> Clause:
    """The clause whose time a participle has; any other clause itself."""
    while _goes_along(clause) and clause.governor is not None:
        clause = clauses[clause.governor]
    return clause


def _goes_along(clause: Clause) -> bool:
    """Whether an active participle tells what is done beside the verb above: "gathered, blocking the exits"."""
    if clause.category is not Category.VERB or clause.passive or clause.tense == "past" or _is_unreal(clause):
        return False
    return clause.adnominal is Adnominal.PARTICIPLE or (clause.relation == "advcl" and clause.marker in ALONG)


def _is_unreal(clause: Clause) -> bool:
    """Whether a clause is quoted or supposed, or what it tells was at no time: what was not done."""
    return bool(clause.quoted or clause.condition or clause.modal or clause.negated or clause.purpose)
