"""What people ask of the corpora: how much is answered rightly, and that nothing wrong is given as certain."""

from __future__ import annotations

import os

import pytest
from spacy.language import Language

import kg
from kg.asking import Reply
from tests.ask.scoring import CORPORA, Asked, has_gold, judge, read_questions, texts

ALL = os.environ.get("KG_ALL_QUESTIONS") == "1"
"""Whether all questions are asked (`make questions`, a quarter of an hour).

Otherwise the newest rounds are, those held that have an answer, and every third of the others.
"""
NEWEST = ("twentieth", "twentyfirst", "twentysecond", "twentythird")
EVERY = tuple(read_questions())
QUESTIONS = tuple(
    one for at, one in enumerate(EVERY) if ALL or one.part in NEWEST or (one.held and one.answerable) or at % 3 == 0
)
TEXTS = texts()
LEAST = {False: 0.93, True: 0.90}
"""The share of answerable questions that has to be right, of those that were looked at and of those that were not."""

FRESH = {
    "round1": 0.88,
    "round2": 0.76,
    "half1": 0.88,
    "half2": 0.77,
    "third": 0.68,
    "fourth": 0.7,
    "fifth": 0.75,
    "sixth": 0.72,
    "seventh": 0.78,
    "eighth": 0.72,
    "ninth": 0.74,
    "tenth": 0.64,
    "eleventh": 0.62,
    "twelfth": 0.64,
    "thirteenth": 0.66,
    "fourteenth": 0.7,
    "fifteenth": 0.72,
    "sixteenth": 0.74,
    "seventeenth": 0.62,
    "eighteenth": 0.6,
    "nineteenth": 0.6,
    "twentieth": 0.74,
    "twentyfirst": 0.6,
    "twentysecond": 0.57,
    "twentythird": 0.4,
    "learn": 0.5,
}
"""The same of rounds of fresh questions.

Before anything was mended for them 52%, 60%, 16%, 64%, 65%, 46%, 50%, 31%, 35%, 44%, 36%, 55%, 52%, 48%,
70%, 67%, 68%, 75%, 67%, 55%, 63%, 80%, 63%, 60% and 42% were right (half of the last ask for two things at once);
"learn" was written to learn from (23%).
"""


def _older(one: Asked) -> bool:
    return one.answerable and one.part not in FRESH


@pytest.fixture(scope="module")
def replies(graphs: dict[str, kg.Graph], nlp: Language) -> dict[Asked, Reply]:
    return {asked: graphs[asked.corpus].ask(asked.question, nlp=nlp) for asked in QUESTIONS}


def test_there_are_enough_and_a_third_has_no_answer() -> None:
    assert len(EVERY) >= 500 and {asked.corpus for asked in QUESTIONS} == set(CORPORA)
    assert sum(not asked.answerable for asked in EVERY) >= 0.33 * len(EVERY)
    assert sum(asked.held for asked in EVERY) >= 100
    told = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in CORPORA.values())
    assert len(TEXTS) == told  # each has an id of its own


@pytest.mark.parametrize("held", [False, True])
def test_most_answerable_questions_are_answered_rightly(replies: dict[Asked, Reply], held: bool) -> None:
    told = {one: judge(one.gold, reply)[0] for one, reply in replies.items() if _older(one) and one.held is held}
    missed = [one.question for one, right in told.items() if not right]
    assert sum(told.values()) / len(told) >= LEAST[held], None if held else missed


@pytest.mark.parametrize("part", [part for part in FRESH if ALL or part in NEWEST])
def test_fresh_questions_are_mostly_answered_rightly(replies: dict[Asked, Reply], part: str) -> None:
    told = [judge(one.gold, reply)[0] for one, reply in replies.items() if one.answerable and one.part == part]
    assert len(told) >= 30 and sum(told) / len(told) >= FRESH[part]


def test_most_questions_without_an_answer_get_none(replies: dict[Asked, Reply]) -> None:
    told = {one: judge(one.gold, reply)[0] for one, reply in replies.items() if not one.answerable}
    hardest = ("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", *NEWEST)
    newer = ("eleventh", "twelfth", "thirteenth", "fourteenth", *hardest)
    older = [right for one, right in told.items() if one.part not in ("tenth", *newer)]
    assert sum(older) / len(older) >= 0.87  # it was 0.92 when a sentence had to be twice as likely as none to be shown
    tenth = [right for one, right in told.items() if one.part not in newer]
    assert sum(tenth) / len(tenth) >= 0.85  # 0.86 with 826 of 1,050 right, now 883
    known = [right for one, right in told.items() if one.part not in hardest]
    assert sum(known) / len(known) >= 0.83
    before = [right for one, right in told.items() if one.part not in NEWEST]
    assert sum(before) / len(before) >= (0.815 if ALL else 0.8)  # the newest are the hardest, and all are asked
    assert sum(told.values()) / len(told) >= (0.8 if ALL else 0.78)


def test_nothing_wrong_is_given_as_certain(replies: dict[Asked, Reply]) -> None:
    wrong = {one.question: reply.answers for one, reply in replies.items() if judge(one.gold, reply)[1]}
    assert not wrong, wrong


def test_every_answer_has_sentences_of_its_article_and_the_query_that_found_it(replies: dict[Asked, Reply]) -> None:
    for reply in replies.values():
        for answer in reply.answers:
            assert reply.sparql and answer.quotes
            if reply.sparql.startswith("#+"):  # a question of the library: it names articles
                continue
            assert all(quote.text in TEXTS[quote.source] for quote in answer.quotes), reply.question


def test_what_has_no_answer_gets_the_five_nearest_questions(replies: dict[Asked, Reply]) -> None:
    for reply in replies.values():
        if not reply.answers:
            assert reply.reason and len(reply.suggestions) == 5, reply.question
            assert len({one.name for one in reply.suggestions}) == 5


def test_passages_often_tell_what_is_not_answered_and_are_seldom_shown_for_nothing(replies: dict[Asked, Reply]) -> None:
    refused = {one: reply for one, reply in replies.items() if reply.outcome != "answered"}
    told = [
        any(has_gold(one.gold, passage.text) for passage in reply.passages)
        for one, reply in refused.items()
        if one.answerable
    ]
    assert sum(told) / len(told) >= 0.52  # 0.55 before the newest, of which 16 are refused
    shown = {one: bool(reply.passages) for one, reply in refused.items() if not one.answerable}
    assert sum(shown.values()) / len(shown) <= (0.38 if ALL else 0.43)  # the newest are the hardest, and all are asked
    older = [seen for one, seen in shown.items() if one.part not in NEWEST]
    assert sum(older) / len(older) <= 0.36
    for reply in replies.values():
        assert len(reply.passages) <= 3 and not (reply.answers and reply.passages)
        assert all(passage.text in TEXTS[passage.source] for passage in reply.passages)


def test_the_query_shown_gives_the_answer_again(graphs: dict[str, kg.Graph], replies: dict[Asked, Reply]) -> None:
    checked = [(one, reply) for one, reply in replies.items() if reply.answers and "\n\n" not in reply.sparql][::9]
    assert len(checked) > 10
    for one, reply in checked:
        if not reply.sparql.startswith("#"):
            found = {row["answer"] for row in graphs[one.corpus].query(reply.sparql) if row["answer"]}
            assert found, one.question
