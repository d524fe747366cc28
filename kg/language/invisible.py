"""Soft hyphens and zero-width characters: the analysis does not see them, the text and its offsets keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from kg.language.encoder import CONTEXT
from kg.textnorm import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Callable

_COPIED = ("HEAD", "DEP", "POS", "TAG", "LEMMA", "MORPH", "NORM", "SENT_START", "ENT_IOB", "ENT_TYPE")


def analyse_visible(text: str, analyse: Callable[[str], Doc]) -> Doc:
    """Analyse `text` as a reader sees it, and put its words back over the text as stored; `doc.text == text`."""
    if not INVISIBLE.search(text):
        return analyse(text)
    places = [at for at, char in enumerate(text) if not INVISIBLE.match(char)]
    if not places:
        return analyse(text)
    seen = analyse("".join(text[at] for at in places))
    words: list[str] = []
    spaces: list[bool] = []
    begin = 0
    for token in seen:
        last = token.idx + len(token.text)
        space = bool(token.whitespace_)
        if token.i + 1 < len(seen):
            end = places[last]
        else:
            space = space and text.endswith(" ")
            end = len(text) - space
        words.append(text[begin:end])
        spaces.append(space)
        begin = end + space
    values: Any = seen.to_array(list(_COPIED))
    doc = Doc(seen.vocab, words=words, spaces=spaces).from_array(list(_COPIED), values)
    if CONTEXT in seen.user_data:
        doc.user_data[CONTEXT] = seen.user_data[CONTEXT]
    return doc
