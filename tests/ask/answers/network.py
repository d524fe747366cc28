"""The network in torch: the published encoder's layers over the parser's embeddings, and a score for each piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.asking.extractive import Framed
from kg.language.training.export import as_graph
from kg.language.training.minilm import HEADS, WIDTH, MiniLM

PARTS = 2


class ReaderNet(nn.Module):
    """From a question and a passage, side by side, to a score of each piece; that of the first one is "none"."""

    def __init__(self, published: MiniLM, tables: Mapping[str, Any]) -> None:
        """`tables` are the embeddings of the shipped encoder (see `EncoderShim.parts`), which stay as they are."""
        super().__init__()
        self.norm, self.layers = published.norm, published.layers
        self.part = nn.Embedding(PARTS, WIDTH)
        self.pointer = nn.Linear(WIDTH, 1)
        self.none = nn.Linear(WIDTH, 1)
        self.truth = nn.Linear(2 * WIDTH, 1)
        nn.init.zeros_(self.part.weight)
        for head in (self.pointer, self.none, self.truth):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        floats = {name: np.array(tables[name], np.float32) for name in ("words", "scales", "positions", "layouts")}
        self.words = nn.Buffer(torch.from_numpy(floats["words"] * floats["scales"]), persistent=False)
        self.positions = nn.Buffer(torch.from_numpy(floats["positions"]), persistent=False)
        self.layouts = nn.Buffer(torch.from_numpy(floats["layouts"]), persistent=False)

    def forward(self, rows: Sequence[Framed], drop: float = 0.0) -> tuple[Tensor, Tensor]:
        """Return the scores of each row's pieces, very low where there is none to point to, and "yes" over "no"."""
        sizes = torch.tensor([len(row.ids) for row in rows])
        mask = torch.arange(int(sizes.max()))[None] < sizes[:, None]
        ids, layouts, parts = (
            nn.utils.rnn.pad_sequence([torch.from_numpy(row[column]) for row in rows], batch_first=True)
            for column in range(3)
        )
        x = self.words[ids] + self.positions[: mask.shape[1]] + self.layouts[layouts]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self._read(x, parts, mask, drop)
        return self._score(x.float(), parts == 1, drop)

    def single(self, embedded: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        """Return the same of one row of embedded pieces."""
        x = F.layer_norm(embedded + self.part(parts), (WIDTH,), self.norm.weight, self.norm.bias, self.norm.eps)
        for layer in self.layers:
            x = layer(x, None, None, 0.0)
        scores, truth = self._score(x[None], (parts == 1)[None], 0.0)
        return scores[0], truth

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

    def _score(self, x: Tensor, told: Tensor, drop: float) -> tuple[Tensor, Tensor]:
        """Yes or no is told from the first piece and what is pointed to."""
        x = F.dropout(x, drop, self.training)
        scores = self.pointer(x)[:, :, 0].masked_fill(~told, -1e4)
        seen = torch.softmax(scores, 1)[:, :, None]
        truth = self.truth(torch.cat([x[:, 0], (x * seen).sum(1)], 1))[:, 0]
        return torch.cat([self.none(x[:, 0]), scores[:, 1:]], 1), truth


class _Single(nn.Module):
    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, embedded: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        return self.net.single(embedded, parts)


def graph_of(net: ReaderNet) -> bytes:
    """Return the network for one row as an ONNX graph with int8 weights per channel."""
    net.eval()
    pieces = {"embedded": torch.zeros(9, WIDTH), "parts": torch.tensor([0, 0, 0, 1, 1, 1, 1, 1, 0])}
    return as_graph(_Single(net), pieces, {"scores": True, "truth": False})


def begin_with(net: ReaderNet, graph: Path) -> None:
    """Give a network the layers of one that ships, or shipped, as an ONNX graph; what it has beside them stays."""
    import onnx
    from onnx import numpy_helper

    found = {one.name.removeprefix("net."): numpy_helper.to_array(one) for one in onnx.load(graph).graph.initializer}
    told = {name: value for name, value in found.items() if "_Transposed" not in name}
    for name in found:
        if name.endswith("_Transposed_quantized"):
            plain = name.removesuffix("_Transposed_quantized")
            told[plain] = (found[name].astype(np.float32) * found[f"{plain}_Transposed_scale"]).T
    own = net.state_dict()
    taken = {
        name: torch.from_numpy(told[name].copy())
        for name in own
        if name in told and own[name].shape == told[name].shape
    }
    net.load_state_dict(taken, strict=False)
