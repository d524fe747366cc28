"""What single expressions of time mean: one small rule per form, from a match to an interval of ISO dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.extract.numerals import number
from kg.extract.times.calendar import (
    Interval,
    Setting,
    cut,
    day,
    read_between_years,
    read_day_mon_year,
    read_day_month,
    read_day_range,
    read_decade,
    read_figures,
    read_half,
    read_iso,
    read_month,
    read_month_year,
    read_months_to,
    read_season,
    read_week_of,
    read_year,
    read_years,
)
from kg.extract.times.patterns import BARE, POINTS, WEEKDAYS

Rule = Callable[[str, date, Setting], "Interval | None"]


def form_of(words: str) -> str | None:
    """The name of the form an expression has, None where it is no time."""
    return next((name for name, pattern in _COMPILED if pattern.fullmatch(words)), None)


def read_point(words: str, setting: Setting) -> Interval | None:
    """The interval of one expression, or None where it is no time, no real date, or lacks what it is relative to."""
    name = form_of(words)
    if name is None:
        return None
    rule, relative = _RULES[name]
    if relative and setting.published is None:
        return None
    try:
        return rule(words, setting.published or date(2000, 1, 1), setting)
    except (ValueError, OverflowError):
        return None


def _count(words: str) -> int:
    lowered = words.lower()
    if "half a dozen" in lowered:
        return 6
    if "dozen" in lowered:
        return 12
    return 2 if "couple" in lowered else round(number(lowered)) or 1


def _unit(words: str) -> str:
    """The unit of time named last."""
    found = re.search(
        r"(hour|day|night|week|fortnight|month|year|decade|centur)(?!.*\b(?:hour|day|week|month|year))", words
    )
    return found.group(1) if found else "day"


def _delta(count: int, unit: str) -> relativedelta:
    if unit == "hour":
        return relativedelta(days=-(-count // 24))
    if unit == "fortnight":
        return relativedelta(weeks=2 * count)
    if unit in ("decade", "centur"):
        return relativedelta(years=(10 if unit == "decade" else 100) * count)
    if unit == "week":
        return relativedelta(weeks=count)
    if unit == "month":
        return relativedelta(months=count)
    return relativedelta(years=count) if unit == "year" else relativedelta(days=count)


def _named_day(words: str) -> int:
    """The number of the day of the week that is named, from Monday, 0."""
    return next(n for name, n in WEEKDAYS.items() if name in words)


def _weekday(words: str, published: date, setting: Setting) -> Interval:
    """A day of the week: the last one on or before publication, in a future clause the first on or after it."""
    wanted = _named_day(words)
    lowered = words.lower()
    back, ahead = (published.weekday() - wanted) % 7, (wanted - published.weekday()) % 7
    if lowered.startswith(("last ", "this past ")):
        return day(published - timedelta(days=back or 7))
    if lowered.startswith(("next ", "this coming")):
        return day(published + timedelta(days=ahead or 7))
    return day(published + timedelta(days=ahead) if setting.direction == "future" else published - timedelta(days=back))


def _week_after(words: str, published: date, _setting: Setting) -> Interval:
    """The day a week after the coming one: "Friday week", "a week on Monday"."""
    return day(published + timedelta(days=((_named_day(words) - published.weekday()) % 7 or 7) + 7))


def _ago_on(words: str, published: date, _setting: Setting) -> Interval | None:
    """A count of units before a day or stretch that is near: "a year ago today", "two years ago this month"."""
    count, near = re.split(r"\sago\s", words, maxsplit=1, flags=re.IGNORECASE)
    shift = {"yesterday": -1, "tomorrow": 1}.get(near.lower(), 0)
    here = published + timedelta(days=shift) - _delta(_count(count), _unit(count.lower()))
    return _whole(here, near.lower().split()[1]) if near.lower().startswith("this") else day(here)


def _weekday_of_week(words: str, published: date, _setting: Setting) -> Interval:
    """A day of the week before, of this one or of the next, each from Monday: "Tuesday of last week"."""
    wanted = _named_day(words)
    return day(published + timedelta(days=wanted - published.weekday() + 7 * _step(words)))


def _weekday_beside(words: str, _published: date, setting: Setting) -> Interval | None:
    """The day of the week next to the day told of just before: "the following Monday"."""
    if setting.anchor is None:
        return None
    wanted, here = _named_day(words), setting.anchor
    if "previous" in words.lower():
        return day(here - timedelta(days=(here.weekday() - wanted) % 7 or 7))
    return day(here + timedelta(days=(wanted - here.weekday()) % 7 or 7))


def _of_year(words: str, published: date, setting: Setting) -> Interval | None:
    """A month, or a day of one, of a year that is pointed at: "in May last year"."""
    year = published.year + _step(words)
    return read_point(re.sub(r",?(?:\sof)?\s\w+\s\w+$", f" {year}", words), setting)


def _step(words: str) -> int:
    """How many weeks or years ahead of this one those are that are pointed at."""
    return {"last": -1, "next": 1}.get(words.lower().split()[-2], 0)


def _weekend(words: str, published: date, setting: Setting) -> Interval | None:
    """Saturday and Sunday: of this week, the last that has begun, or the coming; "following" the day told before."""
    saturday = published - timedelta(days=published.weekday() - 5)
    lowered = words.lower()
    if "following" in lowered:
        if setting.anchor is None:
            return None
        saturday = setting.anchor + timedelta(days=(5 - setting.anchor.weekday()) % 7 or 7)
    elif "last" in lowered or "past" in lowered:
        saturday -= timedelta(days=0 if "past" in lowered and published > saturday else 7)
    elif "next" in lowered:
        saturday += timedelta(days=7)
    elif "this" not in lowered and "coming" not in lowered and setting.direction != "future" and saturday > published:
        saturday -= timedelta(days=7)
    return cut(saturday, saturday + timedelta(days=1))


def _shifted(begin: int, end: int | None = None) -> Rule:
    def read(_words: str, published: date, _setting: Setting) -> Interval:
        return cut(published + timedelta(days=begin), published + timedelta(days=begin if end is None else end))

    return read


def _overnight(_words: str, published: date, setting: Setting) -> Interval:
    """The night before publication, in a future clause the night after."""
    begin = published if setting.direction == "future" else published - timedelta(days=1)
    return cut(begin, begin + timedelta(days=1))


def _period(words: str, published: date, setting: Setting) -> Interval | None:
    """The day, week (from Monday), month, year, decade or century that is pointed at: "earlier this month"."""
    lowered, unit = words.lower(), _unit(words.lower())
    here: date | None = published
    if "previous" in lowered.split():
        here = setting.anchor or published
    elif re.search(r"\b(?:that|same|following)\b", lowered) or (unit == "day" and "last" not in lowered):
        here = setting.anchor
    if here is None:
        return None
    rolling = re.search(r"\b(?:the|this) (past|last|next|coming) ", lowered)
    if rolling and unit != "centur" and (unit != "day" or rolling.group(1) in ("past", "last")):
        back = rolling.group(1) in ("past", "last")
        return cut(here - _delta(1, unit), here) if back else cut(here, here + _delta(1, unit))
    step = -1 if re.search(r"\b(?:last|previous)\b", lowered) else int("next" in lowered or "following" in lowered)
    return _whole(here + _delta(step, unit), unit)


def _period_beside(words: str, _published: date, setting: Setting) -> Interval | None:
    """The week, month or year beside the day told of just before: "the month before"."""
    if setting.anchor is None:
        return None
    unit = _unit(words.lower())
    return _whole(setting.anchor + _delta(-1 if words.lower().endswith("before") else 1, unit), unit)


def _whole(here: date, unit: str) -> Interval:
    """The unit of time, weeks from Monday, that a day lies in."""
    if unit == "week":
        monday = here - timedelta(days=here.weekday())
        return cut(monday, monday + timedelta(days=6))
    if unit in ("decade", "centur"):
        length = 10 if unit == "decade" else 100
        start = here.year - here.year % length
        return Interval(f"{start:04d}", f"{start + length - 1:04d}")
    return cut(here, here, unit)


def _counted(words: str, _published: date, setting: Setting) -> Interval | None:
    """A count of units from publication ("two years ago": a year) or from the day told before ("two days later")."""
    lowered, unit = words.lower(), _unit(words.lower())
    absolute = lowered.endswith(("ago", "now"))
    here = setting.published if absolute else setting.anchor
    if here is None:
        return None
    step = _delta(_count(words), unit)
    found = here - step if lowered.endswith(("ago", "earlier", "before")) else here + step
    return cut(found, found, unit)


def _last_units(words: str, published: date, _setting: Setting) -> Interval:
    """A stretch that ends or begins at publication: "the past three weeks", "the next 48 hours"."""
    unit, reach = _unit(words.lower()), _delta(_count(words), _unit(words.lower()))
    if re.search(r"\b(?:next|coming|following)\b", words.lower()):
        return cut(published, published + reach, unit)
    return cut(published - reach, published, unit)


def _in_units(words: str, published: date, setting: Setting) -> Interval | None:
    """A count of units ahead: "in three weeks"; in a clause about the past it is a duration, which is no time."""
    if setting.direction == "past":
        return None
    unit, ahead = _unit(words.lower()), published + _delta(_count(words), _unit(words.lower()))
    if words.lower().startswith("within"):
        return cut(published, ahead, unit)
    return cut(ahead, ahead, unit)


def _relative(words: str, _published: date, setting: Setting) -> Interval | None:
    """The day beside the one told of just before, or that day: "the next day", "the night before", "that evening"."""
    if setting.anchor is None:
        return None
    if words.lower().startswith("that"):
        return day(setting.anchor)
    back = re.search(r"\b(?:before|previous)\b", words.lower())
    return day(setting.anchor + timedelta(days=-1 if back else 1))


def _lasting(words: str, published: date, setting: Setting) -> Interval | None:
    """A perfect's duration up to publication: "has raged for nine days"."""
    if setting.direction == "future":
        return None
    unit = _unit(words.lower())
    return cut(published - _delta(_count(words), unit), published, unit)


_RULES: dict[str, tuple[Rule, bool]] = {  # rule, and whether it needs the day of publication
    "iso": (read_iso, False),
    "figures": (read_figures, False),
    "day_mon_year": (read_day_mon_year, False),
    "day_range": (read_day_range, False),
    "day_month": (read_day_month, False),
    "month_year": (read_month_year, False),
    "decade": (read_decade, False),
    "half": (read_half, False),
    "part_of_year": (read_year, False),
    "season": (read_season, False),
    "week_after": (_week_after, True),
    "week_of": (read_week_of, False),
    "months_to": (read_months_to, False),
    "ago_on": (_ago_on, True),
    "between_years": (read_between_years, False),
    "weekday_of_week": (_weekday_of_week, True),
    "weekday_beside": (_weekday_beside, False),
    "of_year": (_of_year, True),
    "period_beside": (_period_beside, False),
    "weekend": (_weekend, True),
    "weekday": (_weekday, True),
    "month": (read_month, True),
    "year": (read_year, False),
    "years": (read_years, False),
    "today": (_shifted(0), True),
    "midnight": (_shifted(0), True),
    "yesterday": (_shifted(-1), True),
    "tomorrow": (_shifted(1), True),
    "day_before": (_shifted(-2), True),
    "day_after": (_shifted(2), True),
    "overnight": (_overnight, True),
    "period": (_period, True),
    "counted": (_counted, False),
    "last_units": (_last_units, True),
    "in_units": (_in_units, True),
    "relative": (_relative, False),
    "lasting": (_lasting, True),
}
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in (*POINTS, *BARE))
