"""The network of meaning in torch: an encoder of its own, a tagger, a role filler and a linker."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.language.training.minilm import EPS, LAYERS, WIDTH, Layer, MiniLM
from kg.meaning.features import ANSWERS, FACTUALITIES, KINDS, ROLES, TOKEN_WIDTH, TYPES
from kg.meaning.rows import PAIR_SIZE

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kg.language.training.meaning_data import Example, Framed

Bag = tuple[Tensor, Tensor]
"""Rows of a table, all in a row, and where each one's rows start."""
TAG_ENDS = (1, 1 + len(TYPES), 1 + len(TYPES) + len(KINDS), 1 + len(TYPES) + len(KINDS) + len(FACTUALITIES))
"""Where the tagger's scores end: event or not, type, kind, factuality."""


@dataclass(frozen=True, slots=True)
class Size:
    """Units of the tagger's and of the pairs' hidden layers, and the shares dropped in training."""

    tagger: int = 384
    pairs: int = 192
    drop: float = 0.3
    layer_drop: float = 0.1


class Heads(nn.Module, ABC):
    """Vectors of a passage's words by layers of its own, and three heads of one hidden layer over them."""

    rounded = False
    """Whether the layers run in 16-bit floats when nothing is learnt, too."""

    def __init__(self, layers: nn.ModuleList, size: Size, *, width: int) -> None:
        super().__init__()
        self.size = size
        self.layers = layers
        self.drop = nn.Dropout(size.drop)
        self.tag_in = nn.Linear(2 * width, size.tagger)
        self.tag_features = nn.EmbeddingBag(TOKEN_WIDTH, size.tagger, mode="sum")
        self.tag_out = nn.Linear(size.tagger, TAG_ENDS[-1])
        self.role_event = nn.Linear(width, size.pairs)
        self.role_other = nn.Linear(width, size.pairs)
        self.role_features = nn.EmbeddingBag(PAIR_SIZE, size.pairs, mode="sum")
        self.role_out = nn.Linear(size.pairs, len(ROLES) + 1)  # the last one: quantity, asked for by itself
        self.link_first = nn.Linear(width, size.pairs)
        self.link_second = nn.Linear(width, size.pairs)
        self.link_features = nn.EmbeddingBag(PAIR_SIZE, size.pairs, mode="sum")
        self.link_out = nn.Linear(size.pairs, len(ANSWERS) + 2)
        for table in (self.tag_features, self.role_features, self.link_features):
            nn.init.normal_(table.weight, std=0.05)

    def encode(self, examples: Sequence[Example]) -> tuple[Tensor, list[int]]:
        """Return the vectors of all words of some passages in a row, and where each passage starts."""
        windows = [one for example in examples for one in example.windows]
        sizes = torch.tensor([len(one.ids) for one in windows])
        longest = int(sizes.max())
        order = torch.cat([torch.arange(int(n)) for n in sizes])
        places = torch.repeat_interleave(torch.arange(len(windows)), sizes) * longest + order
        mask = torch.arange(longest)[None] < sizes[:, None]
        x = self.embedded(windows)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training or self.rounded):
            x = self.context(x, places, mask, self.size.layer_drop if self.training else 0.0)
        x = x.float()
        parts: list[Tensor] = []
        offsets, at = [0], 0
        for example in examples:
            for one in example.windows:
                rows = x[at + 1 : at + len(one.ids) - 1]
                at += len(one.ids)
                kept = slice(one.window.first - one.window.start, one.window.last - one.window.start)
                parts.append(_pooled(rows, np.diff(np.append(one.starts, len(rows))))[kept])
            offsets.append(offsets[-1] + len(example.tree.word))
        return torch.cat(parts), offsets

    @abstractmethod
    def embedded(self, windows: Sequence[Framed]) -> Tensor:
        """Return the pieces of several windows, all in a row, as the own layers take them."""

    @abstractmethod
    def context(self, x: Tensor, places: Tensor, mask: Tensor, drop: float) -> Tensor:
        """Run the own layers over the pieces of several windows."""

    def tag(self, vectors: Tensor, tokens: Tensor, heads: Tensor, bag: Bag) -> Tensor:
        """Return the scores of words: event or not, types, kinds, factualities."""
        hidden = self.tag_in(self.drop(torch.cat([vectors[tokens], vectors[heads]], 1))) + self.tag_features(*bag)
        return torch.as_tensor(self.tag_out(self.drop(F.relu(hidden))))

    def role(self, vectors: Tensor, events: Tensor, others: Tensor, bag: Bag) -> Tensor:
        """Return the scores of pairs of an event and a word: roles, then quantity."""
        hidden = self.role_event(vectors)[events] + self.role_other(vectors)[others] + self.role_features(*bag)
        return torch.as_tensor(self.role_out(self.drop(F.relu(hidden))))

    def link(self, vectors: Tensor, first: Tensor, second: Tensor, bag: Bag) -> Tensor:
        """Return the scores of pairs of events: answers, then causes and same."""
        hidden = self.link_first(vectors)[first] + self.link_second(vectors)[second] + self.link_features(*bag)
        return torch.as_tensor(self.link_out(self.drop(F.relu(hidden))))


class MeaningNet(Heads):
    """The network that ships: its layers are those of the encoder once more, over the pipeline's own embeddings."""

    def __init__(self, parts: Mapping[str, npt.NDArray[np.generic]], size: Size = Size()) -> None:
        """`parts` are those of the shipped encoder (see `EncoderShim`); its tables of embeddings stay as they are."""
        super().__init__(nn.ModuleList(Layer() for _ in range(LAYERS)), size, width=WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPS)
        tables = {name: np.array(parts[name], dtype=np.float32) for name in ("words", "scales", "positions", "layouts")}
        self.words = nn.Buffer(torch.from_numpy(tables["words"] * tables["scales"]), persistent=False)
        self.positions = nn.Buffer(torch.from_numpy(tables["positions"]), persistent=False)
        self.layouts = nn.Buffer(torch.from_numpy(tables["layouts"]), persistent=False)

    def begin_with(self, published: MiniLM) -> None:
        """Take the published encoder's weights as the first ones: those that learnt grammar know less of words."""
        self.layers.load_state_dict(published.layers.state_dict())
        self.norm.load_state_dict(published.norm.state_dict())

    def embedded(self, windows: Sequence[Framed]) -> Tensor:
        """Return the pieces of several windows, all in a row, looked up."""
        order = torch.cat([torch.arange(len(one.ids)) for one in windows])
        ids = torch.from_numpy(np.concatenate([one.ids for one in windows]))
        layouts = torch.from_numpy(np.concatenate([one.layouts for one in windows]))
        return self.words[ids] + self.positions[order] + self.layouts[layouts]

    def context(self, x: Tensor, places: Tensor | None, mask: Tensor | None, drop: float) -> Tensor:
        """Run the layers over the pieces of several windows, or of one where `places` is None."""
        x = F.dropout(self.norm(x), drop, self.training)
        for layer in self.layers:
            x = layer(x, places, mask, drop)
        return x


def _pooled(rows: Tensor, sizes: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Tensor:
    """Return the mean of each token's pieces."""
    counts = torch.tensor(sizes)
    token = torch.repeat_interleave(torch.arange(len(sizes)), counts)
    return torch.zeros(len(sizes), rows.shape[1]).index_add(0, token, rows) / counts.float()[:, None]


def bag(lists: Sequence[Sequence[int]], *, drop: float = 0.0, rng: random.Random | None = None) -> Bag:
    """Lay lists of rows one after the other; a share of the rows is left out where `rng` is given."""
    rows: list[int] = []
    starts: list[int] = []
    for one in lists:
        starts.append(len(rows))
        rows += one if rng is None else [row for row in one if rng.random() > drop]
    return torch.tensor(rows, dtype=torch.long), torch.tensor(starts, dtype=torch.long)
