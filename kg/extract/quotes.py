"""Quotations by their marks, of every kind, across sentences; an unclosed one ends with its paragraph."""

from __future__ import annotations

import re

from kg.model import Span

_MARKS = re.compile(r'["“”„«»]|``|\'\'|(?<![\w])[‘](?=\w)|(?<=[\w.,!?…])[’](?!\w)|\n\s*\n')
_CLOSING = {"“": "”", "„": "“", "«": "»", "‘": "’", "»": "«"}
SHORTEST = 2


def find_quotations(text: str) -> tuple[Span, ...]:
    """Spans of quoted matter including its marks, in text order, not nested.

    Straight marks open and close in turn within a paragraph; curly ones by their shape. In newspapers a quotation of
    several paragraphs opens each paragraph anew and closes once: an unclosed quotation ends with its paragraph.
    """
    out: list[Span] = []
    opened: int | None = None
    wanted = ""
    last = 0
    for match in _MARKS.finditer(text):
        mark = '"' if match.group() in ("``", "''") else match.group()  # typewriters' and TeX's double quotes
        at = match.start()
        if mark[0] == "\n" or mark.isspace():
            if opened is not None and wanted != "’":
                _keep(out, Span(opened, _content_end(text, last, at)))
            opened = None
        elif opened is None:
            if mark == "’":
                continue
            if mark == '"' or mark in _CLOSING:
                opened, wanted = at, '"' if mark == '"' else _CLOSING[mark]
                last = at
        elif mark == wanted or (mark == "”" and wanted == "“") or (wanted == "”" and mark == '"'):
            _keep(out, Span(opened, match.end()))
            opened = None
    if opened is not None and wanted != "’":
        _keep(out, Span(opened, _content_end(text, last, len(text))))
    return tuple(out)


def _content_end(text: str, begin: int, end: int) -> int:
    while end > begin and text[end - 1].isspace():
        end -= 1
    return end


def _keep(out: list[Span], span: Span) -> None:
    if span.end - span.begin > SHORTEST:
        out.append(span)
