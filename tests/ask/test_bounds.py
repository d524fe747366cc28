"""Days that bound a question, those whom it leaves out, and articles that it asks for: nothing wrong may be certain."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg
from kg.asking import read_question

TEXTS = {
    "2025-06-10-port.txt": "Norway closed the port of Bergen in May 2025. Sweden expelled two diplomats in 2025.\n\n"
    "Denmark signed the treaty on 12 May 2025. Iceland signed the treaty on 30 December 2024.\n",
    "2026-01-05-mine.txt": "Peru closed the mine on Monday. Norway praised Peru.\n",
}


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of(TEXTS)


@pytest.mark.parametrize(
    ("question", "certain"),
    [
        ("Who signed the treaty after 1 January 2024 and before 1 June 2024?", []),
        ("Who signed the treaty before 1 June 2025 but after 1 January 2025?", ["Denmark"]),
        ("Who signed the treaty after 12 May 2025?", []),
        ("Who signed the treaty on or after 12 May 2025?", ["Denmark"]),
        ("Who signed the treaty before or on 30 December 2024?", ["Iceland"]),
        ("Who signed the treaty in 2024?", ["Iceland"]),
        ("Who signed the treaty except in 2024?", []),
        ("Who signed the treaty since 1 January 2023 until 1 January 2024?", []),
        ("Did Denmark sign the treaty on 1 May 2025 or on 20 May 2025?", []),
        ("Did Denmark sign the treaty a month after 1 May 2025?", []),
        ("Did Norway close the port before 1 May 2025?", []),  # some day of May
        ("Did Norway close the port by 1 May 2025?", []),
        ("Did Norway close the port before June 2025?", ["yes"]),
        ("Did Sweden expel two diplomats before March 2025?", []),
        ("Did Norway close the port of Bergen?", ["yes"]),
        ("Did Norway close the port of Oslo?", []),  # Oslo stands for Norway, but not here
        ("Who other than Denmark signed the treaty?", []),
        ("Did anyone but Norway close the port?", []),
        ("What happened after?", []),
        ("Who signed the treaty, but not in 2024?", []),
        ("Did Denmark not sign the treaty in April 2025?", []),
    ],
)
def test_only_what_lies_in_its_days_and_is_not_left_out_is_certain(
    graph: kg.Graph, nlp: Language, question: str, certain: list[str]
) -> None:
    assert [one.text for one in graph.ask(question, nlp=nlp).answers if one.certain] == certain


@pytest.mark.parametrize(
    ("days", "begin", "end"),
    [
        ("after 1 January 2024 and before June 2024", "2024-01-02", "2024-05"),
        ("before 2025 but after March 2023", "2023-04", "2024"),
        ("since 3 May 2024 and until 5 June 2024", "2024-05-03", "2024-06-05"),
    ],
)
def test_two_bounds_make_a_window(nlp: Language, days: str, begin: str, end: str) -> None:
    window = read_question(f"Who closed the bridge {days}?", nlp, today=None).window
    assert window is not None and (window.begin, window.end, window.open) == (begin, end, False)


@pytest.mark.parametrize("question", ["Who did not sign in May 2025?", "What did Oslo not accept in May 2025?"])
def test_a_verb_that_is_denied_keeps_its_days(nlp: Language, question: str) -> None:
    window = read_question(question, nlp, today=None).window
    assert window is not None and (window.begin, window.end) == ("2025-05", "2025-05")


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("Which articles mention Norway?", {"mine": True, "port": True}),
        ("Which articles mention Norway and Peru?", {"mine": True}),
        ("Which articles mention Denmark or Peru?", {"mine": True, "port": True}),
        ("Which articles mention Norway and Ruritania?", {}),
        ("Which articles mention Norway but not Denmark?", {}),
        ("Which articles do not mention Denmark?", {}),
        ("Which articles mention Norway in June 2025?", {"port": False}),
        ("Which articles mention Norway in 2024?", {}),
    ],
)
def test_articles_are_those_that_mention_all_whom_it_names(
    graph: kg.Graph, nlp: Language, question: str, articles: dict[str, bool]
) -> None:
    answers = graph.ask(question, nlp=nlp).answers
    assert len(answers) == len(articles)
    assert {one.text.rpartition("-")[2].removesuffix(".txt"): one.certain for one in answers} == articles
    assert all(quote.text for one in answers for quote in one.quotes)  # an article without a title has none to quote


@pytest.mark.parametrize(
    "question", ["how many according to", "Did Denmark \udcff sign the treaty?", "\ud83d", "after"]
)
def test_no_question_is_too_broken_to_be_answered(graph: kg.Graph, nlp: Language, question: str) -> None:
    reply = graph.ask(question, nlp=nlp)
    assert reply.answers or (reply.reason and not any(answer.certain for answer in reply.answers))
