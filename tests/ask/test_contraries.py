"""Who was for it and who against, what one refused and another took, and what is asked of all or of anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg
from tests.ask.test_certainty import told

TEXT = (
    "The Polish parliament rejected a bill on media ownership on Tuesday. Donald Tusk voted for the bill. Denmark "
    "decided against a ban. Thousands of students protested in Dhaka against a plan to raise fees.\n\n"
    "The European Union offered to send 40 observers to the border. Armenia accepted the offer of the European Union, "
    "but Azerbaijan refused it.\n"
)
OTHER = (
    "Mexican President Claudia Sheinbaum invited Mark Carney to Mexico City, and Carney accepted. Nikol Pashinyan did "
    "not accept an invitation of Ilham Aliyev. Aliyev had repeated the invitation. Mexico was not exempted from the "
    "tariffs.\n\nHamas accepted the ceasefire. Bangladesh released 41 of the 56 arrested students.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-07-bill.txt": TEXT, "2025-05-08-other.txt": OTHER})


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Did Tusk vote against the bill?", [("no", True)]),
        ("Did Tusk vote for the bill?", [("yes", True)]),
        ("Who voted for the bill?", [("Donald Tusk", True)]),
        ("Did Denmark decide against a ban?", [("yes", True)]),
        ("Did Denmark decide for a ban?", [("no", True)]),
    ],
)
def test_who_was_for_it_was_not_against_it(
    graph: kg.Graph, nlp: Language, question: str, answers: list[tuple[str, bool]]
) -> None:
    assert told(graph.ask(question, nlp=nlp)) == answers


@pytest.mark.parametrize(
    "question",
    ["Who voted against the bill?", "Who protested for a plan to raise fees?"],
)
def test_who_was_against_it_is_never_certainly_told_as_for_it(graph: kg.Graph, nlp: Language, question: str) -> None:
    assert not any(certain for _, certain in told(graph.ask(question, nlp=nlp)))


def test_who_accepted_an_offer_has_not_accepted_an_invitation(graph: kg.Graph, nlp: Language) -> None:
    accepted = told(graph.ask("Who accepted the invitation?", nlp=nlp))
    assert ("Mark Carney", True) in accepted and not {"Armenia", "Hamas"} & {text for text, _ in accepted}


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Was the offer of the European Union rejected?", [("yes", False), ("no", False)]),
        ("Did Armenia accept the offer of the European Union?", [("yes", True)]),
        ("Did Armenia reject the offer of the European Union?", [("no", True)]),
        ("Was Mexico exempted from the tariffs?", [("no", True)]),
    ],
)
def test_what_one_accepted_another_may_have_turned_down(
    graph: kg.Graph, nlp: Language, question: str, answers: list[tuple[str, bool]]
) -> None:
    assert told(graph.ask(question, nlp=nlp)) == answers


@pytest.mark.parametrize(
    "question",
    [
        "Did anyone reject the ceasefire?",
        "Was the ceasefire rejected?",
        "Was anyone exempted from the tariffs?",
        "Did Armenia reject the offer, or did Azerbaijan?",
        "Did all countries accept the offer of the European Union?",
        "Did Bangladesh release all arrested students?",
        "Who else accepted the offer of the European Union?",
    ],
)
def test_what_one_did_does_not_surely_answer_for_all_or_for_anybody(
    graph: kg.Graph, nlp: Language, question: str
) -> None:
    assert not any(certain for _, certain in told(graph.ask(question, nlp=nlp)))


def test_whose_offer_it_was_is_not_what_was_accepted(graph: kg.Graph, nlp: Language) -> None:
    reply = graph.ask("What did Armenia accept?", nlp=nlp)
    assert told(reply) == [("offer of the European Union", True)]


def test_the_whole_of_which_some_were_released_is_not_how_many_were(graph: kg.Graph, nlp: Language) -> None:
    reply = graph.ask("How many students were released?", nlp=nlp)
    assert reply.answers and all("41" in text and not certain for text, certain in told(reply))


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Armenia accepted the offer of the European Union, didn't it?", [("yes", True)]),
        ("Mexico was exempted from the tariffs, wasn't it?", [("no", True)]),
        ("Pashinyan did not accept the invitation, did he?", [("no", False)]),
        ("Didn't Pashinyan accept the invitation?", [("no", False)]),
        ("Is it true that Tusk voted for the bill?", [("yes", True)]),
        ("Was it Armenia that accepted the offer of the European Union?", [("yes", True)]),
    ],
)
def test_a_statement_is_asked_about_as_a_question_is(
    graph: kg.Graph, nlp: Language, question: str, answers: list[tuple[str, bool]]
) -> None:
    assert told(graph.ask(question, nlp=nlp)) == answers
