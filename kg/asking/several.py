"""Several questions that are asked as one: taken apart, and their answers given together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.asking.openings import AUXILIARY
from kg.asking.replies import Reply

_ASKING = r"(?:how|what|who|whom|whose|when|where|why|which)\b"
_BOTH = re.compile(rf",? and (?={_ASKING})", re.I)
_LEAST_WORDS = 4
_SOURCES = re.compile(
    r"^(?P<what>.+?),? according to (?P<one>.+?),? and (?:according )?to (?P<other>[^,]+?)\s*\?*$", re.I
)
_HOW = r"how (?:many|much|long|often)"
_SHORT = re.compile(
    rf"^(?P<one>(?P<wh>(?:{_HOW}|which|what|whose)(?: [a-z]+)?|who|whom|when|where|why|how) "
    rf"(?P<aux>{AUXILIARY}|should|must) (?P<rest>.+?)),? and "
    rf"(?P<other>(?:[a-z]+ )?(?:{_HOW}|what|which|who|whom|when|where|why)(?: [a-z]+)?)\s*\?*$",
    re.I,
)
_SUBJECT = re.compile(r"(?:who|what|which|how many)\b", re.I)
_OTHERS = re.compile(r"(?:the|an?|his|her|its|their|this|that|these|those|he|she|it|they)\b|[A-Z]")


def apart(text: str) -> tuple[str, ...]:
    """Give the questions that one asks together, by itself where it is only one.

    >>> apart("What did Oslo ask of Chad, and how did Chad respond?")
    ('What did Oslo ask of Chad?', 'How did Chad respond?')
    >>> apart("Who said what, and when?")
    ('Who said what, and when?',)
    >>> apart("How many fled according to Oslo and according to the police?")
    ('How many fled according to Oslo?', 'How many fled according to the police?')
    >>> apart("Who is buying the mill, and for how much?")
    ('Who is buying the mill?', 'For how much is somebody buying the mill?')
    >>> apart("Which ship did Oslo sell, and why?")
    ('Which ship did Oslo sell?', 'Why did Oslo sell the ship?')
    """
    sources = _SOURCES.match(text)
    if sources:
        return tuple(f"{sources['what']} according to {sources[who]}?" for who in ("one", "other"))
    short = _SHORT.match(text)
    if short:
        return f"{short['one']}?", f"{short['other'].capitalize()} {short['aux']} {_again(short)}?"
    parts = [part.strip(" ?") for part in _BOTH.split(text)]
    whole = all(re.match(_ASKING, part, re.I) and len(part.split()) >= _LEAST_WORDS for part in parts)
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts) if whole and parts[1:] else (text,)


def _again(short: re.Match[str]) -> str:
    """What the second question says behind its auxiliary: the same, with a word for what the first one asked for."""
    asked, rest = short["wh"].lower().split(), short["rest"]
    noun = f"the {asked[1]}" if asked[0] == "which" and asked[1:] else asked[2] if asked[2:] else ""
    if short["aux"].lower() in ("did", "do", "does") or _OTHERS.match(rest) or not _SUBJECT.match(short["wh"]):
        return f"{rest} {noun}".strip()
    return f"{noun or ('somebody' if asked[0] == 'who' else 'something')} {rest}"


def together(question: str, replies: Sequence[Reply]) -> Reply:
    """Give the answers of several questions that were asked as one."""
    return Reply(
        question,
        "answered",
        tuple(dict.fromkeys(answer for reply in replies for answer in reply.answers)),
        "\n\n".join(reply.sparql for reply in replies),
        taken={name: labels for reply in replies for name, labels in reply.taken.items()},
    )
