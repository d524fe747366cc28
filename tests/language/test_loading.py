"""Which pipelines are accepted, which are refused, and what the refusal says."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import spacy

from kg.errors import ModelError
from kg.language import load_nlp
from kg.language.loading import checked, shipped_model

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


def test_shipped_pipeline_has_what_the_extractor_reads(nlp: Language) -> None:
    doc = nlp("Norway was invited to Geneva by the ministers on Monday.")
    assert [sentence.text for sentence in doc.sents] == [doc.text]
    assert {"nsubj:pass", "aux:pass", "obl:agent"} <= {token.dep_ for token in doc}
    assert doc[2].dep_ == "ROOT"
    assert doc[2].lemma_ == "invite"
    assert doc[2].pos_ == "VERB"
    assert ("Norway", "GPE") in [(entity.text, entity.label_) for entity in doc.ents]


def test_entity_types(nlp: Language) -> None:
    assert set(nlp.get_pipe("ner").labels) == {"PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "DATE"}  # type: ignore[attr-defined]


def test_the_same_name_gives_the_same_object() -> None:
    assert load_nlp() is load_nlp()
    assert load_nlp(None) is load_nlp()


def test_a_path_gives_the_pipeline_there(nlp: Language) -> None:
    assert load_nlp(str(shipped_model())).pipe_names == nlp.pipe_names


def test_shipped_files_are_small_and_name_no_machine() -> None:
    files = [path for path in shipped_model().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 40_000_000
    config = (shipped_model() / "config.cfg").read_text(encoding="utf-8")
    assert "/" not in config.replace("I/O", "")


def test_unknown_name_is_refused() -> None:
    with pytest.raises(ModelError, match=r"no_such_pipeline.*cannot load.*leave the name out"):
        load_nlp("no_such_pipeline")


def _saved(nlp: Language, folder: Path) -> str:
    nlp.to_disk(folder / "pipeline")
    return str(folder / "pipeline")


def test_pipeline_without_parser_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no trained parser.*Universal Dependencies"):
        load_nlp(_saved(spacy.blank("en"), tmp_path))


def test_pipeline_with_other_labels_is_refused() -> None:
    other = spacy.blank("en")
    parser = other.add_pipe("parser")
    for label in ("ROOT", "nsubj", "nsubjpass", "dobj", "pobj", "prep"):
        parser.add_label(label)  # type: ignore[attr-defined]
    with pytest.raises(ModelError, match=r"here: .*not Universal Dependencies \(it has dobj, nsubjpass, pobj"):
        checked(other, where="here")


def test_pipeline_without_entities_is_refused() -> None:
    other = spacy.blank("en")
    parser = other.add_pipe("parser")
    for label in ("ROOT", "nsubj:pass", "nsubj", "obj", "obl", "ccomp", "xcomp"):
        parser.add_label(label)  # type: ignore[attr-defined]
    with pytest.raises(ModelError, match="finds no entities"):
        checked(other, where="here")


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import sys, kg.language; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_pipeline_runs_without_the_libraries_of_the_training() -> None:
    code = """
import sys
for name in ("torch", "transformers", "tokenizers", "huggingface_hub", "onnx", "safetensors"):
    sys.modules[name] = None
import kg
doc = kg.load_nlp()("Norway was invited to Geneva by the ministers.")
print([entity.text for entity in doc.ents], [token.text for token in doc if token.dep_ == "ROOT"])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['Norway', 'Geneva'] ['invited']"


def test_the_pipeline_leaves_nothing_at_home_and_tells_nobody(tmp_path: Path) -> None:
    home, quiet = str(tmp_path), ("CI", "ORT_", "GITHUB_", "TF_BUILD", "XDG_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(quiet)}
    read = (
        "import os, kg; print(kg.load_nlp()('Norway met Chad.')[0].ent_type_, os.environ.get('ORT_DISABLE_TELEMETRY'))"
    )
    call = [sys.executable, "-c", read]
    done = subprocess.run(call, env={**clean, "HOME": home}, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["GPE", "1"]
    assert not list(tmp_path.rglob("*"))
