"""The tokenizer: spaCy's English rules, bent towards the Universal Dependencies treebanks.

The treebanks split more than spaCy does by default: dashes and ranges without
spaces ("prisoners—1,000", "1987–1990"), slashes between words ("and/or"),
hyphens next to digits and abbreviations ("COVID-19", "U.S.-led"), and a clock
time from its "am" or "pm". They split less after bound prefixes ("non-aligned",
"anti-tank", "re-elected") and in telephone numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.lang.en import English
from spacy.symbols import ORTH  # type: ignore[import-not-found, unused-ignore]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found, unused-ignore]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

BOUND_PREFIXES = (
    "anti bi co counter cyber de e eco ex extra hyper inter intra mega meta micro mid mini mis multi nano neo non "
    "para post pre pro proto pseudo quasi re self semi sub super trans tri ultra un uni vice"
).split()
"""Prefixes that stay joined to their word, as the treebanks mostly have it."""

FREE_PREFIXES = frozenset({"counter", "cyber", "extra", "mid", "post", "self", "vice"})
"""Prefixes that the treebanks split off all the same ("self - defence")."""

TITLES = "Adm. Brig. Capt. Cmdr. Col. Cpl. Gen. Hon. Insp. Lt. Maj. Pres. Prof. Sen. Sgt. Supt.".split()
"""Abbreviated ranks and titles before a name; their full stop ends no sentence."""

LETTERS = ("g.", "k.", "m.")
"""What spaCy takes for abbreviations, and is a unit at the end of a sentence: "They want £100m."."""

DASHES = "–—―"
CURRENCY = r"\$£€¥₴₽₹₪₺"


_LONG_RUN = re.compile(r"\S{500,} ?")
_PIECE = re.compile(r"(?:\w+|[^\w\s]){1,200} ?|\s+|\S")


class NewsTokenizer(Tokenizer):  # type: ignore[misc, unused-ignore]
    """spaCy's tokenizer, made linear for text without spaces.

    spaCy strips affixes one at a time and searches the rest again, which is quadratic in the length of a
    run without spaces. Runs of 500 characters and more are cut into pieces first; a word stays whole.
    """

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text`; `doc.text == text`."""
        if _LONG_RUN.search(text) is None:
            plain: Doc = super().__call__(text)
            return plain
        pieces: list[str] = []
        at = 0
        for run in _LONG_RUN.finditer(text):
            pieces.extend((text[at : run.start()], *_PIECE.findall(run.group())))
            at = run.end()
        pieces.append(text[at:])
        parts = [super(NewsTokenizer, self).__call__(piece) for piece in pieces if piece]
        words = [token.text for part in parts for token in part]
        spaces = [bool(token.whitespace_) for part in parts for token in part]
        return Doc(self.vocab, words=words, spaces=spaces)


def _unless_bound() -> str:
    """Return look-behinds that hold unless a bound prefix stands before, in any of its usual spellings."""
    bound = [prefix for prefix in BOUND_PREFIXES if prefix not in FREE_PREFIXES]
    return "".join(rf"(?<!\b{prefix})(?<!\b{prefix.capitalize()})" for prefix in bound)


def infixes() -> list[str]:
    """Return the patterns that split a token in its middle."""
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+*^=](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}\"“])",
        rf"(?<=[{ALPHA}0-9])(?:--+|[{DASHES}~])(?=[{ALPHA}0-9{CURRENCY}#\"“‘(])",
        rf"(?<=[.,;:!?)\]\"”’%])(?:--+|[{DASHES}])(?=[{ALPHA}0-9{CURRENCY}\"“‘(])",
        rf"(?<=[{ALPHA}]){_unless_bound()}-(?=[{ALPHA}0-9])",
        rf"(?<=[0-9%])-(?=[{ALPHA}{CURRENCY}])",
        rf"(?<=[{ALPHA}]\.)-(?=[{ALPHA}0-9])",
        r"(?<=(?<![0-9.,:/+-])[0-9])-(?=[0-9]{1,2}(?![0-9/-]))",
        r"(?<=(?<![0-9.,:/+-])[0-9]{2})-(?=[0-9]{1,2}(?![0-9/-]))",
        r"(?<=(?<![0-9+-])[12][0-9]{3})-(?=[12][0-9]{3}(?![0-9-]))",
        r"(?<=:[0-9]{2})-(?=[0-9]{1,2}:[0-9]{2}\b)",
        rf"(?<=[{ALPHA}])[:<>=](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])/(?=[{ALPHA}])",
        r"(?<=\b[0-9])/(?=[0-9]\b)",
        rf"(?<=[{ALPHA}0-9.])[()\[\]](?=[{ALPHA}0-9(])",
        rf"(?<=[{CURRENCY}])(?=[0-9])",
        rf"(?<=[{ALPHA}])-(?=[{CURRENCY}])",
        rf"(?<=[{ALPHA}0-9.,!?:;])[\"“”](?=[{ALPHA}0-9])",
        r"(?<=[0-9])(?=(?:[ap]\.?m\.?|AM|PM|km|kg|mph|k|m|bn|mn)(?:\b|$))",
    ]


def create_tokenizer(nlp: Language) -> NewsTokenizer:
    """Return the tokenizer for `nlp`, with English exceptions and the infixes above."""
    defaults = English.Defaults
    rules = defaults.tokenizer_exceptions or {}
    exceptions = {key: value for key, value in rules.items() if key not in ("and/or", *LETTERS)}
    exceptions.update({title: [{ORTH: title}] for title in TITLES})
    repeated = r"(?:[!?]{2,}|\*{2,}|={2,}|_{2,}|<{2,}|>{2,})"
    before = [repeated, *(defaults.prefixes or []), rf"[-{DASHES}](?=[{ALPHA}0-9{CURRENCY}\"“‘(])"]
    after = [repeated, *(defaults.suffixes or []), rf"(?<=[{ALPHA}0-9.,;:!?)\"”])[{DASHES}]", "--+"]
    return NewsTokenizer(
        nlp.vocab,
        rules=exceptions,
        prefix_search=compile_prefix_regex(before).search,
        suffix_search=compile_suffix_regex(after).search,
        infix_finditer=compile_infix_regex(infixes()).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


def make_create_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """Return the tokenizer factory under the name that pipeline configurations use."""
    return create_tokenizer


registry.tokenizers("newskg.English.v1", func=make_create_tokenizer)
