"""Several questions asked as one: each has its answer, or what else tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from spacy.language import Language

import kg
from kg.asking.several import apart, is_firm, naming, of_each

TEXT = (
    "The mayor of Tarvik, Ada Brix, asked the government for £8m in flood aid. The floods minister, Ivo Lund, visited "
    "the town on Tuesday and promised the mayor £3m. Ada Brix praised him. The Red Front prolonged its truce "
    "with Norland by 90 days. Norland had wanted 180 days.\n"
)
KINDS = ("strike", "pay", "press", "crane", "night", "youth", "pension", "safety")
STRIKE = (
    "The port workers of Sandvik have asked the harbour company for a raise of six per cent, their union said.\n\n"
    "The company's director, Jon Falk, rejected the demand on Friday and offered two per cent.\n\n"
    "The town's council elected a new chairman, and the library opened a reading room.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-tarvik.txt": TEXT})


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How many lorries crossed according to Oslo, and how many according to Chad?",
            ("How many lorries crossed according to Oslo?", "How many lorries crossed according to Chad?"),
        ),
        (
            "By how many days did Oslo prolong the truce, and how many had Chad wanted?",
            ("By how many days did Oslo prolong the truce?", "How many days had Chad wanted?"),
        ),
        (
            "How many men did Oslo send and how many ships?",
            ("How many men did Oslo send?", "How many ships did Oslo send?"),
        ),
        (
            "What did Oslo ask for, and did Chad agree to it?",
            ("What did Oslo ask for?", "Did Chad agree to it?"),
        ),
        (
            "Did the court fine the mine, and on what ground?",
            ("Did the court fine the mine?", "On what ground did the court fine the mine?"),
        ),
        (
            "What did Oslo want, what did Chad offer, and who gave way?",
            ("What did Oslo want, what did Chad offer?", "Who gave way?"),
        ),
        ("What did Oslo offer, and has Chad accepted?", ("What did Oslo offer?", "Has Chad accepted?")),
        ("Has the mill been sold, and to whom?", ("Has the mill been sold?", "To whom has the mill been sold?")),
        (
            "Which minister was dismissed, and is tried in May?",
            ("Which minister was dismissed, and is tried in May?",),
        ),
        ("Who proposed the truce and the talks?", ("Who proposed the truce and the talks?",)),
        ("Who met the man on whom Chad relied?", ("Who met the man on whom Chad relied?",)),
    ],
)
def test_questions_are_taken_apart(question: str, parts: tuple[str, ...]) -> None:
    assert apart(question) == parts


@pytest.mark.parametrize(
    ("question", "later"),
    [
        ("How much aid did the mayor ask for, and how much was she promised?", "How much aid was the mayor promised?"),
        (
            "How much flood aid did the mayor want, and how much was she promised?",
            "How much flood aid was the mayor promised?",
        ),
        ("Whom did Ada Brix meet, and what did they demand?", "What did they demand?"),
        ("What did Ada Brix say about Ivo Lund, and when did he resign?", "When did he resign?"),
        ("What sentence did the state want for Ivo Lund, and what did he get?", "What did Ivo Lund get?"),
        (
            "What did Ada Brix say, and when Ivo Lund resigned, what did he say?",
            "When Ivo Lund resigned, what did he say?",
        ),
        ("What did the minister say about Ada Brix, and why did he resign?", "Why did he resign?"),
        ("What did Ada Brix ask her father for, and what did he give her?", "What did he give her?"),
        ("How much aid did the mayor ask the minister for, and what did he say?", "What did he say?"),
        ("When did the strike begin in Tarvik, and when did she join it?", "When did she join it?"),
        ("What did the mayor and the minister sign, and when did she leave?", "When did she leave?"),
        ("Which minister sold the port in March, and when did he resign?", "When did he resign?"),
        ("What did she say when the minister resigned, and how did she react to it?", "How did she react to it?"),
        ("When did the strike begin, and how long will it take to end it?", "How long will it take to end it?"),
        ("How many ships did Oslo buy, and how much did it pay for them?", "How much did it pay for them?"),
    ],
)
def test_a_pronoun_gives_way_to_whom_the_first_is_about_where_it_can_mean_nobody_else(
    nlp: Language, question: str, later: str
) -> None:
    assert naming(apart(question), nlp)[1] == later


@pytest.mark.parametrize(
    "question",
    [
        "Is what Chad promised and what Oslo demanded the same?",
        "Did the Red Cross and WHO send aid to Chad?",
        "Who met Ada Brix, Ivo Lund, and Will Smith in Paris?",
        "Which company bought the mill, and has the largest fleet?",
        "Who led the Red Front, and is the president of Norland?",
        "Who signed the deal under which Chad pays and under which Oslo leaves?",
        "Did the minister say whether Chad had paid and who won the vote?",
        "Did police say how many died and how many fled?",
        "Why did Trump leave Unesco and the WHO?",
        'Who coined "what goes up, and what comes down"?',
    ],
)
def test_a_question_within_another_is_left_whole(question: str) -> None:
    assert apart(question) == (question,)


def test_what_is_too_long_is_left_whole() -> None:
    for often in (4, 40):
        long = "What did Oslo say" + " and what did Chad say" * often + "?"
        assert apart(long) == (long,)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much did the mayor ask for, and how much was she promised?", ("8m", "3m")),
        ("By how many days did the Red Front prolong its truce, and how many had Norland wanted?", ("90", "180")),
    ],
)
def test_each_is_answered(graph: kg.Graph, nlp: Language, question: str, words: tuple[str, str]) -> None:
    told = [one.text for one in graph.ask(question, nlp=nlp).answers]
    assert all(any(word in text for text in told) for word in words), told


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did the port workers want, and how did the company respond?", ("six per cent", "rejected")),
        ("What do the dockers ask for, and how much did Jon Falk offer?", ("six per cent", "two per cent")),
    ],
)
def test_a_part_that_says_too_little_by_itself_is_read_with_the_others(
    graph_of: Callable[[Mapping[str, str]], kg.Graph], nlp: Language, question: str, words: tuple[str, str]
) -> None:
    reply = graph_of({"2025-05-14-sandvik.txt": STRIKE}).ask(question, nlp=nlp)
    told = [one.text for one in reply.answers]
    assert all(any(word in text for text in told) for word in words) and not any("library" in one for one in told), told


def test_parts_that_are_shorter_than_the_whole_are_read_in_other_windows(
    graph_of: Callable[[Mapping[str, str]], kg.Graph], nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.asking.features._JUDGED", 3)
    more = "".join(
        f"The union's {kind} committee met for {('an', 'a very long')[at % 2]} hour and told its members nothing.\n"
        for at, kind in enumerate(2 * KINDS)
    )
    graph = graph_of({"2025-05-14-sandvik.txt": f"{more}\n{STRIKE}\n{more}"})
    long = "which stand in the town of Sandvik beside the old fish market and the cold stores of the northern quay"
    question = f"What did the port workers want of the harbour company whose cranes, {long}, and how did it respond?"
    assert len(apart(question)) == 2 and graph.ask(question, nlp=nlp).answers


@pytest.mark.parametrize(
    "question",
    [
        "Who visited the town on Tuesday, and what did the Pope eat in Lima?",
        "Who asked the minister who visited the town and who prolonged the truce?",
        "Who praised the minister who promised money and who visited the town on Tuesday?",
    ],
)
def test_what_answers_a_part_of_what_may_be_one_question_is_never_certain(
    graph: kg.Graph, nlp: Language, question: str
) -> None:
    told = [graph.ask(part, nlp=nlp) for part in apart(question)]
    reply = graph.ask(question, nlp=nlp)
    assert any(one.answers for one in told) and reply.answers and all(one.quotes for one in reply.answers)
    assert not any(one.certain for one in reply.answers)


def test_what_is_surely_two_questions_may_have_certain_answers(graph: kg.Graph, nlp: Language) -> None:
    question = "Who prolonged the truce, and who visited the town on Tuesday?"
    assert is_firm(question, apart(question))
    single = [one.answers for part in apart(question) for one in [graph.ask(part, nlp=nlp)]]
    assert graph.ask(question, nlp=nlp).answers == tuple(answer for answers in single for answer in answers)
    closed = "Who prolonged the truce, and did Ada Brix praise him?"
    assert len(apart(closed)) == 2 and not is_firm(closed, apart(closed))
    assert not is_firm(question, ("Who prolonged the truce?", "Who visited Ada Brix?"))
    assert not is_firm("Who met the man who left, and who sang?", ("Who met the man who left?", "Who sang?"))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "On what day did Oslo, Chad and the rebels each agree?",
            ("On what day did Oslo agree?", "On what day did Chad agree?", "On what day did the rebels agree?"),
        ),
        (
            "Which towns do the rebels and the army each hold?",
            ("Which towns do the rebels hold?", "Which towns does the army hold?"),
        ),
        ("What did Oslo and Chad offer each worker?", ()),
        ("What did each of them offer?", ()),
    ],
)
def test_what_is_asked_of_each_is_asked_of_one_after_the_other(
    question: str, parts: tuple[str, ...], nlp: Language
) -> None:
    assert of_each(question, nlp) == parts
