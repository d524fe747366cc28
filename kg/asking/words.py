"""The words that `kg ask` knows of itself (`words.toml`), and how words of a question are compared with a text's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kg.textnorm import folded


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of `words.toml`."""

    same: tuple[frozenset[str], ...]
    wider: tuple[tuple[str, ...], ...]
    likely: tuple[tuple[str, ...], ...]
    paraphrase: tuple[tuple[str, ...], ...]
    thesaurus: tuple[frozenset[str], ...]
    opposite: tuple[tuple[str, str], ...]
    contrary: tuple[tuple[str, str], ...]
    refusing: frozenset[str]
    mutual: frozenset[str]
    light: frozenset[str]
    reacting: frozenset[str]
    intending: frozenset[str]
    resulting: frozenset[str]
    deciding: frozenset[str]
    undecided: frozenset[str]
    withheld: frozenset[str]
    granting: frozenset[str]
    pleas: frozenset[str]
    wanting: frozenset[str]
    judging: frozenset[str]
    saying: frozenset[str]
    leading: frozenset[str]
    bare: frozenset[str]
    vague: frozenset[str]
    giving: frozenset[str]
    motion: frozenset[str]
    initiatives: frozenset[str]
    nouns: tuple[frozenset[str], ...]
    empty: frozenset[str]
    times: frozenset[str]
    titles: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]
    sorts: dict[str, tuple[str, ...]]
    near: dict[str, dict[str, tuple[str, ...]]]

    def lemmas(self, lemma: str, *, loose: bool = False) -> tuple[str, ...]:
        """Give the lemmas that tell of a deed: that of the question, what else it is called, and what is a kind of it.

        With `loose`, also those that are only likely to mean it. Sorted.
        """
        found = {lemma, *(other for line in self.same if lemma in line for other in line)}
        wider = (*self.wider, *self.likely) if loose else self.wider
        return tuple(sorted(found | {other for line in wider if line[0] in found for other in line}))

    def opposites(self, lemma: str) -> tuple[str, ...]:
        """Give the lemmas that say the opposite of a deed, none where it has none."""
        meant = {lemma, *(other for line in self.same if lemma in line for other in line)}
        pairs = (*self.opposite, *((other, one) for one, other in self.opposite))
        found = {told for one, other in pairs if one in meant for told in self.lemmas(other)}
        return tuple(sorted(found - meant))

    def contraries(self, lemma: str) -> tuple[str, ...]:
        """Give the lemmas that speak against a deed without being its opposite, sorted."""
        meant = self.lemmas(lemma)
        pairs = (*self.contrary, *((other, one) for one, other in self.contrary))
        found = {told for one, other in pairs if one in meant for told in self.lemmas(other)}
        return tuple(sorted(found - set(meant)))

    def against(self, lemma: str) -> tuple[str, ...]:
        """Give the very lemmas that are put against a deed, none where it has no opposite."""
        pairs = (*self.opposite, *((other, one) for one, other in self.opposite))
        return tuple(sorted(other for one, other in pairs if one == lemma))


@cache
def words() -> Words:
    """Read the tables, once."""
    data = tomllib.loads((files("kg.asking") / "words.toml").read_text(encoding="utf-8"))
    sorts: dict[str, list[str]] = {}
    for sort, nouns in data["sorts"].items():
        for noun in nouns:
            sorts.setdefault(noun, []).append(sort)
    return Words(
        same=tuple(frozenset(line) for line in data["same"]),
        wider=tuple(tuple(line) for line in data["wider"]),
        likely=tuple(tuple(line) for line in data["likely"]),
        paraphrase=tuple(tuple(line) for line in data["paraphrase"]),
        thesaurus=tuple(frozenset(line) for line in data["thesaurus"]),
        opposite=tuple((one, other) for one, other in data["opposite"]),
        contrary=tuple((one, other) for one, other in data["contrary"]),
        refusing=frozenset(data["refusing"]),
        mutual=frozenset(data["mutual"]),
        light=frozenset(data["light"]),
        reacting=frozenset(data["reacting"]),
        intending=frozenset(data["intending"]),
        resulting=frozenset(data["resulting"]),
        deciding=frozenset(data["deciding"]),
        undecided=frozenset(data["undecided"]),
        withheld=frozenset(data["withheld"]),
        granting=frozenset(data["granting"]),
        pleas=frozenset(data["pleas"]),
        wanting=frozenset(data["wanting"]),
        judging=frozenset(data["judging"]),
        saying=frozenset(data["saying"]),
        leading=frozenset(data["leading"]),
        bare=frozenset(data["bare"]),
        vague=frozenset(data["vague"]),
        giving=frozenset(data["giving"]),
        motion=frozenset(data["motion"]),
        initiatives=frozenset(data["initiatives"]),
        nouns=tuple(frozenset(line) for line in data["nouns"]),
        empty=frozenset(data["empty"]),
        times=frozenset(data["times"]),
        titles=tuple(data["titles"]),
        kinds={noun: tuple(classes) for noun, classes in data["kinds"].items()},
        sorts={noun: tuple(names) for noun, names in sorts.items()},
        near={by: {key: tuple(names) for key, names in table.items()} for by, table in data["near"].items()},
    )


_ENDINGS = ("ies", "es", "s", "ied", "ed", "ing", "e", "y")


@lru_cache(maxsize=30_000)
def stem(word: str) -> str:
    """Give the beginning that the forms of a word share, as far as endings tell.

    >>> stem("sanctions"), stem("proposed"), stem("countries")
    ('sanction', 'propos', 'countr')
    """
    plain = folded(word)
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            return plain[: -len(ending)]
    return plain


NUMBERS = {
    name: str(number)
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS |= {name: str(10 * number) for number, name in enumerate(_TENS, 3)}
NUMBERS |= {
    f"{ten}-{one}": str(int(NUMBERS[ten]) + number)
    for ten in ("twenty", *_TENS)
    for number, one in enumerate(list(NUMBERS)[1:10], 1)
}


def begins(form: str, text: str) -> bool:
    """Whether a word of a text begins so.

    >>> begins("agree", "they disagree, then agreed"), begins("agree", "they disagree")
    (True, False)
    """
    at = text.find(form)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(form, at + 1)
    return at >= 0


def in_digits(number: str) -> str:
    """Give a number in letters or with commas in digits, any other word in lower case.

    >>> in_digits("Eleven"), in_digits("1,200")
    ('11', '1200')
    """
    plain = number.lower()
    return NUMBERS.get(plain, plain.replace(",", ""))


@lru_cache(maxsize=5_000)
def spellings(word: str) -> tuple[str, ...]:
    """Give the ways in which a text may write a word of a question: its stem, a number in figures and in letters.

    >>> spellings("three"), spellings("1,000")
    (('3', 'three'), ('1,000', '1000'))
    """
    plain = folded(word)
    if plain in NUMBERS:
        return tuple(sorted({plain, NUMBERS[plain]}))
    figures = plain.replace(",", "")
    if figures.isdigit():
        letters = [name for name, figure in NUMBERS.items() if figure == figures]
        return tuple(sorted({plain, figures, f"{int(figures):,}", *letters}))
    return (stem(word),)


@lru_cache(maxsize=5_000)
def alike(word: str) -> tuple[str, ...]:
    """Give the spellings of a word and of what means the same ("truce" for "ceasefire")."""
    plain = folded(word)
    single = {plain, plain.removesuffix("s")}
    lines = [line for line in words().nouns if single & line]
    return sorted_unique(
        form for one in (word, *(other for line in lines for other in line)) for form in spellings(one)
    )


def sorted_unique(values: Iterable[str]) -> tuple[str, ...]:
    """Give values once each, sorted, so that one question always compiles to one query."""
    return tuple(sorted(set(values)))
