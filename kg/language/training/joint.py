"""Joint training of the encoder and its heads over treebanks and entity corpora.

Each step takes one batch of trees and one of entity sentences: their heads' gradients meet in the encoder.
"""

from __future__ import annotations

import json
import logging
import random
import time
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from safetensors.torch import save_file
from spacy.pipeline.tok2vec import Tok2VecListener
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.util import load_config_from_str, load_model_from_config
from thinc.api import Adam, Optimizer, fix_random_seed

from kg.language import boundaries, encoder, tokenizer, wordpieces  # noqa: F401 (registers with spaCy)
from kg.language.training.coach import Coach
from kg.language.training.minilm import pretrained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

log = logging.getLogger(__name__)

TASKS: dict[str, dict[str, float]] = {
    "syntax": {"morphologizer": 0.7, "trainable_lemmatizer": 0.5, "parser": 1.0},
    "entities": {"ner": 1.5},
}
"""The heads that learn from each kind of data, and what their gradients weigh in the encoder."""
WORDS = {"syntax": 450, "entities": 250}
"""Words per step."""
ENCODER_RATE = 3e-4
HEAD_RATE = 1e-3
WARM_UP = 0.08
"""Share of the steps during which the learning rate rises; then it falls to nothing in a line."""
HEAD_DROP = 0.1


def read_docs(path: Path, nlp: Language) -> list[Doc]:
    """Return the gold documents of one file."""
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def example(doc: Doc, nlp: Language) -> Example:
    """Return a gold document with the bare tokens that the pipeline has to annotate."""
    bare = type(doc)(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    return Example(bare, doc)


def batches(docs: list[Doc], nlp: Language, *, words: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches of about `words` words, over and over, each round in another order."""
    batch: list[Example] = []
    size = 0
    while True:
        rng.shuffle(docs)
        for doc in docs:
            if len(doc) > 400:
                continue
            batch.append(example(doc, nlp))
            size += len(doc)
            if size >= words:
                yield batch
                batch, size = [], 0


def component(nlp: Language, name: str) -> Any:
    """Return a component by name; spaCy declares it as a function, but it has a model and learns."""
    return nlp.get_pipe(name)


def build() -> tuple[Language, Coach]:
    """Return the pipeline of `joint.cfg` with the published encoder, and its coach."""
    config = load_config_from_str(files("kg.language.training").joinpath("joint.cfg").read_text(encoding="utf-8"))
    fix_random_seed(int(config["system"]["seed"]))
    torch.manual_seed(int(config["system"]["seed"]))
    nlp = load_model_from_config(config, auto_fill=True)
    module, vocabulary = pretrained()
    shim = component(nlp, "tok2vec").model.shims[0]
    shim.pieces = wordpieces.WordPieces(vocabulary)
    return nlp, Coach(module, shim, rate=ENCODER_RATE)


def initialize(nlp: Language, data: dict[str, list[Doc]]) -> None:
    """Give the heads their labels and first weights."""
    for task, heads in TASKS.items():
        gold = [example(doc, nlp) for doc in data[task]]
        for name in heads:
            head = component(nlp, name)
            head.initialize(partial(iter, gold), nlp=nlp)
            log.info("%s: %d labels", name, len(head.labels))


def learn(
    nlp: Language, coach: Coach, task: str, batch: list[Example], sgd: Optimizer, losses: dict[str, float]
) -> None:
    """Let the heads of one task learn from a batch and add their gradients to the encoder's."""
    docs = [eg.predicted for eg in batch]
    arrays, vectors = coach.forward(docs)
    gradients = [np.zeros_like(array) for array in arrays]
    key = Tok2VecListener.get_batch_id(docs)
    for name, weight in TASKS[task].items():

        def take(given: list[Any], weight: float = weight) -> list[Any]:
            for total, part in zip(gradients, given, strict=True):
                total += weight * part
            return []

        head = component(nlp, name)
        for node in head.model.walk():
            if isinstance(node, Tok2VecListener):
                node.receive(key, arrays, take)
        head.update(batch, drop=HEAD_DROP, sgd=sgd, losses=losses)
    coach.backward(vectors, gradients, scale=1.0 / WORDS[task])


def schedule(done: float) -> float:
    """Return the share of the learning rate after a part of the training."""
    return min(done / WARM_UP, (1.0 - done) / (1.0 - WARM_UP))


def train(
    train_data: dict[str, Path],
    dev_data: dict[str, Path],
    out: Path,
    *,
    steps: int,
    every: int = 300,
) -> Path:
    """Train and leave `last/` (pipeline and `encoder.safetensors`) and `log.jsonl` in `out`; returns `last`.

    Every `every` updates the pipeline is saved and scored on the first of the held-out documents.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "log.jsonl").unlink(missing_ok=True)
    nlp, coach = build()
    data = {task: read_docs(path, nlp) for task, path in train_data.items()}
    held = {task: read_docs(path, nlp)[: 60 if task == "syntax" else 250] for task, path in dev_data.items()}
    initialize(nlp, data)
    rng = random.Random(nlp.config["system"]["seed"])
    source = {task: batches(docs, nlp, words=WORDS[task], rng=rng) for task, docs in data.items()}
    sgd = Adam(HEAD_RATE, beta2=0.99, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    losses: dict[str, float] = {}
    begun = time.monotonic()
    for step in range(1, steps + 1):
        share = max(schedule(step / steps), 1e-3)
        sgd.learn_rate = HEAD_RATE * share
        for task, stream in source.items():
            learn(nlp, coach, task, next(stream), sgd, losses)
        coach.step(share)
        if step % 50 == 0:
            _record(out, step=step, seconds=time.monotonic() - begun, share=share, **losses)
            losses = {}
        if step % every == 0 or step == steps:
            save(nlp, coach, out / "last")
            _record(out, step=step, seconds=time.monotonic() - begun, **evaluate(nlp, coach, held))
    return out / "last"


def evaluate(nlp: Language, coach: Coach, held: dict[str, list[Doc]]) -> dict[str, float]:
    """Return the headline figures on held-out documents, with gold tokens."""
    coach.attach()
    keys = {"syntax": ("pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f"), "entities": ("ents_f",)}
    found: dict[str, float] = {}
    for task, docs in held.items():
        scores = nlp.evaluate([example(doc, nlp) for doc in docs])
        found.update({key: round(scores[key], 4) for key in keys[task]})
    return found


def save(nlp: Language, coach: Coach, folder: Path) -> None:
    """Write the heads and the encoder's weights."""
    nlp.to_disk(folder)
    save_file({k: v.contiguous() for k, v in coach.module.state_dict().items()}, folder / "encoder.safetensors")


def _record(out: Path, **figures: float) -> None:
    line = json.dumps({key: round(float(value), 4) for key, value in figures.items()})
    log.info(line)
    with (out / "log.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
