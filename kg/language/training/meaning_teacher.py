"""The teacher of the heads of meaning: the same three heads over a larger encoder, for training alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from kg.language.training import mpnet
from kg.language.training.meaning_net import Heads, Size
from kg.language.training.meaning_train import Recipe, batch_loss, fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.language.training.meaning_data import Example, Framed
    from kg.language.training.meaning_distil import Reader

FROZEN = 8
"""Layers of the teacher's encoder that stay as they are."""
RECIPE = Recipe(epochs=4, encoder_rate=5e-5, head_rate=1e-3, size=Size(tagger=768, pairs=256))
BATCH = 16
"""Passages that the frozen layers read at once."""


class Teacher(Heads):
    """Heads over the encoder's last layers, which are tuned; the first are not, see `lifted`."""

    rounded = True

    def __init__(self, encoder: mpnet.MPNet) -> None:
        super().__init__(nn.ModuleList(list(encoder.layers)[FROZEN:]), RECIPE.size, width=mpnet.WIDTH)
        self.near = encoder.near

    def embedded(self, windows: Sequence[Framed]) -> Tensor:
        """Return what the frozen layers made of several windows' pieces (see `lifted`)."""
        return torch.cat([torch.from_numpy(np.asarray(one.rows, dtype="float32")) for one in windows])

    def context(self, x: Tensor, places: Tensor, mask: Tensor, drop: float) -> Tensor:
        """Run the tuned layers over the pieces of several windows."""
        bias = mpnet.nearness(self.near, mask.shape[1])
        for layer in self.layers:
            x = layer(x, places, mask, drop, bias)
        return x


def trained(
    encoder: mpnet.MPNet, examples: Sequence[Example], dev: Mapping[str, Sequence[Example]], *, seed: int
) -> Reader:
    """Return a teacher trained on annotated passages, with its way from examples to the vectors of their words."""
    torch.manual_seed(seed)
    teacher = Teacher(encoder)
    lessons, recipe = lifted(encoder, examples), replace(RECIPE, seed=seed)
    teacher, _ = fit(teacher, lessons, {k: lifted(encoder, v) for k, v in dev.items()}, recipe, batch_loss)
    return reader(encoder, teacher)


def reader(encoder: mpnet.MPNet, teacher: Teacher) -> Reader:
    """Return the teacher with its way from examples to the vectors of their words."""

    def vectors_of(examples: Sequence[Example]) -> list[Tensor]:
        with torch.no_grad():
            vectors, ends = teacher.encode(lifted(encoder, examples))
        return [vectors[a:b] for a, b in pairwise(ends)]

    return teacher, vectors_of


def lifted(encoder: mpnet.MPNet, examples: Sequence[Example]) -> list[Example]:
    """Return examples whose windows hold the result of the teacher's frozen layers."""
    encoder.eval()
    out = []
    for at in range(0, len(examples), BATCH):
        some = examples[at : at + BATCH]
        rows = iter(_rows(encoder, [one for example in some for one in example.windows]))
        out += [replace(e, windows=[one._replace(rows=next(rows).numpy()) for one in e.windows]) for e in some]
    return out


def _rows(encoder: mpnet.MPNet, windows: Sequence[Framed]) -> list[Tensor]:
    sizes = [len(one.ids) for one in windows]
    longest = max(sizes)
    places = torch.cat([torch.arange(n) + k * longest for k, n in enumerate(sizes)])
    mask = torch.arange(longest)[None] < torch.tensor(sizes)[:, None]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        x = torch.cat([encoder.embedded(torch.from_numpy(one.ids)) for one in windows])
        bias = mpnet.nearness(encoder.near, longest)
        for layer in list(encoder.layers)[:FROZEN]:
            x = layer(x, places, mask, 0.0, bias)
    return list(torch.split(x.half(), sizes))
