"""Names of bodies: the state they tell, the words that are left, and whether these are a proper name at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.entities.knowledge.tables import held_of
from kg.entities.names import initials
from kg.model import EntityType, Gazetteer
from kg.textnorm import folded, without_legal_form

_SAME_WORD = {
    "defense": "defence",
    "centre": "center",
    "organization": "organisation",
    "labor": "labour",
    "dept": "ministry",
    "department": "ministry",
    "ministries": "ministry",
    "internal": "interior",
    "external": "foreign",
    "govt": "government",
    "parliamentary": "parliament",
    "presidential": "president",
    "prosecutor": "prosecutors",
    "prosecutor's": "prosecutors",
    "attorney": "attorney",
    "gendarmes": "gendarmerie",
    "forces": "force",
    "&": "and",
}
_SMALL = frozenset("of the for and in on at to a an its their 's de du la le von und y e".split())
GENERIC = frozenset(
    """ministry defence foreign affairs interior home finance economy economic justice health education environment
    agriculture energy transport trade industry labour culture sport sports tourism information communications science
    technology higher water public works planning development social welfare security national state federal central
    royal supreme constitutional high appeal appeals court courts parliament senate assembly house representatives
    commons lords congress chamber deputies upper lower legislature council cabinet government president presidency
    office prime minister police army navy air force armed military guard coast border service intelligence electoral
    election elections commission committee bank reserve treasury prosecutors general attorney statistics agency
    authority customs tax railways airlines broadcaster television radio news red cross crescent opposition ruling party
    delegation embassy consulate mission gendarmerie fire rescue emergency emergencies situations civil aviation
    human rights disaster management union workers teachers students association chief staff headquarters command
    district county city regional provincial local municipal prison prisons hospital university college school first
    second third family women youth children veterans religious land housing mines mining petroleum oil gas nuclear
    meteorological weather anti corruption corruption audit ombudsman legislative legislature popular
    provisional""".split()
)
"""Words that name no body of their own: with nothing else, a name is one of many countries' or towns'."""


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name: `words` as one form without the state's name, `country` the code of the state or ""."""

    words: tuple[str, ...]
    country: str = ""
    acronym: str = ""

    @property
    def is_generic(self) -> bool:
        """Whether the words name a kind of body only: "Defence Ministry", "Supreme Court"."""
        return bool(self.words) and all(word in GENERIC for word in self.words)

    @property
    def key(self) -> str:
        """The words in a fixed order: "Ministry of Defence" and "Defence Ministry" are one."""
        kept = [word for word in self.words if word not in ("national", "affairs")] or list(self.words)
        if len(self.words) > 1 and self.words[-1] == "party":
            return " ".join(sorted(dict.fromkeys(self.words[:-1])))
        return " ".join(sorted(dict.fromkeys(kept if self.is_generic else self.words)))

    @property
    def letters(self) -> str:
        """The initials of the words, for comparison with an acronym."""
        return initials(self.words)


@dataclass(frozen=True, slots=True)
class States:
    """The states that stretches of words name, by their position; see `states_in`."""

    codes: tuple[str, ...]
    rest: tuple[str, ...]


def states_in(text: str, gazetteer: Gazetteer, *, seats: bool = True) -> States:
    """Find the states that words of `text` name, and give the words that are left.

    Names, demonyms and, with `seats`, seats of government count: "the Kremlin's", "French". Longest names come first.
    """
    words = re.sub(r"['’]s?(?=\s|$)", "", folded(text).replace("-", " ")).split()
    codes: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            code = _state(" ".join(words[at : at + length]), gazetteer, seats) if at + length <= len(words) else ""
            if code:
                break
        else:
            rest.append(words[at])
            at += 1
            continue
        before, after = (rest[-1:], words[at + 1 : at + 2]) if length == 1 else ([], [])
        if before and (larger := _part(f"{before[0]} {words[at]}", gazetteer)):
            rest[-1] += f" {words[at]}"
            code = larger
        elif after and (larger := _part(f"{words[at]} {after[0]}", gazetteer)) and larger != code:
            rest.append(f"{words[at]} {after[0]}")
            code, length = larger, 2
        codes.append(code)
        at += length
    return States(tuple(dict.fromkeys(codes)), tuple(rest))


def _state(surface: str, gazetteer: Gazetteer, seats: bool) -> str:
    surface = surface.removeprefix("the ").strip('.,;:()"“”')
    if surface in ("us", "uk", "u.s", "u.k") or len(surface) > 2:
        for known in held_of(gazetteer, surface):
            if known.type is EntityType.GPE and known.country and (seats or known.sense != "seat"):
                state = gazetteer.get(f"iso:{known.country.lower()}", ())
                if state and state[0].label == known.label:
                    return known.country
    return ""


def _part(surface: str, gazetteer: Gazetteer) -> str:
    """The code of the state of which this is a part with another's name in its own: New Jersey, British Columbia."""
    for known in gazetteer.get(surface, ()):
        if known.type in (EntityType.GPE, EntityType.LOC) and known.country and known.sense == "name":
            return known.country
    return ""


def body_name(label: str, gazetteer: Gazetteer) -> BodyName:
    """Take a body's name apart; a name that is nothing but a state's keeps it as its words."""
    return _body_name(label, states_in(label, gazetteer, seats=False))


@lru_cache(maxsize=16384)
def _body_name(label: str, states: States) -> BodyName:
    plain = label.replace(".", "")
    acronym = folded(plain) if re.fullmatch(r"[A-Z][A-Za-z]{0,2}[A-Z0-9]{1,6}(?:-[A-Z0-9]+)?", plain) else ""
    if acronym:
        return BodyName((acronym,), "", acronym)
    country = states.codes[0] if len(states.codes) == 1 else ""
    told = " ".join(states.rest) if country else folded(label).replace("'s", "").replace("-", " ")
    words = tuple(_one_form(without_legal_form(told).split()))
    return BodyName(words, country if words else "") if words else BodyName(tuple(folded(label).split()))


def _one_form(words: tuple[str, ...] | list[str]) -> Iterator[str]:
    for word in words:
        word = word.strip(".,;:()\"“”'")
        if word and word not in _SMALL:
            yield _SAME_WORD.get(word, word)


def stands_for(acronym: BodyName, full: BodyName) -> bool:
    """Whether letters can be the initials of a name, its state's own included or not."""
    letters = acronym.acronym
    if not letters or full.acronym or len(full.words) < 2:
        return False
    return letters in (full.letters, full.country.lower() + full.letters, full.letters + full.country.lower())
