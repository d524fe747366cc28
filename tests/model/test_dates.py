"""Dates of every precision: what they mean, in which order they stand, and when two can be one day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import PartialDate, Span, TimeSpan, days_of, is_day

DATES = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)),
    st.sampled_from((4, 7, 10)),
)


def read(text: str) -> PartialDate:
    found = PartialDate.parse(text)
    assert found is not None
    return found


@given(DATES)
def test_a_date_is_written_as_it_was_read(text: str) -> None:
    assert str(read(text)) == text


@given(DATES, DATES)
def test_overlap_is_symmetric_and_holds_where_a_day_is_shared(one: str, other: str) -> None:
    left, right = read(one).days, read(other).days
    assert left.overlaps(right) == right.overlaps(left)
    assert left.overlaps(right) == (max(left.first, right.first) <= min(left.last, right.last))


@given(DATES, DATES)
def test_a_date_overlaps_what_it_is_cut_from(one: str, other: str) -> None:
    assert read(one).days.overlaps(read(one[:4]).days)
    assert read(one).days.overlaps(read(one[:7]).days)


@given(DATES, DATES, DATES)
def test_order_is_total_and_agrees_with_the_calendar(a: str, b: str, c: str) -> None:
    one, two, three = read(a), read(b), read(c)
    assert (one < two) + (two < one) + (one == two) == 1
    assert (one <= two) == (not two < one)
    if one < two and two < three:
        assert one < three
    if one.days.last < two.days.first:
        assert one < two
    if one <= two:
        assert one.days.first <= two.days.first


@pytest.mark.parametrize(
    "text", ["", "25", "2025-5", "2025-13", "2025-02-30", "0000", "2025-05-23T10:00", "next May", "٢٠٢٥"]
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert PartialDate.parse(text) is None
    assert days_of(text) is None
    assert not is_day(text)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (("2025-05", "2025-05"), ("2025-05-23", "2025-05-23"), True),
        (("2025", "2025"), ("2025-12-31", "2025-12-31"), True),
        (("2025-05-23", "2025-05-25"), ("2025-05", "2025-05"), True),
        (("2025-05", "2025-05"), ("2025-06-01", "2025-06-01"), False),
        (("2024", "2025-03-14"), ("2025-03", "2025-03"), True),
        (("2024-02", "2024-02"), ("2024-02-29", "2024-02-29"), True),
    ],
)
def test_times_of_different_precision_meet(one: tuple[str, str], other: tuple[str, str], *, meet: bool) -> None:
    left, right = TimeSpan(*one, Span(0, 1)), TimeSpan(*other, Span(0, 1))
    assert left.overlaps(right) is meet
    assert right.overlaps(left) is meet
