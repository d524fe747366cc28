"""What makes an answer certain, and what takes that away."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kg.asking.records import Reading
from kg.asking.replies import Reply
from kg.asking.words import spellings, words

_POSSIBLE = re.compile(r"\b(?:may|might|could|can|should|must|ought|would)\b")
"""What a question has that asks for what is possible or right, and no text tells that as a fact."""
_ALL = re.compile(
    r"\b(?:all|each|every(?:one|body|thing)?|both|whole|entire|only|alone|always|never|most|half)\b", re.I
)
"""What a question has that asks of how many it is true, or whether of nobody else: a sentence has to say so."""
_ANY = re.compile(r"^(?:any|some)(?:one|body|thing)?\b", re.I)
_NOBODY = re.compile(r"\b(?:no|no one|nobody|nothing|none|neither|not any|never)\b", re.I)
SURE = 0.5
"""The least confidence of an event whose answer may be certain."""


def is_certain(reading: Reading, text: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether the rows of one answer of the strict query tell it beyond doubt.

    They do not where the question points ("it"), where the answer hangs on a day that the text does not give to the
    event itself, or on an order that only days give; where an office is asked for that the answer's own name does not
    have; where it asks for what may or should be; where a noun alone tells that something happened; where it asks of
    all or whether of one alone, and the sentence does not say so; and no "no" is where it asks of several, or nobody
    is named who could have done the opposite.
    """
    if (
        reading.vague
        or _POSSIBLE.search(reading.text)
        or (reading.chosen and spellings(reading.noun)[0] not in text.lower())
    ):
        return False
    if any(word.lower() not in text.lower() for word in reading.words_of("inside")):
        return False  # "what did he promise to do for the poor?": of several promises it may be another
    of_all = {word.lower() for word in _ALL.findall(reading.text)}
    rows = [row for row in rows if of_all <= {word.lower() for word in _ALL.findall(row.get("quote", ""))}]
    if text == "no" and reading.wanted == "truth" and not _is_one(reading):
        return False
    if reading.wanted == "agent" and _is_office(text):  # of whom the text says the name beside it
        return False
    return any(_is_told(reading, row) for row in rows)


def _is_one(reading: Reading) -> bool:
    """Whether what one did answers a question with no: not that of two, nor where others may have done otherwise."""
    acting = [phrase for phrase in reading.phrases if phrase.side == "subject" or phrase.marker == "by"]
    named = any(phrase.names or phrase.words for phrase in acting)
    opposed = bool(reading.lemmas) and bool(words().opposites(reading.lemmas[0]))
    return " or " not in reading.text.lower() and (named or not opposed)


def of_nobody(reading: Reading, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give the rows that answer with no: whether anybody did it only those that tell of nobody at all."""
    sides = (phrase for phrase in reading.phrases if phrase.side in ("subject", "object"))
    if not any(_ANY.match(phrase.whole) for phrase in sides):
        return rows
    return [row for row in rows if _NOBODY.search(row.get("label", ""))]


def _is_office(text: str) -> bool:
    """Whether an answer names an office and nobody: "incoming chair"."""
    return text[1:].islower() and text.split()[-1].lower() in {*words().leading, *words().titles}


def _is_told(reading: Reading, row: Mapping[str, str]) -> bool:
    if float(row.get("confidence") or 1) < SURE:
        return False
    timed = reading.wanted == "time" or reading.window is not None or bool(reading.order)
    if timed and (row.get("carried") or not row.get("date")):
        return False
    if reading.anchor is not None and row.get("ordered") != "true":
        return False
    return reading.wanted != "happening" or row.get("nominal") != "true"


def doubted(reply: Reply, guessed: Collection[str]) -> Reply:
    """Take its certainty from an answer about somebody whose name was mistyped."""
    if not guessed:
        return reply
    return replace(reply, answers=tuple(replace(answer, certain=False) for answer in reply.answers))


def others(reply: Reply, reading: Reading) -> Reply:
    """Leave out those whom the question itself names, where somebody else answers it: "who came with Jan Meier?"."""
    if reading.wanted not in ("agent", "object"):
        return reply
    named = {one.text.split()[-1] for one in reading.said if one.pos == "NAME"}
    left = tuple(answer for answer in reply.answers if not (answer.text.istitle() and answer.text.split()[-1] in named))
    return replace(reply, answers=left) if left else reply


def whole_places(reply: Reply, reading: Reading) -> Reply:
    """Leave out a place that is only part of another's name: "Black Sea" beside "Black Sea resort of Sochi"."""
    if reading.wanted != "place":
        return reply
    texts = [answer.text for answer in reply.answers]
    left = (answer for answer in reply.answers if not any(answer.text in one and answer.text != one for one in texts))
    return replace(reply, answers=tuple(left))
