"""Places within places, and deeds that are told as not done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg

TEXT = (
    "Police arrested two Danish bakers in Marseille on Monday. A court in Paris jailed Olin Fay on Tuesday.\n\n"
    "The mayor did not reveal the names of the donors to the council.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-places.txt": TEXT})


@pytest.mark.parametrize(
    ("question", "answer", "certain"),
    [
        ("Who was jailed in France?", "Olin Fay", True),
        ("Where in France was Olin Fay jailed?", "Paris", True),
        ("Did the mayor disclose the names of the donors?", "no", False),
    ],
)
def test_a_state_stands_for_its_cities_and_a_denied_deed_was_not_done(
    graph: kg.Graph, nlp: Language, question: str, answer: str, certain: bool
) -> None:
    [one] = graph.ask(question, nlp=nlp).answers
    assert (one.text, one.certain) == (answer, certain)


def test_a_state_finds_nothing_in_another(graph: kg.Graph, nlp: Language) -> None:
    assert not graph.ask("Who was jailed in Spain?", nlp=nlp).answers
    assert {row["placeName"] for row in graph.query("places", place="France")} == {"Marseille", "Paris"}
