"""Who does what by the tree alone, what is read so, and the second look at parties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from spacy.language import Language

import kg
from kg.asking.roles import Parts, parts_of
from kg.extract.syntax.tree import Tree, read_tree
from kg.language import analyse as parse

TEXT = (
    "The harbour board was chaired by Runa Falk, a shipowner. Dockers delayed the departure of two ferries.\n\n"
    "Gesa Holt, the finance minister of Arland, did not join the strike. Envoys from Arland met at the request of "
    "Tom Beck on Monday. The court fined the Falk Line 3 million crowns. Holt criticised the fine.\n"
)


@pytest.fixture(scope="module")
def graph(graph_of: Callable[[Mapping[str, str]], kg.Graph]) -> kg.Graph:
    return graph_of({"2025-05-14-falk.txt": TEXT})


def read(nlp: Language, text: str, lemma: str) -> tuple[Tree, Parts]:
    [doc] = parse(nlp, [text])
    tree = read_tree(doc)
    return tree, parts_of(tree, tree.lemma.index(lemma))


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "done", "status"),
    [
        ("The minister was dismissed by the king.", "dismiss", ["king"], ["minister"], "told"),
        ("Mali, Niger and Chad signed the accord.", "sign", ["Mali", "Niger", "Chad"], ["accord"], "told"),
        ("The mayor asked the police to leave the square.", "leave", ["police"], ["square"], "open"),
        ("The bank refused to publish the letter.", "publish", ["bank"], ["letter"], "denied"),
        ("The king did not visit the town.", "visit", ["king"], ["town"], "denied"),
        ("The king came home and dismissed the minister.", "dismiss", ["king"], ["minister"], "told"),
    ],
)
def test_parts_are_read_off_the_tree(
    nlp: Language, text: str, lemma: str, subject: list[str], done: list[str], status: str
) -> None:
    tree, parts = read(nlp, text, lemma)
    assert [tree.word[at] for at in parts.subject] == subject
    assert [tree.word[at] for at in parts.object] == done
    assert parts.status == status


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who headed the harbour board?", "Runa Falk"),
        ("What did the dockers postpone?", "departure"),
        ("Did the finance minister of Arland join the strike?", "no"),
        ("How much was the Falk Line fined?", "3"),
    ],
)
def test_what_is_told_otherwise_is_found(graph: kg.Graph, nlp: Language, question: str, answer: str) -> None:
    [one] = graph.ask(question, nlp=nlp).answers
    assert answer in one.text


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "Who headed the finance ministry?",
            marks=pytest.mark.xfail(reason="the network takes whoever heads anything for the answer", strict=True),
        ),
        "Did Tom Beck join the strike?",
    ],
)
def test_what_fills_a_part_with_somebody_else_gives_no_answer(graph: kg.Graph, nlp: Language, question: str) -> None:
    assert not graph.ask(question, nlp=nlp).answers


def test_who_stands_in_an_adjunct_is_no_certain_party(graph: kg.Graph, nlp: Language) -> None:
    answers = graph.ask("Who met on Monday?", nlp=nlp).answers
    assert answers and not any(one.certain for one in answers if "Beck" in one.text)


def test_whom_a_pronoun_means_and_what_begins_with_a_day_are_never_certain(tmp_path: Path, nlp: Language) -> None:
    text = "Governor Ivo Lund thanked Ada Brix. She accused Olin Fay of theft. A truce was agreed on 16 May in Tarn.\n"
    (tmp_path / "2025-05-20-tarn.txt").write_text(text, encoding="utf-8")
    with kg.build([tmp_path / "2025-05-20-tarn.txt"], graph=tmp_path / "graph", nlp=nlp) as graph:
        accuser = graph.ask("Who accused Olin Fay?", nlp=nlp)
        assert accuser.answers and not accuser.certain
        thanked = graph.ask("Who did Ivo Lund thank?", nlp=nlp)
        assert [(one.text, one.certain) for one in thanked.answers] == [("Ada Brix", True)]
        agreed = graph.ask("What was agreed on 16 May?", nlp=nlp).answers
        assert not any(one.certain for one in agreed if one.text.startswith("16 May"))
