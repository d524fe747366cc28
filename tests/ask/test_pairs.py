"""The network that reads question and sentence together: what it says, and how it is learned, in a tiny run."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from kg.asking.pairs import BEFORE, QUESTION, SENTENCE, frame, judge_pair
from kg.language import analyse
from kg.language.context import encoder_of
from kg.language.training.passages import read_passages
from tests.ask.answers.asked import Pair, pairs_of, read_questions
from tests.ask.answers.clauses import Text
from tests.ask.answers.made import maker_of, questions_of
from tests.ask.answers.words import Forms, others_for, unlike
from tests.ask.scoring import texts

CORPUS = Path(__file__).parents[2] / "corpus"
TOLD = "The ferry company dismissed the captain in Sundvik on Monday because he had been drinking."
BEFORE_IT = "The Skagen ran aground last week."
TREEBANK = "1\tdrew\tdraw\tVERB\tVBD\n2\tdrawn\tdraw\tVERB\tVBN\n"


def test_who_is_asked_for_is_told_by_the_sentence_that_tells_it() -> None:
    right = judge_pair("Who fired the captain?", TOLD, BEFORE_IT)
    assert right > judge_pair("Who fired the captain?", "The harbour office in Sundvik is closed on Monday.", TOLD)
    assert right > judge_pair("Who elected the captain?", TOLD, BEFORE_IT)
    assert right == judge_pair("Who fired the captain?", TOLD, BEFORE_IT)


def test_long_texts_are_cut_to_what_is_read() -> None:
    shim = encoder_of()
    assert shim is not None and shim.pieces is not None
    row = frame(shim.pieces, "why " * 99, "it " * 999, "old " * 99)
    assert [int((row.parts == part).sum()) for part in range(3)] == [QUESTION + 2, SENTENCE + 1, BEFORE]
    assert len(row.ids) == len(row.layouts) == len(row.parts)


def test_questions_of_the_corpus_have_their_answer_in_the_passage() -> None:
    told = [line for line in (CORPUS / "questions.txt").read_text(encoding="utf-8").splitlines() if " | " in line]
    asked = read_questions(CORPUS)
    assert len(asked) == len([line for line in told if not line.startswith("#")]) == len(set(asked))
    for question, line in zip(asked, (line for line in told if not line.startswith("#")), strict=True):
        assert bool(question.right) != line.endswith(" | -"), line
    train = {p.id for path in CORPUS.glob("*-train.jsonl.gz") for p in read_passages(path)}
    assert {one.passage for one in asked} <= train - set(texts())


def test_a_question_is_paired_with_its_answer_and_with_others() -> None:
    for question in read_questions(CORPUS)[:40]:
        found = pairs_of([question], random.Random(0))
        assert sum(pair.right for pair in found) == bool(question.right)
        assert all((pair.sentence in question.sentences) and pair.question == question.text for pair in found)
        assert any(not pair.right for pair in found)


def test_questions_are_made_of_clauses(nlp: Language, tmp_path: Path) -> None:
    treebank = tmp_path / "some.conllu"
    treebank.write_text(TREEBANK, encoding="utf-8")
    forms = Forms(treebank)
    assert [forms.past(verb) for verb in ("draw", "carry", "stop", "hand over")] == [
        "drew", "carried", "stopped", "handed over",
    ]  # fmt: skip
    assert forms.participle("draw") == "drawn"
    [doc] = analyse(nlp, [f"{BEFORE_IT} {TOLD}"])
    text = Text(doc)
    found = [
        pair
        for seed in range(20)
        for pair in questions_of(text, maker_of([text], forms, random.Random(seed)))
        if pair.right
    ]
    assert {pair.sentence for pair in found} <= {BEFORE_IT, TOLD}
    assert any(pair.question.startswith("What dismissed the captain") for pair in found)
    assert any(pair.question.startswith(("When did", "Where did", "Why did")) for pair in found)


def test_other_words_are_like_and_unlike() -> None:
    assert "refuse" in others_for("v", "reject")
    near = unlike("reject", ("accept", "refuse", "discuss", "sail"))
    assert "accept" in near and "refuse" not in near


def test_the_network_learns_and_its_file_says_the_same() -> None:
    torch = pytest.importorskip("torch")
    import onnxruntime

    from kg.language.training.minilm import pretrained
    from tests.ask.answers.learning import Round, learn
    from tests.ask.answers.network import AnswerNet, graph_of

    torch.manual_seed(0)
    torch.set_num_threads(1)
    shim = encoder_of()
    assert shim is not None and shim.pieces is not None
    net = AnswerNet(pretrained()[0], shim.parts)
    rows = [frame(shim.pieces, "Who fired the captain?", one, "") for one in (TOLD, BEFORE_IT)]
    pairs = [Pair("Who fired the captain?", TOLD, "", True), Pair("Who fired the captain?", BEFORE_IT, "", False)]
    learn(net, shim.pieces, lambda _: pairs, Round(epochs=8, rate=2e-4, batch=2, drop=0.0))
    with torch.no_grad():
        right, wrong = net(rows).tolist()
    assert right > wrong
    session = onnxruntime.InferenceSession(graph_of(net), providers=["CPUExecutionProvider"])
    tables = {name: np.array(shim.parts[name], np.float32) for name in ("words", "scales", "positions", "layouts")}
    for row, score in zip(rows, (right, wrong), strict=True):
        embedded = tables["words"][row.ids] * tables["scales"][row.ids] + tables["positions"][: len(row.ids)]
        embedded += tables["layouts"][row.layouts]
        [told] = session.run(None, {"embedded": embedded, "parts": row.parts})
        assert float(told[0]) == pytest.approx(score, abs=0.15)
