"""A pipeline component that fixes the sentence boundaries which layout alone decides; the parser finds the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from kg.language.datelines import REACH, dateline_length

if TYPE_CHECKING:
    from spacy.tokens import Doc

FACTORY = "newskg_paragraphs"
"""The component's name in spaCy's registry."""

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028]")


def is_blank_line(space: str) -> bool:
    """Tell whether a run of white space holds a blank line, that is two line ends or a paragraph separator."""
    return "\u2029" in space or len(_LINE_END.findall(space)) > 1


@Language.component(FACTORY, assigns=["token.is_sent_start"])
def mark_paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after blank lines and datelines, and none at white space, within a dateline or in "No. 10"."""
    text = doc.text
    space = ""
    words = 0
    dateline = 0  # where the dateline of this paragraph ends in the text
    for token in doc:
        if token.is_space:
            space += token.text
            if token.i:
                token.is_sent_start = False
            continue
        first = not words
        if first or (space and is_blank_line(space)):
            if token.i:
                token.is_sent_start = not first
            length = dateline_length(text[token.idx : token.idx + 4 * REACH])
            dateline = token.idx + length if length else 0
        elif dateline:
            token.is_sent_start = token.idx >= dateline
            dateline = dateline if token.idx < dateline else 0
        elif token.text[0].isdigit() and _numbering(doc, token.i):
            token.is_sent_start = False
        words += 1
        space = ""
    return doc


def _numbering(doc: Doc, at: int) -> bool:
    """Tell whether the token before a figure is "No." or "Nos.", in one token or two."""
    before = " ".join(token.text for token in doc[max(at - 2, 0) : at])
    return re.search(r"\bNos? ?\.$", before) is not None
