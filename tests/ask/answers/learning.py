"""Learning the network from pairs: the loss of a batch, the steps, and the mean of the weights that is kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from kg.asking.pairs import frame
from kg.language.wordpieces import WordPieces
from tests.ask.answers.asked import Pair
from tests.ask.answers.network import AnswerNet


@dataclass(frozen=True, slots=True)
class Round:
    """One round of learning: over what, how often, how fast."""

    epochs: int
    rate: float
    batch: int = 32
    drop: float = 0.1
    soft: float = 0.03
    """How far from certain what is to be learned is."""
    average: float = 0.99
    """What of the mean of the weights a step leaves (Polyak and Juditsky 1992)."""
    warm_up: float = 0.1
    least: float = 0.02


def learn(
    net: AnswerNet,
    pieces: WordPieces,
    pairs: Callable[[random.Random], Sequence[Pair]],
    how: Round,
    seed: int = 0,
    progress: Callable[[int, int, float], None] | None = None,
) -> None:
    """Let the network learn from the pairs that each epoch gives; the mean of its weights is what it ends with.

    `progress` is told the step, how many there are, and the loss of its batch.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(net.parameters(), lr=how.rate, weight_decay=0.01)
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    steps = how.epochs * -(-len(pairs(random.Random(seed))) // how.batch)
    net.train()
    step = 0
    for _ in range(how.epochs):
        for batch in _batches(pairs(rng), how.batch, rng):
            step += 1
            pace = min(1.0, step / (how.warm_up * steps)) * max(how.least, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = how.rate * pace
            target = torch.tensor([1 - how.soft if pair.right else how.soft for pair in batch])
            scores = net([frame(pieces, *pair[:3]) for pair in batch], how.drop)
            loss = F.binary_cross_entropy_with_logits(scores, target)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            if progress is not None:
                progress(step, steps, loss.item())
            with torch.no_grad():
                kept = min(how.average, step / (step + 10))
                for name, value in net.state_dict().items():
                    mean[name].mul_(kept).add_(value, alpha=1 - kept)
    net.load_state_dict(mean)
    net.eval()


def _batches(pairs: Sequence[Pair], size: int, rng: random.Random) -> Iterator[list[Pair]]:
    """Give batches of pairs that are about equally long, in a random order."""
    mixed = rng.sample(list(pairs), len(pairs))
    batches = []
    for at in range(0, len(mixed), 16 * size):
        near = sorted(mixed[at : at + 16 * size], key=lambda pair: len(pair.sentence))
        batches += [near[first : first + size] for first in range(0, len(near), size)]
    rng.shuffle(batches)
    yield from batches
