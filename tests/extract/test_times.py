"""Expressions of time: what is found, what it means on a given day, and what is no time at all."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.times import Direction, find_times, resolve
from kg.model import Sentence, Span
from tests.clock import growth

SATURDAY = date(2025, 5, 24)


def whole(text: str) -> list[Sentence]:
    return [Sentence(0, Span(0, len(text)))]


def times(
    text: str, published: date | None = SATURDAY, direction: Direction | None = None
) -> list[tuple[str, str, str]]:
    found = find_times(text, whole(text), published=published, direction=direction)
    return [(text[t.span.begin : t.span.end], t.begin, t.end) for t in found]


@pytest.mark.parametrize(
    ("text", "words", "begin", "end"),
    [
        ("The envoys met on 23 May 2025 in the old mint.", "23 May 2025", "2025-05-23", "2025-05-23"),
        ("The envoys met on the 23rd of May.", "the 23rd of May", "2025-05-23", "2025-05-23"),
        ("They sailed on May 3, 2019, with two tugs.", "May 3, 2019", "2019-05-03", "2019-05-03"),
        ("On Friday, 16 May, both sides sat down.", "Friday, 16 May", "2025-05-16", "2025-05-16"),
        ("Monday's blast was heard in the port.", "Monday", "2025-05-19", "2025-05-19"),
        # told on Saturday, 24 May 2025
        (
            "It runs from April 1, 2026, to June 3, 2027.",
            "from April 1, 2026, to June 3, 2027",
            "2026-04-01",
            "2027-06-03",
        ),
        ("She sat there from 2011 to 2014.", "from 2011 to 2014", "2011", "2014"),
        ("Between 1996 and 1999 the mill stood idle.", "Between 1996 and 1999", "1996", "1999"),
        ("They will sit down on Friday week.", "Friday week", "2025-06-06", "2025-06-06"),
        ("They will sit down a week from Monday.", "a week from Monday", "2025-06-02", "2025-06-02"),
        ("It was quiet for a week on Monday.", "Monday", "2025-05-19", "2025-05-19"),
        ("A year ago today the mill burned.", "A year ago today", "2024-05-24", "2024-05-24"),
        ("Two years ago this month the mill burned.", "Two years ago this month", "2023-05", "2023-05"),
        ("They vote in the week of 9 June.", "the week of 9 June", "2025-06-09", "2025-06-15"),
        ("Rain fell in the week ending 11 May.", "the week ending 11 May", "2025-05-05", "2025-05-11"),
        ("Sales rose in the three months to January.", "the three months to January", "2024-11", "2025-01"),
        ("The fair has run for nine days.", "for nine days", "2025-05-15", "2025-05-24"),
        ("The form is dated 2024-11-02.", "2024-11-02", "2024-11-02", "2024-11-02"),
        ("The army crossed the river in February 2022.", "February 2022", "2022-02", "2022-02"),
        ("The ferry sank in 1994.", "1994", "1994", "1994"),
        ("The Treaty of 1920 was forgotten.", "1920", "1920", "1920"),
        ("The quarrel goes back to the 1980s.", "the 1980s", "1980", "1989"),
        ("The dam was planned in mid-2023.", "mid-2023", "2023", "2023"),
        ("The two armies fought in 2014-15.", "2014-15", "2014", "2015"),
        ("Exports fell in the first half of 2024.", "the first half of 2024", "2024-01", "2024-06"),
        ("They were freed on Friday.", "Friday", "2025-05-23", "2025-05-23"),
        ("They were freed on Saturday.", "Saturday", "2025-05-24", "2025-05-24"),
        ("They left late on Thursday.", "late on Thursday", "2025-05-22", "2025-05-22"),
        ("A raid last Saturday killed a guard.", "last Saturday", "2025-05-17", "2025-05-17"),
        ("Talks resume next Saturday.", "next Saturday", "2025-05-31", "2025-05-31"),
        ("Buses ran on Friday and Saturday.", "Friday and Saturday", "2025-05-23", "2025-05-24"),
        ("Voting ran from Tuesday to Thursday.", "from Tuesday to Thursday", "2025-05-20", "2025-05-22"),
        ("It goes on into the weekend.", "the weekend", "2025-05-24", "2025-05-25"),
        ("He resigned last weekend.", "last weekend", "2025-05-17", "2025-05-18"),
        ("He resigned today.", "today", "2025-05-24", "2025-05-24"),
        ("Yesterday the lists were redrawn.", "Yesterday", "2025-05-23", "2025-05-23"),
        ("The lists are due tomorrow.", "tomorrow", "2025-05-25", "2025-05-25"),
        ("Drones struck the port overnight.", "overnight", "2025-05-23", "2025-05-24"),
        ("A swap took place earlier this month.", "earlier this month", "2025-05", "2025-05"),
        ("The cabinet fell last week.", "last week", "2025-05-12", "2025-05-18"),
        ("The cabinet meets this week.", "this week", "2025-05-19", "2025-05-25"),
        ("The mayor was fined last month.", "last month", "2025-04", "2025-04"),
        ("The mayor retires next month.", "next month", "2025-06", "2025-06"),
        ("The mayor was fined last year.", "last year", "2024", "2024"),
        ("The law passed last November.", "last November", "2024-11", "2024-11"),
        ("The law expires at the end of April.", "the end of April", "2025-04", "2025-04"),
        ("An April raid went wrong.", "April", "2025-04", "2025-04"),
        ("Since March 2022 thousands have come home.", "Since March 2022", "2022-03", "2025-05-24"),
        ("Since January the pass has been shut.", "Since January", "2025-01", "2025-05-24"),
        ("It took place on 23–25 May.", "23–25 May", "2025-05-23", "2025-05-25"),
        ("It took place on May 23-25, 2024.", "May 23-25, 2024", "2024-05-23", "2024-05-25"),
        ("Between 23 and 25 May they swapped.", "Between 23 and 25 May", "2025-05-23", "2025-05-25"),
        ("It ran between May 2023 and June 2024.", "between May 2023 and June 2024", "2023-05", "2024-06"),
        ("He vanished five days ago.", "five days ago", "2025-05-19", "2025-05-19"),
        ("He vanished a fortnight ago.", "a fortnight ago", "2025-05-10", "2025-05-10"),
        ("He vanished two months ago.", "two months ago", "2025-03", "2025-03"),
        ("He vanished three years ago.", "three years ago", "2022", "2022"),
        ("The bridge opens in three weeks.", "in three weeks", "2025-06-14", "2025-06-14"),
        ("It must be paid within 48 hours.", "within 48 hours", "2025-05-24", "2025-05-26"),
        ("Prices rose over the past six months.", "the past six months", "2024-11", "2025-05"),
        ("Miners have been on strike for nine days.", "for nine days", "2025-05-15", "2025-05-24"),
        ("The arrears are due by December 15.", "by December 15", "2025-12-15", "2025-12-15"),
        ("The levy is put off until 2028.", "until 2028", "2028", "2028"),
        ("The guns must go by midnight on Sunday.", "by midnight on Sunday", "2025-05-18", "2025-05-18"),
        ("The rest is paid in the autumn.", "the autumn", "2024-09", "2024-11"),
        ("She won the 2024 election.", "2024", "2024", "2024"),
        ("They signed on 19-Nov-12.", "19-Nov-12", "2012-11-19", "2012-11-19"),
        ("They signed on 3/Mar/1998.", "3/Mar/1998", "1998-03-03", "1998-03-03"),
        ("They signed on 7-Jun-99.", "7-Jun-99", "1999-06-07", "1999-06-07"),
        ("They signed on 16/04/2024.", "16/04/2024", "2024-04-16", "2024-04-16"),
        ("They signed on 12/25/2024.", "12/25/2024", "2024-12-25", "2024-12-25"),
        ("They signed on 2024/04/16.", "2024/04/16", "2024-04-16", "2024-04-16"),
        ("They signed on 3.5.2024.", "3.5.2024", "2024-05-03", "2024-05-03"),
        ("They met on Nov. 3rd in the mint.", "Nov. 3rd", "2024-11-03", "2024-11-03"),
        ("They met on Sept 21st, 2023.", "Sept 21st, 2023", "2023-09-21", "2023-09-21"),
        ("It has lasted since the spring of 2022.", "since the spring of 2022", "2022-03", "2025-05-24"),
        ("It has lasted since the 2022 invasion.", "since the 2022", "2022", "2025-05-24"),
        ("It was set up before the 2024 election.", "before the 2024", "2024", "2024"),
        ("They have struck since the March vote.", "since the March", "2025-03", "2025-05-24"),
        ("It fell in the early autumn of 2021.", "the early autumn of 2021", "2021-09", "2021-11"),
    ],
)
def test_finds_and_resolves(text: str, words: str, begin: str, end: str) -> None:
    assert times(text) == [(words, begin, end)]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital at any second.",
        "March on the ministry was banned.",
        "May the best side win.",
        "The camp held 1990 prisoners.",
        "Some 2,000 people came.",
        "A fund of 2000 dollars was set up.",
        "The vote split 2019 to 1876.",
        "The road was built more than ten years ago.",
        "He was held for nine days in a cellar.",
        "The PMN-2 and the S-300 were shown.",
        "Resolution 2231 was read out.",
        "It came on 03/04/2024.",
        "The shop is open 24/7 and sold 3/4 of it.",
        "They were the first talks since the spring of 2022.",
        "It was the worst flood since March 1998.",
        "Every Friday they march.",
        "They like to march on a Sunday.",
    ],
)
def test_leaves_alone_what_is_no_time(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    "text", ["On 30 February he left.", "On February 29, 2023, he left.", "On 2025-13-01 he left."]
)
def test_impossible_dates_are_skipped(text: str) -> None:
    assert [t for t in times(text) if len(t[1]) == 10] == []


def test_a_leap_day_is_looked_for_beyond_the_next_year() -> None:
    assert times("On February 29 he left.", published=date(2010, 6, 1)) == [("February 29", "2008-02-29", "2008-02-29")]
    ahead = times("They will meet on 29 February.", published=date(2024, 3, 15), direction="future")
    assert ahead == [("29 February", "2028-02-29", "2028-02-29")]


@pytest.mark.parametrize(
    "text",
    ["They met on Friday.", "They met yesterday.", "They met in May.", "It ran on 23-25 May.", "They met last week."],
)
def test_relative_expressions_need_a_day_of_publication(text: str) -> None:
    assert times(text, published=None) == []


def test_absolute_expressions_need_none() -> None:
    assert times("They met on 23 May 2025.", published=None) == [("23 May 2025", "2025-05-23", "2025-05-23")]
    assert times("They have met since 2014.", published=None) == [("since 2014", "2014", "2014")]


@pytest.mark.parametrize(
    ("text", "direction", "begin"),
    [
        ("Wednesday", "past", "2025-05-21"),
        ("Wednesday", "future", "2025-05-28"),
        ("Saturday", "future", "2025-05-24"),
        ("the weekend", "future", "2025-05-24"),
        ("December 1", "past", "2024-12-01"),
        ("December 1", "future", "2025-12-01"),
        ("July", "past", "2024-07"),
        ("July", "future", "2025-07"),
        ("overnight", "future", "2025-05-24"),
        ("the spring", "future", "2026-03"),
        ("in three weeks", "future", "2025-06-14"),
        ("by Sunday", "future", "2025-05-25"),
    ],
)
def test_the_direction_of_the_clause_decides(text: str, direction: Direction, begin: str) -> None:
    found = resolve(text, Span(0, len(text)), published=SATURDAY, direction=direction)
    assert found is not None
    assert found.begin == begin


@pytest.mark.parametrize(
    ("text", "published", "begin"),
    [
        ("this summer", date(2025, 7, 10), "2025-06"),
        ("this summer", date(2025, 4, 10), "2025-06"),
        ("this winter", date(2025, 1, 10), "2024-12"),
        ("next summer", date(2025, 6, 10), "2026-06"),
        ("next spring", date(2025, 3, 10), "2026-03"),
        ("next spring", date(2025, 1, 10), "2025-03"),
    ],
)
def test_a_season_ahead_is_the_one_that_is_meant(text: str, published: date, begin: str) -> None:
    found = resolve(text, Span(0, len(text)), published=published, direction="future")
    assert found is not None
    assert found.begin == begin


def test_a_count_ahead_is_no_day_in_a_past_clause() -> None:
    text = "in three weeks"
    assert resolve(text, Span(0, len(text)), published=SATURDAY, direction="past") is None


def test_a_step_is_taken_from_the_day_told_before() -> None:
    text = "The strike began on May 11. Police broke it up two days later. Nothing moved."
    ends = [i + 1 for i, c in enumerate(text) if c == "."]
    begins = [0, *(e + 1 for e in ends[:-1])]
    sentences = [Sentence(i, Span(b, e)) for i, (b, e) in enumerate(zip(begins, ends, strict=True))]
    found = find_times(text, sentences, published=SATURDAY)
    assert [(t.begin, text[t.span.begin : t.span.end]) for t in found] == [
        ("2025-05-11", "May 11"),
        ("2025-05-13", "two days later"),
    ]
    assert times("Police broke it up two days later.") == []


@pytest.mark.parametrize(
    ("text", "begin"),  # told on Saturday, 24 May 2025
    [
        ("in May last year", "2024-05"),
        ("late in May of last year", "2024-05"),
        ("on 3 May last year", "2024-05-03"),
        ("on March 3 of this year", "2025-03-03"),
        ("in April next year", "2026-04"),
        ("on Tuesday of last week", "2025-05-13"),
        ("on Friday next week", "2025-05-30"),
        ("on Monday this week", "2025-05-19"),
        ("this past Friday", "2025-05-23"),
        ("this past December", "2024-12"),
        ("this past winter", "2024-12"),
        ("this past weekend", "2025-05-17"),
        ("this past week", "2025-05-17"),
    ],
)
def test_what_is_pointed_at_is_read_as_a_whole(text: str, begin: str) -> None:
    assert [found[1] for found in times(f"The guards struck {text}.")] == [begin]


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("The next day", "2025-05-12"),
        ("The following morning", "2025-05-12"),
        ("The previous evening", "2025-05-10"),
        ("That night", "2025-05-11"),
        ("On the following Monday", "2025-05-12"),
        ("On the next Sunday", "2025-05-18"),
        ("The following weekend", "2025-05-17"),
        ("On the previous Sunday", "2025-05-04"),
        ("The week before", "2025-04-28"),
        ("The month after", "2025-06"),
        ("The previous month", "2025-04"),
    ],
)
def test_what_is_beside_a_day_is_read_from_that_day(text: str, begin: str) -> None:
    told = "The strike began on 11 May. "
    later = f"{told}{text}, Nora spoke."
    sentences = [Sentence(0, Span(0, len(told) - 1)), Sentence(1, Span(len(told), len(later)))]
    assert [t.begin for t in find_times(later, sentences, published=SATURDAY)] == ["2025-05-11", begin]
    if "month" not in text or "previous" not in text:  # "the previous month" alone is the one before publication
        assert times(f"{text}, Nora spoke.") == []


def test_the_week_before_something_else_is_no_week_beside_a_day() -> None:
    assert [t[0] for t in times("He came on 11 May, the week before the vote.")] == ["11 May"]


def test_nothing_crosses_a_sentence_boundary() -> None:
    text = "He came on 23 May 2025"
    assert [t.end for t in find_times(text, [Sentence(0, Span(0, 17))], published=SATURDAY)] == ["2025-05-23"]
    assert find_times(text, [Sentence(0, Span(0, 12))], published=SATURDAY) == ()


WORDS = st.sampled_from(
    "on in by since until from between 23 31 1999 2025 May March Friday last next week the three ago – , and to . year"
    " 30th days later for has 0 9999 decade hours".split(" ")
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)), st.one_of(st.none(), st.dates()))
def test_any_text_gives_ordered_intervals_inside_it(text: str, published: date | None) -> None:
    last = 0
    for found in find_times(text, whole(text), published=published):
        assert last <= found.span.begin < found.span.end <= len(text)
        last = found.span.end
        assert len(found.begin) in (4, 7, 10) and len(found.end) in (4, 7, 10)
        assert found.begin[: len(found.end)] <= found.end[: len(found.begin)]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_written_dates_come_back(day: date) -> None:
    for text in (f"on {day:%d %B %Y}", f"on {day:%B} {day.day}, {day.year}", f"on {day.isoformat()}"):
        assert [(b, e) for _, b, e in times(text, published=None)] == [(day.isoformat(), day.isoformat())]


def test_the_time_taken_grows_with_the_text() -> None:
    """A megabyte without a full stop, and one of number words, stay far from seconds per kilobyte."""

    def run(unit: str, size: int) -> None:
        text = unit * size
        find_times(text, whole(text), published=SATURDAY)

    for unit, most in (("on the last day of the twenty two hundred ", 4_000), ("1", 160_000), ("Friday ", 16_000)):
        assert growth(partial(run, unit), most // 8, most) < 24, unit  # growing with its square it would be 64


def test_since_an_onset_without_a_date_is_no_time() -> None:
    assert times("The swap was the 64th since the onset of the war.") == []
    assert times("The swap was the 64th since the onset of the war in 2022.") == [("2022", "2022", "2022")]


def test_what_lasts_from_a_deed_on_is_no_time_before_publication() -> None:
    assert times("He has been jailed for six years.") == []
    assert times("She has been banned from the rink for two years.") == []


def test_a_deadline_lies_after_the_day_told_beside_it_and_is_no_day_to_count_from() -> None:
    text = "On 4 June 2024 he gave her till Friday. Two days later a bomb went off."
    sentences = [Sentence(0, Span(0, 39)), Sentence(1, Span(40, len(text)))]
    found = find_times(text, sentences, published=SATURDAY)
    assert [t.begin for t in found] == ["2024-06-04", "2024-06-07", "2024-06-06"]
