"""Joint training of the encoder and its heads over treebanks and entity corpora, in rounds.

Each step takes one batch of trees and one of entity sentences: their heads' gradients meet in the encoder.
A round starts from the published encoder or from where another round ended, and has its own learning rates.
"""

from __future__ import annotations

import json
import logging
import random
import time
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
import torch
from safetensors.torch import load_file, save_file
from spacy.pipeline.tok2vec import Tok2VecListener
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.util import load_config_from_str, load_model_from_config
from thinc.api import Adam, Optimizer, fix_random_seed

from kg.errors import InputError
from kg.language import boundaries, encoder, tokenizer, wordpieces  # noqa: F401 (registers with spaCy)
from kg.language.training.coach import Coach
from kg.language.training.minilm import pretrained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.language.training.minilm import MiniLM

log = logging.getLogger(__name__)

TASKS: dict[str, dict[str, float]] = {
    "syntax": {"morphologizer": 0.7, "trainable_lemmatizer": 0.5, "parser": 1.0},
    "entities": {"ner": 1.5},
}
"""The heads that learn from each kind of data, and what their gradients weigh in the encoder."""
ENCODER_RATE = 3e-4
HEAD_RATE = 1e-3
WARM_UP = 0.08
"""Share of the steps during which the learning rate rises; then it falls to nothing in a line."""
LONGEST = 400
"""Words of the longest document that is trained on."""
HEAD_DROP = 0.1


@dataclass(frozen=True, slots=True)
class Round:
    """How long one round is, its words per step of each task, and its share of the full learning rates."""

    steps: int
    words: dict[str, int]
    peak: float = 1.0


def read_docs(path: Path, nlp: Language) -> list[Doc]:
    """Return the gold documents of one file."""
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def example(doc: Doc, nlp: Language) -> Example:
    """Return a gold document with the bare tokens that the pipeline has to annotate."""
    bare = type(doc)(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    return Example(bare, doc)


def batches(docs: list[Doc], nlp: Language, *, words: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches of about `words` words, over and over, each round in another order."""
    if all(len(doc) > LONGEST for doc in docs):
        what, remedy = f"holds nothing of {LONGEST} words or fewer to learn from", "name the folder of the corpora"
        raise InputError(what, where="the training data", remedy=remedy)
    batch: list[Example] = []
    size = 0
    while True:
        rng.shuffle(docs)
        for doc in docs:
            if len(doc) > LONGEST:
                continue
            batch.append(example(doc, nlp))
            size += len(doc)
            if size >= words:
                yield batch
                batch, size = [], 0


def component(nlp: Language, name: str) -> Any:
    """Return a component by name; spaCy declares it as a function, but it has a model and learns."""
    return nlp.get_pipe(name)


def resume(folder: Path) -> tuple[Language, Coach]:
    """Return the pipeline that `save` left in a folder, and its coach."""
    nlp = spacy.load(folder)
    lemmas = component(nlp, "trainable_lemmatizer")
    lemmas.tree2label = {tree: label for label, tree in enumerate(lemmas.cfg["labels"])}  # spaCy does not store it
    fix_random_seed(int(nlp.config["system"]["seed"]))
    torch.manual_seed(int(nlp.config["system"]["seed"]))
    module, vocabulary = pretrained()
    module.load_state_dict(load_file(folder / "encoder.safetensors"))
    return nlp, _coached(nlp, module, vocabulary)


def build() -> tuple[Language, Coach]:
    """Return the pipeline of `joint.cfg` with the published encoder, and its coach."""
    config = load_config_from_str(files("kg.language.training").joinpath("joint.cfg").read_text(encoding="utf-8"))
    fix_random_seed(int(config["system"]["seed"]))
    torch.manual_seed(int(config["system"]["seed"]))
    nlp = load_model_from_config(config, auto_fill=True)
    module, vocabulary = pretrained()
    return nlp, _coached(nlp, module, vocabulary)


def _coached(nlp: Language, module: MiniLM, vocabulary: str) -> Coach:
    shim = component(nlp, "tok2vec").model.shims[0]
    shim.pieces = wordpieces.WordPieces(vocabulary)
    return Coach(module, shim, rate=ENCODER_RATE)


def initialize(nlp: Language, data: dict[str, list[Doc]]) -> None:
    """Give the heads their labels and first weights."""
    for task, heads in TASKS.items():
        gold = [example(doc, nlp) for doc in data[task]]
        for name in heads:
            head = component(nlp, name)
            head.initialize(partial(iter, gold), nlp=nlp)
            log.info("%s: %d labels", name, len(head.labels))


def learn(
    nlp: Language,
    coach: Coach,
    task: str,
    batch: list[Example],
    sgd: Optimizer,
    losses: dict[str, float],
    *,
    words: int,
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
    coach.backward(vectors, gradients, scale=1.0 / words)


def schedule(done: float) -> float:
    """Return the share of the learning rate after a part of the training."""
    return min(done / WARM_UP, (1.0 - done) / (1.0 - WARM_UP))


def train(
    train_data: dict[str, Path],
    dev_data: dict[str, Path],
    out: Path,
    *,
    plan: Round,
    start: Path | None = None,
    every: int = 300,
) -> Path:
    """Train a round and leave `last/` (pipeline and `encoder.safetensors`) and `log.jsonl` in `out`; returns `last`.

    `start` is the `last/` of another round; without it the encoder is the published one and the heads are new.
    Every `every` updates the pipeline is saved and scored on the first of the held-out documents.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "log.jsonl").unlink(missing_ok=True)
    nlp, coach = resume(start) if start else build()
    data = {task: read_docs(path, nlp) for task, path in train_data.items()}
    held = {task: read_docs(path, nlp)[: 60 if task == "syntax" else 250] for task, path in dev_data.items()}
    if start is None:
        initialize(nlp, data)
    steps = plan.steps
    rng = random.Random(nlp.config["system"]["seed"])
    source = {task: batches(docs, nlp, words=plan.words[task], rng=rng) for task, docs in data.items()}
    sgd = Adam(HEAD_RATE, beta2=0.99, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    losses: dict[str, float] = {}
    begun = time.monotonic()
    for step in range(1, steps + 1):
        share = plan.peak * max(schedule(step / steps), 1e-3)
        sgd.learn_rate = HEAD_RATE * share
        for task, stream in source.items():
            learn(nlp, coach, task, next(stream), sgd, losses, words=plan.words[task])
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
