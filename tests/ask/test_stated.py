"""Figures and days in an answer: as the text states them, and so that a program still finds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as some
from spacy.language import Language

import kg
from kg.asking import Answer, Quote
from kg.asking.stated import as_stated

TEXT = (
    "The owners of the Brenna asked Tarvik for $2.4 million in compensation. Divers searched the harbour and recovered "
    "eleven drums. The tribunal in Dorn postponed the hearing to Friday, 16 May.\n"
)


def stated(answer: str, told: str) -> str:
    return as_stated(Answer(answer, (Quote(told, "a"),), certain=False)).text


@pytest.mark.parametrize(
    ("answer", "told", "words"),
    [
        ("5", "At least five others died; around twenty were hurt.", "At least five (5)"),
        ("9", "Over nine dozen temples have been destroyed.", "Over nine dozen (108)"),
        ("1200000", "He gave $1.2 million to the town.", "$1.2 million"),
        ("250", "Norland has sent 250 soldiers.", "250"),
        ("3", "Of three men three fell.", "3"),
        ("2", "The firm offered two per cent.", "two per cent (2%)"),
        ("40", "Some 3,000 came; 40 percent of them left.", "40 percent"),
        ("40", "More than 40 per cent of voters stayed at home.", "More than 40 per cent"),
        ("40", "It fell below forty per cent.", "40"),
        ("4", "They want four per cent or more.", "4"),
        ("4", "Between three and four per cent left.", "Between three and four per cent (3 to 4)"),
        ("9", "It went on for nine days and cost the port nine million pounds.", "9"),
        ("1.5", "It gave £1.5bn, or 1.5% of output.", "1.5"),
        ("90", "They were held for 90 days, and nearly 90 lorries waited.", "90"),
        ("3000000", "It cost three million pounds.", "three million (3000000)"),
        ("24", "Dozens of houses burned.", "Dozens (at least 24)"),
        ("200", "Several hundred people fled.", "Several hundred (at least 200)"),
        ("200", "A couple of hundred people fled.", "A couple of hundred (about 200)"),
        ("7", "Between five and seven miners left.", "Between five and seven (5 to 7)"),
        ("2", "About two thirds of the voters came.", "About two thirds (0.67)"),
        ("3", "Some three quarters of the farmers left.", "Some three quarters (0.75)"),
        ("2025-05-12", "On Monday a court ruled on what it had heard on Monday.", "2025-05-12"),
        ("40", "It was the year of the flood.", "40"),
        ("2020-07-01", "On July 1, the city cleared the square.", "July 1 (2020-07-01)"),
        ("2006-12", "They would stay until December 2006.", "until December 2006 (2006-12)"),
        ("2025-05-12", "Lorries may cross on Monday.", "Monday (2025-05-12)"),
        (
            "2025-05-23",
            "The exchange was carried out from 23 to 25 May.",
            "from 23 to 25 May (2025-05-23 to 2025-05-25)",
        ),
        ("2022-03", "It was shut from March to May 2022.", "from March to May 2022 (2022-03 to 2022-05)"),
        ("2022-03", "Since March 2022 it has been shut.", "Since March 2022 (2022-03)"),
        ("2025-05-12", "Lorries may cross today.", "2025-05-12"),
        ("2025-05-12", "Lorries may cross on Friday.", "2025-05-12"),
        ("2025-13-45", "Lorries may cross on Monday.", "2025-13-45"),
        ("Ada Brix", "Ada Brix left with 12 men on Monday.", "Ada Brix"),
    ],
)
def test_a_number_or_day_is_told_as_its_sentence_has_it(answer: str, told: str, words: str) -> None:
    assert stated(answer, told) == words


def test_without_a_sentence_it_stays() -> None:
    assert as_stated(Answer("11", (), certain=False)).text == "11"


@given(some.integers(min_value=1, max_value=10**9), some.text(max_size=60))
def test_what_was_answered_can_still_be_found(number: int, rest: str) -> None:
    assert str(number) in stated(str(number), f"They counted {number} boats. {rest}").replace(",", "")


def test_asked_of_a_graph(graph_of: Callable[[Mapping[str, str]], kg.Graph], nlp: Language) -> None:
    graph = graph_of({"2025-05-14-brenna.txt": TEXT})
    for question, words in (
        ("How many drums did the divers recover?", "eleven"),
        ("How much compensation did the owners of the Brenna ask for?", "2.4 million"),
        ("When will the hearing be held?", "16 May"),
    ):
        told = graph.ask(question, nlp=nlp).answers
        assert told and words in told[0].text, question
