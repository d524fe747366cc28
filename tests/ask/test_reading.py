"""How questions are taken apart, and what is said of those that cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

import kg
from kg.asking import read_question
from kg.asking.words import spellings, stem, words

TODAY = date(2025, 5, 27)


@pytest.mark.parametrize(
    ("question", "wanted", "lemmas"),
    [
        ("Who closed the bridge?", "agent", ("close",)),
        ("What did the mayor close?", "object", ("close",)),
        ("When was the bridge closed?", "time", ("close",)),
        ("Where did the ministers meet?", "place", ("meet",)),
        ("In which town did the ministers meet?", "place", ("meet",)),
        ("In which month did the ministers meet?", "time", ("meet",)),
        ("On what day was the bridge closed?", "time", ("close",)),
        ("What did the rebels shell the bridge with?", "instrument", ("shell",)),
        ("Why did the minister resign?", "cause", ("resign",)),
        ("How many sailors were rescued?", "number", ("rescue",)),
        ("How many of the sailors were rescued?", "number", ("rescue",)),
        ("Can Chad close the bridge?", "truth", ("close",)),
        ("How often did Norway invite Chad?", "count", ("invite",)),
        ("Did Norway invite Chad?", "truth", ("invite",)),
        ("What happened on 3 May 2025?", "happening", ()),
        ("Which offers did Chad refuse?", "initiative", ("refuse",)),
        ("What do Norway and Chad disagree on?", "difference", ("disagree",)),
        ("Which articles mention Chad?", "document", ("mention",)),
        ("Who was the first to offer help?", "agent", ("offer",)),
    ],
)
def test_the_wh_word_is_what_is_wanted(nlp: Language, question: str, wanted: str, lemmas: tuple[str, ...]) -> None:
    reading = read_question(question, nlp, today=TODAY)
    assert (reading.problem, reading.wanted, reading.lemmas) == ("", wanted, lemmas)


def test_every_word_that_says_something_narrows(nlp: Language) -> None:
    reading = read_question("Who offered Chad two red lorries near Oslo last week?", nlp, today=TODAY)
    kept = {word for phrase in reading.phrases for word in (*phrase.names, *phrase.words)} | set(reading.words)
    assert {"Chad", "two", "red", "lorries", "Oslo"} <= kept
    assert reading.window is not None and reading.window.begin == "2025-05-19"


@pytest.mark.parametrize(
    ("words_of_time", "begin", "end", "open"),
    [
        ("on 3 May 2025", "2025-05-03", "2025-05-03", False),
        ("before 3 May 2025", "", "2025-05-03", True),
        ("after 3 May 2025", "2025-05-03", "", True),
        ("in May 2025", "2025-05", "2025-05", False),
        ("after the talks of 3 May 2025", "2025-05-03", "", True),
    ],
)
def test_days_are_bounds(nlp: Language, words_of_time: str, begin: str, end: str, open: bool) -> None:
    window = read_question(f"Who closed the bridge {words_of_time}?", nlp, today=TODAY).window
    assert window is not None and (window.begin, window.end, window.open) == (begin, end, open)


@pytest.mark.parametrize(
    "question", ["Is peace possible?", "How old is Ana?", "Compare all.", "What do you think?", "Did he resign?"]
)
def test_what_is_no_question_of_events_is_refused_with_a_reason(nlp: Language, question: str) -> None:
    assert read_question(question, nlp, today=TODAY).problem


def test_a_name_that_nobody_bears_is_told(graphs: dict[str, kg.Graph], nlp: Language) -> None:
    reply = graphs["river"].ask("Did Atlantis reject the accord?", nlp=nlp)
    assert (reply.outcome, reply.answers) == ("not understood", ())
    assert "Atlantis" in reply.reason


def test_slots_of_suggested_questions_are_filled(graphs: dict[str, kg.Graph], nlp: Language) -> None:
    reply = graphs["river"].ask("Did Ruto threaten Sudan in August 2023?", nlp=nlp)
    assert not reply.answers
    filled = [dict(one.params) for one in reply.suggestions]
    assert any("Ruto" in params.values() for params in filled)
    assert any((params.get("from"), params.get("until")) == ("2023-08-01", "2023-08-31") for params in filled)


def test_likely_answers_are_marked(graphs: dict[str, kg.Graph], nlp: Language) -> None:
    reply = graphs["istanbul"].ask("Who did Zelenskyy ask to tighten sanctions on Moscow?", nlp=nlp)
    assert [(answer.text, answer.certain) for answer in reply.answers] == [("Western governments", False)]
    assert not reply.certain


def test_words_are_compared_by_their_stems() -> None:
    assert stem("proposed") == stem("proposes") and spellings("three") == ("3", "three")
    assert "refuse" in words().lemmas("reject") and "accept" in words().opposites("reject")
    # "say" is answered by what somebody announced, but "announce" not by what somebody said
    assert "announce" in words().lemmas("say") and "say" not in words().lemmas("announce")
