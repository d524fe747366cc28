"""The encoder while it learns: torch forward and backward under spaCy's heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from kg.language.encoder import WIDTH, EncoderShim, framed

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.language.training.minilm import MiniLM

DROP = 0.1
DECAY_PER_LAYER = 0.9
"""A layer learns this much slower than the one above it."""


class Coach:
    """Runs the torch encoder for the heads and takes their gradients back into its weights."""

    def __init__(self, module: MiniLM, shim: EncoderShim, *, rate: float) -> None:
        self.module = module
        self.shim = shim
        self.rate = rate
        self.dense = torch.optim.AdamW(self._groups(), fused=True, betas=(0.9, 0.99))
        self.sparse = torch.optim.SparseAdam(list(module.words.parameters()), lr=rate, betas=(0.9, 0.99))
        self.sparse.param_groups[0]["scale"] = DECAY_PER_LAYER ** (len(module.layers) + 1)

    def _groups(self) -> list[dict[str, Any]]:
        depth = len(self.module.layers)
        groups = [(layer.parameters(), DECAY_PER_LAYER ** (depth - i)) for i, layer in enumerate(self.module.layers, 1)]
        first = DECAY_PER_LAYER ** (depth + 1)
        groups += [(self.module.positions.parameters(), first), (self.module.norm.parameters(), first)]
        groups.append((self.module.layouts.parameters(), 2.0))
        return [{"params": list(p), "scale": s, "lr": self.rate * s, "weight_decay": 0.01} for p, s in groups]

    def forward(self, docs: list[Doc]) -> tuple[list[Any], torch.Tensor]:
        """Return one array of token vectors per document, and the tensor that carries the way back."""
        assert self.shim.pieces is not None
        ids: list[Any] = []
        layouts: list[Any] = []
        picks: list[int] = []
        tokens: list[int] = []
        weights: list[float] = []
        lengths: list[int] = []
        base = flat = 0
        for doc in docs:
            for window, pieces, shapes, starts in framed(self.shim.pieces, doc):
                ends = np.append(starts, len(pieces) - 2)
                for i in range(window.first, window.last):
                    a, b = int(ends[i - window.start]), int(ends[i - window.start + 1])
                    picks.extend(range(flat + 1 + a, flat + 1 + b))
                    tokens.extend([base + i] * (b - a))
                    weights.extend([1.0 / (b - a)] * (b - a))
                ids.append(pieces)
                layouts.append(shapes)
                lengths.append(len(pieces))
                flat += len(pieces)
            base += len(doc)
        self.module.train()
        with torch.autocast("cpu", torch.bfloat16):
            rows = self.module(
                torch.from_numpy(np.concatenate(ids)), torch.from_numpy(np.concatenate(layouts)), lengths, DROP
            )
        rows = rows.float()[torch.tensor(picks)] * torch.tensor(weights)[:, None]
        vectors = torch.zeros(base, WIDTH).index_add(0, torch.tensor(tokens), rows)
        cuts = np.cumsum([len(doc) for doc in docs])[:-1]
        return [np.ascontiguousarray(part) for part in np.split(vectors.detach().numpy(), cuts)], vectors

    def backward(self, vectors: torch.Tensor, gradients: list[Any], *, scale: float) -> None:
        """Add the heads' gradients, scaled, to the weights' gradients."""
        vectors.backward(torch.from_numpy(np.concatenate(gradients)) * scale)

    def step(self, share: float) -> None:
        """Change the weights; `share` is the part of the full learning rate that the schedule allows now."""
        dense = [p for group in self.dense.param_groups for p in group["params"]]
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        for optimizer in (self.dense, self.sparse):
            for group in optimizer.param_groups:
                group["lr"] = self.rate * group["scale"] * share
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def attach(self) -> None:
        """Let the pipeline predict with the torch encoder as it is now."""

        def run(ids: Any, layouts: Any) -> Any:
            self.module.eval()
            with torch.inference_mode():
                return self.module(torch.from_numpy(ids), torch.from_numpy(layouts), [len(ids)]).numpy(), None

        self.shim.runner = run
