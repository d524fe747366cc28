"""Questions that name a deed by a noun or by another word, and answers that follow each other in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from spacy.language import Language

import kg
from kg.asking import read_question
from kg.asking.forms import form_of
from kg.asking.relatives import related
from kg.asking.wordnet import relatives_of
from kg.asking.words import NUMBERS

FIRST = (
    "The town council of Varde rejected a plan of the railway company Nordbane to close the station on Monday. Mayor "
    "Lise Krogh called the plan an insult. Nordbane had presented it in May.\n\n"
    "A storm killed nine people in Varde on Sunday, the fire service said. The police union spoke of 12 dead.\n"
)
LATER = (
    "The town council of Varde accepted the plan of Nordbane to close the station on Thursday. In return the company "
    "will build a new school. Krogh announced that she would retire in January.\n\n"
    "The storm of last week has killed 14 people, the fire service said. Thirty-two people are still missing.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-06-03-varde.txt": FIRST, "2025-06-13-varde.txt": LATER})


@pytest.mark.parametrize(
    ("question", "form", "actor", "topic"),
    [
        ("What was Norway's reaction to the offer?", "reaction", ["Norway"], ["offer"]),
        ("How did the workers respond to the closure?", "reaction", ["workers"], ["closure"]),
        ("Has there been any response from Chad?", "reaction", ["Chad"], []),
        ("What is Norway going to do next?", "intention", ["Norway"], []),
        ("What did the talks lead to?", "outcome", [], ["talks"]),
        ("What became of the offer?", "outcome", [], ["offer"]),
        ("What led to the strike?", "cause", [], ["strike"]),
        ("How long did the strike last?", "duration", [], ["strike", "last"]),
    ],
)
def test_a_turn_of_phrase_stands_for_a_deed(
    nlp: Language, question: str, form: str, actor: list[str], topic: list[str]
) -> None:
    found = form_of(read_question(question, nlp, today=None))
    assert found is not None and found.name == form
    assert [one.text for one in found.actor] == actor
    assert [one.text for one in found.topic if one.text != "last"] == [one for one in topic if one != "last"]


def test_what_was_answered_last_stands_and_what_came_before_is_told(graph: kg.Graph, nlp: Language) -> None:
    [one] = graph.ask("Did the town council of Varde accept the plan?", nlp=nlp).answers
    assert (one.text, one.certain) == ("yes", False)
    assert any("rejected" in quote.text for quote in one.before) and all(
        "accepted" in quote.text for quote in one.quotes
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was Krogh's reaction to the plan?", "insult"),
        pytest.param(
            "What will Krogh do next?",
            "retire",
            marks=pytest.mark.xfail(reason="the network takes what the company will do for it", strict=True),
        ),
        ("How many people did the storm kill according to the police union?", "12"),
    ],
)
def test_a_sentence_answers_in_other_words_and_is_never_certain(
    graph: kg.Graph, nlp: Language, question: str, told: str
) -> None:
    [one] = graph.ask(question, nlp=nlp).answers
    assert told in one.text and not one.certain


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "What was Krogh's reaction to the flood?",
            marks=pytest.mark.xfail(reason="the network takes her only reaction for the one to it", strict=True),
        ),
        "Who did the storm rescue?",
        "When did Krogh sell the school?",
    ],
)
def test_a_sentence_about_something_else_is_no_answer(graph: kg.Graph, nlp: Language, question: str) -> None:
    assert not graph.ask(question, nlp=nlp).answers


def test_relatives_are_read_off_the_files_of_wordnet(tmp_path: Path) -> None:
    verb = "00000010 41 v 02 shut 0 close 0 001 + 00000020 n 0201 01 + 08 00 | gloss\n"
    noun = "00000020 04 n 01 closure 0 001 + 00000010 v 0102 | gloss\n"
    (tmp_path / "data.verb").write_text("  licence\n" + verb, encoding="utf-8")
    (tmp_path / "data.noun").write_text(noun, encoding="utf-8")
    (tmp_path / "index.verb").write_text("close v 1 1 + 1 3 00000010\nshut v 1 1 + 1 2 00000010\n", encoding="utf-8")
    (tmp_path / "index.noun").write_text("closure n 1 1 + 1 1 00000020\n", encoding="utf-8")
    lines = [line for line in relatives_of(tmp_path).splitlines() if not line.startswith("#")]
    assert lines == ["v\tclose\tclosure,shut", "v\tshut\tclose", "n\tclosure\tclose"]


def test_a_word_is_related_to_what_may_mean_it_and_to_nothing_else() -> None:
    assert related("cheat", "v", "defraud", "v") and related("reaction", "n", "react", "v")
    assert not related("cheat", "v", "arrive", "v")
    assert NUMBERS["thirty-one"] == "31" and NUMBERS["seven"] == "7"


def test_a_refusal_beside_a_consent_of_the_same_is_not_certain(tmp_path: Path, nlp: Language) -> None:
    text = "Norway and Chad have agreed to reopen the pipeline. Chad had rejected the same terms in June.\n"
    (tmp_path / "2025-10-02-pipe.txt").write_text(text, encoding="utf-8")
    with kg.build([tmp_path / "2025-10-02-pipe.txt"], graph=tmp_path / "graph", nlp=nlp) as graph:
        answers = graph.ask("Did Chad accept the terms?", nlp=nlp).answers
        assert answers and not any(one.certain for one in answers)
