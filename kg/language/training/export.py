"""The trained encoder as an ONNX graph with int8 weights, and the pipeline that ships."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.language.training.minilm import VOCABULARY, WIDTH, MiniLM

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from kg.language.encoder import EncoderShim

PLACES = 256
"""Positions that a window can take, with its marks."""


class _Body(nn.Module):
    """The part of the encoder that runs as a graph: everything after the look-up."""

    def __init__(self, model: MiniLM) -> None:
        super().__init__()
        self.model = model

    def forward(self, embedded: Tensor) -> Tensor:
        """Return the vectors of one window of embedded pieces."""
        return self.model.body(embedded, None, None, 0.0)


def graph(model: MiniLM, *, precision: str) -> bytes:
    """Return the ONNX graph after the look-up, "fp32" or "int8" (dynamic, per channel)."""
    model.eval()
    return as_graph(_Body(model), {"embedded": torch.zeros(9, WIDTH)}, {"vectors": True}, precision=precision)


def as_graph(
    module: nn.Module, inputs: Mapping[str, Tensor], outputs: Mapping[str, bool], *, precision: str = "int8"
) -> bytes:
    """Return a module as an ONNX graph, "fp32" or "int8" (dynamic, per channel).

    `inputs` are examples by name, of any number of pieces; `outputs` says of each whether it has a row for each piece.
    """
    grows = [*inputs, *(name for name, of_pieces in outputs.items() if of_pieces)]
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(full),
            input_names=[*inputs],
            output_names=[*outputs],
            dynamic_axes={name: {0: "pieces"} for name in grows},
            opset_version=17,
            dynamo=False,
        )
        if precision == "fp32":
            return full.read_bytes()
        quantize_dynamic(
            full,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm"],
            extra_options={"MatMulConstBOnly": True},
        )
        return small.read_bytes()


def parts(model: MiniLM, vocabulary: str, *, precision: str) -> dict[str, Any]:
    """Return what `kg.language.encoder` runs: graph, embedding tables with one scale per row, vocabulary."""
    words = model.words.weight.detach().numpy()
    if precision == "fp32":
        table, scales = words.copy(), np.ones((VOCABULARY, 1), dtype="float32")
    else:
        table, scales = rounded(words)
    return {
        "graph": graph(model, precision=precision),
        "words": table,
        "scales": scales,
        "positions": model.positions.weight.detach().numpy()[:PLACES].copy(),
        "layouts": model.layouts.weight.detach().numpy().copy(),
        "vocabulary": vocabulary,
    }


def rounded(table: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Round a table to int8 with one scale per row."""
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    return np.round(table / scales).astype("int8"), scales.astype("float32")


def fill(shim: EncoderShim, content: dict[str, Any]) -> None:
    """Give a pipeline's encoder its parts."""
    import srsly  # type: ignore[import-untyped, unused-ignore]

    shim.from_bytes(srsly.msgpack_dumps(content))


def finish(trained: Path, out: Path, *, precision: str) -> Path:
    """Install the pipeline that `joint.train` left in `trained` at `out`, with its encoder exported; returns `out`."""
    import spacy
    from safetensors.torch import load_file

    from kg.language import boundaries
    from kg.language.training.install import META, install
    from kg.language.training.joint import component
    from kg.language.training.minilm import source

    model = MiniLM()
    model.load_state_dict(load_file(trained / "encoder.safetensors"))
    nlp = spacy.load(trained)
    vocabulary = (source() / "vocab.txt").read_text(encoding="utf-8")
    fill(component(nlp, "tok2vec").model.shims[0], parts(model, vocabulary, precision=precision))
    if boundaries.FACTORY not in nlp.pipe_names:
        nlp.add_pipe(boundaries.FACTORY, before="parser")
    nlp.meta.update(META)
    return install(nlp, out)
