"""Words that are likely to mean one thing, by WordNet: what a question calls so, a text may call otherwise.

They are wide and often wrong, so what is found by them alone is shown as what a text says, and never as certain.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.asking.words import words
from kg.extract.syntax.tree import base_forms


def related(asked: str, pos: str, told: str, told_pos: str) -> bool:
    """Whether a verb ("v") or noun ("n") of a text may mean one of a question, or is made of it.

    >>> related("cheat", "v", "defraud", "v"), related("punish", "v", "punishment", "n")
    (True, True)
    >>> related("defraud", "v", "say", "v")
    False
    """
    if told in _table().get((pos, asked), ()) or asked in _table().get((told_pos, told), ()):
        return True
    return pos == "v" and (told in _own(asked) or (told_pos == "v" and asked in _otherwise(told)))


def verb_of(lemma: str, word: str) -> str:
    """Give the lemma of a verb; where it is none that WordNet has, a form by spelling rules that is.

    >>> verb_of("triggere", "triggered"), verb_of("go", "went")
    ('trigger', 'go')
    """
    table = _table()
    if ("v", lemma) in table:
        return lemma
    forms = (*base_forms(word.lower()), f"{word.lower().removesuffix('ing')}e")
    return next((one for one in forms if ("v", one) in table), lemma)


@cache
def _own(lemma: str) -> frozenset[str]:
    """What the words of `kg ask` itself have for a verb."""
    known = words()
    return frozenset(known.lemmas(lemma)) | _otherwise(lemma)


@cache
def _otherwise(lemma: str) -> frozenset[str]:
    """What may be told by other words: unlike wider words these may stand for each other both ways."""
    told = [line for line in words().paraphrase if line[0] == lemma]
    told += [tuple(line) for line in words().thesaurus if lemma in line]
    return frozenset(one for line in told for one in line)


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    found = {}
    for line in (files("kg.asking") / "relatives.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            pos, word, others = line.split("\t")
            found[(pos, word)] = tuple(others.split(","))
    return found
