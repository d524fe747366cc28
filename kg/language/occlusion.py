"""The encoder's vectors for meaning of a text in which one word cannot be seen: for explanations.

Occlusion (Zeiler and Fergus 2014, for words Li, Monroe and Jurafsky 2016): what a reading loses without a word is what
the word weighed. The pieces of the word are replaced by that for unknown ones, and everything else stays: the words,
their spelling, the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.language.context import context_vectors, encoder_of
from kg.language.encoder import framed, pooled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt
    from spacy.tokens import Doc

    from kg.language.encoder import EncoderShim, Frame

    Vectors = npt.NDArray[np.float16]


def without_each(doc: Doc, token: int, hidden: Iterable[int | None]) -> Iterator[Vectors]:
    """Yield for each hidden token the vectors of the text as it reads without it, one row per token.

    None hides nothing: what the others are compared with. Only the rows that are read together with `token` are read
    anew; a hidden token that is not read with it changes nothing. The same input always gives the same vectors.
    Nothing is yielded where there is no encoder for meaning.
    """
    shim = encoder_of()
    whole = context_vectors(doc)
    if shim is None or shim.pieces is None or shim.meaning is None or not len(whole):
        return
    frame = next(one for one in framed(shim.pieces, doc) if one[0].first <= token < one[0].last)
    for one in hidden:
        vectors = whole.copy()
        vectors[frame[0].first : frame[0].last] = _rows(shim, frame, one)
        yield vectors


def _rows(shim: EncoderShim, frame: Frame, hidden: int | None) -> Vectors:
    """The vectors of a window's own tokens, read without one of its tokens."""
    window, ids, layouts, starts = frame
    assert shim.pieces is not None
    ids = ids.copy()
    if hidden is not None and window.start <= hidden < window.end:
        at = hidden - window.start
        end = starts[at + 1] if at + 1 < len(starts) else len(ids) - 2
        ids[starts[at] + 1 : end + 1] = shim.pieces.unknown  # one further, for the mark before them
    _, meaning = shim.run(ids, layouts)
    assert meaning is not None
    return pooled(meaning, starts)[window.first - window.start : window.last - window.start].astype(np.float16)
