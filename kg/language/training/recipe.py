"""The two phases of training and the assembly of the pipeline that ships."""

from __future__ import annotations

import json
import logging
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
import srsly  # type: ignore[import-untyped, unused-ignore]
from confection import Config
from spacy.strings import get_string_id
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from spacy.util import load_config_from_str, load_model_from_config

from kg.language import boundaries, tokenizer
from kg.language.training import corpora as data

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

PHASES = ("syntax", "entities")
META = {
    "name": "newskg",
    "version": "0.1.0",
    "description": "English news: Universal Dependencies, lemmas and entities. See MODEL_CARD.md.",
    "license": "CC BY-SA 4.0",
}


def make_model(corpora: Path, out: Path, *, work: Path, steps: int | None = None) -> Path:
    """Train both phases on the corpora, put them together and install the result at `out`.

    `steps` overrides the number of updates of both phases (each about 1,000 words); `work` keeps the
    converted data, the checkpoints and `PHASE.jsonl`, the log of each phase. Returns `out`.
    """
    best = {phase: train_phase(phase, corpora, work, steps=steps) for phase in PHASES}
    nlp = assemble(best["syntax"], best["entities"])
    return install(nlp, out)


def train_phase(phase: str, corpora: Path, work: Path, *, steps: int | None = None) -> Path:
    """Train one phase ("syntax" or "entities") and return the folder of its best checkpoint on the dev data."""
    config = phase_config(phase, steps=steps)
    seed = int(config["system"]["seed"])
    work.mkdir(parents=True, exist_ok=True)
    write = data.write_syntax if phase == "syntax" else data.write_entities
    train, dev = write(corpora, work, seed=seed)
    config["paths"] = {"train": str(train), "dev": str(dev)}
    config["training"]["logger"] = {
        "@loggers": "spacy.ConsoleLogger.v3",
        "progress_bar": None,
        "console_output": False,
        "output_file": str(work / f"{phase}.jsonl"),
    }
    nlp = init_nlp(load_model_from_config(Config(config), auto_fill=True).config)
    checkpoints = work / phase
    checkpoints.mkdir(exist_ok=True)
    log.info("%s: training in %s", phase, checkpoints)
    spacy_train(nlp, checkpoints)
    return checkpoints / "model-best"


def phase_config(phase: str, *, steps: int | None = None) -> dict[str, Any]:
    """Return the configuration of a phase as the package has it, with its number of updates replaced."""
    text = files("kg.language.training").joinpath(f"{phase}.cfg").read_text(encoding="utf-8")
    config: dict[str, Any] = load_config_from_str(text)
    if steps is not None:
        config["training"]["max_steps"] = steps
    return config


def assemble(syntax: Path, entities: Path) -> Language:
    """Return one pipeline from the two trained ones, with a configuration free of training."""
    trees, names = spacy.load(syntax), spacy.load(entities)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "newskg.English.v1"}}})
    for name in trees.pipe_names:
        if name == "parser":
            nlp.add_pipe(boundaries.FACTORY)
        nlp.add_pipe(name, source=trees)
    nlp.add_pipe("ner", source=names)
    nlp.tokenizer = tokenizer.create_tokenizer(nlp)
    performance = {**trees.meta.get("performance", {}), **names.meta.get("performance", {})}
    nlp.meta.update(META)
    nlp.meta["performance"] = {key: performance[key] for key in _HEADLINES if key in performance}
    return nlp


_HEADLINES = ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_f")


def install(nlp: Language, out: Path) -> Path:
    """Write the pipeline beside `out` and swap it in, so that a reader never meets half a model."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".model-") as folder:
        fresh = Path(folder) / "fresh"
        nlp.to_disk(fresh)
        _tidy(fresh, labels={label for labels in nlp.pipe_labels.values() for label in labels})
        if out.exists():
            out.rename(Path(folder) / "old")
        fresh.rename(out)
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    log.info("installed %s: %.1f MB", out, size / 1e6)
    return out


def _tidy(folder: Path, *, labels: set[str]) -> None:
    """Sort `meta.json`, and keep of the training vocabulary only labels and the strings that lemmas are made of."""
    meta = folder / "meta.json"
    content = json.loads(meta.read_text(encoding="utf-8"))
    meta.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    trees = srsly.read_msgpack(folder / "trainable_lemmatizer" / "trees")["trees"]
    used = {tree[part] for tree in trees for part in ("orig", "subst") if part in tree}
    strings = folder / "vocab" / "strings.json"
    known = json.loads(strings.read_text(encoding="utf-8"))
    kept = sorted(string for string in known if string in labels or get_string_id(string) in used)
    strings.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
