"""The conversion of treebanks and entity corpora: white space, trees across sentences, missing types."""

from __future__ import annotations

import random
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.util import load_config_from_str

from kg.errors import ExtraError, InputError
from kg.language import boundaries, load_nlp
from kg.language.training import __main__ as command
from kg.language.training import entities, treebank
from kg.language.training.install import META, install
from kg.language.training.variation import Names, varied

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

CONLLU = """\
# newdoc id = d
# newpar
# text = They don't agree.
1\tThey\tthey\tPRON\tPRP\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tagree\tagree\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# text = Talks, however, were held.
1\tTalks\ttalk\tNOUN\tNNS\t_\t6\tnsubj:pass\t_\tSpaceAfter=No
2\t,\t,\tPUNCT\t,\t_\t6\tpunct\t_\t_
3\thowever\thowever\tADV\tRB\t_\t6\tadvmod\t_\tSpaceAfter=No
4\t,\t,\tPUNCT\t,\t_\t6\tpunct\t_\t_
5\twere\tbe\tAUX\tVBD\t_\t6\taux:pass\t_\t_
5.1\tempty\tempty\tVERB\t_\t_\t_\t_\t_\t_
6\theld\thold\tVERB\tVBN\t_\t0\troot\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

"""


def _read(folder: Path) -> list[treebank.Sentence]:
    path = folder / "bank.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return list(treebank.read_sentences(path))


def test_a_run_is_the_raw_text_with_its_trees(tmp_path: Path) -> None:
    doc = treebank.gold_doc(spacy.blank("en").vocab, _read(tmp_path))
    assert doc.text == "They don't agree.\n\nTalks, however, were held."
    assert [s.root.text for s in doc.sents] == ["agree", "held"]
    talks = next(token for token in doc if token.text == "Talks")
    assert (talks.dep_, talks.head.text, talks.lemma_) == ("nsubj:pass", "held", "talk")
    assert [token.text for token in doc if token.is_space] == ["\n\n"]


def test_runs_keep_order_and_count(tmp_path: Path) -> None:
    bank = _read(tmp_path) * 20
    runs = list(treebank.chunks(bank, random.Random(0), single=0.3, most=5))
    assert [sentence for run in runs for sentence in run] == bank
    assert all(sentence.opens != "doc" for run in runs for sentence in run[1:])


def test_types_that_a_corpus_does_not_mark_are_missing() -> None:
    words = {"NORP": frozenset({"Danish"}), "EVENT": frozenset({"Cup"}), "DATE": frozenset({"0000"})}
    row = entities.Tagged(("Danish", "Aid", "won", "1997"), ("B-MISC", "I-MISC", "O", "O"), "d")
    masked = entities.masked(row, frozenset({"ORG"}), words)
    assert masked.tags == ("?", "?", "O", "?")
    row = entities.Tagged(("Danish", "Aid", "won", "1997"), ("B-LOC", "B-ORG", "O", "O"), "d")
    assert entities.masked(row, frozenset({"ORG", "DATE"}), words).tags == ("?", "B-ORG", "O", "O")


def test_entity_doc_is_prose_with_gaps() -> None:
    row = entities.Tagged(('"', "No", ",", '"', "said", "Ana", "."), ("O", "?", "O", "O", "O", "B-PERSON", "O"), "d")
    doc = entities.entity_doc(spacy.blank("en").vocab, [row], as_given=False)
    assert doc.text.strip() == '"No," said Ana.'
    assert [(e.text, e.label_) for e in doc.ents] == [("Ana", "PERSON")]
    assert [token.text for token in doc if token.ent_iob == 0] == ["No"]


def test_variation_changes_names_only() -> None:
    row = entities.Tagged(("Ana", "Bo", "left", "Rome", "."), ("B-PERSON", "I-PERSON", "O", "B-GPE", "O"), "d")
    names = Names(states=(("Chad",),), cities=(("Lima",),), people=(("Eva", "von", "Ek"),), bodies=(("EU",),))
    seen = {varied([row], names, random.Random(seed))[0] for seed in range(60)}
    assert any(("Chad", "B-GPE") in zip(r.tokens, r.tags, strict=True) for r in seen)
    assert any(r.tags[:3] == ("B-PERSON", "I-PERSON", "I-PERSON") for r in seen)
    assert all(r.tags[r.tokens.index("left")] == "O" for r in seen if "left" in r.tokens)


def test_the_recipe_makes_the_pipeline_that_ships(nlp: Language) -> None:
    config = load_config_from_str(files("kg.language.training").joinpath("joint.cfg").read_text(encoding="utf-8"))
    assert [name for name in nlp.pipe_names if name != boundaries.FACTORY] == config["nlp"]["pipeline"]
    shipped = nlp.config["components"]
    for name, component in config["components"].items():
        assert shipped[name]["model"]["@architectures"] == component["model"]["@architectures"]
    assert {key: nlp.meta[key] for key in META} == META


def test_an_installed_pipeline_says_the_same_and_replaces_the_old_one(nlp: Language, tmp_path: Path) -> None:
    out = tmp_path / "model"
    out.mkdir()
    (out / "old").touch()
    install(nlp, out)
    assert not (out / "old").exists() and [path.name for path in tmp_path.iterdir()] == ["model"]
    text = "Norway was invited to Geneva by the ministers, who had met twice in Bergen."
    ours, theirs = load_nlp(str(out))(text), nlp(text)
    for attribute in ("lemma_", "dep_", "pos_", "ent_type_"):
        assert [getattr(t, attribute) for t in ours] == [getattr(t, attribute) for t in theirs]


def test_training_without_torch_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "kg.language.training.transformer", raising=False)
    with pytest.raises(ExtraError, match=r"needs torch.*pip install 'newskg\[train\]'"):
        command.train(tmp_path, tmp_path / "model", work=tmp_path, steps=1)
    assert not (tmp_path / "model").exists()


def test_a_folder_that_is_no_corpora_is_refused(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "kg.language.training", "--corpora", str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "has no treebank/; give the folder of the corpora" in done.stderr


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for name in ("treebank", "ner", "gazetteer", "semantics"):
        (tmp_path / name).mkdir()
    return tmp_path


def trained(*args: str | Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "kg.language.training", *map(str, args)]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_a_folder_with_other_things_is_not_replaced(corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").touch()
    done = trained("--corpora", corpora, "--out", tmp_path / "home")
    assert done.returncode == 2
    assert "home is there and holds no pipeline; what it holds would be lost: name a new folder" in done.stderr
    assert (tmp_path / "home" / "thesis.txt").exists()


def test_a_file_that_a_corpus_lacks_is_told_by_name(corpora: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the training needs the extra `train`: pip install 'newskg[train]'")
    done = trained("--corpora", corpora, "--out", tmp_path / "out")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "en_ewt-dev.conllu: no such file; give folders that hold all that the recipe reads" in done.stderr


def test_data_without_a_document_are_refused(nlp: Language) -> None:
    pytest.importorskip("torch", reason="the training needs the extra `train`: pip install 'newskg[train]'")
    from kg.language.training import joint

    with pytest.raises(InputError, match="holds nothing of 400 words or fewer to learn from"):
        next(joint.batches([], nlp, words=10, rng=random.Random(0)))
