"""Vectors for meaning: the encoder's last layers once more, trained on annotated events, over the shared first.

The shipped graph stays as it is. That the vectors between its layers can be read, one output is appended to it: a
protocol buffer followed by another is the merging of both (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.language.encoder import EncoderShim

SHARED = 3
"""Layers that syntax and meaning have in common."""
FILE = "context.onnx"


def trunk(shared: int) -> str:
    """Return the name of the result of the first `shared` layers in the shipped graph."""
    return f"/layers.{shared - 1}/norm2/LayerNormalization_output_0"


def with_trunk(graph: bytes, *, shared: int = SHARED) -> bytes:
    """Return an ONNX graph that also gives the shared layers' result, as its second output."""
    name = _field(1, trunk(shared).encode())  # ValueInfoProto.name
    return bytes(graph) + _field(7, _field(12, name))  # ModelProto.graph, GraphProto.output


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(n: int) -> bytes:
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes([*out, n])


def attach(nlp: Language) -> None:
    """Let the shipped pipeline's encoder give vectors for meaning besides its own."""
    shim = _shim(nlp)
    stored = files("kg.language").joinpath(FILE)
    if shim is not None and stored.is_file():
        shim.upper = stored.read_bytes()


def _shim(nlp: Language) -> EncoderShim | None:
    from kg.language.encoder import EncoderShim

    pipe: Any = nlp.get_pipe("tok2vec") if "tok2vec" in nlp.pipe_names else None
    model = None if pipe is None else pipe.model
    found = [s for node in model.walk() for s in node.shims if isinstance(s, EncoderShim)] if model is not None else []
    return found[0] if found else None


def encoder_of() -> EncoderShim | None:
    """Return the shipped encoder; None where it has no vectors for meaning."""
    from kg.language import load_nlp

    shim = _shim(load_nlp())
    return shim if shim is not None and shim.upper is not None else None


def context_vectors(doc: Doc) -> npt.NDArray[np.float16]:
    """Return the vectors for meaning of an analysed text, one row per token.

    A text that another pipeline analysed is run through the shipped encoder; its words stay as that pipeline cut them.
    """
    from kg.language.encoder import CONTEXT, WIDTH, encode

    if CONTEXT not in doc.user_data:
        shim = encoder_of()
        if shim is None:
            return np.zeros((0, WIDTH), dtype=np.float16)
        encode(shim, doc)
    return cast("npt.NDArray[np.float16]", doc.user_data.get(CONTEXT, np.zeros((0, WIDTH), dtype=np.float16)))
