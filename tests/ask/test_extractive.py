"""The network that reads question and passage together: what it says, and how it is learned, in a tiny run."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.asking.extractive import LONGEST, PASSAGE, QUESTION, cut, frame, judge, windows
from kg.language import analyse
from kg.language.context import encoder_of
from kg.language.training.passages import read_passages, read_records
from tests.ask.answers.asked import ALSO, Example, Spot, examples_of, read_questions
from tests.ask.answers.clauses import Text
from tests.ask.answers.made import maker_of, questions_of
from tests.ask.answers.words import Forms, others_for, unlike
from tests.ask.scoring import texts

CORPUS = Path(__file__).parents[2] / "corpus"
TOLD = "The ferry company dismissed the captain in Sundvik on Monday because he had been drinking."
BEFORE_IT = "The Skagen ran aground last week."
CLOSED = "The harbour office in Sundvik is closed on Monday."
TREEBANK = "1\tdrew\tdraw\tVERB\tVBD\n2\tdrawn\tdraw\tVERB\tVBN\n"


def letters(text: str) -> int:
    """About as many as a text has word pieces."""
    return len(text) // 4


def answers(question: str, *sentences: str) -> list[float]:
    judged = judge(question, sentences, range(len(sentences)))
    return [judged[at].answers for at in range(len(sentences))]


def test_who_is_asked_for_is_told_by_the_sentence_that_tells_it() -> None:
    told = answers("Who fired the captain?", BEFORE_IT, TOLD, CLOSED)
    assert told[1] > max(told[0], told[2]) + 3
    assert told[1] > max(answers("Who elected the captain?", BEFORE_IT, TOLD, CLOSED)) + 1
    assert told == answers("Who fired the captain?", BEFORE_IT, TOLD, CLOSED)


def test_a_reason_is_read_in_the_sentence_behind_the_deed() -> None:
    told = answers(
        "Why was the captain fired?", BEFORE_IT, "The ferry company fired its captain.", "He had been drinking."
    )
    assert told.index(max(told)) == 2


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Were the passengers brought ashore?", 1),
        ("Did the captain keep his job?", -1),
        pytest.param(
            "Did the passengers drown?",
            -1,
            marks=pytest.mark.xfail(reason="the network leans to no, and not by so much", strict=True),
        ),
    ],
)
def test_yes_and_no_are_told_apart(question: str, truth: int) -> None:
    ashore = "Divers found a leak, and the passengers were taken ashore by fishermen."
    assert judge(question, [BEFORE_IT, ashore, TOLD], (1,))[1].truth * truth > 0.5


def test_long_texts_are_cut_to_what_is_read() -> None:
    shim = encoder_of()
    assert shim is not None and shim.pieces is not None
    row = frame(shim.pieces, cut(shim.pieces, "why " * 99), [cut(shim.pieces, "it " * 150)] * 2)
    assert [int((row.parts == part).sum()) for part in range(2)] == [LONGEST + 3, QUESTION + PASSAGE - LONGEST]
    assert {len(column) for column in row} == {len(row.ids)} and row.owners.max() == 1 and row.places.max() == 149
    usual = frame(shim.pieces, cut(shim.pieces, "why?"), [cut(shim.pieces, "it " * 150)] * 2)
    assert [int((usual.parts == part).sum()) for part in range(2)] == [2 + 3, PASSAGE]
    judged = judge("why " * 99, ["it " * 150] * 3, range(3))
    assert sorted(judged) == [0, 1, 2] and all(np.isfinite(one.answers) for one in judged.values())


def test_the_words_that_answer_are_pointed_to() -> None:
    [_, told] = [judge("Who fired the captain?", [BEFORE_IT, TOLD], (0, 1))[at] for at in (0, 1)]
    assert sum(mark.share for mark in told.marks) == pytest.approx(1.0)
    assert [TOLD[mark.begin : mark.end] for mark in told.marks][:2] == ["The", "ferry"]
    assert told.share(0, len("The ferry company")) > 0.8 > 0.2 > told.share(TOLD.index("because"), len(TOLD))


@given(st.lists(st.integers(1, 300), max_size=40))
def test_each_sentence_is_judged_once_and_beside_others(lengths: list[int]) -> None:
    found = windows(lengths)
    assert [at for _, mine in found for at in mine] == list(range(len(lengths)))
    for window, mine in found:
        assert window.start <= mine.start and mine.stop <= window.stop
        assert len(window) == 1 or sum(lengths[at] for at in window) <= PASSAGE


@pytest.mark.parametrize("name", ["questions.txt", "questions-dev.txt"])
def test_questions_of_the_corpus_have_their_answer_in_the_passage(name: str) -> None:
    told = [line for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if " | " in line]
    asked = read_questions(CORPUS, name)
    assert len(asked) == len([line for line in told if not line.startswith("#")]) == len(set(asked))
    for question, line in zip(asked, (line for line in told if not line.startswith("#")), strict=True):
        assert bool(question.right) != line.endswith(" | -"), line
    train = {p.id for path in CORPUS.glob("*-train.jsonl.gz") for p in read_passages(path)}
    also = {one["id"] for name in ALSO for one in read_records(CORPUS / name)}
    assert {one.passage for one in asked} <= (train | also) - set(texts())


def test_nothing_that_is_only_asked_about_stands_in_what_is_judged() -> None:
    def sentences(path: Path) -> set[str]:
        return {one["text"][begin:end] for one in read_records(path) for begin, end in one["sentences"]}

    told = sentences(CORPUS / "asked.jsonl.gz")
    judged = {part for path in CORPUS.glob("*-dev.jsonl.gz") for part in sentences(path)}
    judged |= {part for path in CORPUS.glob("*-test.jsonl.gz") for part in sentences(path)}
    assert len(told) > 7000 and not told & judged
    assert not any(one in text for text in texts().values() for one in told if len(one) > 20)  # but "Islands"


def test_an_example_points_to_words_of_the_answer_or_to_none() -> None:
    asked = read_questions(CORPUS)
    for question in asked[::500]:
        first, *others = examples_of([question], letters, random.Random(0))
        assert bool(first.spots) == bool(question.right) and first.truth is question.truth
        for spot in first.spots:
            assert first.sentences[spot.sentence][spot.begin : spot.end].lower() in question.gold
        assert not any(other.spots or other.truth is not None for other in others)
        for example in (first, *others):
            assert set(example.sentences) <= set(question.sentences)
    more = examples_of(asked[-200:], letters, random.Random(0))
    assert len(more) > 230 and any(not one.spots for one in more) and any(one.truth is not None for one in more)


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


def test_the_network_learns_and_its_file_says_the_same(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    import onnxruntime

    from kg.language.encoder import embed
    from kg.language.training.minilm import pretrained
    from tests.ask.answers.learning import Cutter, Round, learn
    from tests.ask.answers.network import ReaderNet, begin_with, graph_of

    torch.manual_seed(0)
    torch.set_num_threads(1)
    shim = encoder_of()
    assert shim is not None and shim.pieces is not None
    net = ReaderNet(pretrained()[0], shim.parts)
    told = Example("Who fired the captain?", (BEFORE_IT, TOLD), (Spot(1, 0, 17),), True)
    cutter = Cutter(shim.pieces)
    learn(net, cutter, lambda _: [told, told], Round(epochs=8, rate=2e-4, batch=2, drop=0.0))
    row, right = cutter.framed(told)
    assert [row.ids[at] for at in np.flatnonzero(right.numpy())] == cut(shim.pieces, "The ferry company").ids
    with torch.no_grad():
        scores, truth = (one[0].numpy() for one in net([row]))
    assert right[int(scores.argmax())] and truth > 0
    graph = tmp_path / "small.onnx"
    graph.write_bytes(graph_of(net))
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    given = {"embedded": embed(shim.parts, row.ids, row.layouts), "parts": row.parts}
    says, yes = session.run(None, given)
    kept = row.parts == 1
    assert np.abs(says[kept] - scores[kept]).max() < 0.5 and yes[0] == pytest.approx(float(truth), abs=0.5)
    again = ReaderNet(pretrained()[0], shim.parts)
    begin_with(again, graph)
    for name, value in net.state_dict().items():
        if "layers" in name:
            assert float((again.state_dict()[name] - value).abs().mean()) < 0.002, name
