"""Names of people: their parts, and whether two names can be one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import combinations

from kg.entities.names import alike, sound
from kg.model import Known
from kg.textnorm import folded

TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness count countess king queen prince princess
    emperor sheikh sheik shaikh sultan emir president vice deputy prime minister premier chancellor senator sen rep
    representative congressman congresswoman governor gov mayor justice judge chief secretary general gen lieutenant lt
    colonel col major maj captain capt sergeant sgt corporal admiral adm marshal commander brigadier inspector
    superintendent ambassador envoy pope cardinal archbishop bishop father fr sister brother rabbi imam ayatollah mullah
    maulana reverend rev pastor patriarch comrade hon honourable honorable herr frau monsieur madame mme don dona señor
    señora foreign defence defense finance interior""".split()
)
PARTICLES = frozenset(
    "de da do dos das di del della van von der den ten la le el al bin ibn ben bint abu ould y e".split()
)
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4"}
_SPELLINGS = (
    "aleksandr alexander oleksandr aleksander alexandre alejandro alex",
    "dmitry dmitri dmitriy dmytro dmitrij dima",
    "sergei sergey serhiy serhii sergej",
    "andrei andrey andriy andrii andrej",
    "mikhail mykhailo michail mihail",
    "volodymyr vladimir wladimir vladimer",
    "nikolai nikolay mykola nikolaj",
    "yevgeny evgeny yevhen yevgeniy evgeniy yevgeni",
    "yuri yury yuriy yurii iouri",
    "olena elena yelena",
    "joseph joe joey",
    "william bill will billy",
    "robert bob rob bobby",
    "michael mike",
    "james jim jimmy",
    "thomas tom",
    "anthony tony antony",
    "daniel dan danny",
    "david dave",
    "christopher chris",
    "steven stephen steve",
    "benjamin ben",
    "samuel sam",
    "nicholas nick",
    "matthew matt",
    "gregory greg",
    "jeffrey jeff geoffrey",
    "edward ted ed eddie",
    "richard dick rick",
    "charles chuck charlie",
    "elizabeth liz beth",
    "katherine kate kathy catherine kathryn",
    "patricia pat patty",
    "jennifer jen jenny",
    "timothy tim",
    "kenneth ken",
    "ronald ron",
    "donald don",
    "peter pete",
    "lawrence larry",
    "andrew andy",
    "philip phil phillip",
    "susan sue",
    "deborah debbie",
    "francis frank francisco",
    "abdul abdel abdal abd",
    "ahmed ahmad ahmet",
    "mohammed muhammad mohamed mohammad muhammed mehmet mohamad",
)
_GROUP = {name: number for number, line in enumerate(_SPELLINGS) for name in line.split()}


class Fit(IntEnum):
    """How well two names agree; the greater the better."""

    APART = 0
    PARTIAL = 1  # a lone surname or an initial: the names can be one person's, and nothing more
    CLOSE = 2  # a middle name more or less
    SAME = 3


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name without titles: `words` without particles and initials, `initials` as letters with their place.

    `shape` says for every part in order whether it is a word or an initial: "w" or the letter.
    """

    words: tuple[str, ...]
    parts: tuple[str, ...]
    suffix: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it is a lone word or has no more than an initial beside one."""
        return len(self.words) < 2 and self.suffix not in ("2", "3", "4")


@lru_cache(maxsize=8192)
def person_name(label: str) -> PersonName:
    """Take a name apart.

    >>> person_name("President Recep Tayyip Erdoğan").words
    ('recep', 'tayyip', 'erdogan')
    >>> person_name("George H.W. Bush Jr.").parts, person_name("George H.W. Bush Jr.").suffix
    (('george', 'h', 'w', 'bush'), 'jr')
    """
    text = re.sub(r"(?<=\b[a-z])\.\s*", " ", re.sub(r"'s$", "", folded(label)))
    parts = [part.strip("'") for part in re.split(r"[\s\-.,\"“”()]+", text)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and re.fullmatch(r"[A-Z]{2}", label.split()[0]) and parts[0] not in TITLES:
        parts[:1] = list(parts[0])  # "JD Vance"
    suffix = ""
    while len(parts) > 1 and parts[-1] in SUFFIXES:
        suffix = SUFFIXES[parts.pop()]
    while len(parts) > 1 and parts[0] in TITLES:
        parts.pop(0)
    kept = [part for part in parts if part not in PARTICLES or len(parts) == 1] or parts
    words = tuple(part for part in kept if len(part) > 1)
    return PersonName(words, tuple(kept), suffix) if words else PersonName((folded(label),), (folded(label),), suffix)


def fit(one: PersonName, other: PersonName) -> Fit:
    """How well two names agree.

    Given and family name have to agree, in either order; a middle name or initial may lack in one, but not differ.
    Two suffixes ("Jr.", "Sr.") tell father and son apart, and one suffix alone leaves it open.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return Fit.APART
    if one.is_short or other.is_short:
        return _short_fit(one, other)
    found = _full_fit(one, other)
    if found is Fit.APART and len(one.parts) == len(other.parts) == 2:
        found = min(_full_fit(one, PersonName(other.words[::-1], other.parts[::-1])), Fit.CLOSE)
    if bool(one.suffix) != bool(other.suffix):
        found = min(found, Fit.PARTIAL)
    return found


def _full_fit(one: PersonName, other: PersonName) -> Fit:
    a, b = one.parts, other.parts
    if len(a) == len(b) and all(_agree(x, y) for x, y in zip(a, b, strict=True)):
        return Fit.PARTIAL if _only_initials(one, other) else Fit.SAME
    if one.words == one.parts and other.words == other.parts and alike("".join(one.words), "".join(other.words)):
        return Fit.SAME  # "Kim Jongun", "Kim Jong-un"
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 2 or len(short) == len(long) or _middle(short) not in ("", _middle(long)):
        return Fit.APART
    if not (_agree(short[0], long[0]) or _agree(short[-1], long[-1])):
        return Fit.APART
    remaining = iter(long)
    if not all(any(_agree(part, candidate) for candidate in remaining) for part in short):
        return Fit.APART
    return Fit.PARTIAL if min(len(one.words), len(other.words)) < 2 else Fit.CLOSE


def _middle(parts: tuple[str, ...]) -> str:
    """The initials between the first and the last part."""
    return "".join(part for part in parts[1:-1] if len(part) == 1)


def _short_fit(one: PersonName, other: PersonName) -> Fit:
    """A lone surname, or one with an initial, against any other name."""
    short, long = (one, other) if len(one.parts) <= len(other.parts) else (other, one)
    if not short.words or not long.words:
        return Fit.APART
    if len(short.parts) == 1:
        # a last name, or in some countries the first is the family's, and others use given names alone
        ends = (long.words[-1], long.words[0])
        found = any(alike(short.words[0], end) for end in ends)
        return Fit.APART if not found else Fit.SAME if len(long.parts) == 1 else Fit.PARTIAL
    if short.parts == long.parts:
        return Fit.SAME
    agrees = _agree(short.parts[0], long.parts[0]) and alike(short.words[-1], long.words[-1])
    return Fit.PARTIAL if agrees else Fit.APART


def _only_initials(one: PersonName, other: PersonName) -> bool:
    """Whether the given name is an initial in just one of the two."""
    return (len(one.parts[0]) == 1) != (len(other.parts[0]) == 1)


def _agree(one: str, other: str) -> bool:
    """Whether two parts of names can be one: alike, a known variant, or an initial of the other."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    group = _GROUP.get(one)
    return alike(one, other) or (group is not None and group == _GROUP.get(other))


def stem(word: str) -> str:
    """One form for a given name and its variants in other languages and in short: "Joe" and "Joseph"."""
    group = _GROUP.get(word)
    return word if group is None else _SPELLINGS[group].split(" ", 1)[0]


def person_keys(name: PersonName) -> frozenset[frozenset[str]]:
    """Index keys of a full name: the sounds of any two of its words. Names that fit `CLOSE` or better share one."""
    words = name.words[:6]
    sounds = [sound(stem(word)) for word in words]
    joined = frozenset((sound("".join(words)),))
    return frozenset({joined, *(frozenset(pair) for pair in combinations(sounds, 2))})


def bearers(found: Iterable[Known], name: PersonName) -> list[Known]:
    """Leave out whom the tables also call by a full name that is another's own: the elder Bush as "George W. Bush"."""
    every = list(found)
    fits = [fit(person_name(known.label), name) for known in every]
    own = not name.is_short and Fit.SAME in fits
    return [known for known, one in zip(every, fits, strict=True) if not own or one is not Fit.APART]


def surname(name: PersonName) -> str:
    """The last word, under which a lone surname is looked for."""
    return name.words[-1] if name.words else ""
