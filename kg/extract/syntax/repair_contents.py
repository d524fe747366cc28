"""What verbs of telling, blaming and depriving are about: in "warned residents of floods" no floods of residents."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.words import PERSON_NOUNS, TITLES, listed

OF = listed("verbs_with_of")
"""Verbs that take a person and, with "of", what that person is told, blamed for or loses."""
COUNTING = listed("counting")
RELATIONAL = listed("relational") | TITLES | PERSON_NOUNS
"""Nouns that may be told of whom or what they are: "the head of the party"."""
DEFINITE = frozenset("the this that these those".split())
NEAR = 30  # words after it among which a verb's clause is looked for


def mend_contents(
    head: list[int], dep: list[str], lower: Sequence[str], pos: Sequence[str], lemma: Sequence[str]
) -> None:
    """Let "of" and its noun hang on such a verb, in place, where the parser has it say whose the object is.

    It stays with a name ("the people of Israel"), where another "of" follows or the verb has a clause for what is told,
    and where it says what is counted ("a group of men") or which of several is meant ("the head of the party").
    """
    for case, word in enumerate(lower):
        noun = head[case]
        person = head[noun]
        verb = head[person]
        if word != "of" or dep[case] != "case" or dep[noun] != "nmod" or not verb < person < case < noun:
            continue
        told = pos[verb] == "VERB" and lemma[verb] in OF and dep[person] in ("obj", "iobj")
        if not told or pos[noun] == "PROPN" or _is_told_otherwise(head, dep, lower, verb, person, noun):
            continue
        counts = lemma[person] in COUNTING and not _below(head, lower, person) & DEFINITE
        which = lemma[person] in RELATIONAL and _below(head, lower, noun) & DEFINITE  # "of its title" says no whose
        if not counts and not which:
            head[noun], dep[noun] = verb, "obl"


def _is_told_otherwise(
    head: Sequence[int], dep: Sequence[str], lower: Sequence[str], verb: int, person: int, noun: int
) -> bool:
    """Whether a clause, or another "of", says what somebody is told."""
    for k in range(verb + 1, min(len(head), noun + NEAR)):
        clause = head[k] == verb and dep[k] in ("ccomp", "xcomp")
        second = lower[k] == "of" and k > noun and dep[k] in ("case", "mark") and head[head[k]] in (verb, person, noun)
        if clause or second:
            return True
    return False


def _below(head: Sequence[int], lower: Sequence[str], noun: int) -> set[str]:
    return {lower[k] for k in range(max(0, noun - 6), noun) if head[k] == noun}
