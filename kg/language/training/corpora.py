"""The training and development data of both tasks, written as spaCy `DocBin` files."""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import DocBin

from kg.language.training import entities, treebank, variation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spacy.tokens import Doc

log = logging.getLogger(__name__)

TREEBANKS = ("en_ewt", "en_gum_open")
COPIES = 3
"""How often the treebanks are cut into chunks anew, each time with other typography."""
AS_GIVEN = 0.35
"""Share of entity runs that keep the corpus' own tokens."""
DEV_SENTENCES = 1500
"""Sentences of each entity corpus on which a checkpoint is judged."""
JUDGED = ("gmb", "uner_ewt", "crossner_politics")

_SYNTAX = ["ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
_ENTITIES = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"]


def write_syntax(corpora: Path, out: Path, *, seed: int) -> tuple[Path, Path]:
    """Write `syntax-train.spacy` and `syntax-dev.spacy` into `out` and return their paths.

    Longer training sentences that a dev or test file repeats are left out.
    """
    vocab = spacy.blank("en").vocab
    rng = random.Random(seed)
    docs = []
    held_out = {s.forms() for split in ("dev", "test") for bank in _treebanks(corpora, split) for s in bank}
    banks = [treebank.without(bank, held_out) for bank in _treebanks(corpora, "train")]
    for _ in range(COPIES):
        for bank in banks:
            runs = treebank.chunks(bank, rng, single=0.25, most=8)
            docs += [treebank.gold_doc(vocab, run, rng) for run in runs]
    rng.shuffle(docs)
    train = _write(docs, out / "syntax-train.spacy", attrs=_SYNTAX)
    held = []
    for bank in _treebanks(corpora, "dev"):
        runs = treebank.chunks(bank, random.Random(1), single=0, most=8)
        held += [treebank.gold_doc(vocab, run) for run in runs]
    return train, _write(held, out / "syntax-dev.spacy", attrs=_SYNTAX)


def _treebanks(corpora: Path, split: str) -> list[list[treebank.Sentence]]:
    folder = corpora / "treebank"
    return [list(treebank.read_sentences(folder / f"{name}-{split}.conllu")) for name in TREEBANKS]


def write_entities(corpora: Path, out: Path, *, seed: int) -> tuple[Path, Path]:
    """Write `entities-train.spacy` and `entities-dev.spacy` into `out` and return their paths.

    Training sentences that a dev or test file repeats are left out; dev keeps its corpus' gaps as missing.
    """
    vocab = spacy.blank("en").vocab
    rng = random.Random(seed)
    split = {name: _tagged(corpora, name) for name in ("train", "dev", "test")}
    held = [row for name in ("dev", "test") for rows in split[name].values() for row in rows]
    words = entities.lexicon(split["train"])
    names = variation.read_names(corpora / "gazetteer")
    runs = [variation.varied(run, names, rng) for run in entities.training_rows(split["train"], rng, held_out=held)]
    docs = [entities.entity_doc(vocab, run, as_given=rng.random() < AS_GIVEN) for run in runs]
    train = _write(docs, out / "entities-train.spacy", attrs=_ENTITIES)
    judged = [
        entities.entity_doc(vocab, [entities.masked(row, corpus.marks, words)], as_given=True)
        for corpus in entities.CORPORA
        if corpus.name in JUDGED
        for row in split["dev"][corpus.name][:DEV_SENTENCES]
    ]
    return train, _write(judged, out / "entities-dev.spacy", attrs=_ENTITIES)


def _tagged(corpora: Path, split: str) -> dict[str, list[entities.Tagged]]:
    return {c.name: entities.read_tagged(corpora / "ner" / c.name / f"{split}.jsonl") for c in entities.CORPORA}


def _write(docs: Iterable[Doc], path: Path, *, attrs: list[str]) -> Path:
    packed = DocBin(attrs=attrs)
    words = 0
    for doc in docs:
        packed.add(doc)
        words += len(doc)
    packed.to_disk(path)
    log.info("%s: %d docs, %d tokens", path.name, len(packed), words)
    return path
