"""Quotations by their marks, of every kind, across sentences; an unclosed one ends with its paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span

_MARKS = re.compile(
    r'["“”„«»‹›「」『』]|``|\'\'|(?<!\w)[‘‚](?=\w)|(?<!\w)\'(?=[^\W\d])'
    r"|(?<=[\w.,!?…])[’'](?!\w)|\n\s*\n"
)
_CLOSING = {"“": "”", "„": "“", "«": "»", "‘": "’", "‚": "‘", "»": "«", "‹": "›", "「": "」", "『": "』"}
_SINGLE = frozenset({"’", "'", "‘"})
_PLURAL = re.compile(r"s[’']\s+\w")
_NEXT_SINGLE = re.compile(r"(?P<opens>(?<!\w)[‘'](?=\w))|(?P<closes>(?<=[\w.,!?…])[’'](?!\w))|\n\s*\n")
_BEFORE = '([{—–-:“"/'  # what an opening mark may follow besides space
_FAR = 200  # characters in which a single mark that may be a plural's has to find another one
SHORTEST = 2
_FELLOWS = {"“": "”", "«": "»", "(": ")", "[": "]", '"': '"', "'": "'"}
_ALIKE = {"``": '"', "''": '"', "‘": "'", "’": "'"}
"""Marks of which each stands for another: single ones are told apart from apostrophes by their part of speech."""


def trim(word: Sequence[str], pos: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Give the first and last token of a stretch without the punctuation and white space at its ends.

    A mark that opens or closes what stands within is no such punctuation: 'a table "without conditions"', "a ransom of
    50m (£30,000)".
    """
    low, high = first, last
    while low < high and pos[low] in ("PUNCT", "SPACE"):
        low += 1
    while high > low and pos[high] in ("PUNCT", "SPACE"):
        high -= 1
    if (low, high) == (first, last):
        return low, high
    marks = {k: _ALIKE.get(word[k], word[k]) for k in range(first, last + 1) if pos[k] == "PUNCT"}
    for opening, closing in _FELLOWS.items():
        inside = [m for k, m in marks.items() if low <= k <= high]
        lacks = inside.count(opening) - inside.count(closing)
        if opening == closing:
            lacks = inside.count(opening) % 2
        if lacks > 0 and (after := [k for k, m in marks.items() if k > high and m == closing]):
            high = after[0]
        elif lacks and (before := [k for k, m in marks.items() if k < low and m == opening]):
            low = before[-1]
    return low, high


def find_quotations(text: str) -> tuple[Span, ...]:
    """Spans of quoted matter including its marks, in text order, not nested.

    Curly marks open and close by their shape, straight ones by the space beside them, else in turn. A closing mark that
    stands where only an opening one can counts as that, and one that nothing opened (an inch, a lost half) as none. In
    newspapers a quotation of several paragraphs opens each paragraph anew and closes once: an unclosed quotation ends
    with its paragraph. Single marks, which apostrophes look like, have to close in their paragraph.
    """
    out: list[Span] = []
    opened: int | None = None
    wanted = ""
    depth = 0  # quotations within the open one that straight marks opened
    for match in _MARKS.finditer(text):
        mark = '"' if match.group() in ("``", "''") else match.group()  # typewriters' and TeX's double quotes
        at, end = match.span()
        if mark.isspace():
            if opened is not None and wanted not in _SINGLE:
                _keep(out, Span(opened, _content_end(text, opened, at)))
            opened = None
        elif opened is None or (wanted in _SINGLE and mark in ('"', "“")):  # then the single mark was an apostrophe
            wanted = _wanted(text, match.group(), at, end)
            opened, depth = (at, 0) if wanted else (None, 0)
        elif mark == "“" and wanted == '"':
            depth += 1
        elif mark == '"' == wanted and _opens(text, at, end):
            if text[max(0, at - 3) : at].rstrip()[-1:] in (".", "!", "?") and text[at - 1].isspace():
                _keep(out, Span(opened, _content_end(text, opened, at)))  # a new one: the last was never closed
                opened = at
            else:
                depth += 1
        elif _closes(mark, wanted) and not (mark in _SINGLE and _is_plural(text, at)):
            if depth:
                depth -= 1
                continue
            _keep(out, Span(opened, end))
            opened = None
    if opened is not None and wanted not in _SINGLE:
        _keep(out, Span(opened, _content_end(text, opened, len(text))))
    return tuple(out)


def _wanted(text: str, mark: str, at: int, end: int) -> str:
    """The mark that will close what this one opens; "" if it opens nothing."""
    if mark in ("``", "''"):
        return '"'
    if mark == '"':
        after = at > 0 and not text[at - 1].isspace() and text[at - 1] not in _BEFORE
        return "" if after and not text[end : end + 1].isalnum() else '"'
    if mark == "'":
        return "'" if _opens(text, at, end) else ""
    if mark == "”":
        return "”" if _opens(text, at, end) else ""
    return _CLOSING.get(mark, "")


def _opens(text: str, at: int, end: int) -> bool:
    """Whether a mark without a shape of its own stands as an opening one: after space, before a word."""
    before = at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE
    return before and end < len(text) and text[end].isalnum()


def _closes(mark: str, wanted: str) -> bool:
    """Whether a mark ends a quotation that wants another: marks of one shape are mixed with straight ones."""
    return mark == wanted or (mark == "”" and wanted in ("“", '"')) or (wanted == "”" and mark == '"')


def _is_plural(text: str, at: int) -> bool:
    """Whether a single mark is the workers' apostrophe: after an s, before a word, with a closing mark to come."""
    if not _PLURAL.match(text, at - 1):
        return False
    following = _NEXT_SINGLE.search(text, at + 1, at + _FAR)
    return following is not None and following.group("closes") is not None


def _content_end(text: str, begin: int, end: int) -> int:
    while end > begin and text[end - 1].isspace():
        end -= 1
    return end


def _keep(out: list[Span], span: Span) -> None:
    if span.end - span.begin > SHORTEST:
        out.append(span)
