"""The sentence that most likely answers: chosen where nothing tells the deed by its word, and never certain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pytest
from spacy.language import Language

import kg
from kg.asking import Answer, Quote, Reading, ranking, read_question
from kg.asking.features import ASKED, NAMES, Held
from kg.asking.kinds import kind_of
from kg.asking.naming import Naming
from kg.asking.ranking import rank_answers, weigh_answers
from kg.asking.texts import Texts
from kg.questions import names_of
from tests.ask import learn
from tests.ask.scoring import Asked

TEXT = (
    "Bakers in Sundvik downed tools on Monday because the price of flour had tripled. Their spokeswoman, Runa Dahl, "
    "urged the council to cap it. The mill at Holt is to grind again from 3 June, its owner announced. Two bakers were "
    "taken to hospital after an oven burst in the old harbour.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-sundvik.txt": TEXT})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Why did the bakers in Sundvik stop baking?", "flour"),
        ("When will the mill at Holt resume its work?", "3 June"),
        ("Who was brought to hospital?", "oven"),
    ],
)
def test_the_sentence_that_tells_it_in_other_words_comes_first(
    graph: kg.Graph, nlp: Language, monkeypatch: pytest.MonkeyPatch, question: str, told: str
) -> None:
    monkeypatch.setattr("kg.asking.ranking.LEAST", -9.0)
    reading, called = read_question(question, nlp, today=None), Naming(names_of(graph.reader))
    texts = Texts(graph.reader, reading, called, nlp)
    [one] = rank_answers(reading, texts.held)
    assert told in one.text and not one.certain and one.quotes[0].text in TEXT


@pytest.mark.parametrize("question", ["Who bought the mill?", "When was Runa Dahl born?", "How many sailors drowned?"])
def test_what_nothing_tells_is_more_likely_in_no_sentence(graph: kg.Graph, nlp: Language, question: str) -> None:
    assert not graph.ask(question, nlp=nlp).answers


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did the bakers go on strike?", "yes"),
        ("Were two bakers hurt?", "yes"),
        pytest.param(
            "Was the oven explosion in the harbour without injuries?",
            "no",
            marks=pytest.mark.xfail(reason="the network cannot tell yes from no here", strict=True),
        ),
    ],
)
def test_yes_or_no_is_read_where_nothing_tells_it_by_its_word(
    graph: kg.Graph, nlp: Language, question: str, told: str
) -> None:
    [one] = graph.ask(question, nlp=nlp).answers
    assert one.text == told and not one.certain and one.quotes


def test_a_text_that_calls_somebody_otherwise_is_read_and_found_by_its_query(graph: kg.Graph, nlp: Language) -> None:
    reply = graph.ask("Why did the bakers of the Varn Guild in Sundvik stop working?", nlp=nlp)
    [one] = reply.answers
    assert "flour" in one.text and not one.certain
    assert [row["source"] for row in graph.query(reply.sparql)] == [one.quotes[0].source]
    assert not graph.ask("Why did the bakers in Sundvik and Otto Brun divorce?", nlp=nlp).answers


TUNNEL = (
    "The Varn tunnel in the Sudra range, 14 kilometres long, was dug by convicts between 1926 and 1931. Swiss "
    "engineers had advised against it. On Thursday the Sudran transport minister, Ivo Rask, closed it for repairs.\n"
)


@pytest.fixture(scope="module")
def tunnel(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-17-varn.txt": TUNNEL})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How long is the Varn tunnel?", "14 kilometres"),
        ("What did experts from Switzerland say about building the Varn tunnel?", "advised against it"),
        ("Which official shut the Varn tunnel on Thursday?", "Ivo Rask"),
    ],
)
def test_questions_without_a_deed_a_sort_or_the_same_name_are_ranked(
    tunnel: kg.Graph, nlp: Language, question: str, told: str
) -> None:
    [one] = tunnel.ask(question, nlp=nlp).answers
    assert told in one.quotes[0].text and not one.certain


def test_a_text_is_found_by_any_name_that_it_calls_somebody(tunnel: kg.Graph, nlp: Language) -> None:
    reading = read_question("What had engineers from Switzerland advised?", nlp, today=None)
    texts = Texts(tunnel.reader, reading, Naming(names_of(tunnel.reader)), nlp)
    assert any("Swiss engineers" in one.text for one in texts.held().named)


def test_a_day_may_be_told_by_the_word_that_the_question_has_for_it(tunnel: kg.Graph, nlp: Language) -> None:
    called = Naming(names_of(tunnel.reader))
    reading = read_question("Who closed the Varn tunnel on Thursday?", nlp, today=date(2025, 7, 1))
    told = Texts(tunnel.reader, reading, called, nlp).held().candidates
    assert [one.text.split()[:2] for one in told] == [["On", "Thursday"]]
    other = read_question("Who closed the Varn tunnel on Sunday?", nlp, today=date(2025, 7, 1))
    assert Texts(tunnel.reader, other, called, nlp).held().candidates == []


def test_two_questions_in_one_get_the_answers_of_both(graph: kg.Graph, nlp: Language) -> None:
    first, second = "Why did the bakers in Sundvik down tools?", "When will the mill at Holt grind again?"
    both = graph.ask("Why did the bakers in Sundvik down tools, and when will the mill at Holt grind again?", nlp=nlp)
    assert both.answers == (*graph.ask(first, nlp=nlp).answers, *graph.ask(second, nlp=nlp).answers)
    assert len(both.answers) > 1 and both.question.endswith("grind again?")
    one = graph.ask("Why did the bakers in Sundvik down tools, and who bought the moon at once?", nlp=nlp)
    assert one.outcome != "answered" or all(answer.quotes for answer in one.answers)


def test_what_no_single_sentence_tells_is_not_ranked() -> None:
    def never() -> Held:
        raise AssertionError("no page is needed")

    assert rank_answers(Reading("Which articles mention Dahl?", "document"), never) == ()
    assert rank_answers(Reading("Did Dahl not resign?", "truth", negated=True), never) == ()


def weighed(graph: kg.Graph, nlp: Language, question: str, text: str, quote: str) -> tuple[Answer, ...]:
    reading = read_question(question, nlp, today=None)
    texts = Texts(graph.reader, reading, Naming(names_of(graph.reader)), nlp)
    return weigh_answers(reading, texts.held, [Answer(text, (Quote(quote, "sundvik"),), False)])


def test_likely_answers_stand_unless_the_network_points_elsewhere(graph: kg.Graph, nlp: Language) -> None:
    urged = next(part for part in TEXT.split(". ") if "urged" in part) + "."
    asked = "Whom did Runa Dahl urge to cap the price?"
    assert [one.text for one in weighed(graph, nlp, asked, "the council", urged)] == ["the council"]
    assert [one.text for one in weighed(graph, nlp, asked, "Their spokeswoman", urged)] == [urged]
    assert weighed(graph, nlp, "Who bought the mill at Holt?", "its owner", "The mill at Holt is to grind again") == ()


def test_the_kind_of_what_is_asked_for_is_read_off_the_wh_word() -> None:
    asked = {"How far did it fall?": "number", "How long did it last?": "long", "Where was she?": "place"}
    assert {text: kind_of(Reading(text, "object")) for text in asked} == asked


def test_weights_are_learned_that_tell_right_sentences_from_others() -> None:
    right, wrong = np.eye(len(NAMES))[:2]
    none = np.ones(1 + len(ASKED))
    told = (Asked("", "", "x", held=False), np.array([wrong, right]), none, np.array([False, True]))
    untold = (Asked("", "", "-", held=False), np.array([wrong]), none, np.array([False]))
    weights = learn.fit([told, untold])
    assert weights[0] > weights[1] and f'"{NAMES[0]}"' in learn.written(weights)


@pytest.fixture(scope="module")
def dorn(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    text = (
        "The drivers of Arrow Lines had asked for a rise of 9 per cent. The firm at first offered 4 per cent and later "
        "5.5, both of which were turned down. They have struck eleven times since March, by the union's count.\n\n"
        "Norland's clinics have been hit by the fever before. The country has dealt with outbreaks of it eight times.\n"
    )
    return graph_of({"2025-05-14-dorn.txt": text})


def test_what_the_network_takes_for_the_answer_by_far_comes_before_what_another_way_finds_likely(
    dorn: kg.Graph, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "How did the drivers answer the offer of 5.5 per cent?"
    [told] = dorn.ask(question, nlp=nlp).answers
    assert "turned down" in told.text and not told.certain
    monkeypatch.setattr(ranking, "FAR", float("inf"))
    [other] = dorn.ask(question, nlp=nlp).answers
    assert "asked for a rise" in other.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How often have the drivers of Arrow Lines struck?", "eleven times"),
        ("How often has Norland dealt with the fever?", "eight times"),
    ],
)
def test_how_often_may_be_told_by_a_sentence(dorn: kg.Graph, nlp: Language, question: str, words: str) -> None:
    [told] = dorn.ask(question, nlp=nlp).answers
    assert words in told.text and not told.certain
