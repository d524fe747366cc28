"""Passages that may tell: shown only where there is no answer, and nothing rather than what is about something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg

TEXT = (
    "The board of Lindqvist Shipyard in Karlsholm shut the gates on Friday. “We could no longer pay for steel,” its "
    "chair, Maja Ek, told reporters. Welders had downed tools a week before.\n\n"
    "Sponsor Norrdal Brewery had threatened to drop the sailing club. “We're staying,” its owner confirmed on Monday.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-karlsholm.txt": TEXT})


@pytest.mark.parametrize(
    ("question", "outcome", "told"),
    [
        ("Will Norrdal Brewery remain a sponsor?", "not told", "We're staying"),
        ("Did the welders of Lindqvist Shipyard go on strike?", "not told", "downed tools"),
    ],
)
def test_what_has_no_answer_shows_what_may_tell_it(
    graph: kg.Graph, nlp: Language, question: str, outcome: str, told: str
) -> None:
    reply = graph.ask(question, nlp=nlp)
    assert (reply.outcome, reply.answers, reply.certain) == (outcome, (), False)
    assert any(told in one.text for one in reply.passages) and len(reply.passages) <= 3
    assert all(one.text in TEXT and one.date == "2025-05-14" for one in reply.passages)
    assert all(one.source.endswith("2025-05-14-karlsholm.txt") for one in reply.passages)


@pytest.mark.parametrize(
    "question",
    [
        "Who bought the moon?",
        "How many sailors drowned?",
        "Which team won the cup in Oslo?",
        "Where does Ek live?",
        "Why could Sweden not pay for steel?",  # what is told of others is no passage about it
        "What did you say about it?",
    ],
)
def test_what_nothing_is_about_shows_nothing(graph: kg.Graph, nlp: Language, question: str) -> None:
    reply = graph.ask(question, nlp=nlp)
    assert (reply.answers, reply.passages) == ((), ()) and reply.suggestions


def test_a_sentence_that_more_likely_answers_than_none_is_an_answer(graph: kg.Graph, nlp: Language) -> None:
    [one] = graph.ask("What did Ek lack?", nlp=nlp).answers
    assert "pay for steel" in one.text and not one.certain


@pytest.mark.xfail(reason="the network takes the strike told next for the reason", strict=True)
def test_the_reason_stands_before_what_is_told_next(graph: kg.Graph, nlp: Language) -> None:
    [one] = graph.ask("How come Lindqvist Shipyard has no steel?", nlp=nlp).answers
    assert "pay for steel" in one.text


def test_an_answer_has_no_passages_beside_it(graph: kg.Graph, nlp: Language) -> None:
    reply = graph.ask("Who shut the gates?", nlp=nlp)
    assert reply.answers and not reply.passages


def test_texts_are_found_by_whatever_they_call_somebody(
    graph_of: Callable[[Mapping[str, str]], kg.Graph], nlp: Language
) -> None:
    graph = graph_of(
        {"2025-06-02-cuba.txt": "U.S. officials have refused to send a smuggler to Cuba. He may be tortured."}
    )
    reply = graph.ask("Why will the US not send the smuggler to Cuba?", nlp=nlp)
    [one] = reply.answers
    assert "He may be tortured" in one.text and not one.certain


def test_whom_a_question_names_counts(graph: kg.Graph, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[str]:
        return [one.text for one in graph.ask("Will Norrdal Brewery remain a sponsor?", nlp=nlp).passages]

    monkeypatch.setattr("kg.asking.hints.FLOOR", -9.0)
    found = told()
    assert "its owner" in found[0] and "Norrdal Brewery" in found[1]  # whose owner, the sentence before tells
    assert all("Lindqvist" not in one for one in found)


def test_a_sentence_in_two_texts_is_shown_once(
    graph_of: Callable[[Mapping[str, str]], kg.Graph], nlp: Language
) -> None:
    copies = graph_of({"2025-05-14-karlsholm.txt": TEXT, "2025-05-15-again.txt": f"{TEXT}\nThe mayor was away.\n"})
    told = [one.text for one in copies.ask("Will Norrdal Brewery remain a sponsor?", nlp=nlp).passages]
    assert len(told) == len(set(told)) > 0
