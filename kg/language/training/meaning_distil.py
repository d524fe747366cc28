"""Distillation (Hinton et al. 2015): what teachers say of unannotated news, and the loss of who learns from it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from kg.language.training.meaning_data import labelled
from kg.language.training.meaning_net import TAG_ENDS, bag
from kg.language.training.meaning_scores import Scores, score
from kg.language.training.meaning_train import hard_loss
from kg.language.training.passages import AnnotatedEvent
from kg.meaning.features import ANSWERS, FACTUALITIES, KINDS, ROLES, TYPES
from kg.meaning.heads import sigmoid, softmax

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from kg.language.training.meaning_data import Analysed, Example, LinkPair
    from kg.language.training.meaning_net import Heads
    from kg.language.training.passages import Passage

    Floats = npt.NDArray[np.float32]
    Reader = tuple[Heads, Callable[[Sequence[Example]], list[Tensor]]]
    """A network, and how it comes to the vectors of some examples' words."""

TOLD = 0.5
"""Probability from which a word that a teacher reads is an event, whose participants and links are asked for."""


TOGETHER = 16
"""Passages that are read at once."""


class Lesson(NamedTuple):
    """A passage to learn from: annotated where `said` is None, otherwise with the teachers' scores."""

    example: Example
    said: Scores | None = None


def read(teachers: Sequence[Reader], passages: Sequence[tuple[Passage, Analysed]]) -> list[Lesson]:
    """Return passages as the teachers read them: first the words that tell events, then who takes part, then links."""
    out = []
    for at in range(0, len(passages), TOGETHER):
        some = passages[at : at + TOGETHER]
        blank = [labelled(passage, seen) for passage, seen in some]
        vectors = zip(*(vectors_of(blank) for _, vectors_of in teachers), strict=True)
        nets = [net for net, _ in teachers]
        out += [_lesson(nets, one, *each) for one, each in zip(blank, zip(some, vectors, strict=True), strict=True)]
    return out


def _lesson(
    nets: Sequence[Heads], blank: Example, given: tuple[Passage, Analysed], vectors: Sequence[Tensor]
) -> Lesson:
    passage, seen = given

    def said(example: Example) -> Scores:
        return mean([score(net, example, some) for net, some in zip(nets, vectors, strict=True)])

    events = likely_events(blank, said(blank))
    first = labelled(replace(passage, events=tuple(events.values())), seen)
    told = filled(first, said(first), events)
    example = labelled(replace(passage, events=tuple(told.values())), seen)
    return Lesson(example, said(example))


def likely_events(example: Example, said: Scores) -> dict[int, AnnotatedEvent]:
    """Return the likely events by their words."""
    tree, tags = example.tree, said.tags
    a, b, c, _ = TAG_ENDS
    out = {}
    for i in example.tokens:
        if tags[i, 0] > np.log(TOLD / (1 - TOLD)):
            type_ = TYPES[int(tags[i, a:b].argmax())]
            kind = KINDS[int(tags[i, b:c].argmax())]
            fact = FACTUALITIES[int(tags[i, c:].argmax())]
            place = ((tree.begin[i], tree.end[i]),)
            kind_or_not = None if kind == "none" else kind
            out[i] = AnnotatedEvent(f"e{i}", tree.sentence[i] + 1, type_, (type_,), kind_or_not, fact, place, {})
    return out


def filled(example: Example, said: Scores, events: Mapping[int, AnnotatedEvent]) -> dict[int, AnnotatedEvent]:
    """Return the events with the words that likely take part in them."""
    tree = example.tree
    roles: dict[int, dict[str, tuple[tuple[int, int], ...]]] = {i: {} for i in events}
    for pair, row in zip(example.roles, said.roles, strict=True):
        names = [ROLES[int(row[:-1].argmax())], "quantity" if row[-1] > 0 else "none"]
        for name in names:
            if name != "none" and pair.event in roles:
                word = (tree.begin[pair.other], tree.end[pair.other])
                roles[pair.event][name] = (*roles[pair.event].get(name, ()), word)
    return {i: replace(event, roles=roles[i]) for i, event in events.items()}


def mean(scores: Sequence[Scores]) -> Scores:
    """Return scores whose probabilities are the mean of those of several networks."""
    a, b, c, end = TAG_ENDS
    n = len(ANSWERS)
    if len(scores) == 1:
        return scores[0]
    return Scores(
        _mean([s.tags for s in scores], (0, a, b, c, end)),
        _mean([s.roles for s in scores], (0, len(ROLES), len(ROLES) + 1)),
        _mean([s.links for s in scores], (0, n, n + 1, n + 2)),
    )


def _mean(scores: Sequence[Floats], ends: Sequence[int]) -> Floats:
    """Average each question, which has the columns from one end to the next; one column alone is yes or no."""
    parts = []
    for a, b in pairwise(ends):
        chances = np.mean([(sigmoid if b - a == 1 else softmax)(one[:, a:b]) for one in scores], axis=0)
        chances = np.clip(chances, 1e-6, 1 - 1e-6)
        parts.append(np.log(chances / (1 - chances)) if b - a == 1 else np.log(chances))
    return np.concatenate(parts, axis=1).astype("float32")


def lesson_loss(net: Heads, lessons: Sequence[Lesson], rng: random.Random, negatives: float) -> Tensor:
    """Return the loss of annotated passages by what was annotated, and of others by what the teachers say."""
    vectors, offsets = net.encode([one.example for one in lessons])
    placed = list(zip(lessons, offsets, strict=False))
    gold = [(one.example, at) for one, at in placed if one.said is None]
    loss = hard_loss(net, vectors, gold, rng, negatives=negatives) if gold else torch.zeros(())
    silver = [(one.example, one.said, at) for one, at in placed if one.said is not None]
    return loss + soft_loss(net, vectors, silver, rng) if silver else loss


def soft_loss(net: Heads, vectors: Tensor, silver: Sequence[tuple[Example, Scores, int]], rng: random.Random) -> Tensor:
    """Return the loss by the teachers' probabilities, weighted as that of what is annotated."""
    tokens = torch.tensor([at + i for e, _, at in silver for i in e.tokens])
    heads = torch.tensor([at + e.tree.head[i] for e, _, at in silver for i in e.tokens])
    scores = net.tag(vectors, tokens, heads, bag([e.features[i] for e, _, _ in silver for i in e.tokens]))
    said = torch.from_numpy(np.concatenate([s.tags[e.tokens] for e, s, _ in silver]))
    a, b, c, end = TAG_ENDS
    told = torch.sigmoid(said[:, 0])
    loss = F.binary_cross_entropy_with_logits(scores[:, 0], told)
    for weight, first, last in ((0.15, a, b), (0.15, b, c), (0.1, c, end)):
        each = F.cross_entropy(scores[:, first:last], torch.softmax(said[:, first:last], -1), reduction="none")
        loss = loss + weight * (each * told).sum() / told.sum()
    roles = [(at, pair) for e, _, at in silver for pair in e.roles]
    if roles:
        said = torch.from_numpy(np.concatenate([s.roles for _, s, _ in silver]))
        events = torch.tensor([at + pair.event for at, pair in roles])
        others = torch.tensor([at + pair.other for at, pair in roles])
        scores = net.role(vectors, events, others, bag([pair.rows for _, pair in roles], drop=0.05, rng=rng))
        loss = loss + 0.5 * F.cross_entropy(scores[:, :-1], torch.softmax(said[:, :-1], -1))
        loss = loss + 0.5 * F.binary_cross_entropy_with_logits(scores[:, -1], torch.sigmoid(said[:, -1]))
    links = [(at, pair) for e, _, at in silver for pair in e.links]
    if links:
        said = torch.from_numpy(np.concatenate([s.links for _, s, _ in silver]))
        ones = torch.tensor([at + pair.first for at, pair in links])
        twos = torch.tensor([at + pair.second for at, pair in links])
        scores = net.link(vectors, ones, twos, bag([pair.rows for _, pair in links], drop=0.1, rng=rng))
        loss = loss + 0.5 * _link_loss(scores, said, [pair for _, pair in links])
    return loss


def _link_loss(scores: Tensor, said: Tensor, pairs: Sequence[LinkPair]) -> Tensor:
    """Return the loss of the questions that concern a pair; all pairs are asked, as what is said allows for that."""
    n = len(ANSWERS)
    loss = torch.zeros(())
    if (asked := torch.tensor([pair.answer >= 0 for pair in pairs])).any():
        loss = loss + F.cross_entropy(scores[asked, :n], torch.softmax(said[asked, :n], -1))
    for column, name in enumerate(("cause", "same"), n):
        if (asked := torch.tensor([getattr(pair, name) >= 0 for pair in pairs])).any():
            chances = torch.sigmoid(said[asked, column])
            loss = loss + F.binary_cross_entropy_with_logits(scores[asked, column], chances)
    return loss
