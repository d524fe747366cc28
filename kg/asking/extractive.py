"""Which sentence of a passage answers a question, as a small network reads both (extractive question answering).

A pointer network (Vinyals et al. 2015) over six layers and the embeddings that the parser ships with: it spreads its
belief over the word pieces of a passage and over "none of them" (Rajpurkar et al. 2018), and says of a question for yes
or no which of the two it is. A passage is read whole, so that a sentence is weighed beside those around it. Run as the
parser's encoder is: one window at a time, int8. How it was learned, and from what, `kg/language/MODEL_CARD.md` tells.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kg.language.context import encoder_of
from kg.language.wordpieces import MARK_LAYOUT, WordPieces, layout

if TYPE_CHECKING:
    import numpy.typing as npt

    from kg.language.encoder import EncoderShim

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

FILE = "extractive.onnx"
QUESTION, PASSAGE, LONGEST = 30, 220, 44
"""Word pieces of each that are read at most, the first ones; of a longer question so many at the passage's cost."""
_WORD = re.compile(r"\w+|[^\w\s]")


class Cut(NamedTuple):
    """The word pieces of a text, their layouts, and the characters of the word that each is of."""

    ids: list[int]
    layouts: list[int]
    begins: list[int]
    ends: list[int]


class Framed(NamedTuple):
    """A question and a passage as one row of pieces: their layouts, and which are the passage's (1, all others 0).

    `owners` are the numbers of their sentences, `places` those of the pieces in these; -1 for what is no part of it.
    """

    ids: Ints
    layouts: Ints
    parts: Ints
    owners: Ints
    places: Ints


class Mark(NamedTuple):
    """A word of a sentence, by its characters, and how much of what points to the sentence points to it (0 to 1)."""

    begin: int
    end: int
    share: float


class Judged(NamedTuple):
    """How much likelier than none a sentence answers, how much likelier yes than no, and by what words.

    The first two are logarithms of odds; yes or no is told of all that was read together.
    """

    answers: float
    truth: float
    marks: tuple[Mark, ...]

    def share(self, begin: int, end: int) -> float:
        """How much of what points to the sentence points to these of its characters."""
        return sum(mark.share for mark in self.marks if begin <= mark.begin and mark.end <= end)


def cut(pieces: WordPieces, text: str) -> Cut:
    """Cut a text into word pieces."""
    found = Cut([], [], [], [])
    for match in _WORD.finditer(text):
        ids = pieces.of(match[0])
        shape = layout(match[0], space=text[match.end() : match.end() + 1].isspace())
        for column, value in zip(found[1:], (shape, match.start(), match.end()), strict=True):
            column.extend([value] * len(ids))
        found.ids.extend(ids)
    return found


def frame(pieces: WordPieces, question: Cut, sentences: Sequence[Cut]) -> Framed:
    """Lay a question and the sentences of a passage side by side."""
    asked = question.ids[:LONGEST]
    told = [
        (piece, shape, at, place)
        for at, one in enumerate(sentences)
        for place, (piece, shape) in enumerate(zip(one.ids, one.layouts, strict=True))
    ][: room(question)]
    ids = [pieces.first, *asked, pieces.last, *(one[0] for one in told), pieces.last]
    layouts = [MARK_LAYOUT, *question.layouts[:LONGEST], MARK_LAYOUT, *(one[1] for one in told), MARK_LAYOUT]
    before = len(asked) + 2
    owners = [-1] * before + [one[2] for one in told] + [-1]
    places = [-1] * before + [one[3] for one in told] + [-1]
    return Framed(*(np.array(one) for one in (ids, layouts, [0] * before + [1] * len(told) + [0], owners, places)))


def room(question: Cut) -> int:
    """How many word pieces of a passage are read beside a question."""
    return min(PASSAGE, QUESTION + PASSAGE - min(len(question.ids), LONGEST))


def windows(lengths: Sequence[int], most: int = PASSAGE) -> list[tuple[range, range]]:
    """Give stretches of sentences of so many pieces that are read together, and of each those that it judges.

    A stretch has `most` pieces at most, or is one sentence. Neighbouring ones share half of their sentences, and each
    sentence is judged where most stands on both sides of it.
    """
    found: list[range] = []
    begin = 0
    while begin < len(lengths):
        end, size = begin + 1, lengths[begin]
        while end < len(lengths) and size + lengths[end] <= most:
            size += lengths[end]
            end += 1
        found.append(range(begin, end))
        begin = len(lengths) if end == len(lengths) else begin + (end - begin + 1) // 2
    best = [max(range(len(found)), key=lambda k: (_inside(found[k], at), -k)) for at in range(len(lengths))]
    return [(one, range(best.index(k), best.index(k) + best.count(k))) for k, one in enumerate(found) if k in best]


def judge(question: str, sentences: Sequence[str], worth: Container[int]) -> dict[int, Judged]:
    """Read the sentences of a text for a question, some at a time, and judge those whose numbers are `worth` it.

    Others that are read beside them are judged, too. Nothing where there is no network.
    """
    shim = encoder_of()
    if shim is None or shim.pieces is None:
        return {}
    pieces = shim.pieces
    asked, told = cut(pieces, question), [cut(pieces, one) for one in sentences]
    found: dict[int, Judged] = {}
    for window, mine in windows([len(one.ids) for one in told], room(asked)):
        if any(at in worth for at in mine):
            part = [told[at] for at in window]
            judged = _read(shim, frame(pieces, asked, part), part)
            found |= {at: judged[at - window.start] for at in mine}
    return found


def judge_together(question: str, sentences: Sequence[str]) -> list[Judged]:
    """Read sentences of whatever texts side by side for a question, as many of them as a window has room for.

    So those are weighed against each other that look like its answer each in its own place. The first ones are read.
    """
    shim = encoder_of()
    if shim is None or shim.pieces is None or not sentences:
        return []
    asked = cut(shim.pieces, question)
    told: list[Cut] = []
    for one in sentences:
        told.append(cut(shim.pieces, one))
        if len(told) > 1 and sum(len(each.ids) for each in told) > room(asked):
            told.pop()
            break
    return _read(shim, frame(shim.pieces, asked, told), told)


def _read(shim: EncoderShim, row: Framed, told: Sequence[Cut]) -> list[Judged]:
    """Read one window, and judge each of its sentences."""
    scores, truth = _run(shim, row)
    each = [row.owners == at for at in range(len(told))]
    return [
        _judged(one, row.places[here], scores[here], none=float(scores[0]), truth=truth)
        for one, here in zip(told, each, strict=True)
    ]


def _judged(sentence: Cut, places: Ints, scores: Floats, *, none: float, truth: float) -> Judged:
    """Sum up what the pieces of a sentence score, as a whole and by word."""
    whole = float(np.logaddexp.reduce(scores)) if len(scores) else -np.inf
    marks: dict[tuple[int, int], float] = {}
    for place, share in zip(places, np.exp(scores - whole), strict=True):
        word = sentence.begins[place], sentence.ends[place]
        marks[word] = marks.get(word, 0.0) + float(share)
    return Judged(whole - none, truth, tuple(Mark(*word, share) for word, share in marks.items()))


def _run(shim: EncoderShim, row: Framed) -> tuple[Floats, float]:
    from kg.language.encoder import embed

    scores, truth = _session().run(None, {"embedded": embed(shim.parts, row.ids, row.layouts), "parts": row.parts})
    return scores.astype(np.float64), float(truth[0])


def _inside(window: range, at: int) -> int:
    """How many sentences of a window stand on either side of one of them, -1 where it is none of them."""
    return min(at - window.start, window.stop - 1 - at) if at in window else -1


@lru_cache(maxsize=1)
def _session() -> Any:
    from kg.language.encoder import onnx_session

    return onnx_session((files("kg.asking") / FILE).read_bytes(), threads=1)
