"""Word pieces of tokens, and the windows in which the encoder reads a long document.

Each spaCy token is cut by itself, as BERT's uncased tokenizer would cut it, so tokens and pieces always
align. What the lower-casing loses, capitals and the white space around a token, is kept as its layout class.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PIECES = 16
"""Pieces kept of one token; the rest of a longer one does not change what it is."""
LONGEST = 100
"""Characters of a run of letters beyond which it is unknown, as in BERT."""
LAYOUTS = 13
"""Number of layout classes: six kinds of spelling with and without a space after the token, and the marks."""
MARK_LAYOUT = 12

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028]")


class Window(NamedTuple):
    """Tokens `start:end` are read together; of these, `first:last` take their vectors from here."""

    start: int
    end: int
    first: int
    last: int


def layout(text: str, *, space: bool) -> int:
    """Return the layout class of a token: how it is spelt, and whether white space follows."""
    if not any(char.isalpha() for char in text):
        kind = 0
    elif text.islower():
        kind = 1
    elif len(text) == 1:
        kind = 2
    elif text.isupper():
        kind = 3
    elif text[0].isupper() and text[1:].islower():
        kind = 4
    else:
        kind = 5
    return kind if space else kind + 6


class WordPieces:
    """BERT's uncased word pieces over a vocabulary given as one piece per line."""

    def __init__(self, vocabulary: str) -> None:
        self.vocabulary = vocabulary
        self.index = {piece: i for i, piece in enumerate(vocabulary.splitlines())}
        self.first = self.index["[CLS]"]
        self.last = self.index["[SEP]"]
        self.unknown = self.index["[UNK]"]
        self.line_end = self.index["[unused1]"]
        self.blank_line = self.index["[unused2]"]
        self.of = lru_cache(maxsize=16_384)(self._of)

    def _of(self, token: str) -> tuple[int, ...]:
        """Return the pieces of a token, at least one and at most `MOST_PIECES`."""
        if token.isspace():
            paragraph = "\u2029" in token or len(_LINE_END.findall(token)) > 1
            return (self.blank_line if paragraph else self.line_end,)
        found: list[int] = []
        for run in _runs(token[: MOST_PIECES * LONGEST]):
            found += self._cut(run)
            if len(found) >= MOST_PIECES:
                break
        return tuple(found[:MOST_PIECES]) or (self.unknown,)

    def _cut(self, run: str) -> list[int]:
        """Cut a run of letters into the longest known pieces from the left, or make it unknown."""
        if len(run) > LONGEST:
            return [self.unknown]
        pieces: list[int] = []
        at = 0
        while at < len(run):
            mark = "##" if at else ""
            end = next((e for e in range(len(run), at, -1) if mark + run[at:e] in self.index), at)
            if end == at:
                return [self.unknown]
            pieces.append(self.index[mark + run[at:end]])
            at = end
        return pieces


def _runs(token: str) -> list[str]:
    """Return a token without case, accents and control characters, cut at punctuation and ideographs."""
    plain = unicodedata.normalize("NFD", token.lower())
    spaced = []
    for char in plain:
        kind = unicodedata.category(char)
        if kind == "Mn" or kind[0] == "C" or char == "\ufffd":
            continue
        spaced.append(f" {char} " if _alone(char, kind) else char)
    return "".join(spaced).split()


def _alone(char: str, kind: str) -> bool:
    """Tell whether a character is a piece of its own: punctuation, ASCII symbols, ideographs."""
    code = ord(char)
    ascii_symbol = code < 128 and not char.isalnum() and not char.isspace()
    ideograph = 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or code >= 0x20000
    return ascii_symbol or kind[0] == "P" or (ideograph and kind == "Lo")


SLACK = 12
"""Pieces that a window may have beyond its even share, since it is cut between tokens."""


def windows(sizes: Sequence[int], *, size: int, margin: int) -> list[Window]:
    """Lay windows of at most `size` pieces over tokens of `sizes` pieces each.

    Neighbouring windows overlap by about two margins; a token's vector comes from the window in which it
    stands at least `margin` pieces from a cut. There are as few windows as can be, and they are about equal in
    size, for a window costs by its pieces, and more the longer it is.
    """
    ends = [0]
    for count in sizes:
        ends.append(ends[-1] + count)
    tokens = len(sizes)
    size = _even(ends[tokens], size=size, margin=margin)
    laid: list[Window] = []
    start = first = end = 0
    while first < tokens:
        if ends[tokens] - ends[start] <= size:
            laid.append(Window(start, tokens, first, tokens))
            break
        end = max(end, first + 1)
        while end < tokens and ends[end + 1] - ends[start] <= size:
            end += 1
        last = end
        while last > first + 1 and ends[end] - ends[last] < margin:
            last -= 1
        laid.append(Window(start, end, first, last))
        first = last
        start = first
        while start and ends[first] - ends[start - 1] <= margin:
            start -= 1
    return laid


def _even(pieces: int, *, size: int, margin: int) -> int:
    """Return the size at which no window is needed more than at `size`, and none is left nearly empty."""
    if pieces <= size:
        return size
    count = -(-(pieces - 2 * margin) // (size - 2 * margin))
    return min(size, -(-(pieces - 2 * margin) // count) + 2 * margin + SLACK)
