"""Several questions that are asked as one: taken apart, and their answers given together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.asking.replies import Reply

_ASKING = r"(?:how|what|who|whom|whose|when|where|why|which)\b"
_BOTH = re.compile(rf",? and (?={_ASKING})", re.I)
_LEAST_WORDS = 4
_SOURCES = re.compile(
    r"^(?P<what>.+?),? according to (?P<one>.+?),? and (?:according )?to (?P<other>[^,]+?)\s*\?*$", re.I
)


def apart(text: str) -> tuple[str, ...]:
    """Give the questions that one asks together, by itself where it is only one.

    >>> apart("What did Oslo ask of Chad, and how did Chad respond?")
    ('What did Oslo ask of Chad?', 'How did Chad respond?')
    >>> apart("Who said what, and when?")
    ('Who said what, and when?',)
    >>> apart("How many fled according to Oslo and according to the police?")
    ('How many fled according to Oslo?', 'How many fled according to the police?')
    """
    sources = _SOURCES.match(text)
    if sources:
        return tuple(f"{sources['what']} according to {sources[who]}?" for who in ("one", "other"))
    parts = [part.strip(" ?") for part in _BOTH.split(text)]
    whole = all(re.match(_ASKING, part, re.I) and len(part.split()) >= _LEAST_WORDS for part in parts)
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts) if whole and parts[1:] else (text,)


def together(question: str, replies: Sequence[Reply]) -> Reply:
    """Give the answers of several questions that were asked as one."""
    return Reply(
        question,
        "answered",
        tuple(dict.fromkeys(answer for reply in replies for answer in reply.answers)),
        "\n\n".join(reply.sparql for reply in replies),
        taken={name: labels for reply in replies for name, labels in reply.taken.items()},
    )
