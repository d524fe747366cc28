"""Numbers of things: value, bounds, qualifier and noun, and the numbers that count nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quantities import find_quantities
from kg.model import Quantity, Sentence, Span
from tests.clock import growth


def quantities(text: str) -> list[Quantity]:
    return list(find_quantities(text, [Sentence(0, Span(0, len(text)))]))


@pytest.mark.parametrize(
    ("text", "words", "value", "qualifier", "noun"),
    [
        ("The convoy carried 390 individuals home.", "390", 390, "exact", "individuals"),
        ("Buses brought 270 Russian servicemen north.", "270", 270, "exact", "servicemen"),
        ("They freed 1,000 prisoners of war.", "1,000", 1000, "exact", "prisoners"),
        ("In all 4,757 Ukrainian citizens are back.", "4,757", 4757, "exact", "citizens"),
        ("They freed 7 Israelis.", "7", 7, "exact", "Israelis"),
        ("It killed at least 12 Iraqis.", "at least 12", 12, "at least", "Iraqis"),
        ("It cost Rs 500 crore.", "Rs 500 crore", 5_000_000_000, "exact", "rupees"),
        ("It cost 20 lakh rupees.", "20 lakh", 2_000_000, "exact", "rupees"),
        ("It cost CHF 2.5 million.", "CHF 2.5 million", 2_500_000, "exact", "francs"),
        ("It cost 40m NOK.", "40m", 40_000_000, "exact", "kroner"),
        ("It cost \u20b9300.", "\u20b9300", 300, "exact", "rupees"),
        ("It was a \u00a3105-million fee.", "\u00a3105-million", 105_000_000, "exact", "pounds"),
        ("It is a $300-a-month flat.", "$300", 300, "exact", "dollars"),
        ("Winds of 120 km/h blew.", "120 km/h", 120, "exact", "km/h"),
        ("It was minus 3 degrees.", "minus 3", -3, "exact", "degrees"),
        ("It was \u22125 degrees.", "\u22125", -5, "exact", "degrees"),
        ("They get a 6.5pc rise.", "6.5pc", 6.5, "exact", "percent"),
        ("It has 300 shops elsewhere.", "300", 300, "exact", "shops"),
        ("The camp held 1990 prisoners.", "1990", 1990, "exact", "prisoners"),
        ("Twenty-three miners were trapped.", "Twenty-three", 23, "exact", "miners"),
        ("Two hundred and six miners were trapped.", "Two hundred and six", 206, "exact", "miners"),
        ("Three rangers lost their way.", "Three", 3, "exact", "rangers"),
        ("A couple of villages are cut off.", "A couple", 2, "exact", "villages"),
        ("A dozen villages are cut off.", "A dozen", 12, "exact", "villages"),
        ("Half a dozen villages are cut off.", "Half a dozen", 6, "exact", "villages"),
        ("Some three dozen villages are cut off.", "Some three dozen", 36, "about", "villages"),
        ("Half a million miners left.", "Half a million", 5e5, "exact", "miners"),
        ("It cost more than half a billion dollars.", "more than half a billion", 5e8, "at least", "dollars"),
        ("A quarter of a million miners left.", "A quarter of a million", 250_000, "exact", "miners"),
        ("Three quarters of a million homes burned.", "Three quarters of a million", 750_000, "exact", "homes"),
        ("One and a half million miners left.", "One and a half million", 1.5e6, "exact", "miners"),
        ("Two or three hundred miners left.", "Two or three hundred", 200, "between", "miners"),
        ("Between one and two million miners left.", "Between one and two million", 1e6, "between", "miners"),
        ("They sold one to a hundred lamps.", "one to a hundred", 1, "between", "lamps"),
        ("They raised $2.5 million or more.", "$2.5 million or more", 2.5e6, "at least", "dollars"),
        ("They lost 50% or more of the lamps.", "50% or more", 50, "at least", "percent"),
        ("They raised $2 bn last year.", "$2 bn", 2e9, "exact", "dollars"),
        ("Two thirds of the miners left.", "Two thirds", 2 / 3, "exact", "fraction"),
        ("One fifth of the miners left.", "One fifth", 1 / 5, "exact", "fraction"),
        ("Over nine dozen temples were destroyed.", "Over nine dozen", 108, "at least", "temples"),
        ("The town bought 9 dozen lamps.", "9 dozen", 108, "exact", "lamps"),
        ("The town bought 20 dozen lamps.", "20 dozen", 240, "exact", "lamps"),
        ("The town bought twenty-one dozen lamps.", "twenty-one dozen", 252, "exact", "lamps"),
        ("Six to seven dozen miners left.", "Six to seven dozen", 72, "between", "miners"),
        ("A million refugees crossed.", "A million", 1e6, "exact", "refugees"),
        ("Some 1.2 million people fled.", "Some 1.2 million", 1.2e6, "about", "people"),
        ("Nearly 800 captives walked free.", "Nearly 800", 800, "about", "captives"),
        ("An estimated 40 tanks were seen.", "An estimated 40", 40, "about", "tanks"),
        ("Roughly 70 homes burned.", "Roughly 70", 70, "about", "homes"),
        ("Seventy or so homes burned.", "Seventy or so", 70, "about", "homes"),
        ("More than 200 service members returned.", "More than 200", 200, "at least", "members"),
        ("At least twelve sailors drowned.", "At least twelve", 12, "at least", "sailors"),
        ("40 or more lorries waited.", "40 or more", 40, "at least", "lorries"),
        ("Up to 300 troops stayed.", "Up to 300", 300, "at most", "troops"),
        ("Fewer than 10 tanks stayed.", "Fewer than 10", 10, "at most", "tanks"),
        ("Dozens of homes burned.", "Dozens", 24, "at least", "homes"),
        ("Tens of thousands of marchers came.", "Tens of thousands", 20_000, "at least", "marchers"),
        ("Hundreds of millions of dollars are missing.", "Hundreds of millions", 2e8, "at least", "dollars"),
        ("Between 5,000 and 7,000 homes were flooded.", "Between 5,000 and 7,000", 5000, "between", "homes"),
        ("They fired 30 to 40 rockets.", "30 to 40", 30, "between", "rockets"),
        ("They fired 30-40 rockets.", "30-40", 30, "between", "rockets"),
        ("The camp held 12 400 miners.", "12 400", 12_400, "exact", "miners"),
        ("The camp held 12\u00a0400 miners.", "12\u00a0400", 12_400, "exact", "miners"),
        ("Some 1\u202f200 miners left.", "Some 1\u202f200", 1200, "about", "miners"),
        ("In 2024 300 miners left.", "300", 300, "exact", "miners"),
        ("A couple of hundred miners left.", "A couple of hundred", 200, "about", "miners"),
        ("A couple of dozen miners left.", "A couple of dozen", 24, "about", "miners"),
        ("A few hundred miners left.", "A few hundred", 200, "at least", "miners"),
        ("Several hundred thousand miners left.", "Several hundred thousand", 200_000, "at least", "miners"),
        ("They fined him $5-8,000.", "$5-8,000", 5000, "between", "dollars"),
        ("They fired 10-12,000 rockets.", "10-12,000", 10_000, "between", "rockets"),
        ("They fired between 5 and 8,000 rockets.", "between 5 and 8,000", 5, "between", "rockets"),
        ("They burned two or three barns.", "two or three", 2, "between", "barns"),
        ("One to 2 million refugees left.", "One to 2 million", 1e6, "between", "refugees"),
        ("From 1 to 2 million refugees left.", "From 1 to 2 million", 1e6, "between", "refugees"),
        ("He gave $2-3 billion away.", "$2-3 billion", 2e9, "between", "dollars"),
        ("A bridge for 60 million euros is planned.", "60 million", 6e7, "exact", "euros"),
        ("A fund worth $5bn is planned.", "$5bn", 5e9, "exact", "dollars"),
        ("It cost about €1.2 million.", "about €1.2 million", 1.2e6, "about", "euros"),
        ("It cost US$40.", "US$40", 40, "exact", "dollars"),
        ("A poll gave her 46% of the vote.", "46%", 46, "exact", "percent"),
        ("A poll gave her 46 per cent.", "46 per cent", 46, "exact", "percent"),
        ("She lost a third of her savings.", "a third", 1 / 3, "exact", "fraction"),
        ("He kept two-thirds of the proceeds.", "two-thirds", 2 / 3, "exact", "fraction"),
        ("About half the fleet sank.", "About half", 0.5, "about", "fraction"),
        ("Some 300 of the striking miners marched.", "Some 300", 300, "about", "miners"),
        ("She put the toll at 31.", "31", 31, "exact", ""),
        ("The blast left 31 injured.", "31", 31, "exact", "injured"),
        ("Each camp handed over 85 captives.", "85", 85, "exact", "captives"),
        ("He asked for 18 months' pay.", "18", 18, "exact", "months"),
        ("The line is 20km long.", "20km", 20, "exact", "km"),
    ],
)
def test_reads(text: str, words: str, value: float, qualifier: str, noun: str) -> None:
    found = quantities(text)
    assert [(text[q.span.begin : q.span.end], q.qualifier, q.noun) for q in found] == [(words, qualifier, noun)]
    assert found[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "They met on 23 May 2025.",
        "They met on May 23.",
        "They met in 1990.",
        "They met at 10:30.",
        "They met at 10 a.m. by the gate.",
        "It was the 64th such exchange.",
        "Oksana Hryhorenko, 52, waited outside.",
        "Oksana Hryhorenko (52) waited outside.",
        "The cadet, aged 19, waited outside.",
        "A 52-year-old teacher waited outside.",
        "A 30-day truce was refused.",
        "Fresh PMN-2 mines and an S-300 were found.",
        "Article 5 and Resolution 2231 were cited.",
        "1. The talks will go on.",
        "The home side won 3-2.",
        "No one came, and one of them said so.",
        "The three would not say.",
        "He vanished five days ago.",
        "They met on the third of May.",
        "She was the fifth of the suspects.",
        "Profits rose in the third quarter of its fiscal year.",
    ],
)
def test_leaves_alone_what_counts_nothing(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize("space", ["\n", "\u00a0"])
@pytest.mark.parametrize(
    ("words", "value"),
    [("half a million", 5e5), ("a quarter of a million", 250_000), ("two and a half million", 2.5e6)],
)
def test_a_line_may_end_within_a_number(words: str, value: float, space: str) -> None:
    for at in [i for i, char in enumerate(words) if char == " "]:
        text = f"There {words[:at]}{space}{words[at + 1 :]} people stayed."
        assert value in [one.value for one in quantities(text)]


def test_bounds_follow_the_qualifier() -> None:
    at_least, at_most, between = quantities("Over 200 men, up to 30 women and between 5 and 7 boys came.")
    assert (at_least.lower, at_least.upper) == (200, None)
    assert (at_most.lower, at_most.upper) == (None, 30)
    assert (between.lower, between.upper) == (5, 7)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The herd fell from 40 to 30 goats.", [40, 30]),
        ("The herd fell from 4 to 3 million goats.", [4e6, 3e6]),
        ("The herd fell from 50 to 2 thousand goats.", [50]),  # or rose: nobody can tell
    ],
)
def test_what_falls_tells_two_numbers(text: str, values: list[float]) -> None:
    found = quantities(text)
    assert [one.value for one in found] == values and {one.noun for one in found} == {"goats"}


def test_a_number_of_each_party_is_that_number() -> None:
    (found,) = quantities("The envoys agreed on an exchange of 1,000 from each country.")
    assert (found.value, found.qualifier, found.lower, found.upper) == (1000, "exact", None, None)


def test_an_ordinal_counts_nothing() -> None:
    assert quantities("The swap was the 64th since the onset of the war.") == []


def test_each_number_of_a_sentence_is_one_quantity() -> None:
    text = "A total of 3,000 workers, 500 from each mill, and 120 clerks are to go."
    assert [q.value for q in quantities(text)] == [3000, 500, 120]


@given(st.integers(min_value=1000, max_value=10**12))
def test_thousands_separators_round_trip(n: int) -> None:
    (found,) = quantities(f"They counted {n:,} birds there.")
    assert (found.value, found.noun) == (n, "birds")


PIECES = st.sampled_from(
    "between from 30 40 and to - – , . twenty three hundred million dozens of the a half third % $ € bn over up nearly"
    " 1,000 people one or more so 2019 :30 a.m. (5) 3.14".split(" ")
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)))
def test_any_text_gives_ordered_quantities_inside_it(text: str) -> None:
    last = 0
    for found in quantities(text):
        assert last <= found.span.begin < found.span.end <= len(text)
        last = found.span.end
        assert found.lower is None or found.upper is None or found.lower < found.upper
        assert found.value >= 0


def test_the_time_taken_grows_with_the_text() -> None:
    for unit, times in (("twenty two hundred million and ", 4_000), ("1", 100_000), ("1,000 ", 20_000)):
        assert growth(lambda size, unit=unit: quantities(unit * size), times // 8, times) < 24, unit  # squared: 64


@pytest.mark.parametrize(
    "text",
    [
        "She is 43.",
        "He died, aged 15 and 43.",
        "A No 10 spokesman declined.",
        "A magnitude 6.4 earthquake struck.",
        "It breaks clause 14 of the treaty.",
        "They flew in Apollo 11, he said.",
        "It was held at the 2024 Olympic Games.",
        "Peru will host the 2029 championships.",
        "It lists pledges in millions of euros.",
        "It paid 12'000 francs.",
    ],
)
def test_what_names_or_dates_a_thing_counts_nothing(text: str) -> None:
    assert quantities(text) == []
