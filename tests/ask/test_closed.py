"""Yes or no as sentences tell it: what is never said of nobody, and what stands of another way's answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg
from kg.asking import Answer, Texts, read_question
from kg.asking.closed import FEATURES, SIGNS, likeliest, may_be_told, weigh_yes_or_no
from kg.asking.features import Held
from kg.asking.naming import Naming
from kg.questions import names_of

ONE = "Ada Brix met Ivo Lund in Tarn on Monday. Olin Fay, the governor, declined to sign the harbour treaty.\n"
OTHER = "Ada Brix did not meet Ivo Lund on Monday, her office said.\n"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-tarn.txt": ONE, "2025-05-15-tarn.txt": OTHER})


def held(graph: kg.Graph, question: str, nlp: Language) -> Held:
    reading = read_question(question, nlp, today=None)
    return Texts(graph.reader, reading, Naming(names_of(graph.reader)), nlp).held()


def test_both_stand_where_texts_differ(graph: kg.Graph, nlp: Language) -> None:
    told = graph.ask("Did Brix meet Lund?", nlp=nlp).answers
    assert {one.text for one in told} == {"yes", "no"} and not any(one.certain for one in told)


@pytest.mark.parametrize("question", ["Did they reject the plan?", "Did he welcome the treaty?"])
def test_nothing_is_told_of_whom_nobody_knows(graph: kg.Graph, nlp: Language, question: str) -> None:
    assert not graph.ask(question, nlp=nlp).answers
    assert not may_be_told(read_question(question, nlp, today=None))


def test_what_the_texts_tell_takes_the_place_of_what_they_do_not(graph: kg.Graph, nlp: Language) -> None:
    read = held(graph, "Did Olin Fay sign the harbour treaty?", nlp)
    [one] = weigh_yes_or_no(lambda: read, [Answer("yes", (), certain=False)])
    assert one.text == "no" and "declined" in one.quotes[0].text and not one.certain
    same = (Answer("no", (), certain=False),)
    assert weigh_yes_or_no(lambda: read, same) == same
    quoted = (Answer("He is studying the treaty.", (), certain=False),)
    assert weigh_yes_or_no(lambda: read, quoted) == quoted
    both = (Answer("yes", (), certain=False), Answer("no", (), certain=False))
    assert weigh_yes_or_no(lambda: read, both) == both


def test_a_likely_yes_falls_where_no_sentence_tells_it(graph: kg.Graph, nlp: Language) -> None:
    read = held(graph, "Did Olin Fay appeal to the court in Dorn against his sentence?", nlp)
    assert weigh_yes_or_no(lambda: read, [Answer("yes", (), certain=False)]) == ()


def test_what_speaks_for_yes_has_a_weight_each(graph: kg.Graph, nlp: Language) -> None:
    told = likeliest(held(graph, "Did Olin Fay sign the harbour treaty?", nlp))
    assert told is not None and len(told.signs) == len(SIGNS) and len(told.features) == len(FEATURES) - 1
    assert "declined" in told.sentence.text
