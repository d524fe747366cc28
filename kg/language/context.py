"""Vectors for meaning: the published encoder once more, trained on annotated events, over the same word pieces."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.language.encoder import EncoderShim

FILE = "context.onnx"


def attach(nlp: Language) -> None:
    """Let the shipped pipeline's encoder give vectors for meaning besides its own."""
    shim = _shim(nlp)
    stored = files("kg.language").joinpath(FILE)
    if shim is not None and stored.is_file():
        shim.meaning = stored.read_bytes()


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
    return shim if shim is not None and shim.meaning is not None else None


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
