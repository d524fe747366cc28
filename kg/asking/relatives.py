"""Words that are likely to mean one thing, by WordNet: what a question calls so, a text may call otherwise.

They are wide and often wrong, so what is found by them alone is shown as what a text says, and never as certain.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.asking.words import words


def related(lemma: str, pos: str) -> frozenset[str]:
    """Give what may mean a verb ("v") or a noun ("n"), or is made of it, without the word itself.

    >>> "defraud" in related("cheat", "v"), "punishment" in related("punish", "v"), "react" in related("reaction", "n")
    (True, True, True)
    """
    own = set(_table().get((pos, lemma), ()))
    if pos == "v":
        own |= {*words().lemmas(lemma), *(one for line in words().paraphrase if line[0] == lemma for one in line)} - {lemma}
    return frozenset(own)


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    found = {}
    for line in (files("kg.asking") / "relatives.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            pos, word, others = line.split("\t")
            found[(pos, word)] = tuple(others.split(","))
    return found
