"""The trained heads as files: `context.onnx` (the encoder, int8) and `heads.npz` (weights as 16-bit floats)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from kg.language.training.export import as_graph
from kg.language.training.meaning_net import TAG_ENDS
from kg.language.training.minilm import WIDTH
from kg.meaning.features import ANSWERS, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from kg.language.training.meaning_calibration import Heat, Thresholds
    from kg.language.training.meaning_net import MeaningNet

    Floats = npt.NDArray[np.float32]


class _Encoder(nn.Module):
    """The encoder of meaning over one window."""

    def __init__(self, net: MeaningNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: Tensor) -> Tensor:
        """Return the vectors for meaning of embedded pieces."""
        return self.net.context(x, None, None, 0.0)


def context_graph(net: MeaningNet) -> bytes:
    """Return the encoder as an ONNX graph with int8 weights per channel."""
    net.eval()
    return as_graph(_Encoder(net), {"embedded": torch.zeros(9, WIDTH)}, {"context": True})


def head_arrays(net: MeaningNet, heat: Mapping[str, Heat], cuts: Mapping[str, Thresholds]) -> dict[str, Floats]:
    """Return the heads' weights by the names under which `kg.meaning.reader` asks for them.

    Temperatures and offsets go into the last layers, so that the scores come out calibrated and the reader's own
    `tag.temperature` has nothing left to do.
    """
    a, b, c, end = TAG_ENDS
    n = len(ANSWERS)
    tag = _spread(heat, event=a, type=b - a, kind=c - b, factuality=end - c)
    role = _spread(heat, role=len(ROLES), quantity=1)
    link = _spread(heat, answers=n, causes=1, same=1)

    def get(name: str) -> Floats:
        return np.asarray(net.state_dict()[name].numpy(), dtype=np.float32)

    links = [cuts[name] for name in ("answers", "causes", "same")]
    return {
        "tag.in": get("tag_in.weight").T,
        "tag.bias": get("tag_in.bias"),
        "tag.features": get("tag_features.weight"),
        "tag.out": get("tag_out.weight").T / tag[0],
        "tag.out_bias": get("tag_out.bias") / tag[0] + tag[1],
        "tag.temperature": np.ones(3, dtype=np.float32),
        "tag.threshold": np.array([cuts["event"].best], dtype=np.float32),
        "tag.precise": np.array([cuts["event"].precise], dtype=np.float32),
        "role.event": get("role_event.weight").T,
        "role.bias": get("role_event.bias") + get("role_other.bias"),
        "role.other": get("role_other.weight").T,
        "role.features": get("role_features.weight"),
        "role.out": get("role_out.weight").T / role[0],
        "role.out_bias": get("role_out.bias") / role[0] + role[1],
        "link.first": get("link_first.weight").T,
        "link.bias": get("link_first.bias") + get("link_second.bias"),
        "link.second": get("link_second.weight").T,
        "link.features": get("link_features.weight"),
        "link.out": get("link_out.weight").T / link[0],
        "link.out_bias": get("link_out.bias") / link[0] + link[1],
        "link.threshold": np.array([one.best for one in links], dtype=np.float32),
        "link.precise": np.array([one.precise for one in links], dtype=np.float32),
    }


def _spread(heat: Mapping[str, Heat], **columns: int) -> Floats:
    """Return the temperatures and the offsets of questions, each once for each of its columns."""
    each = [(heat[name].temperature, heat[name].offset) for name, n in columns.items() for _ in range(n)]
    return np.array(each, dtype=np.float32).T


def save_heads(arrays: Mapping[str, Floats], file: Path) -> None:
    """Write the weights, the same bytes for the same weights: numpy stamps every member with 1980."""
    rounded = {name: np.ascontiguousarray(array).astype(np.float16) for name, array in arrays.items()}
    np.savez_compressed(file, **rounded)  # type: ignore[arg-type, unused-ignore]
