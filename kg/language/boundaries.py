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

ENDS = (".", "!", "?", ":", ";")
BULLETS = frozenset("•‣◦▪■●·∙")
ITEMS = BULLETS | frozenset("-–—*")
_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028]")


def is_blank_line(space: str) -> bool:
    """Tell whether a run of white space holds a blank line, that is two line ends or a paragraph separator."""
    return "\u2029" in space or len(_LINE_END.findall(space)) > 1


@Language.component(FACTORY, assigns=["token.is_sent_start"])
def mark_paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after blank lines and datelines and at bullets, none at white space nor where one goes on."""
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
        elif token.text in ITEMS and _LINE_END.search(space) and _is_item(text, token.idx):
            token.is_sent_start = True
        elif _goes_on(doc, token.i):
            token.is_sent_start = False
        words += 1
        space = ""
    return doc


def _is_item(text: str, at: int) -> bool:
    """Tell whether a mark at the head of a line begins an item; a dash may go on with the sentence before it."""
    return text[at] in BULLETS or (text[at + 1 : at + 2] == " " and text[max(0, at - 8) : at].rstrip()[-1:] in ENDS)


def _goes_on(doc: Doc, at: int) -> bool:
    """Tell whether a token begins no sentence: behind a bullet, in "No. 10", in "Acme (NYSE: ACME) today announced"."""
    before, first = doc[at - 1].text, doc[at].text[0]
    bullet = before in ITEMS and (at == 1 or doc[at - 1].is_sent_start)
    return bool(bullet) or (before == ")" and first.islower()) or (first.isdigit() and _numbering(doc, at))


def _numbering(doc: Doc, at: int) -> bool:
    """Tell whether the token before a figure is "No." or "Nos.", in one token or two."""
    before = " ".join(token.text for token in doc[max(at - 2, 0) : at])
    return re.search(r"\bNos? ?\.$", before) is not None
