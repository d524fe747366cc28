"""Who pronouns and descriptions point back to: a learned ranker of antecedents over the chains of the precise rules.

Mentions are read in text order. The chances of all candidates in one chain add up, and the likeliest chain is taken
if it is likelier than none and grammar does not forbid it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.coreference.attributes import Attributes, attributes
from kg.extract.coreference.candidates import candidates
from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.features import Scene, is_among_fellows
from kg.extract.coreference.kinds import KINDS
from kg.extract.coreference.net import load_ranker, scores
from kg.extract.coreference.nominals import HIDDEN, other_office, state_keys
from kg.extract.coreference.pairs import own_rows, pair_rows
from kg.extract.words import RECIPROCALS
from kg.model import EntityType, Mention, MentionKind

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]
    Table = npt.NDArray[np.int32]

TOLD = 12
"""Mentions of a chain that are asked for its office, so that long texts stay linear."""
WIDTH = 768
"""Numbers of a mention's vector: the encoder's for syntax, then those for meaning."""


RULES = {
    MentionKind.NOMINAL: "antecedent of a description",
    MentionKind.PRONOUN: "antecedent of a pronoun",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the ranker reads besides mentions and clauses: vectors of words, and where paragraphs begin.

    `vectors` has one row for each offset of `begins`, or none; `breaks` are the offsets of second and later paragraphs,
    `asking` says of each paragraph whether it ends with a question mark.
    """

    begins: Sequence[int] = ()
    vectors: Floats | None = None
    breaks: tuple[int, ...] = ()
    asking: tuple[bool, ...] = ()


def words(text: str, begins: Sequence[int], *vectors: npt.NDArray[np.floating]) -> Words:
    """Gather what the ranker reads; vectors of another number of rows than `begins` count as none."""
    breaks = tuple(i + 1 for i, sign in enumerate(text) if sign == "\n" and text[i + 1 : i + 2] not in ("\n", ""))
    edges = (0, *breaks, len(text))
    asking = tuple(text[a:b].rstrip().endswith("?") for a, b in pairwise(edges))
    fit = bool(vectors) and all(len(one) == len(begins) for one in vectors)
    joined = np.concatenate([one.astype(np.float32) for one in vectors], axis=1) if fit else None
    return Words(begins, joined if joined is not None and joined.shape[1] == WIDTH else None, breaks, asking)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a text: which mentions, with which candidates, and all that is known of them."""

    asked: Ints
    mine: Ints
    theirs: Ints
    own: Table
    pairs: Table
    vectors: Floats
    attributes: Attributes


def question(clusters: Clusters, scene: Scene, words: Words) -> Question:
    """Ask of the first mention of each chain what it points back to; later ones do so by a rule already.

    What is said to be new ("a ferry", "the next talks") is not asked.
    """
    first: dict[int, int] = {}
    for m in clusters.mentions:
        first.setdefault(clusters.root(m.index), m.index)
    asked = np.array(sorted(i for i in first.values() if not _new(clusters.mentions[i])), dtype=np.int64)
    a = attributes(clusters, scene, words.breaks, words.asking)
    mine, theirs, rank = candidates(a, asked)
    pairs, _ = pair_rows(a, mine, theirs, rank)
    own, _ = own_rows(a)
    return Question(asked, mine, theirs, own, pairs, _vectors(clusters.mentions, words), a)


def _new(m: Mention) -> bool:
    """Whether a mention tells by its own words that it is none of those before, or is a group of several.

    Names are left to the rules: a wrong join of two names costs more than a missed one.
    """
    if m.kind is MentionKind.NAME:
        return True
    if m.kind is MentionKind.PRONOUN:
        return m.text.lower().split() in RECIPROCALS
    marked = m.determiner == "indefinite" or bool(m.members) or not set(m.modifiers).isdisjoint(HIDDEN)
    return m.kind is MentionKind.NOMINAL and marked


def _vectors(mentions: Sequence[Mention], words: Words) -> Floats:
    """The vector of each mention's head word, the mean of all where there are none."""
    if words.vectors is None:
        mean = load_ranker()["mean"]
        return np.broadcast_to(mean, (len(mentions), len(mean)))
    at = [max(0, bisect_right(words.begins, m.head.begin) - 1) for m in mentions]
    return words.vectors[at]


def rank(clusters: Clusters, scene: Scene, words: Words) -> None:
    """Join each mention that no rule joined to the chain it points back to. Rule: antecedent."""
    if not clusters.mentions:
        return
    asked = question(clusters, scene, words)
    if not len(asked.mine):
        return
    pairs, none = scores(load_ranker(), asked.vectors, asked.own, asked.pairs, asked.mine, asked.theirs)
    begins = np.searchsorted(asked.mine, asked.asked, side="left").tolist()
    ends = np.searchsorted(asked.mine, asked.asked, side="right").tolist()
    for i, begin, end in zip(asked.asked.tolist(), begins, ends, strict=True):
        if begin < end:
            _point(clusters, scene, i, asked.theirs[begin:end].tolist(), pairs[begin:end], float(none[i]))


def _point(clusters: Clusters, scene: Scene, i: int, found: Sequence[int], given: Floats, none: float) -> None:
    """Join mention i to its likeliest chain, if it has one."""
    top = max(float(given.max()), none)
    chances = np.round(np.exp(given.astype(np.float64) - top), 6).tolist()
    total: dict[int, float] = {}
    nearest: dict[int, int] = {}
    for c, chance in zip(found, chances, strict=True):
        root = clusters.root(c)
        total[root] = total.get(root, 0.0) + chance
        nearest.setdefault(root, c)
    m = clusters.mentions[i]
    pronoun = m.kind is MentionKind.PRONOUN
    for root in sorted(total, key=lambda r: (-total[r], -nearest[r])):
        if total[root] <= np.exp(none - top):
            return
        if _clash(clusters, i, nearest[root]) or (pronoun and is_among_fellows(clusters, scene, i, root)):
            continue
        if clusters.join(nearest[root], i, RULES[m.kind]):
            if pronoun and m.gender != "neut":
                clusters.set_gender(i, m.gender)
            return


def _clash(clusters: Clusters, i: int, c: int) -> bool:
    """Whether two chains tell different sexes, states or kinds, both have names, or one owns the other."""
    if {clusters.gender(i), clusters.gender(c)} >= {"masc", "fem"}:
        return True
    if _is_place_of(clusters, i, c) or _owns(clusters, i, c) or _owns(clusters, c, i) or _is_above(clusters, i, c):
        return True
    mine, theirs = (set(state_keys(clusters, clusters.mentions[k])) for k in (i, c))
    if mine and theirs and mine.isdisjoint(theirs):
        return True
    if not (clusters.named(i) or clusters.named(c)):
        return False
    kinds = {clusters.type(i), clusters.type(c)} - {None}
    if len(kinds) > 1 and kinds & {EntityType.PERSON, EntityType.EVENT}:
        return True
    return clusters.named(i) and clusters.named(c)


def _is_place_of(clusters: Clusters, i: int, c: int) -> bool:
    """Whether one is "the district" and the other "the teachers": a place is not several people or things."""
    m = clusters.mentions[i]
    if m.kind is not MentionKind.NOMINAL or m.number != "sing" or m.head_lemma not in KINDS:
        return False
    told = [clusters.mentions[k] for k in clusters.members(c)[:TOLD]]
    return any(other.kind is MentionKind.NOMINAL and other.number == "plur" for other in told)


def _is_above(clusters: Clusters, i: int, c: int) -> bool:
    """Whether a description is of an office, and c's chain told in one below it: the deputy foreign minister."""
    m = clusters.mentions[i]
    told = (clusters.mentions[k] for k in clusters.members(c)[:TOLD]) if m.kind is MentionKind.NOMINAL else ()
    return any(other.head_lemma == m.head_lemma and other_office(m, other.modifiers) for other in told)


def _owns(clusters: Clusters, i: int, c: int) -> bool:
    """Whether the owner told of some mention near c, or of c itself, is i's chain: "his wife" is not he."""
    near = (c, i - 1) if i else (c,)  # an owner comes right after the phrase that it begins
    owners = ((clusters.mentions[k], k) for k in near)
    return any(
        m.possessor is not None
        and clusters.root(k) == clusters.root(c)
        and (m.possessor == i or clusters.root(m.possessor) == clusters.root(i))
        for m, k in owners
    )
