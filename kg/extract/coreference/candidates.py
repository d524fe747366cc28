"""Which earlier mentions each mention may point back to: what is near or looks alike, and nothing that cannot be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.coreference.attributes import CLASSES, GENDERS, NUMBERS, TYPES, Attributes
from kg.extract.coreference.pairs import likeness
from kg.model import EntityType

if TYPE_CHECKING:
    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]

NEAR = 40
"""Mentions back in which everything is looked at, so that long texts stay linear."""
ALIKE = 6
"""Mentions with the same head that are looked at wherever they stand."""
ADDED = (2, 6)
"""Likenesses of two with one head where the later one adds words: "the central bank" is no bank told before."""
_NAME = CLASSES.index("name")
_DESCRIBED = _NAME + 1
_YOU = CLASSES.index("you")
_HE, _IT, _THEY = (CLASSES.index(one) for one in ("he", "it", "they"))
_PERSON = TYPES.index(EntityType.PERSON)
_EVENT = TYPES.index(EntityType.EVENT)
_PLURAL = NUMBERS.index("plur")
_MASC, _FEM = GENDERS.index("masc"), GENDERS.index("fem")


def candidates(a: Attributes, asked: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs of a mention of `asked` and a candidate, the nearest first, and the rank of each candidate.

    The rank counts the nearer candidates of the same mention.
    """
    at: dict[int, list[int]] = defaultdict(list)
    heads = a.head.tolist()
    wanted = set(asked.tolist())
    mine: list[Ints] = []
    for i, head in enumerate(heads):
        if i in wanted:
            far = [k for k in at[head][-ALIKE:] if k < i - NEAR]
            mine.append(np.array([*range(i - 1, max(-1, i - NEAR - 1), -1), *reversed(far)], dtype=np.int64))
        at[head].append(i)
    if not mine:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    m = np.repeat(np.sort(asked), [len(one) for one in mine])
    c = np.concatenate(mine)
    kept = ~_impossible(a, m, c)
    m, c = m[kept], c[kept]
    firsts = np.searchsorted(m, m, side="left")
    return m, c, np.arange(len(m)) - firsts


def _impossible(a: Attributes, m: Ints, c: Ints) -> Bools:
    """What grammar excludes: one within the other, or what a pronoun or a name cannot stand for."""
    out = (a.end[c] > a.begin[m]) | _disagree(a, m, c)
    own = a.cls[m]
    out |= (own >= _NAME) & (a.cls[c] <= _YOU)  # "my mother" is not "I"
    third = (own == _HE) | (own == _IT) | (own == _THEY)
    # "he saw him" are two, so are "the court fined the editor" (Chomsky 1981, B and C); "himself" is another class
    out |= (third | (own >= _DESCRIBED)) & (a.verb[m] >= 0) & (a.verb[m] == a.verb[c])
    out |= (third | (own >= _DESCRIBED)) & (
        a.answered[m] == a.root[c]
    )  # nobody "refused the union's demand" as the union
    out |= third & (a.quoted[m] == 1) & (a.speaker[m] == a.root[c])  # nobody calls himself "he" when quoted
    # nor is who is quoted one of those whom his words name: "They would kill one child," he said
    out |= (a.quoted[c] == 1) & (a.cls[c] > _YOU) & (a.speaker[c] == a.root[m]) & (a.root[c] != a.root[m])
    types = (a.type[m], a.type[c])
    known = (types[0] != 0) & (types[1] != 0) & (a.named[m] | a.named[c]).astype(bool)
    for kind in (_PERSON, _EVENT):
        out |= known & (types[0] != types[1]) & ((types[0] == kind) | (types[1] == kind))
    described = np.flatnonzero((own >= _DESCRIBED) & (a.head[m] == a.head[c]) & ~out)
    out[described] = np.isin(likeness(a, m[described], c[described]), ADDED)  # few: all else is out, or has other words
    return np.asarray(out)


def _disagree(a: Attributes, m: Ints, c: Ints) -> Bools:
    """Sex, number, and persons for things: "it" is no person, "he" nothing else, "they" not one person with a name."""
    he, it, they = (a.cls[m] == one for one in (_HE, _IT, _THEY))
    person, told = a.type[c] == _PERSON, a.type[c] != 0
    sex = a.gender[c]
    out = ((a.gender[m] == _MASC) & (sex == _FEM)) | ((a.gender[m] == _FEM) & (sex == _MASC))
    out |= (he | it) & (a.number[c] == _PLURAL)
    out |= he & told & ~person
    out |= it & (person | (sex == _MASC) | (sex == _FEM))
    return np.asarray(out | (they & person & (a.named[c] == 1) & (a.number[c] != _PLURAL)))
