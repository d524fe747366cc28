"""Dates of the calendar: what days, months, seasons and years mean, with their year or with the one that is near."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from dateutil.parser import parse
from dateutil.relativedelta import relativedelta

from kg.extract.numerals import number
from kg.extract.times.patterns import MONTHS, SEASONS, WEEKDAYS

Direction = Literal["past", "future"]


class Interval(NamedTuple):
    """Two ISO dates of the precision the words give (2025-05-23, 2025-05, 2025)."""

    begin: str
    end: str


class Setting(NamedTuple):
    """What a relative expression is read against: the day of publication and where its clause looks."""

    published: date | None
    direction: Direction | None
    anchor: date | None = None


def day(value: date) -> Interval:
    """The interval that is one day."""
    return Interval(value.isoformat(), value.isoformat())


def cut(begin: date, end: date, unit: str = "day") -> Interval:
    """An interval cut to the precision of a unit: years and decades to years, months to months, the rest to days."""
    length = {"mont": 7, "year": 4, "deca": 4, "cent": 4}.get(unit[:4], 10)
    return Interval(begin.isoformat()[:length], end.isoformat()[:length])


def _that_day(month: int, of_day: int, year: int) -> list[date]:
    """A day of each year from the one before to the one after; of 29 February all within eight years.

    Raises ValueError where no year has that day: leap years are at most eight years apart.
    """
    found = []
    reach = 8 if (month, of_day) == (2, 29) else 1
    for there in range(max(1, year - reach), min(9999, year + reach) + 1):
        try:
            found.append(date(there, month, of_day))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"no year has a day {of_day} in its month {month}")
    return found


def _near(month: int, of_day: int | None, published: date, direction: Direction | None) -> date:
    """The month, or day of a month, that the direction points to; without one, the nearest.

    News looks back more than ahead, so without a direction a day ahead counts as twice as far.
    """
    here = published if of_day else published.replace(day=1)
    candidates = _that_day(month, of_day or 1, published.year)
    if direction == "past":
        candidates = [c for c in candidates if c <= here] or candidates[:1]
        return candidates[-1]
    if direction == "future":
        return ([c for c in candidates if c >= here] or candidates[-1:])[0]
    return min(candidates, key=lambda c: (here - c).days if c <= here else 2 * (c - here).days)


def _month(words: str) -> int:
    """The number of the month that is named; "May" is the last to be thought of."""
    for name, n in MONTHS.items():
        if name in words:
            return n
    found = re.search(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", words)
    if found is None:
        raise ValueError(words)
    return next(n for name, n in MONTHS.items() if name.startswith(found.group()))


def _year(words: str) -> int | None:
    found = re.search(r"\b\d{4}\b", words)
    return int(found.group()) if found else None


def _month_end(year: int, month: int, months: int = 1) -> date:
    last: date = date(year, month, 1) + relativedelta(months=months, days=-1)
    return last


def read_iso(words: str, _published: date, _setting: Setting) -> Interval:
    """A day in figures: 2025-05-23."""
    return day(date.fromisoformat(words))


def read_figures(words: str, _published: date, _setting: Setting) -> Interval | None:
    """A date in figures, where only one order of its parts is a date: "16/04/2024", "04/16/2024"; dots: day first.

    "03/04/2024" is 3 April to some and 4 March to others, and is not read.
    """
    one, two, three = (int(part) for part in re.split(r"[./]", words))
    if one > 31:
        return day(date(one, two, three))
    if "." in words or one > 12 or one == two:
        return day(date(three, two, one))
    return day(date(three, one, two)) if two > 12 else None


def read_day_mon_year(words: str, published: date, setting: Setting) -> Interval | None:
    """The short form of tables and forms: "19-Nov-12", "3/Mar/2021"; two figures of a year are of the nearest century.

    A year more than ten years ahead of publication is taken for one of the century before.
    """
    parts = re.split(r"[-/]", words)
    year = int(parts[2])
    if year < 100:
        if setting.published is None:
            return None
        year += 2000
        year -= 100 if year > published.year + 10 else 0
    return day(date(year, _month(words), int(parts[0])))


def read_day_month(words: str, published: date, setting: Setting) -> Interval | None:
    """A day of a month: "23 May 2025", "Friday, May 23rd"; without its year the one that is near."""
    bare = re.sub(rf"^(?:{'|'.join(WEEKDAYS)}),?\s(?:the\s)?|^the\s|\.", "", words)
    year = _year(bare)
    if year is not None:
        return day(parse(bare, default=datetime(year, 1, 1)).date())
    if setting.published is None:
        return None
    found = parse(bare, default=datetime(2000, 1, 1))
    return day(_near(found.month, found.day, published, setting.direction))


def read_day_range(words: str, published: date, setting: Setting) -> Interval | None:
    """Days of one month: "23-25 May", "between May 23 and 25, 2025"."""
    days = [int(d) for d in re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)]
    month, year = _month(words), _year(words)
    if year is None:
        if setting.published is None:
            return None
        year = _near(month, days[0], published, setting.direction).year
    begin, end = date(year, month, days[0]), date(year, month, days[1])
    return Interval(begin.isoformat(), end.isoformat()) if begin <= end else None


def read_month_year(words: str, _published: date, _setting: Setting) -> Interval:
    """A month with its year: "February 2022"."""
    iso = f"{_year(words):04d}-{_month(words):02d}"
    return Interval(iso, iso)


def read_month(words: str, published: date, setting: Setting) -> Interval:
    """A month without a year: "in May", "last November", "the end of April"."""
    month, lowered = _month(words), words.lower()
    if lowered.startswith(("last ", "this past ")):
        found = _near(month, None, published.replace(day=1) - timedelta(days=1), "past")
    elif lowered.startswith("next "):
        found = _near(month, None, published.replace(day=1) + relativedelta(months=1), "future")
    elif lowered.startswith("this "):
        found = date(published.year, month, 1)
    else:
        found = _near(month, None, published, setting.direction)
    return cut(found, found, "month")


def read_decade(words: str, _published: date, _setting: Setting) -> Interval:
    """Ten years: "the 1980s"."""
    start = int(re.findall(r"\d{4}", words)[0])
    return Interval(f"{start}", f"{start + 9}")


def read_year(words: str, _published: date, _setting: Setting) -> Interval:
    """A year, or a part of one that is not narrowed: "late 2024"."""
    return Interval(str(_year(words)), str(_year(words)))


def read_years(words: str, _published: date, _setting: Setting) -> Interval | None:
    """Years from one to another: "2014-15"."""
    begin, end = words[:4], words[5:]
    end = end if len(end) == 4 else begin[:2] + end
    return Interval(begin, end) if begin < end else None


def read_half(words: str, published: date, setting: Setting) -> Interval | None:
    """A half or quarter of a year, as its months."""
    year, lowered = _year(words), words.lower()
    if year is None:
        if setting.published is None:
            return None
        year = published.year + (-1 if " last year" in lowered else 1 if "next year" in lowered else 0)
    length = 6 if " half " in lowered else 3
    order = next(n for n, w in enumerate(("first", "second", "third", "fourth", "last")) if w in lowered.split())
    first = 1 + length * min(order, 12 // length - 1)
    return cut(date(year, first, 1), _month_end(year, first, length), "month")


def read_season(words: str, published: date, setting: Setting) -> Interval | None:
    """A season as its three months; winter belongs to the year it begins in."""
    lowered = words.lower()
    month = next(m for s, m in SEASONS.items() if s in lowered)
    year = _year(words)
    if year is None:
        if setting.published is None:
            return None
        direction: Direction | None = (
            "past" if re.search(r"\b(?:last|past)\b", lowered) else "future" if "next" in lowered else setting.direction
        )
        months = 0
        if direction == "past" and "last" in lowered:
            months = -3
        elif direction == "future":  # "this summer" may have begun, "next summer" has not
            months = 1 if "next" in lowered else -2 if "this" in lowered else 0
        year = _near(month, None, published + relativedelta(months=months), direction).year
    return cut(date(year, month, 1), _month_end(year, month, 3), "month")


def read_between_years(words: str, _published: date, _setting: Setting) -> Interval | None:
    """Years from one to another: "from 2011 to 2014", "between 1996 and 1999"."""
    begin, end = re.findall(r"\d{4}", words)
    return Interval(begin, end) if begin < end else None


def read_week_of(words: str, published: date, setting: Setting) -> Interval | None:
    """Seven days from the day that is named, or up to it: "the week of 9 March", "the week ending 15 March"."""
    found = read_day_month(re.sub(r"^(?i:the week )\S+ ", "", " ".join(words.split())), published, setting)
    if found is None:
        return None
    end = date.fromisoformat(found.begin)
    return cut(end - timedelta(days=6), end) if " ending " in words.lower() else cut(end, end + timedelta(days=6))


def read_months_to(words: str, published: date, setting: Setting) -> Interval | None:
    """Months up to one that is named: "the three months to January"."""
    length, last = re.split(r"\s(?:to|ended|ending)\s(?:the end of )?", words, maxsplit=1, flags=re.IGNORECASE)
    if setting.published is None and not re.search(r"\d{4}", last):
        return None
    found = (
        read_month_year(last, published, setting) if re.search(r"\d{4}", last) else read_month(last, published, setting)
    )
    end = date.fromisoformat(f"{found.begin}-01")
    return cut(end - relativedelta(months=round(number(length)) - 1), end, "month")
