"""Questions in other words than the texts: longer openings, no verb, conditions, and what is only refused or open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date

import pytest
from spacy.language import Language

import kg
from kg.asking import read_question
from kg.asking.certainty import is_certain
from kg.asking.filling import coming
from kg.asking.forms import form_of
from kg.asking.openings import plainly, to_come
from kg.asking.pages import Page
from kg.asking.records import Reading
from kg.asking.relatives import verb_of
from kg.extract.syntax.tree import Tree
from kg.model import Span, TimeSpan

TALKS = (
    "Norway and Chile will sign a fishing treaty on Thursday in Lima, the Chilean minister Ana Rojas said. Peru has "
    "offered to guard the ceremony; Rojas is studying the offer.\n\n"
    "Norway said it would pull out its trawlers once the treaty was in force. The company Havfisk voiced doubts about "
    "the timetable. Its spokesman said that it would not be bound by it.\n\n"
    "The Red Cross counted 12 injured fishermen after a clash in May, whereas the navy of Chile, which spoke of 31 "
    "injured, denied that shots had been fired. Rojas denied a report that she had sounded out a banker in Oslo. The "
    "navy ruled out that it would send a frigate.\n"
)
COURT = (
    "A judge in Bergen quashed an order on Tuesday that would have removed 400 families from the old harbour, saying "
    "that nobody had asked them. The city said it would appeal.\n\n"
    "A demand for the resignation of mayor Odd Lien was dropped. Residents may do one more thing: they might sue.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of(
        {
            "2025-06-02-talks.txt": TALKS,
            "2025-06-04-court.md": f"# Judge stops evictions in Bergen\n\n{COURT}",
        }
    )


def said(graph: kg.Graph, nlp: Language, question: str) -> str:
    """Give all answers of a question in a row, none of which may be certain."""
    answers = graph.ask(question, nlp=nlp).answers
    assert not any(one.certain for one in answers), question
    return " | ".join(one.text for one in answers)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("For what reason did Chad leave?", "Why did Chad leave?"),
        ("In response to what did Iraq send troops?", "Why did Iraq send troops?"),
        ("What did she travel to Lima for?", "Why did she travel to Lima?"),
        ("What did she ask for?", "What did she ask for?"),
        ("What forced the mayor to step down?", "Why did the mayor step down?"),
        ("Who does Rojas hold responsible for the clash?", "Who does Rojas blame for the clash?"),
        ("How many ships is Norway going to send?", "How many ships will Norway send?"),
        ("What is Norway going to do?", "What is Norway going to do?"),
    ],
)
def test_a_longer_opening_asks_what_a_plain_word_asks(question: str, plain: str) -> None:
    assert plainly(question) == plain


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("When are the generals to meet?", "When will the generals meet?"),
        ("Where is the treaty due to be signed?", "Where will the treaty be signed?"),
        ("What is the answer to the offer?", "What is the answer to the offer?"),
        ("Who is going to meet in Havana?", "Who is going to meet in Havana?"),
    ],
)
def test_what_is_to_happen_will(question: str, plain: str) -> None:
    assert to_come(question) == plain


def test_a_reply_has_the_question_as_it_was_asked(graph: kg.Graph, nlp: Language) -> None:
    asked = "On what grounds did the judge quash the order?"
    reply = graph.ask(asked, nlp=nlp)
    assert reply.question == asked and "nobody had asked them" in said(graph, nlp, asked)


def test_verbs_that_the_lemmatizer_does_not_know_are_mended_by_spelling() -> None:
    assert (verb_of("triggere", "triggered"), verb_of("media", "mediating"), verb_of("see", "saw")) == (
        "trigger",
        "mediate",
        "see",
    )


def test_a_particle_belongs_to_its_verb(nlp: Language) -> None:
    reading = read_question("When did the dockers walk out?", nlp, today=None)
    assert [one.lemma for one in reading.said if one.pos == "VERB"] == ["walk out"]


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("On what condition would Norway withdraw?", "condition"),
        ("What conditions did Chile set for the treaty?", "condition"),
        ("What is the treaty about?", "matter"),
        ("What were Chile's objections to the treaty?", "matter"),
        ("What might the residents do?", "intention"),
    ],
)
def test_more_turns_of_phrase(nlp: Language, question: str, form: str) -> None:
    found = form_of(read_question(question, nlp, today=None))
    assert found is not None and found.name == form


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("On what condition would Norway withdraw its trawlers?", "once the treaty was in force"),
        ("Who expressed doubts about the timetable?", "Havfisk"),
        ("Has Rojas accepted Peru's offer?", "studying"),
        ("Did Rojas approach a banker?", "no"),
        ("Whose resignation was demanded?", "Odd Lien"),
        ("What happened to the demand for a resignation?", "dropped"),
    ],
)
def test_what_is_told_in_other_words_is_found_and_never_certain(
    graph: kg.Graph, nlp: Language, question: str, gold: str
) -> None:
    assert gold in said(graph, nlp, question)


def test_a_weekday_of_what_is_to_come_is_the_next_one() -> None:
    text = "They are to meet on Thursday."
    begin = text.index("Thursday")
    page = Page("a", date(2025, 6, 2), text, Tree(*[[] for _ in fields(Tree)]), (), (), ())
    past = TimeSpan("2025-05-29", "2025-05-29", Span(begin, begin + len("Thursday")))
    later = TimeSpan("2025-07-01", "2025-07-01", Span(0, 4))
    assert (coming(past, page).begin, coming(later, page).begin) == ("2025-06-05", "2025-07-01")


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "Who expressed doubts about the frigate?",
            marks=pytest.mark.xfail(strict=True, reason="shows, as likely, who had doubts about something else"),
        ),
        "How many fishermen were hurt according to Peru?",
        "Whose resignation did the navy announce?",
        "Did Peru sell its harbour?",
        "On what condition would Bolivia send trawlers?",
    ],
)
def test_what_is_not_told_stays_without_an_answer(graph: kg.Graph, nlp: Language, question: str) -> None:
    reply = graph.ask(question, nlp=nlp)
    assert not reply.answers and len(reply.suggestions) == 5


def test_what_may_be_is_never_certain() -> None:
    row = [{"confidence": "1"}]
    assert is_certain(Reading("What did they do?", "object"), "sue", row)
    assert not is_certain(Reading("What might they do?", "object"), "sue", row)


def test_an_office_without_a_name_is_nobody_for_certain() -> None:
    asked, row = Reading("Who questioned it?", "agent"), [{"confidence": "1"}]
    assert not is_certain(asked, "Incoming chair", row)
    assert is_certain(asked, "Dick Durbin", row) and is_certain(asked, "Dockers", row)
