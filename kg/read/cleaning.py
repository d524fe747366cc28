"""What other programs left in a text: tags and entities of HTML, and UTF-8 that was read as Windows-1252.

Records of JSON Lines often carry both, files of text the second. They are taken out when the text is read, as they are
from a web page, and what is left is the document's text: it is stored, and offsets count in it. A text without them
stays as given.
"""

from __future__ import annotations

import html
import re

_BLOCKS = (
    "p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|table|tr|hr|section|article|aside|header|footer|main|nav|figure"
    "|figcaption|pre|center|form"
)
_INLINE = (
    "b|i|em|strong|span|a|td|th|thead|tbody|tfoot|caption|img|font|small|big|u|s|strike|sub|sup|tt|code|cite|q|abbr"
    "|time|picture|source|video|audio|iframe|svg|path|label|button|input"
)
_TAG = re.compile(rf"</?(?:{_BLOCKS}|{_INLINE})\b[^<>]*>", re.I)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b[^<>]*>", re.I)
_HIDING = re.compile(r"<(script|style)\b[^<>]*>|<!--", re.I)
_CLOSING = {
    "script": re.compile(r"</script\s*+>", re.I),
    "style": re.compile(r"</style\s*+>", re.I),
    "": re.compile("-->"),
}
_BLANK_LINES = re.compile(r"(?<![ \t])[ \t]*+\n(?:[ \t]*\n)++[ \t]*+")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z][a-z0-9]{1,20});", re.I)

_BYTES = {bytes((b,)).decode("cp1252", errors="ignore") or chr(b): b for b in range(0x80, 0x100)}
_FOLLOWING = "".join(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0)
_LEADING = "".join(re.escape(char) for char, byte in _BYTES.items() if 0xC2 <= byte < 0xF5)
_MISREAD = re.compile(f"[{_LEADING}][{_FOLLOWING}]{{1,3}}")
_CUT = re.compile("â€(?![\x80-\xbf])")
"""A closing quotation mark whose last byte Windows-1252 has no character for, and which programs drop."""


def without_markup(text: str) -> str:
    """The text of a record of HTML: blocks become paragraphs, entities characters; a text without tags as it is.

    >>> without_markup("<p>Ghana&nbsp;offered a loan.</p><p>Togo refused.</p>")
    'Ghana offered a loan.\\n\\nTogo refused.'
    >>> without_markup("a < b & c > d")
    'a < b & c > d'
    """
    if not _TAG.search(text) and not _ENTITY.search(text):
        return text
    text = _TAG.sub("", _BLOCK.sub("\n\n", _without_hidden(text)))
    text = html.unescape(text).replace("\u00a0", " ")
    return _BLANK_LINES.sub("\n\n", text).strip()


def _without_hidden(text: str) -> str:
    """Take scripts, styles and comments out; each end is looked for once where it is missing, however many begin."""
    kept = []
    at = 0
    endless: set[str] = set()
    for opening in _HIDING.finditer(text):
        kind = (opening[1] or "").lower()
        if opening.start() < at or kind in endless:
            continue
        closing = _CLOSING[kind].search(text, opening.end())
        if closing is None:
            endless.add(kind)
        else:
            kept.append(text[at : opening.start()])
            at = closing.end()
    return "".join([*kept, text[at:]])


def without_mojibake(text: str) -> str:
    """The text with UTF-8 that was read as Windows-1252 put right; a text without such sequences as it is.

    >>> without_mojibake("JosÃ© wonâ€™t sign")
    'José won’t sign'
    """
    if not _MISREAD.search(text):
        return text
    return _CUT.sub("”", _MISREAD.sub(_reread, text))


def _reread(found: re.Match[str]) -> str:
    """One character in place of the two to four that it was read as; what follows them stays."""
    data = bytes(_BYTES[char] for char in found[0])
    length = 2 if data[0] < 0xE0 else 3 if data[0] < 0xF0 else 4
    try:
        return data[:length].decode("utf-8") + found[0][length:]
    except UnicodeDecodeError:
        return found[0]
