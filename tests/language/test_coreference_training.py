"""The recipe of the antecedent ranker on a text of our own: examples, a few steps, the same scores by numpy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ExtraError, InputError
from kg.extract.coreference import net as chain_net
from kg.language.training import __main__ as command
from kg.language.training.coreference_corpus import read_corpus
from kg.model import MentionKind

LINES = """Ana Ana PROPN nsubj 2
spoke speak VERB root 0
. . PUNCT punct 2

She she PRON nsubj 2
praised praise VERB root 0
Olav Olav PROPN obj 2
. . PUNCT punct 2
"""


def corpora(folder: Path) -> Path:
    """A corpus of one document of two sentences."""
    mentions = [(0, 0, "a"), (1, 0, "a"), (1, 2, "b")]
    sentences = [[line.split()[0] for line in part.splitlines()] for part in LINES.strip().split("\n\n")]
    record = {
        "doc": "GUM_news_own",
        "genre": "news",
        "sents": sentences,
        "mentions": [{"sent": s, "start": k, "end": k + 1, "id": c, "etype": "person"} for s, k, c in mentions],
    }
    rows = []
    for part in LINES.strip().split("\n\n"):
        for n, line in enumerate(part.splitlines(), 1):
            word, lemma, pos, dep, head = line.split()
            space = "SpaceAfter=No" if part.splitlines()[n : n + 1] == [". . PUNCT punct 2"] else "_"
            rows.append(f"{n}\t{word}\t{lemma}\t{pos}\t_\t_\t{head}\t{dep}\t_\t{space}")
        rows.append("")
    for name, text in (
        ("coref/gum_train.jsonl", json.dumps(record) + "\n"),
        ("treebank/en_gum_open-train.conllu", "# newdoc id = GUM_news_own\n" + "\n".join(rows) + "\n"),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_corpus_is_read_as_running_text(tmp_path: Path) -> None:
    [document] = read_corpus(corpora(tmp_path), "train", kinds=tuple(MentionKind))
    assert document.text == "Ana spoke. She praised Olav."
    told = [(document.text[m.span.begin : m.span.end], m.chain, m.kind) for m in document.mentions]
    assert told == [
        ("Ana", "a", MentionKind.NAME),
        ("She", "a", MentionKind.PRONOUN),
        ("Olav", "b", MentionKind.NAME),
    ]


def test_without_torch_the_training_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "torch", None)
    for name in [name for name in sys.modules if name.startswith("kg.language.training.coreference")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ExtraError, match="torch"):
        command.train_coreference(corpora(tmp_path), tmp_path)


def test_a_corpus_without_documents_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the training needs torch: pip install 'newskg[train]'")
    (corpora(tmp_path) / "coref" / "gum_train.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="coref: holds no documents to learn from"):
        command.train_coreference(tmp_path, tmp_path / "out")


def test_the_recipe_learns_and_numpy_scores_as_torch_does(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the training needs torch: pip install 'newskg[train]'")
    pytest.importorskip("onnxruntime.quantization")
    from kg.language.training import coreference
    from kg.language.training.coreference_data import examples

    corpora(tmp_path)
    [example] = examples(list(read_corpus(tmp_path, "train", kinds=tuple(MentionKind))))
    asked = example.question
    right = list(zip(asked.mine[example.right].tolist(), asked.theirs[example.right].tolist(), strict=True))
    assert right == [(1, 0)] and example.learned.tolist() == [1]  # names are not asked
    recipe = coreference.Recipe(epochs=60, warm_up=1, mean=0.5)
    net = coreference.train([example], recipe)
    with torch.no_grad():
        pairs, none = net(example)
    assert pairs[example.right].min() > none[1] + 1
    weights = {key: np.asarray(value, dtype=np.float32) for key, value in net.arrays().items()}
    own, alone = chain_net.scores(weights, asked.vectors, asked.own, asked.pairs, asked.mine, asked.theirs)
    assert np.allclose(own, pairs.numpy(), atol=1e-3) and np.allclose(alone, none.numpy(), atol=1e-3)
    again = coreference.train([example], recipe).arrays()
    assert all((again[key] == value).all() for key, value in net.arrays().items())
