"""What takes its certainty from an answer, whom names mean, and what is read in sentences alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg
from kg.asking import Answer, Reading, Reply
from kg.asking.certainty import is_certain, whole_places
from kg.asking.naming import without_title
from kg.asking.records import Phrase, Window
from kg.asking.words import alike

TEXT = (
    "Soldiers stormed the customs house in Tarn on Monday. Colonel Ada Brix called the raid a mistake. Brix met the "
    "governor, Ivo Lund, in Tarn on Tuesday. Lund, the governor of Tarn, praised the soldiers.\n\n"
    "The customs house was repainted by Olin Fay, a painter from Dorn, in a single night. Fay refused any payment.\n\n"
    "Norway offered to send boats to Chad. Chad rejected the accusation that it had stolen a lorry of Norway.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-tarn.txt": TEXT})


def told(reply: Reply) -> list[tuple[str, bool]]:
    return [(answer.text, answer.certain) for answer in reply.answers]


ROW = {"confidence": "0.9", "date": "2025-05-12"}


@pytest.mark.parametrize(
    ("reading", "row", "certain"),
    [
        (Reading("", "agent"), ROW, True),
        (Reading("", "agent"), ROW | {"confidence": "0.4"}, False),
        (Reading("", "agent", vague=True), ROW, False),
        (Reading("", "agent", window=Window("2025-05")), ROW, True),
        (Reading("", "agent", window=Window("2025-05")), ROW | {"carried": "time: carried on"}, False),
        (Reading("", "agent"), ROW | {"carried": "time: carried on"}, True),
        (Reading("", "time"), ROW | {"carried": "time: carried on"}, False),
        (Reading("", "agent", order="last"), {"confidence": "0.9"}, False),
        (Reading("", "happening", anchor=Phrase("anchor", "the raid", (), ("raid",))), ROW, False),
        (Reading("", "happening", anchor=Phrase("anchor", "the raid", (), ("raid",))), ROW | {"ordered": "true"}, True),
        (Reading("", "happening"), ROW | {"nominal": "true"}, False),
        (Reading("", "agent", noun="governor"), ROW, False),
    ],
)
def test_what_takes_certainty_away(reading: Reading, row: dict[str, str], certain: bool) -> None:
    assert is_certain(reading, "Ivo Lund", [row]) is certain


def test_an_office_in_front_of_a_name_is_left_out_and_a_first_name_is_not() -> None:
    assert without_title("Prime Minister Ada Brix") == "Ada Brix" and without_title("Presidnet Lund") == "Lund"
    assert without_title("Ivo Lund") == "Ivo Lund" and without_title("Minister") == "Minister"


def test_a_place_that_is_part_of_another_ones_name_is_left_out() -> None:
    places = tuple(Answer(text, (), True) for text in ("Red Lake", "Red Lake town of Dorn", "Tarn"))
    reply = Reply("", "answered", places)
    assert [one.text for one in whole_places(reply, Reading("", "place")).answers] == ["Red Lake town of Dorn", "Tarn"]
    assert whole_places(reply, Reading("", "agent")) == reply


def test_a_mistyped_name_is_taken_for_the_nearest_and_its_answers_are_likely(graph: kg.Graph, nlp: Language) -> None:
    right = graph.ask("Who did Ada Brix meet?", nlp=nlp)
    assert told(right) == [("Ivo Lund", True)]
    wrong = graph.ask("Who did Colonel Ada Brixx meet?", nlp=nlp)
    assert told(wrong) == [("Ivo Lund", False)]
    assert wrong.taken["Colonel Ada Brixx"] == ("Ada Brix",)


def test_a_name_of_the_world_is_never_taken_for_one_like_it(graph: kg.Graph, nlp: Language) -> None:
    assert graph.ask("Did Chile reject the accusation?", nlp=nlp).outcome == "not understood"


def test_whom_an_office_means_is_known_by_what_stands_beside_the_name(graph: kg.Graph, nlp: Language) -> None:
    assert told(graph.ask("Which governor praised the soldiers?", nlp=nlp)) == [("Ivo Lund", False)]
    assert not graph.ask("Which admiral praised the soldiers?", nlp=nlp).answers


def test_who_refused_one_thing_has_not_refused_another(graph: kg.Graph, nlp: Language) -> None:
    assert told(graph.ask("Did Chad reject the accusation?", nlp=nlp)) == [("yes", True)]
    assert not graph.ask("Did Chad reject the demand?", nlp=nlp).answers


def test_a_sentence_without_an_event_is_read_and_likely(graphs: dict[str, kg.Graph], nlp: Language) -> None:
    harbour = graphs["harbour"]
    assert not harbour.query('SELECT ?event { GRAPH ?d { ?event nkg:lemma "host" } }')
    reply = harbour.ask("Who hosted the talks?", nlp=nlp)
    assert told(reply) == [("Mayor Ines Duarte", False)]
    assert [quote.source for quote in reply.answers[0].quotes] == ["gazette-talks"]
    assert reply.sparql.startswith("# Finds the texts") and len(harbour.query(reply.sparql)) >= 1


def test_who_invited_has_not_hosted(graphs: dict[str, kg.Graph], nlp: Language) -> None:
    assert not graphs["harbour"].ask("Did Hanna Lind host the talks?", nlp=nlp).answers


@pytest.mark.xfail(strict=True, reason="the network takes who hosted the talks for who hosted the regatta, as likely")
def test_who_did_the_same_with_something_else_is_no_answer(graphs: dict[str, kg.Graph], nlp: Language) -> None:
    assert not graphs["harbour"].ask("Who hosted the regatta?", nlp=nlp).answers


def test_nearest_questions_are_about_the_verb_and_whoever_is_named(graph: kg.Graph, nlp: Language) -> None:
    reply = graph.ask("When did Brix sue Lund?", nlp=nlp)
    assert not reply.answers
    names = [one.name for one in reply.suggestions]
    assert {"timeline", "relations-between"} <= set(names[:3])
    met = graph.ask("When did Ada Brix meet envoys of Chad?", nlp=nlp)
    assert not met.answers and "who-met-whom" in [one.name for one in met.suggestions][:2]
    between = next(one for one in reply.suggestions if one.name == "relations-between")
    assert between.params == {"actor": "Brix", "other": "Lund"}
    compared = graph.ask("Compare Brix and Lund", nlp=nlp).suggestions[0]
    assert compared.command == 'kg query compare-actors --param actor="Brix" --param actor="Lund"'


@pytest.mark.xfail(reason="the network takes the meeting of both for the insult, as likely", strict=True)
def test_the_day_of_something_else_is_no_answer(graph: kg.Graph, nlp: Language) -> None:
    assert not graph.ask("When did Brix insult Lund?", nlp=nlp).answers


def test_words_that_mean_the_same_are_found_for_each_other() -> None:
    assert set(alike("truce")) == set(alike("ceasefire")) > {"truc"} and alike("lorry") == ("lorr",)


def test_a_like_deed_makes_an_answer_likely_only(graph: kg.Graph, nlp: Language) -> None:
    assert told(graph.ask("Where did Brix and Lund meet?", nlp=nlp)) == [("Tarn", True)]
    assert told(graph.ask("Where did Brix and Lund negotiate?", nlp=nlp)) == [("Tarn", False)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many monitors did Switzerland send?", ("120", False)),
        ("How many monitors did Oman, Norway and Switzerland send?", ("120", True)),
        ("How many doctors did Denmark send?", ("40", True)),
    ],
)
def test_a_figure_of_several_together_is_not_certainly_that_of_one(
    graph_of: Callable[[Mapping[str, str]], kg.Graph], nlp: Language, question: str, answer: tuple[str, bool]
) -> None:
    text = "Oman, Norway and Switzerland sent 120 unarmed monitors to Tarvik. Denmark sent 40 doctors to Tarvik.\n"
    assert told(graph_of({"2025-05-14-tarvik.txt": text}).ask(question, nlp=nlp)) == [answer]
