"""The teacher's encoder in torch: MPNet of 12 layers and 768 units (Song et al. 2020), as all-mpnet-base-v2 has it.

Its word pieces are BERT's, four places on, so a window of the shipped encoder is cut for it, too.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.errors import ModelError
from kg.language.training.minilm import Layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of `model.safetensors` of all-mpnet-base-v2."""
LAYERS, WIDTH, INNER, EPS, BUCKETS, FURTHEST = 12, 768, 3072, 1e-5, 32, 128
GAIN = 8.0
"""Brings the published vectors, a tenth in size, to about one, as the heads' first weights expect."""
FIRST_PLACE = 2
"""The places before are of padding."""
SHIFT = 4
"""Marks that stand before BERT's pieces in the vocabulary."""
MARKS = {100: 3, 101: 0, 102: 2}
"""Of the pieces [UNK], [CLS] and [SEP]."""


class MPNet(nn.Module):
    """Pieces of several windows to one vector per piece; `layers` may be split among a frozen and a tuned part."""

    def __init__(self, given: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.words = given["embeddings.word_embeddings.weight"]
        self.places = given["embeddings.position_embeddings.weight"]
        self.norm = nn.LayerNorm(WIDTH, eps=EPS)
        self.norm.load_state_dict({end: given[f"embeddings.LayerNorm.{end}"] for end in ("weight", "bias")})
        self.near = given["encoder.relative_attention_bias.weight"]
        self.layers = nn.ModuleList(Layer(WIDTH, INNER, EPS) for _ in range(LAYERS))
        self.layers.load_state_dict(_renamed(given))

    def embedded(self, ids: Tensor) -> Tensor:
        """Return the vectors of one window's pieces, given by BERT's numbers, before the first layer."""
        own = ids + SHIFT
        for bert, number in MARKS.items():
            own[ids == bert] = number
        return torch.as_tensor(self.norm(self.words[own] + self.places[FIRST_PLACE : FIRST_PLACE + len(ids)]))


def pretrained(folder: Path) -> MPNet:
    """Return the encoder with its published weights; raises `ModelError` where these are others."""
    file = folder / "model.safetensors"
    if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        remedy = "give the folder of all-mpnet-base-v2 (see MODEL_CARD.md)"
        raise ModelError("these are not the weights that the recipe was made for", where=str(file), remedy=remedy)
    model = MPNet(load_file(file))
    with torch.no_grad():
        for name, parameter in model.layers.named_parameters():
            if name.startswith(f"{LAYERS - 1}.norm2."):
                parameter.mul_(GAIN)
    return model


def nearness(table: Tensor, size: int) -> Tensor:
    """Return what each head adds to the scores of two pieces of a window by their distance."""
    order = torch.arange(size)
    apart = order[None, :] - order[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    n = apart.abs()
    far = exact + (torch.log(n.clamp(min=1).float() / exact) / math.log(FURTHEST / exact) * (half - exact)).long()
    bucket = (apart > 0).long() * half + torch.where(n < exact, n, far.clamp(max=half - 1))
    return table[bucket].permute(2, 0, 1)


def _renamed(given: Mapping[str, Tensor]) -> dict[str, Tensor]:
    out = {}
    for i in range(LAYERS):
        old = f"encoder.layer.{i}"
        for end in ("weight", "bias"):
            out[f"{i}.qkv.{end}"] = torch.cat([given[f"{old}.attention.attn.{part}.{end}"] for part in "qkv"])
            out[f"{i}.mixed.{end}"] = given[f"{old}.attention.attn.o.{end}"]
            out[f"{i}.norm1.{end}"] = given[f"{old}.attention.LayerNorm.{end}"]
            out[f"{i}.inner.{end}"] = given[f"{old}.intermediate.dense.{end}"]
            out[f"{i}.outer.{end}"] = given[f"{old}.output.dense.{end}"]
            out[f"{i}.norm2.{end}"] = given[f"{old}.output.LayerNorm.{end}"]
    return out
