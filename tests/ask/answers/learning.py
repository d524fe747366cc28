"""Learning the network from examples: the loss of a batch, the steps, and the mean of the weights that is kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional as F

from kg.asking.extractive import Cut, Framed, cut, frame
from kg.language.wordpieces import WordPieces
from tests.ask.answers.asked import Example
from tests.ask.answers.network import ReaderNet


@dataclass(frozen=True, slots=True)
class Round:
    """One round of learning: over what, how often, how fast."""

    epochs: int
    rate: float
    batch: int = 16
    drop: float = 0.1
    truth: float = 0.5
    """What yes or no counts beside where the answer stands."""
    average: float = 0.99
    """What of the mean of the weights a step leaves (Polyak and Juditsky 1992)."""
    warm_up: float = 0.1
    least: float = 0.02


class Cutter:
    """Cuts texts into word pieces, each once."""

    def __init__(self, pieces: WordPieces) -> None:
        self.pieces = pieces
        self.cut: Callable[[str], Cut] = lru_cache(maxsize=None)(lambda text: cut(pieces, text))

    def length(self, text: str) -> int:
        """Give how many word pieces a text has."""
        return len(self.cut(text).ids)

    def framed(self, example: Example) -> tuple[Framed, Tensor]:
        """Lay an example out as a row, and say of each piece whether pointing to it is right; the first is "none"."""
        told = [self.cut(one) for one in example.sentences]
        row = frame(self.pieces, self.cut(example.question), told)
        spots = [
            any(
                spot.sentence == owner and told[owner].begins[place] < spot.end and spot.begin < told[owner].ends[place]
                for spot in example.spots
            )
            for owner, place in zip(row.owners.tolist(), row.places.tolist(), strict=True)
        ]
        right = torch.tensor(spots)
        right[0] = not bool(right.any())
        return row, right


def learn(
    net: ReaderNet,
    cutter: Cutter,
    examples: Callable[[random.Random], Sequence[Example]],
    how: Round,
    seed: int = 0,
    progress: Callable[[int, int, float], None] | None = None,
) -> None:
    """Let the network learn from what each epoch gives; the mean of its weights is what it ends with.

    `progress` is told the step, how many there are, and the loss of its batch.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(net.parameters(), lr=how.rate, weight_decay=0.01)
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    steps = how.epochs * -(-len(examples(random.Random(seed))) // how.batch)
    net.train()
    step = 0
    for _ in range(how.epochs):
        for batch in _batches(examples(rng), cutter, how.batch, rng):
            step += 1
            pace = min(1.0, step / (how.warm_up * steps)) * max(how.least, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = how.rate * pace
            loss = loss_of(net, cutter, batch, how)
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


def loss_of(net: ReaderNet, cutter: Cutter, batch: Sequence[Example], how: Round) -> Tensor:
    """Give minus the logarithm of the chance that something right is pointed to, and the same of yes or no."""
    framed = [cutter.framed(one) for one in batch]
    scores, truth = net([row for row, _ in framed], how.drop)
    right = torch.nn.utils.rnn.pad_sequence([one for _, one in framed], batch_first=True)
    told = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
    loss = told.mean()
    known = [at for at, one in enumerate(batch) if one.truth is not None]
    if known:
        says = torch.tensor([float(bool(batch[at].truth)) for at in known])
        loss = loss + how.truth * F.binary_cross_entropy_with_logits(truth[known], says, reduction="sum") / len(batch)
    return loss


def _batches(examples: Sequence[Example], cutter: Cutter, size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Give batches of examples that are about equally long, in a random order."""
    mixed = rng.sample(list(examples), len(examples))
    batches = []
    for at in range(0, len(mixed), 16 * size):
        part = sorted(mixed[at : at + 16 * size], key=lambda one: sum(map(cutter.length, one.sentences)))
        batches += [part[low : low + size] for low in range(0, len(part), size)]
    rng.shuffle(batches)
    yield from batches
