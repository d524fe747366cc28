"""Expressions of time in a text, and the days they mean.

The words are found by form alone; what a relative expression means depends on the day of publication and on whether
its clause looks back or ahead ("will meet on Friday"), so the same words can be read again with `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from kg.extract.times.calendar import Direction, Interval, Setting
from kg.extract.times.patterns import ANCHOR, FIND, LEAD, LINK, POINT, WEEKDAYS
from kg.extract.times.points import form_of, read_point
from kg.extract.words import listed
from kg.model import PartialDate, Sentence, Span, TimeSpan, is_day

__all__ = ["Direction", "find_times", "resolve", "time_words"]

_PAIR = re.compile(
    r"(?P<lead>(?i:(?:ever\s)?since|between|from|by|until|till|before)\s)?(?:(?:about|on|midnight\son)\s)?(?P<rest>.+)",
    re.DOTALL,
)
ANCHORED = 3  # sentences back in which the day is told that "two days later" is read from
REACH = 100  # characters before "since" in which a superlative is looked for
_LEANS: dict[str, Direction] = {"since": "past", "by": "future", "until": "future", "till": "future"}
_POINT = re.compile(POINT)
_NONE_SINCE = re.compile(
    r"\b(?i:first|only|worst|best|most|least|(?:bigg|larg|great|small|high|low|long|short|strong|weak|fierc|clos|sharp|steep|"
    r"hott|cold|warm|dri|wett|deadli|bloodi|heavi|earli|fast|slow|rich|poor|old|young|tough|harsh|broad|grav)est)\b[^.;:!?]*$"
)  # "the first talks since March", "the worst flood since 1998": none between, so they are of no day in it
_EVERY = re.compile(
    r"\b(?i:every|each|any|most|alternate|other|on\san?)\s$"
)  # days of the week that come again and again
_TERM = re.compile(
    rf"\b(?i:{'|'.join(sorted(listed('terms')))})\b[^.;:,]*$"
)  # "has been jailed for six years": what begins with the deed and lasts from then on
_PERFECT = re.compile(r"\b(?:has|have|had|['\u2019](?:s|ve|d))\b[^.;:,]*$")


def find_times(
    text: str, sentences: Sequence[Sentence], *, published: date | None, direction: Direction | None = None
) -> tuple[TimeSpan, ...]:
    """The expressions of time whose days can be told, in text order, never across a sentence boundary.

    A span holds the words with a preposition that bounds them ("since March 2022"), not a bare "in" or "on". Without
    `direction`, days of the week are read as past, months and days without a year as near to publication (a deadline
    ahead, "since" back); see `resolve`. Relative expressions are left out where `published` is None, as are impossible
    dates ("30 February").
    "two days later" is read from the last single day told here or in the three sentences before. Linear in the text.
    """
    out: list[TimeSpan] = []
    told = (-ANCHORED - 1, date.min)
    for sentence in sentences:
        for span in time_words(text, sentence.span):
            anchor = told[1] if sentence.index - told[0] <= ANCHORED else None
            found = _read(text, span, Setting(published, direction, anchor))
            if told[0] == sentence.index and direction is None:
                found = _after(text[span.begin : span.end], told[1]) or found
            if found is None or _dates_nothing(text, span, sentence.span.begin):
                continue
            out.append(TimeSpan(found.begin, found.end, span))
            deadline = text[span.begin : span.end].lower().startswith(("by ", "until ", "till "))
            if is_day(found.begin) and found.begin == found.end and not deadline:
                told = (sentence.index, date.fromisoformat(found.begin))
    return tuple(out)


def _after(words: str, told: date) -> Interval | None:
    """A deadline in the sentence of another day comes after it: "on 4 June gave him till Friday"."""
    lead, _, rest = words.partition(" ")
    if lead.lower() not in ("by", "until", "till") or form_of(rest) != "weekday" or rest not in WEEKDAYS:
        return None
    end = told + timedelta(days=(WEEKDAYS[rest] - told.weekday()) % 7)
    return Interval(end.isoformat(), end.isoformat())


def resolve(text: str, span: Span, *, published: date | None, direction: Direction | None = None) -> TimeSpan | None:
    """One expression of time read again, with the direction its clause looks in, or None if it means no day.

    `span` is one that `find_times` gave. "on Friday" is the last Friday up to publication, in the future the next from
    it; "in April" the last or next April; "in three weeks" a day ahead, in the past a mere duration (None). Deadlines
    ("by", "until", "before") are the day they name; "since" begins there and ends at publication. Expressions that
    are relative to another ("two days later") give None: their reading by `find_times` does not depend on direction.
    """
    found = _read(text, span, Setting(published, direction))
    return None if found is None else TimeSpan(found.begin, found.end, span)


def _dates_nothing(text: str, span: Span, begin: int) -> bool:
    """Whether a time tells of no one stretch: "the first since March", "every Friday"."""
    words = text[span.begin : span.end].lower()
    if words.startswith("since ") and _NONE_SINCE.search(text, max(begin, span.begin - REACH), span.begin):
        return True
    again = form_of(text[span.begin : span.end]) == "weekday"
    return again and bool(_EVERY.search(text, max(begin, span.begin - 12), span.begin))


@lru_cache(maxsize=512)
def time_words(text: str, span: Span) -> tuple[Span, ...]:
    """Spans of the words in a sentence that look like a time, ranges joined, whether or not they can be resolved.

    Times and quantities both ask for them, so those of the last sentences are kept.
    """
    return tuple(_time_words(text, span))


def _time_words(text: str, span: Span) -> Iterator[Span]:
    if not ANCHOR.search(text, span.begin, span.end):
        return
    pending: Span | None = None
    for match in FIND.finditer(text, span.begin, span.end):
        begin, end = match.span(match.lastindex or 0)
        if match[0][:4] in ("for ", "For ") and not _lasts(text, max(span.begin, begin - 80), begin):
            continue  # a duration that need not end now: "was held for nine days"
        if pending is not None and _linked(text, pending, Span(begin, end)):
            pending = Span(pending.begin, end)
            continue
        if pending is not None:
            yield pending
        lead = LEAD.search(text, max(span.begin, begin - 24), begin)
        pending = Span(lead.start() if lead else begin, end)
    if pending is not None:
        yield pending


def _lasts(text: str, begin: int, end: int) -> bool:
    """Whether a duration after these words goes on until now: "has raged", not "was held", nor "has been jailed"."""
    return _PERFECT.search(text, begin, end) is not None and _TERM.search(text, begin, end) is None


def _linked(text: str, left: Span, right: Span) -> bool:
    """Whether two times are the ends of one: "Friday and Saturday", "May to July", not "yesterday and last year"."""
    between = text[left.end : right.begin]
    if len(between) > 12 or not LINK.fullmatch(between):
        return False
    if any(word in between for word in ("and", "or")) and not re.match(
        "(?i:between|from)", text[left.begin : left.end]
    ):
        return form_of(text[left.begin : left.end]) == form_of(text[right.begin : right.end])
    return True


def _read(text: str, span: Span, setting: Setting) -> Interval | None:
    words = text[span.begin : span.end]
    whole = read_point(words, setting)
    if whole is not None:
        return whole
    match = _PAIR.fullmatch(words)
    if match is None:
        return None
    lead, rest = (match["lead"] or "").strip().lower(), match["rest"]
    if rest[:4].split() in (["the"], ["The"]) and form_of(rest) is None:
        rest = rest[len("the ") :]  # "since the 2022 invasion"
    if setting.direction is None and lead in _LEANS and form_of(rest) in ("day_month", "month"):
        setting = setting._replace(direction=_LEANS[lead])
    found = read_point(rest, setting) or _read_range(rest, setting)
    if found is None or not lead.endswith("since"):
        return found
    return _until_publication(found, setting.published)


def _read_range(words: str, setting: Setting) -> Interval | None:
    """Two ends: the second against publication, the first before it. Where the second is no date, the first alone."""
    pieces = [m.span() for m in _POINT.finditer(words)]
    if len(pieces) < 2:
        return None
    left, right = words[slice(*pieces[0])], words[slice(*pieces[-1])]
    end = read_point(right, setting)
    if end is None:
        return read_point(left, setting)
    begin = read_point(left, Setting(_first(end.begin), "past", setting.anchor))
    if begin is None or _first(begin.begin) > _first(end.begin):
        return end
    return Interval(begin.begin, end.end)


def _first(iso: str) -> date:
    found = PartialDate.parse(iso)
    if found is None:
        raise ValueError(iso)
    return found.days.first


def _until_publication(found: Interval, published: date | None) -> Interval:
    if published is None or _first(found.begin) > published:
        return found
    return Interval(found.begin, published.isoformat())
