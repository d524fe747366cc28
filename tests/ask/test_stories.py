"""The stories of several articles that the network learns from, and how it is asked about them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.asking.extractive import PASSAGE, judge_together
from kg.language.training.passages import read_records
from tests.ask.answers.asked import Example, Question
from tests.ask.answers.gathering import Finder, gathered
from tests.ask.answers.several import read_several
from tests.ask.answers.stories import Story, examples_of_stories, read_stories
from tests.ask.scoring import texts

CORPUS = Path(__file__).parents[2] / "corpus"
TOLD = (
    "The harbour board dismissed Jon Falk on Monday.",
    "Falk had been found asleep on the bridge.",
    "His deputy takes over.",
)
OTHERS = ("The board of the harbour in Sundvik meets on Monday.", "Ferries are late.", "Falk was born in Oslo.")


@pytest.fixture(scope="module")
def stories() -> dict[str, list[Story]]:
    return {name: read_stories(CORPUS, name) for name in ("stories.txt", "stories-dev.txt")}


def letters(text: str) -> int:
    """About as many as a text has word pieces."""
    return len(text) // 4


def holds(example: Example, gold: tuple[str, ...]) -> bool:
    """Whether each spot of an example has words of the gold."""
    return all(example.sentences[one.sentence][one.begin : one.end].lower() in gold for one in example.spots)


def test_every_question_has_its_answer_in_an_article_of_its_story(stories: dict[str, list[Story]]) -> None:
    names = {which: {one.name for one in found} for which, found in stories.items()}
    assert not names["stories.txt"] & names["stories-dev.txt"] and len(names["stories.txt"]) > 200
    assert set.union(*names.values()) == {one["story"] for one in read_records(CORPUS / "stories.jsonl.gz")}
    for name, found in stories.items():
        lines = [line for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if " | " in line]
        asked = [question for story in found for question in story.questions]
        told = [line for line in lines if not line.startswith("#")]
        assert len(asked) == len(told) == len({(one.passage, one.text) for one in asked})
        for question, line in zip(asked, told, strict=True):
            assert bool(question.right) != line.endswith(" | -"), line
        assert all(len(story.articles) >= 3 for story in found)


def test_what_asks_several_things_has_the_answer_to_each_in_a_story(stories: dict[str, list[Story]]) -> None:
    for name, part in (("several.txt", "stories.txt"), ("several-dev.txt", "stories-dev.txt")):
        found = read_several(CORPUS, name)
        asked = [question for story in found for question in story.questions]
        lines = [line for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if " | " in line]
        assert {one.name for one in found} <= {one.name for one in stories[part]}
        assert all(bool(one.right) == bool(one.gold) for one in asked)
        assert len(asked) > 1.7 * len(lines) and sum(not one.gold for one in asked) > 0.15 * len(lines)
    told = {one.text: (one.gold, one.truth) for one in asked}
    first, other = "Did Kalnbergs agree to look after the country's finances?", "Who got that portfolio in the end?"
    assert told[f"{first} {other}"][1] is False and told[f"{other} {first}"][1] is None


def test_nothing_of_a_story_stands_in_what_is_asked_about_to_judge(stories: dict[str, list[Story]]) -> None:
    judged = "\n".join(texts().values())
    told = {one for found in stories.values() for story in found for article in story.articles for one in article}
    assert not any(len(one) > 40 and one in judged for one in told)


def test_the_sentences_that_have_most_of_the_rare_words_are_found_first() -> None:
    finder = Finder((*TOLD, *OTHERS))
    assert finder.best("Whom did the harbour board dismiss?", 1) == [TOLD[0]]
    assert finder.best("Where was Falk born?", 1) == [OTHERS[2]]
    assert finder.best("Why?", 3) == []


def test_what_answers_stands_among_others_that_do_not() -> None:
    asked = Question("p", "Why was Jon Falk dismissed?", TOLD, (1,), ("found asleep",))
    places = set()
    for seed in range(20):
        example = gathered(asked, OTHERS, letters, random.Random(seed))
        assert TOLD[1] in example.sentences and example.spots and holds(example, asked.gold)
        assert set(example.sentences) <= {*TOLD, *OTHERS} and len(set(example.sentences)) == len(example.sentences)
        assert sum(map(letters, example.sentences)) <= PASSAGE
        places.add(example.sentences.index(TOLD[1]))
        without = gathered(asked, OTHERS, letters, random.Random(seed), answered=False)
        assert TOLD[1] not in without.sentences and not without.spots and without.sentences
    assert len(places) > 3


def test_a_story_is_asked_of_what_answers_and_of_what_does_not(stories: dict[str, list[Story]]) -> None:
    some = stories["stories-dev.txt"][:3]
    gold = {one.text: one.gold for story in some for one in story.questions}
    found = examples_of_stories(some, letters, random.Random(0))
    assert found == examples_of_stories(some, letters, random.Random(0))
    assert {one.question for one in found} == set(gold) and len(found) > 1.7 * len(gold)
    assert all(holds(one, gold[one.question]) and one.sentences for one in found)
    answered = [one for one in found if one.spots]
    assert 0.3 < len(answered) / len(found) < 0.7
    assert all(one.truth is None for one in found if not one.spots) and any(one.truth is False for one in answered)


def test_sentences_of_several_texts_are_weighed_side_by_side() -> None:
    told = judge_together("Why was Jon Falk dismissed?", [TOLD[0], TOLD[1], OTHERS[0]])
    assert max(range(3), key=lambda at: told[at].answers) == 1
    assert [one.answers for one in told] == [
        one.answers for one in judge_together("Why was Jon Falk dismissed?", [TOLD[0], TOLD[1], OTHERS[0]])
    ]
    assert len(judge_together("Why?", ["it " * 100] * 5)) == 2 and len(judge_together("Why?", ["it " * 300] * 2)) == 1
    assert judge_together("Why?", []) == []
