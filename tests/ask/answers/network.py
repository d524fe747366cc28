"""The network in torch: the published encoder's layers over the embeddings of the parser, and one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.asking.pairs import Framed
from kg.language.training.export import as_graph
from kg.language.training.minilm import HEADS, WIDTH, MiniLM

PARTS = 3


class AnswerNet(nn.Module):
    """From a question and a sentence, side by side, to the logarithm of the odds that the one answers the other."""

    def __init__(self, published: MiniLM, tables: Mapping[str, Any]) -> None:
        """`tables` are the embeddings of the shipped encoder (see `EncoderShim.parts`), which stay as they are."""
        super().__init__()
        self.norm, self.layers = published.norm, published.layers
        self.part = nn.Embedding(PARTS, WIDTH)
        self.head = nn.Linear(2 * WIDTH, 1)
        nn.init.zeros_(self.part.weight)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)
        floats = {name: np.array(tables[name], np.float32) for name in ("words", "scales", "positions", "layouts")}
        self.words = nn.Buffer(torch.from_numpy(floats["words"] * floats["scales"]), persistent=False)
        self.positions = nn.Buffer(torch.from_numpy(floats["positions"]), persistent=False)
        self.layouts = nn.Buffer(torch.from_numpy(floats["layouts"]), persistent=False)

    def forward(self, rows: Sequence[Framed], drop: float = 0.0) -> Tensor:
        """Return the score of each row."""
        sizes = torch.tensor([len(row.ids) for row in rows])
        mask = torch.arange(int(sizes.max()))[None] < sizes[:, None]
        ids, layouts, parts = (
            nn.utils.rnn.pad_sequence([torch.from_numpy(row[column]) for row in rows], batch_first=True)
            for column in range(3)
        )
        x = self.words[ids] + self.positions[: mask.shape[1]] + self.layouts[layouts]
        asked = (parts == 0) & mask
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self._read(x, parts, mask, drop)
        return self._score(x.float(), asked, drop)

    def single(self, embedded: Tensor, parts: Tensor) -> Tensor:
        """Return the score of one row of embedded pieces."""
        x = F.layer_norm(embedded + self.part(parts), (WIDTH,), self.norm.weight, self.norm.bias, self.norm.eps)
        for layer in self.layers:
            x = layer(x, None, None, 0.0)
        return self._score(x[None], (parts == 0)[None], 0.0)

    def _read(self, x: Tensor, parts: Tensor, mask: Tensor, drop: float) -> Tensor:
        count, longest = mask.shape
        hidden = torch.zeros(count, 1, 1, longest).masked_fill(~mask[:, None, None], -1e4).to(torch.bfloat16)
        x = F.dropout(self.norm(x + self.part(parts)), drop, self.training)
        for layer in self.layers:
            qkv = layer.qkv(x).view(count, longest, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
            seen = F.scaled_dot_product_attention(*qkv, attn_mask=hidden).transpose(1, 2).reshape(x.shape)
            x = layer.norm1(x + F.dropout(layer.mixed(seen), drop, self.training))
            x = layer.norm2(x + F.dropout(layer.outer(F.gelu(layer.inner(x))), drop, self.training))
        return x

    def _score(self, x: Tensor, asked: Tensor, drop: float) -> Tensor:
        """From the first piece and the mean of the question's pieces."""
        share = asked.float()[:, :, None]
        both = torch.cat([x[:, 0], (x * share).sum(1) / share.sum(1)], 1)
        return self.head(F.dropout(both, drop, self.training))[:, 0]


class _Single(nn.Module):
    def __init__(self, net: AnswerNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, embedded: Tensor, parts: Tensor) -> Tensor:
        return self.net.single(embedded, parts)


def graph_of(net: AnswerNet) -> bytes:
    """Return the network for one row as an ONNX graph with int8 weights per channel."""
    net.eval()
    pieces = {"embedded": torch.zeros(9, WIDTH), "parts": torch.tensor([0, 0, 0, 1, 1, 1, 1, 2, 2])}
    return as_graph(_Single(net), pieces, {"score": False})
