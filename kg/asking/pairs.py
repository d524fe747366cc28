"""How likely a sentence answers a question, as a small network judges that reads both together (`pairs.onnx`).

It is six layers over the embeddings that the parser ships with, run as its own are: one pair at a time, int8. How it
was learned, and from what, is told in `kg/language/MODEL_CARD.md`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kg.language.context import encoder_of
from kg.language.wordpieces import MARK_LAYOUT, WordPieces, layout

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

FILE = "pairs.onnx"
QUESTION, BEFORE, SENTENCE = 30, 22, 80
"""Word pieces of each that are read: the first ones, of the sentence before it the last ones."""
_WORD = re.compile(r"\w+|[^\w\s]")


class Framed(NamedTuple):
    """A question, a sentence and the one before it, as one row of pieces, their layouts, and which of the three."""

    ids: Ints
    layouts: Ints
    parts: Ints


def frame(pieces: WordPieces, question: str, sentence: str, before: str) -> Framed:
    """Lay a question, a sentence and the one before it side by side."""
    ids, layouts, parts = [pieces.first], [MARK_LAYOUT], [0]
    for part, (text, kept) in enumerate(
        ((question, slice(QUESTION)), (sentence, slice(SENTENCE)), (before, slice(-BEFORE, None)))
    ):
        cut, shapes = _cut(pieces, text)
        end = [] if part == 2 else [pieces.last]
        ids += [*cut[kept], *end]
        layouts += [*shapes[kept], *(MARK_LAYOUT for _ in end)]
        parts += [part] * (len(cut[kept]) + len(end))
    return Framed(np.array(ids), np.array(layouts), np.array(parts))


def judge_pair(question: str, sentence: str, before: str) -> float:
    """Give the logarithm of the odds that a sentence answers a question; 0 where there is no network."""
    from kg.language.encoder import embed

    shim = encoder_of()
    if shim is None or shim.pieces is None:
        return 0.0
    row = frame(shim.pieces, question, sentence, before)
    [score] = _session().run(None, {"embedded": embed(shim.parts, row.ids, row.layouts), "parts": row.parts})
    return float(score[0])


def _cut(pieces: WordPieces, text: str) -> tuple[list[int], list[int]]:
    ids: list[int] = []
    layouts: list[int] = []
    for match in _WORD.finditer(text):
        found = pieces.of(match[0])
        ids += found
        layouts += [layout(match[0], space=text[match.end() : match.end() + 1].isspace())] * len(found)
    return ids, layouts


@lru_cache(maxsize=1)
def _session() -> Any:
    from kg.language.encoder import onnx_session

    return onnx_session((files("kg.asking") / FILE).read_bytes(), threads=1)
