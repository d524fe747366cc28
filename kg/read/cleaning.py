"""What other programs left in a text: tags and entities of HTML, and UTF-8 that was read as Windows-1252.

Records of JSON Lines often carry both, files of text the second. They are taken out when the text is read, as they are
from a web page, and what is left is the document's text: it is stored, and offsets count in it. A text without them
stays as given.
"""

from __future__ import annotations

import html
import re
from functools import partial

_BLOCKS = (
    "p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|table|thead|tbody|tfoot|caption|tr|td|th|hr|section|article|aside"
    "|header|footer|main|nav|figure|figcaption|pre|center|form|html|head|body|title|address|details|summary|dialog"
    "|menu|dir|fieldset|legend|noscript|template|select|option|textarea"
)
_INLINE = (
    "b|i|em|strong|span|a|img|font|small|big|u|s|strike|sub|sup|tt|code|cite|q|abbr|acronym|dfn|kbd|samp|var|mark|ins"
    "|del|wbr|nobr|bdi|bdo|time|picture|source|video|audio|track|iframe|object|embed|param|canvas|svg|path|label|button"
    "|input|col|colgroup|meta|link|base|area|(?:o|v|w|x|m|st1):[a-z]+"
)
_ENDED = r"(?=[\s/>])[^<>]*>"
"""How a tag ends; what has another character behind its name is none: <a@b.example>."""
_TAG = re.compile(rf"</?(?:{_BLOCKS}|{_INLINE}){_ENDED}|<!(?:doctype\b|\[)[^<>]*>", re.I)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS}){_ENDED}", re.I)
_HIDING = re.compile(r"<(script|style|head|title)\b[^<>]*>|<!--", re.I)
_CLOSING = {
    **{name: re.compile(rf"</{name}\s*+>", re.I) for name in ("script", "style", "head", "title")},
    "": re.compile("-->"),
}
_BLANK_LINES = re.compile(r"(?<![ \t])[ \t]*+\n(?:[ \t]*\n)++[ \t]*+")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z][a-z0-9]{1,20});", re.I)

_BYTES = {bytes((b,)).decode("cp1252", errors="ignore") or chr(b): b for b in range(0x80, 0x100)}
_AFTER = f"[{''.join(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0)}]"
_ONE = re.compile(f"[Â-ß]{_AFTER}|[à-ï]{_AFTER}{{2}}|[ð-ô]{_AFTER}{{3}}")
_MISREAD = re.compile(f"(?:{_ONE.pattern})(?: ?(?:{_ONE.pattern}))*+")
_PLAUSIBLE = re.compile(
    "[\u00a0-\u023f\u02bb-\u02bf\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0323\u0327\u0328"  # Latin, its accents
    "\u1e00-\u1eff\u2000-\u27bf\ufb00-\ufb06\ufe0f\ufeff\ufffd\U0001f000-\U0001faff]"  # signs, ligatures, emoji
)
"""What English news has one of; a letter of another script never comes alone."""
_PUNCTUATION = frozenset("‘’‚“”„‹›«»–—…•·†‡±²³™")
_GOES_ON = re.compile(r"(?!(?:s|d|m|t|re|ve|ll)\b)[^\W\d_]", re.I)
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
    """Take scripts, heads and comments out; each end is looked for once where it is missing, however many begin."""
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
    >>> without_mojibake("“The FPÖ’s leader…” BEYONCÉ’s")
    '“The FPÖ’s leader…” BEYONCÉ’s'
    """
    cut = _CUT.search(text)
    if not (cut or _MISREAD.search(text)):
        return text
    damaged = bool(cut) or any(_is_sure(one) for one in _ONE.finditer(text))
    return _CUT.sub("”", _MISREAD.sub(partial(_reread, damaged=damaged), text))


def _reread(found: re.Match[str], *, damaged: bool) -> str:
    """What was read as a run of sequences: whole, where nobody writes so; else those of its parts that are certain."""
    whole = _decoded(found[0])
    characters = len(whole.replace(" ", ""))
    if characters >= 3 or (characters == 2 and len(found[0]) >= 6):
        return whole
    pieces: list[str] = []
    at = found.start()
    for one in _ONE.finditer(found.string, *found.span()):
        right = _decoded(one[0])
        mend = _PLAUSIBLE.fullmatch(right) and (damaged or not _may_be_meant(one))
        pieces += (found.string[at : one.start()], right if mend else one[0])
        at = one.end()
    return "".join([*pieces, found.string[at : found.end()]])


def _decoded(sequences: str) -> str:
    """The characters that these were, "" if they are no UTF-8."""
    try:
        return bytes(_BYTES.get(char, ord(char)) for char in sequences).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _is_sure(one: re.Match[str]) -> bool:
    return _PLAUSIBLE.fullmatch(_decoded(one[0])) is not None and not _may_be_meant(one)


def _may_be_meant(one: re.Match[str]) -> bool:
    """Whether a sequence may be what its author wrote: a letter that ends a word, and punctuation behind it."""
    first, text = one[0][0], one.string
    if not _PUNCTUATION.issuperset(one[0][1:]) or _GOES_ON.match(text, one.end()):
        return False
    before = text[max(0, one.start() - 1) : one.start()]
    if first.islower():
        return before.isalpha()
    # a capital stands behind capitals, or alone; these two are no words
    return before.isupper() if first in "ÂÃ" else not before.islower()
