"""One text at a time, long ones in windows, so that memory is bounded whatever comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc

from kg.language.blocked import by_rows
from kg.language.datelines import dateline_end
from kg.language.encoder import CONTEXT, WIDTH
from kg.language.invisible import analyse_visible
from kg.textnorm import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

WINDOW = 50_000
"""Most characters analysed at once; some 10,000 words, a few hundred MB at the peak."""

_CUTS = (
    re.compile(r"\s*\n\s*\n\s*"),
    re.compile(r"\s*\n\s*"),
    re.compile(r"[.!?][\"”’)]*\s+"),
    re.compile(r"\s+"),
)
"""Where to cut, best first: after a blank line, a line end, a sentence's end, a space."""


BATCH_TEXTS = 16
BATCH_CHARACTERS = 40_000
"""Most texts, and characters of them, that go through the pipeline together."""


def analyse_texts(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Yield the `Doc` of each text, in order; texts that need no care go through the pipeline several at once."""
    together = by_rows(nlp)
    batch: list[str] = []
    for text in texts:
        plain = together and is_plain(text)
        if batch and (not plain or len(batch) >= BATCH_TEXTS or sum(map(len, batch)) + len(text) > BATCH_CHARACTERS):
            yield from _together(nlp, batch)
            batch = []
        if plain:
            batch.append(text)
        else:
            yield analyse_text(nlp, text)
    yield from _together(nlp, batch)


def _together(nlp: Language, texts: list[str]) -> Iterator[Doc]:
    """Yield the `Doc` of each of some plain texts, which go through the pipeline at once, datelines by themselves."""
    parts = [_openings(text) for text in texts]
    docs = iter(nlp.pipe([part for own in parts for part in own]))
    for text, own in zip(texts, parts, strict=True):
        found = [next(docs) for _ in own]
        yield found[0] if len(found) == 1 else _joined(found, room=len(text), tensor=True) or found[0]


def _openings(text: str) -> list[str]:
    """A text, or what stands up to the end of its dateline and the rest, which reads as if it opened the text."""
    end = dateline_end(text)
    return [text[:end], text[end:]] if 0 < end < len(text) else [text]


def is_plain(text: str) -> bool:
    """Return whether a text goes into the pipeline as it stands: short, with nothing invisible, no space before it."""
    return 0 < len(text) <= BATCH_CHARACTERS and not text[0].isspace() and not INVISIBLE.search(text)


def analyse_text(nlp: Language, text: str, *, window: int = WINDOW) -> Doc:
    """Return the `Doc` of one text; `doc.text == text`.

    A text longer than `window` characters is cut after a blank line, a line end, a full stop or, failing
    these, any space, and its parts are joined again with their offsets kept; a cut ends a sentence. Soft hyphens
    and zero-width characters are not seen, see `kg.language.invisible`.
    """
    return analyse_visible(text, lambda seen: _analyse(nlp, seen, window=window))


def _analyse(nlp: Language, text: str, *, window: int) -> Doc:
    """The `Doc` of a text in which nothing is invisible."""
    lead = len(text) - len(text.lstrip())
    if 0 < lead < len(text):
        return _after_space(nlp(text[:lead]), _analyse(nlp, text[lead:], window=window))
    parts = [part for own in _openings(text) for part in windows(own, size=window)]
    if len(parts) < 2:
        return nlp(text)
    short = len(text) <= window
    return _joined((nlp(part) for part in parts), room=len(text) // 3, tensor=short) or nlp("")


def _joined(parts: Iterable[Doc], *, room: int, tensor: bool = False) -> Doc | None:
    """Put parts together, their vectors for meaning too; None where there are no parts.

    The vectors stand in one table that is laid out for `room` words before; what is not written takes no memory, and
    nothing is copied as it grows.
    """
    docs: list[Doc] = []
    whole = np.empty((room, WIDTH), dtype="float16")
    at = 0
    for doc in parts:
        if not tensor:  # of a long text it is the largest part; chains are then ranked without it
            doc.tensor = np.zeros((0,), dtype="float32")
        rows = doc.user_data.pop(CONTEXT, None)
        if rows is not None:
            if at + len(rows) > len(whole):
                whole = np.concatenate([whole[:at], np.empty((at + len(rows), WIDTH), dtype="float16")])
            whole[at : at + len(rows)] = rows
            at += len(rows)
        docs.append(doc)
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    if joined is not None and at == len(joined):
        joined.user_data[CONTEXT] = whole[:at]
    return joined


def _after_space(space: Doc, words: Doc) -> Doc:
    """Put white space before a text that was analysed without it; treebanks have none there, and parsers stumble.

    The space hangs on the first word, so that it begins no sentence of its own.
    """
    joined = _joined((space, words), room=len(space) + len(words), tensor=len(words.tensor) == len(words))
    assert joined is not None
    heads: Any = joined.to_array(["HEAD", "DEP"])
    first = len(space)
    for at in range(first):
        heads[at] = (first - at, joined.vocab.strings["dep"])
    context = joined.user_data.get(CONTEXT)
    joined = joined.from_array(["HEAD", "DEP"], heads)
    if context is not None:
        joined.user_data[CONTEXT] = context
    return joined


def windows(text: str, *, size: int) -> Iterator[str]:
    """Yield consecutive parts of at most `size` characters that together are the text."""
    at = 0
    while len(text) - at > size:
        cut = _cut(text, at, at + size)
        yield text[at:cut]
        at = cut
    if at < len(text):
        yield text[at:]


def _cut(text: str, begin: int, end: int) -> int:
    """Return the last good place to cut in the second half of `text[begin:end]`, or else its end."""
    half = begin + (end - begin) // 2
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, half, end)]
        if ends:
            return ends[-1]
    return end
