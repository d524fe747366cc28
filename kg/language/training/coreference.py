"""The recipe of the antecedent ranker: examples, training, the weights that ship."""

from __future__ import annotations

import copy
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn

from kg.errors import InputError
from kg.extract.coreference import net as chain_net
from kg.extract.coreference.pairs import own_rows, pair_rows
from kg.language.training.coreference_corpus import read_corpus
from kg.language.training.coreference_data import Example, examples
from kg.language.training.coreference_net import Ranker, Size, ranking_loss
from kg.language.training.meaning_export import save_heads
from kg.model import MentionKind

log = logging.getLogger(__name__)

SCALE = 20.0
"""Mentions that one step's loss is divided by."""
CLIP = 5.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the ranker is trained; the defaults are what ships."""

    epochs: int = 14
    seed: int = 0
    rate: float = 2e-3
    decay: float = 0.01
    warm_up: int = 100
    least_rate: float = 0.02
    mean: float = 0.995
    """How slowly the mean of the weights, which is what ships, follows them."""
    described: float = 0.5
    """How much a description counts beside a name or pronoun."""
    size: Size = field(default_factory=Size)


def make_coreference(corpora: Path, out: Path | None, recipe: Recipe) -> Path:
    """Train on the training part of `corpora`/coref and write the weights to the folder `out`, or into the package."""
    documents = list(read_corpus(corpora, "train", genre="", kinds=tuple(MentionKind)))
    if not documents:
        remedy = "name the folder that holds coref/ and treebank/"
        raise InputError("holds no documents to learn from", where=str(corpora / "coref"), remedy=remedy)
    found = list(examples(documents))
    net = train(found, recipe)
    target = (out or Path(chain_net.__file__).parent) / chain_net.FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    save_heads(net.arrays(), target)
    log.info("wrote %s", target)
    return target


def train(found: Sequence[Example], recipe: Recipe) -> Ranker:
    """Return the mean of the network's weights over the last steps.

    One thread, seeds fixed: the same input gives the same weights on one kind of processor.
    """
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    vectors = np.concatenate([example.question.vectors for example in found])
    net = Ranker(*_sizes(found[0]), torch.from_numpy(vectors.mean(axis=0)), recipe.size)
    mean = copy.deepcopy(net)
    steps = recipe.epochs * len(found)
    optimiser = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=recipe.decay)

    def share(step: int) -> float:
        return min(1.0, (step + 1) / recipe.warm_up) * max(recipe.least_rate, 1 - step / steps)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, share)
    order = list(found)
    begun = time.monotonic()
    for epoch in range(1, recipe.epochs + 1):
        rng.shuffle(order)
        total = 0.0
        for example in order:
            pairs, none = net(example)
            loss = ranking_loss(pairs, none, example, described=recipe.described) / SCALE
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            nn.utils.clip_grad_norm_(net.parameters(), CLIP)
            optimiser.step()
            schedule.step()
            total += loss.item()
            with torch.no_grad():
                for kept, value in zip(mean.parameters(), net.parameters(), strict=True):
                    kept.lerp_(value, 1 - recipe.mean)
        log.info("epoch %d: loss %.3f after %d s", epoch, total / len(order), time.monotonic() - begun)
    mean.eval()
    return mean


def _sizes(example: Example) -> tuple[int, int]:
    """Return how many rows the tables of features have."""
    asked = example.question
    _, own = own_rows(asked.attributes)
    _, pairs = pair_rows(asked.attributes, asked.mine, asked.theirs, asked.mine)
    return own, pairs
