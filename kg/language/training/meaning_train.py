"""Training of the heads of meaning: the loss of a batch, the epochs, and the choice among them on dev."""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.errors import InputError
from kg.language.training import meaning_data as data
from kg.language.training.meaning_net import TAG_ENDS, Heads, Size, bag
from kg.language.training.meaning_scores import Cuts, figures, predict
from kg.meaning.features import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kg.language.training.meaning_data import Example
    from kg.language.training.passages import Passage

log = logging.getLogger(__name__)

Net = TypeVar("Net", bound=Heads)
One = TypeVar("One")
"""What a step learns from: an example, or a lesson (see `meaning_distil`)."""
Loss: TypeAlias = "Callable[[Net, Sequence[One], random.Random, float], Tensor]"
"""The loss on some of them; the last argument is the share of unlinked pairs of events that are asked."""

ENCODER = ("layers.", "norm.")
"""How the names of the encoder's weights begin."""
CHOSEN_BY = ("typed", "kind", "actor", "recipient", "object", "place", "time", "answers", "causes", "same", "status")
"""Figures whose mean on dev chooses the epoch."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How heads are trained; the defaults are for the annotated passages alone."""

    epochs: int = 6
    seed: int = 0
    batch: int = 8
    threads: int = 1
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    decay: float = 0.01
    warm_up: float = 0.1
    least_rate: float = 0.02
    negatives: float = 0.35
    """Share of the unlinked pairs of events that a step learns from."""
    average: float = 0.995
    """What of the mean of the weights a step leaves; the mean is what is judged, and kept (Polyak & Juditsky 1992)."""
    size: Size = field(default_factory=Size)


class Loaded(NamedTuple):
    """What the heads see of the corpus."""

    maker: data.Maker
    train: list[Example]
    dev: dict[str, list[Example]]
    """Examples to choose on, by collection."""


def given_by(corpus: Path) -> dict[str, dict[str, list[Passage]]]:
    """Return the passages of the corpus by part and collection; raises `InputError` where a part has none."""
    given = {part: data.read_part(corpus, part) for part in ("train", "dev")}
    for part, passages in given.items():
        if not any(passages.values()):
            where, remedy = str(corpus), "name the folder corpus/ of the repository"
            raise InputError(f"holds no *-{part}.jsonl.gz with passages", where=where, remedy=remedy)
    return given


def every(given: Mapping[str, Mapping[str, list[Passage]]]) -> dict[str, list[Passage]]:
    """Return the passages by part, of all collections."""
    return {part: [one for some in passages.values() for one in some] for part, passages in given.items()}


def load(given: Mapping[str, Mapping[str, list[Passage]]]) -> Loaded:
    """Return the examples to learn from and those to choose on."""
    maker = data.Maker()
    train = [example for passages in given["train"].values() for example in maker.examples(passages)]
    dev = {name: maker.examples(passages) for name, passages in given["dev"].items()}
    log.info("%d passages to learn from, %d to choose on", len(train), sum(map(len, dev.values())))
    return Loaded(maker, train, dev)


def fit(
    net: Net, examples: Sequence[One], dev: Mapping[str, Sequence[Example]], recipe: Recipe, loss_of: Loss[Net, One]
) -> tuple[Net, list[dict[str, float]]]:
    """Return a network in the state of the epoch that is best on dev, and every epoch's figures.

    One thread, seeds fixed: the same input gives the same weights on one kind of processor.
    """
    torch.set_num_threads(recipe.threads)
    torch.set_flush_denormal(True)
    rng = random.Random(recipe.seed)
    optimiser, schedule = _optimiser(net, recipe, steps=recipe.epochs * (len(examples) // recipe.batch + 1))
    order = list(examples)
    held = [example for some in dev.values() for example in some]
    history: list[dict[str, float]] = []
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    best, weights, step = -1.0, mean, 0
    begun = time.monotonic()
    for epoch in range(1, recipe.epochs + 1):
        net.train()
        rng.shuffle(order)
        total = 0.0
        for at in range(0, len(order), recipe.batch):
            loss = loss_of(net, order[at : at + recipe.batch], rng, recipe.negatives)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            step += 1
            _average(mean, net, share=min(recipe.average, (1 + step) / (10 + step)))
        last = {name: value.clone() for name, value in net.state_dict().items()}
        net.load_state_dict(mean)
        found = figures(held, predict(net, held), Cuts())
        score = sum(found[name] for name in CHOSEN_BY) / len(CHOSEN_BY)
        history.append({"epoch": epoch, "loss": round(total * recipe.batch / len(order), 3), "score": score, **found})
        log.info("%s after %d s", history[-1], time.monotonic() - begun)
        if score > best:
            best, weights = score, {name: value.clone() for name, value in mean.items()}
        net.load_state_dict(last)
    net.load_state_dict(weights)
    net.eval()
    return net, history


def _average(mean: Mapping[str, Tensor], net: Heads, *, share: float) -> None:
    """Move the mean of the weights towards those of the net; at first it follows them closely."""
    with torch.no_grad():
        for name, value in net.state_dict().items():
            mean[name].mul_(share).add_(value, alpha=1 - share)


def _optimiser(
    net: Heads, recipe: Recipe, *, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """Return AdamW with a lower rate for the encoder; rates rise, then fall in a line."""
    named = list(net.named_parameters())
    low = [value for name, value in named if name.startswith(ENCODER)]
    high = [value for name, value in named if not name.startswith(ENCODER)]
    groups = [{"params": low, "lr": recipe.encoder_rate}, {"params": high, "lr": recipe.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=recipe.decay)

    def share(step: int) -> float:
        return min(1.0, (step + 1) / (recipe.warm_up * steps)) * max(recipe.least_rate, 1 - step / steps)

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def batch_loss(net: Heads, examples: Sequence[Example], rng: random.Random, negatives: float) -> Tensor:
    """Return the weighted loss of tagger, role filler and linker on some passages."""
    vectors, offsets = net.encode(examples)
    return hard_loss(net, vectors, list(zip(examples, offsets, strict=False)), rng, negatives=negatives)


def hard_loss(
    net: Heads, vectors: Tensor, placed: Sequence[tuple[Example, int]], rng: random.Random, *, negatives: float
) -> Tensor:
    """Return the loss of passages whose words' vectors begin at the places beside them, by what was annotated."""
    links = [
        (at, pair)
        for example, at in placed
        for pair in example.links
        if max(pair.answer, pair.cause, pair.same) > 0 or rng.random() <= negatives
    ]
    loss = _tag_loss(net, vectors, placed)
    if any(example.roles for example, _ in placed):
        loss = loss + 0.5 * _role_loss(net, vectors, placed, rng)
    if links:
        loss = loss + 0.5 * _link_loss(net, vectors, links, rng)
    return loss


def _tag_loss(net: Heads, vectors: Tensor, placed: Sequence[tuple[Example, int]]) -> Tensor:
    """Return the loss of event or not; for events also of type (any accepted one is right), kind and factuality."""
    tokens = torch.tensor([at + i for example, at in placed for i in example.tokens])
    heads = torch.tensor([at + example.tree.head[i] for example, at in placed for i in example.tokens])
    features = bag([example.features[i] for example, _ in placed for i in example.tokens])
    scores = net.tag(vectors, tokens, heads, features)
    present, types, kinds, facts = (
        torch.tensor(np.concatenate([getattr(example, name)[example.tokens] for example, _ in placed]))
        for name in ("present", "types", "kinds", "facts")
    )
    loss = F.binary_cross_entropy_with_logits(scores[:, 0], present.float())
    told = present > 0
    if told.any():
        a, b, c, _ = TAG_ENDS
        likely = torch.log_softmax(scores[told, a:b], -1) + torch.log(types[told] + 1e-9)
        loss = loss - 0.15 * torch.logsumexp(likely, -1).mean()
        loss = loss + 0.15 * F.cross_entropy(scores[told, b:c], kinds[told])
        loss = loss + 0.1 * F.cross_entropy(scores[told, c:], facts[told])
    return loss


def _role_loss(net: Heads, vectors: Tensor, placed: Sequence[tuple[Example, int]], rng: random.Random) -> Tensor:
    pairs = [(at, pair) for example, at in placed for pair in example.roles]
    events = torch.tensor([at + pair.event for at, pair in pairs])
    others = torch.tensor([at + pair.other for at, pair in pairs])
    scores = net.role(vectors, events, others, bag([pair.rows for _, pair in pairs], drop=0.05, rng=rng))
    loss = F.cross_entropy(scores[:, :-1], torch.tensor([pair.role for _, pair in pairs]))
    counted = torch.tensor([float(pair.counted) for _, pair in pairs])
    return loss + F.binary_cross_entropy_with_logits(scores[:, -1], counted)


def _link_loss(net: Heads, vectors: Tensor, links: Sequence[tuple[int, data.LinkPair]], rng: random.Random) -> Tensor:
    first = torch.tensor([at + pair.first for at, pair in links])
    second = torch.tensor([at + pair.second for at, pair in links])
    scores = net.link(vectors, first, second, bag([pair.rows for _, pair in links], drop=0.1, rng=rng))
    loss = torch.zeros(())
    answers = torch.tensor([pair.answer for _, pair in links])
    if (asked := answers >= 0).any():
        loss = loss + F.cross_entropy(scores[asked, : len(ANSWERS)], answers[asked])
    for column, name in enumerate(("cause", "same"), len(ANSWERS)):
        labels = torch.tensor([getattr(pair, name) for _, pair in links])
        if (asked := labels >= 0).any():
            loss = loss + F.binary_cross_entropy_with_logits(scores[asked, column], labels[asked].float())
    return loss
