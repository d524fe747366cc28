"""Forms of verbs, and other words for verbs and nouns, with which questions are made."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from kg.asking.words import words
from kg.language.static import word_vector

LIGHT = frozenset("be have do say make get take go come give put tell let see want seem become keep begin use".split())
"""Verbs for which no other is put: they mean too much."""
_LIKE, _UNLIKE, _FEW, _NEAR = 0.22, 0.62, 6, 25


class Forms:
    """Past forms and participles of verbs: those that a treebank has, all others as the rule makes them."""

    def __init__(self, treebank: Path) -> None:
        met: Counter[tuple[str, str, str]] = Counter()
        for line in treebank.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) > 4 and columns[3] == "VERB" and columns[4] in ("VBD", "VBN"):
                met[columns[4], columns[2].lower(), columns[1].lower()] += 1
        self.told: dict[str, dict[str, str]] = {"VBD": {}, "VBN": {}}
        for (tag, lemma, form), _ in met.most_common():
            self.told[tag].setdefault(lemma, form)

    def past(self, verb: str) -> str:
        """Give "went" for "go", "stepped down" for "step down"."""
        return self._form(verb, "VBD", "VBN")

    def participle(self, verb: str) -> str:
        """Give "gone" for "go"."""
        return self._form(verb, "VBN", "VBD")

    def _form(self, verb: str, *tags: str) -> str:
        first, _, rest = verb.partition(" ")
        form = next((self.told[tag][first] for tag in tags if first in self.told[tag]), _regular(first))
        return f"{form} {rest}".strip()


def third(verb: str) -> str:
    """Give the form after "who".

    >>> third("carry"), third("push"), third("step down"), third("have")
    ('carries', 'pushes', 'steps down', 'has')
    """
    first, _, rest = verb.partition(" ")
    form = "has" if first == "have" else re.sub(r"(?<=[^aeiou])y$", "ie", first)
    form += "" if first == "have" else "es" if re.search(r"(?:[sxzo]|[cs]h)$", form) else "s"
    return f"{form} {rest}".strip()


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    double = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb)
    return verb + (verb[-1] if double else "") + "ed"


@cache
def _table(kind: str) -> tuple[dict[str, set[str]], frozenset[str]]:
    """Which words are told as related, both ways, and which of them have lines of their own."""
    found: dict[str, set[str]] = defaultdict(set)
    heads = set()
    for line in (files("kg.asking") / "relatives.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{kind}\t"):
            _, word, others = line.split("\t")
            heads.add(word)
            for other in others.split(","):
                found[word].add(other)
                found[other].add(word)
    return found, frozenset(heads)


@cache
def others_for(kind: str, word: str) -> tuple[str, ...]:
    """Give words of a kind ("v", "n") that are likely to mean a word, the nearest first."""
    table, heads = _table(kind)
    known = _meant(word) - {word}
    scored = []
    for other in sorted(table.get(word, set()) | known):
        if other == word or other[:5] == word[:5] or other.split()[0] not in heads or (kind == "n" and " " in other):
            continue
        near = _cosine(word, other) + 0.3 * (other in known)
        if near >= _LIKE:
            scored.append((near, other))
    return tuple(other for _, other in sorted(scored, reverse=True)[:_FEW])


def related(verb: str) -> set[str]:
    """Give all verbs that any table has beside one."""
    return {verb, *_table("v")[0].get(verb, ()), *_meant(verb)}


def unlike(verb: str, common: Sequence[str]) -> list[str]:
    """Give common verbs that are near to one, as opposites and neighbours are, but do not mean it."""
    taken = {two for one in related(verb) for two in related(one)}
    scored = [(_cosine(verb, other), other) for other in common if other not in taken and other[:5] != verb[:5]]
    return [other for near, other in sorted(scored, reverse=True) if near < _UNLIKE][:_NEAR]


def is_noun(word: str) -> bool:
    """Whether the table has a word as a noun, and not as a verb."""
    return word in _table("n")[1] and word not in _table("v")[1]


def is_verb(word: str) -> bool:
    """Whether the table has a word as a verb."""
    return word in _table("v")[1]


def _meant(word: str) -> set[str]:
    return {other for line in words().same if word in line for other in line}


def _cosine(one: str, other: str) -> float:
    first, second = _vector(one.split()), _vector(other.split())
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / lengths if lengths else 0.0


def _vector(words: Iterable[str]) -> np.ndarray:
    return np.sum([word_vector(word) for word in words], axis=0)
