"""Dates as exact as a text gives them, and the days they may mean: the one place where times are compared."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)


class Days(NamedTuple):
    """The first and the last day of a stretch of time, both inclusive."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def gap(self, other: Days) -> int:
        """How many days lie from the end of one to the beginning of the other; 0 or less where they overlap.

        >>> Days(date(2025, 5, 1), date(2025, 5, 3)).gap(Days(date(2025, 5, 7), date(2025, 5, 9)))
        4
        """
        return max((other.first - self.last).days, (self.first - other.last).days)

    def overlaps(self, other: Days, *, slack: int = 0) -> bool:
        """Whether one day can be meant by both, `slack` days given in.

        >>> may = PartialDate.parse("2025-05")
        >>> may.days.overlaps(PartialDate.parse("2025-05-23").days)
        True
        """
        return self.gap(other) <= slack


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day: what ISO 8601 calls a date of reduced precision.

    Dates are ordered by their first day, the less exact before the more exact ("2025", "2025-01", "2025-01-01").
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """Read "2025", "2025-05" or "2025-05-23"; None for anything else and for days that no calendar has.

        >>> PartialDate.parse("2025-05").days.last.isoformat()
        '2025-05-31'
        >>> PartialDate.parse("2025-02-30") is None
        True
        """
        found = _ISO.fullmatch(text)
        if found is None:
            return None
        year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
        if not year:
            return None
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            return None
        return cls(year, month, day)

    @property
    def days(self) -> Days:
        """The days it may mean."""
        month = self.month or 12
        last = self.day or monthrange(self.year, month)[1]
        return Days(date(self.year, self.month or 1, self.day or 1), date(self.year, month, last))

    @property
    def is_day(self) -> bool:
        """Whether it names one day."""
        return self.day is not None

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    def __lt__(self, other: PartialDate) -> bool:
        return self._key() < other._key()

    def __le__(self, other: PartialDate) -> bool:
        return self._key() <= other._key()

    def _key(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0


def days_of(begin: str, end: str = "") -> Days | None:
    """Give the days from an ISO date of any precision to another (or to the end of the first); None if it is none.

    An end that lies before the beginning counts for nothing.
    """
    one, other = PartialDate.parse(begin), PartialDate.parse(end or begin)
    if one is None or other is None:
        return None
    return Days(one.days.first, max(one.days.last, other.days.last))


def is_day(text: str) -> bool:
    """Whether an ISO date is as exact as a day."""
    found = PartialDate.parse(text)
    return found is not None and found.is_day
