"""What a word means by itself: the encoder's own table of word pieces, without the layers above it.

The table comes from all-MiniLM-L6-v2, which was trained to tell what answers what, so words for like things lie near
each other in it. It costs nothing: the encoder has it loaded.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kg.language.context import encoder_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from kg.language.encoder import EncoderShim

    Vector = npt.NDArray[np.float32]


@lru_cache(maxsize=16_384)
def word_vector(word: str) -> Vector:
    """Return the vector of a word, of length 1: the mean of its pieces, less what all pieces have in common.

    It is zero where the encoder has no table.
    """
    shim = _encoder()
    if shim is None or shim.pieces is None:
        return np.zeros(1, dtype=np.float32)
    ids = list(shim.pieces.of(word))
    rows = shim.parts["words"][ids] * shim.parts["scales"][ids] - _common()
    mean = rows.mean(axis=0)
    length = float(np.linalg.norm(mean))
    found: Vector = (mean / length if length else mean).astype(np.float32)
    return found


def unload() -> None:
    """Forget the encoder's table; the next use loads it anew."""
    for kept in (word_vector, _encoder, _common):
        kept.cache_clear()


@lru_cache(maxsize=1)
def _encoder() -> EncoderShim | None:
    return encoder_of()


@lru_cache(maxsize=1)
def _common() -> Vector:
    shim = _encoder()
    assert shim is not None
    found: Vector = (shim.parts["words"] * shim.parts["scales"]).mean(axis=0)
    return found
