"""Subjects taken for part of the date before them, given back to their verbs: "On 11 June Peru refused"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.words import CALENDAR

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl")
NEAR = 60  # words before and after a verb among which those below it are looked for


def mend_dated_subjects(
    head: list[int], dep: list[str], lower: Sequence[str], pos: Sequence[str], finite: Sequence[bool]
) -> None:
    """Give a verb without a subject the noun that stands between a date and it, in place.

    The parser has it hang on the date ("11 June ← Peru") or the date on it ("4 May ministers" as four of them). No
    comma stands between, and a preposition begins the date, so that nothing else is left for the noun to be.
    """
    for noun in range(2, len(head)):
        first = noun
        while first > 0 and _is_dated(lower[first - 1]):
            first -= 1
        last = noun - 1
        if first == noun or first == 0 or pos[first - 1] != "ADP" or pos[noun] not in ("PROPN", "NOUN"):
            continue
        top = head[noun]
        if first <= top <= last:  # the noun hangs on the date
            verb = head[top]
        elif head[first - 1] == noun and dep[noun].startswith("obl"):  # the date hangs on the noun
            top, verb = last, head[noun]
        else:
            continue
        if noun < verb and _lacks_subject(head, dep, pos, finite, verb) and _is_whole(head, lower, noun, verb):
            passive = any(dep[k] == "aux:pass" for k in _below(head, verb))
            if top == last and head[first - 1] == noun:
                head[last], dep[last] = verb, "obl"
                for k in range(first - 1, last):
                    head[k], dep[k] = last, "case" if k == first - 1 else "nmod:unmarked"
            head[noun], dep[noun] = verb, "nsubj:pass" if passive else "nsubj"


def _is_dated(word: str) -> bool:
    """Whether a word is a month, the number of a day, or a year."""
    return word in CALENDAR or (word.isdigit() and (int(word) <= 31 or len(word) == 4))


def _is_whole(head: Sequence[int], lower: Sequence[str], noun: int, verb: int) -> bool:
    """Whether what stands between a noun and a verb belongs to one of them, with no comma."""
    between = range(noun + 1, verb)
    return all(lower[k] != "," and (head[k] in (noun, verb) or noun < head[k] < verb) for k in between)


def _lacks_subject(
    head: Sequence[int], dep: Sequence[str], pos: Sequence[str], finite: Sequence[bool], verb: int
) -> bool:
    """Whether a word is a verb in a tense and has no subject."""
    below = _below(head, verb)
    tense = finite[verb] or any(finite[k] and dep[k].startswith("aux") for k in below)
    return pos[verb] == "VERB" and tense and not any(dep[k] in SUBJECTS for k in below)


def _below(head: Sequence[int], verb: int) -> list[int]:
    return [k for k in range(max(0, verb - NEAR), min(len(head), verb + NEAR)) if head[k] == verb and k != verb]
