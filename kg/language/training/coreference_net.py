"""The antecedent ranker in torch: the same sums as `kg.extract.coreference.net`, and its loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.extract.coreference.ranker import WIDTH

if TYPE_CHECKING:
    import numpy.typing as npt

    from kg.language.training.coreference_data import Example


@dataclass(frozen=True, slots=True)
class Size:
    """How large the network is, and how much of what it sees is left out while it learns."""

    hidden: int = 64
    small: int = 32
    drop: float = 0.3
    drop_vectors: float = 0.3
    drop_rows: float = 0.1


class Ranker(nn.Module):
    """Scores of pairs, and of mentions that point to nothing.

    Vectors are taken as differences from their `mean`, so that a mention without one is an average one.
    """

    mean: Tensor

    def __init__(self, own: int, pairs: int, mean: Tensor, size: Size) -> None:
        super().__init__()
        self.size = size
        self.register_buffer("mean", mean)
        h = size.hidden
        self.mention, self.candidate, self.new = (
            nn.Linear(WIDTH, h),
            nn.Linear(WIDTH, h, bias=False),
            nn.Linear(WIDTH, h),
        )
        self.mention_small, self.candidate_small = nn.Linear(WIDTH, size.small), nn.Linear(WIDTH, size.small)
        self.pair_small = nn.Linear(size.small, h, bias=False)
        self.mention_rows, self.candidate_rows, self.new_rows = (nn.EmbeddingBag(own, h, mode="sum") for _ in range(3))
        self.pair_rows = nn.EmbeddingBag(pairs, h, mode="sum")
        for table in (self.mention_rows, self.candidate_rows, self.new_rows, self.pair_rows):
            nn.init.zeros_(table.weight)  # a row that is never seen says nothing
        self.pair_out, self.new_out = nn.Linear(h, 1), nn.Linear(h, 1)

    def forward(self, example: Example) -> tuple[Tensor, Tensor]:
        """Return the score of each pair of an example, and of each mention for pointing to nothing."""
        asked, size = example.question, self.size
        vectors, m, c = (torch.from_numpy(x) for x in (asked.vectors, asked.mine, asked.theirs))
        vectors = F.dropout(vectors - self.mean, size.drop_vectors, self.training)
        own, pairs = torch.from_numpy(asked.own), torch.from_numpy(asked.pairs)
        mine = self.mention(vectors) + self._sums(self.mention_rows, own)
        theirs = self.candidate(vectors) + self._sums(self.candidate_rows, own)
        small = self.mention_small(vectors)[m] * self.candidate_small(vectors)[c]
        hidden = mine[m] + theirs[c] + self._sums(self.pair_rows, pairs) + self.pair_small(small)
        alone = self.new(vectors) + self._sums(self.new_rows, own)
        hidden, alone = (F.dropout(torch.relu(x), size.drop, self.training) for x in (hidden, alone))
        return self.pair_out(hidden)[:, 0], self.new_out(alone)[:, 0]

    def _sums(self, table: nn.EmbeddingBag, rows: Tensor) -> Tensor:
        if not self.training:
            return torch.as_tensor(table(rows))
        kept = 1 - self.size.drop_rows
        return torch.as_tensor(table(rows, per_sample_weights=(torch.rand(rows.shape) < kept).float() / kept))

    def arrays(self) -> dict[str, npt.NDArray[np.float32]]:
        """Return the weights by the names under which `kg.extract.coreference.net` asks for them."""
        state = {name: value.numpy() for name, value in self.state_dict().items()}
        mean = state["mean"]

        def shifted(name: str) -> npt.NDArray[np.float32]:
            """The bias that does to whole vectors what the layer does to differences."""
            given = state.get(f"{name}.bias", np.zeros(1, dtype=np.float32))
            return np.asarray(given - state[f"{name}.weight"] @ mean, dtype=np.float32)

        return {
            "mean": mean,
            "mention": state["mention.weight"].T,
            "bias": shifted("mention") + shifted("candidate"),
            "candidate": state["candidate.weight"].T,
            "new": state["new.weight"].T,
            "new.bias": shifted("new"),
            "mention.small": state["mention_small.weight"].T,
            "mention.small_bias": shifted("mention_small"),
            "candidate.small": state["candidate_small.weight"].T,
            "candidate.small_bias": shifted("candidate_small"),
            "pair.small": state["pair_small.weight"].T,
            "mention.features": state["mention_rows.weight"],
            "candidate.features": state["candidate_rows.weight"],
            "new.features": state["new_rows.weight"],
            "pair.features": state["pair_rows.weight"],
            "pair.out": state["pair_out.weight"].T,
            "pair.out_bias": state["pair_out.bias"],
            "new.out": state["new_out.weight"].T,
            "new.out_bias": state["new_out.bias"],
        }


def ranking_loss(pairs: Tensor, none: Tensor, example: Example, *, described: float) -> Tensor:
    """Return the negative log of what all right antecedents together are given, summed over the mentions.

    Where none is right, pointing to nothing is (Durrett and Klein 2013). Descriptions count `described`.
    """
    m = torch.from_numpy(example.question.mine)
    right = torch.from_numpy(example.right)
    found = torch.zeros(len(none), dtype=torch.bool).index_put((m[right],), torch.tensor(True))
    good = torch.where(found, _log_sums(pairs.masked_fill(~right, -1e9), m, len(none)), none)
    loss = torch.logaddexp(_log_sums(pairs, m, len(none)), none) - good
    weights = torch.where(torch.from_numpy(example.described), described, 1.0)
    learned = torch.from_numpy(example.learned)
    return (loss * weights)[learned].sum()


def _log_sums(values: Tensor, groups: Tensor, n: int) -> Tensor:
    """Log of the sum of exponentials in each group, very low where there is nothing."""
    top = torch.full((n,), -1e9).scatter_reduce(0, groups, values.detach(), "amax")
    sums = torch.zeros(n).index_add(0, groups, torch.exp(values - top[groups]))
    return top + torch.log(sums + 1e-30)
