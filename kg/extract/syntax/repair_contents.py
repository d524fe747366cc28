"""What verbs of telling, blaming and depriving are about: in "warned residents of floods" no floods of residents."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.words import PERSON_NOUNS, TITLES, listed

OF = listed("verbs_with_of")
"""Verbs that take a person and, with "of", what that person is told, blamed for or loses."""
NOUNS = listed("nouns_with_contents")
"""Nouns with "of" or "for" and what is asked, offered or told."""
COUNTING = listed("counting")
RELATIONAL = listed("relational") | TITLES | PERSON_NOUNS
"""Nouns that may be told of whom or what they are: "the head of the party"."""
DIRECTED = ("to", "on", "against")
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


def mend_noun_contents(
    head: list[int], dep: list[str], lower: Sequence[str], pos: Sequence[str], lemma: Sequence[str]
) -> None:
    """ "An offer from the union of a truce": what is offered hangs on the offer, and not on whose it is.

    "For" never says who somebody is behind "from" or "by"; "of" may ("a panel of experts"), but not before "a" or "an".
    Nor does it hang on a verb before both, as the parser has it in "answered a request from Ana Ruiz for talks". Behind
    any noun and who does it "on", "to" and "against" say to what it is done ("action by Congress on health"), and a
    "by" behind a name says who does what is done to that ("recognition of Ossetia by Russia").
    """
    for case, word in enumerate(lower):
        noun = head[case]
        if (
            word not in ("of", "for", "by", *DIRECTED)
            or dep[case] != "case"
            or not dep[noun].startswith(("nmod", "obl"))
        ):
            continue
        party = _phrase(head, dep, case - 1)
        told = head[party]
        if dep[party] != "nmod" or not told < party < case < noun or pos[told] != "NOUN":
            continue
        if head[noun] == party and (
            (word == "by" and pos[party] == "PROPN") or (word in DIRECTED and "by" in _below(head, lower, party))
        ):
            head[noun] = told
        if lemma[told] not in NOUNS or word not in ("of", "for"):
            continue
        beside = head[noun] == party or (word == "for" and head[noun] == head[told] < told)
        if not beside or not _below(head, lower, party) & {"from", "by"}:
            continue
        if word == "for" or (_below(head, lower, noun) & {"a", "an"} and lemma[party] not in COUNTING):
            head[noun], dep[noun] = told, "nmod"


def mend_between(head: list[int], dep: list[str], lower: Sequence[str]) -> None:
    """ "Talks between Chad and Peru collapsed": between is between two, so the second is no subject alone.

    The parser makes a sentence of the first half; the noun before "between" is the subject of the verb, in its place.
    """
    for case, word in enumerate(lower):
        first = head[case]
        talks = head[first]
        if word != "between" or dep[case] != "case" or dep[first] != "nmod" or not talks < case < first:
            continue
        after = range(first + 1, min(len(head), first + NEAR))
        if any(dep[k] == "conj" and head[k] == first for k in after):
            continue
        verb = next((k for k in after if dep[k] == "conj" and head[k] == talks), None)
        if verb is None:
            continue
        second = next((k for k in range(first + 2, verb) if head[k] == verb and dep[k].startswith("nsubj")), None)
        joining = next((k for k in range(first + 1, verb) if lower[k] == "and" and dep[k] == "cc"), None)
        if second is None or joining is None or not joining < second:
            continue
        above, relation, subject = head[talks], dep[talks], dep[second]
        head[verb], dep[verb] = (verb if above == talks else above), relation
        head[talks], dep[talks] = verb, subject
        head[second], dep[second], head[joining] = first, "conj", second


def _phrase(head: Sequence[int], dep: Sequence[str], last: int) -> int:
    """The head of the phrase with a preposition that ends with a word."""
    top = last
    while head[top] < top and not dep[top].startswith(("nmod", "obl")):
        top = head[top]
    return top


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
