"""What descriptions say of people: their offices and callings, the state they serve, and their sex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.entities.names_bodies import states_in
from kg.model import Gazetteer
from kg.textnorm import folded

_FIELDS = {
    "politics": """president minister premier chancellor senator governor mayor lawmaker legislator deputy mp
    parliamentarian congressman congresswoman representative secretary politician leader chairman chairwoman councillor
    councilman commissioner ambassador envoy diplomat negotiator aide spokesman spokeswoman spokesperson adviser advisor
    candidate opposition king queen prince emir monarch speaker whip cabinet vice-president official""",
    "military": """general colonel lieutenant major captain sergeant admiral commander marshal brigadier soldier
    commander-in-chief conscript pilot officer fighter militant rebel warlord""",
    "law": "judge justice lawyer attorney prosecutor barrister solicitor magistrate",
    "sport": """footballer striker midfielder goalkeeper defender player coach sprinter athlete boxer cyclist swimmer
    golfer cricketer batsman bowler quarterback runner skier wrestler manager referee champion gymnast jockey""",
    "arts": """singer actor actress novelist writer poet painter musician composer director filmmaker artist author
    rapper pianist comedian model playwright sculptor dancer photographer""",
    "science": """professor scientist physicist chemist biologist economist historian researcher analyst engineer
    astronomer lecturer scholar academic mathematician virologist epidemiologist geologist rector""",
    "health": "doctor surgeon nurse physician paediatrician pediatrician midwife paramedic dentist",
    "business": "businessman businesswoman entrepreneur ceo executive banker financier investor founder tycoon trader",
    "clergy": "pope cardinal archbishop bishop priest imam rabbi ayatollah pastor patriarch mullah cleric monk nun",
    "media": "journalist reporter editor correspondent columnist broadcaster presenter blogger anchor",
    "police": "detective inspector constable sheriff superintendent policeman policewoman",
    "work": """farmer teacher student driver fisherman shopkeeper carpenter miner baker welder resident pensioner
    villager plumber mechanic electrician farmhand shepherd cook waiter""",
    "crime": "suspect gunman drug-trafficker trafficker murderer convict inmate fugitive",
}
FIELD = {word: field for field, words in _FIELDS.items() for word in words.split()}
OPEN = frozenset(
    """official leader chairman chairwoman manager director founder officer secretary candidate commissioner speaker
    champion major general author doctor professor resident captain executive suspect player representative deputy
    model defender student""".split()
)
"""Callings that people of any field can have: they never tell two people apart."""
VAGUE = (OPEN | frozenset("politician statesman".split())) - frozenset(
    "commissioner general major captain doctor professor director secretary speaker deputy".split()
)
"""Callings that say of nobody which office he holds."""
_PUBLIC = ("politics", "clergy", "military", "law", "police", "business")
_HEADS = frozenset(
    "president chancellor king queen monarch emir pope patriarch negotiator spokes prime speaker ceo".split()
)
_MANY = frozenset(
    """soldier official lawmaker legislator mp lawyer conscript officer fighter militant rebel politician diplomat
    leader representative deputy candidate attorney pilot policeman policewoman inspector constable detective founder
    executive investor trader banker entrepreneur businessman businesswoman priest monk nun cleric imam senator
    councillor parliamentarian opposition""".split()
)
_CIVIL = frozenset("attorney secretary director governor consul inspector prosecutor solicitor surgeon manager".split())
"""Before "general", these make no soldier."""
_MALE = frozenset("mr sir lord king prince baron father brother son husband chairman spokesman businessman he".split())
_FEMALE = frozenset(
    """mrs ms miss mme lady dame queen princess baroness mother sister daughter wife chairwoman spokeswoman
    actress""".split()
)
_SMALL = frozenset(
    """the a an of for and to in his her its their our my who whose former ex then late outgoing incoming new acting
    senior chief top veteran long-time longtime newly elected re-elected incumbent sitting current now present serving
    's said mr mrs ms sir""".split()
)
_SAME = {
    **{"defense": "defence", "premier": "prime", "external": "foreign", "negotiators": "negotiator"},
    **dict.fromkeys(("spokesman", "spokeswoman", "spokesperson", "press"), "spokes"),
    **dict.fromkeys(("affairs", "federal", "republic", "national"), ""),
}


_SOVEREIGN = {
    **dict.fromkeys(("PR", "GU", "VI", "AS", "MP"), "US"),
    **dict.fromkeys(("HK", "MO"), "CN"),
    **dict.fromkeys(("GI", "BM", "KY", "FK", "VG", "TC", "AI", "MS", "IM", "JE", "GG"), "GB"),
    **dict.fromkeys(("NC", "PF", "RE", "GP", "MQ", "GF", "YT"), "FR"),
    **dict.fromkeys(("GL", "FO"), "DK"),
    **dict.fromkeys(("AW", "CW", "SX"), "NL"),
}
"""Whose officials those of a territory are, too."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What is told of a person: `offices` in one form ("minister foreign"), fields, states and sex.

    `former` holds the offices that are told as left. `sex` is "m", "f" or "".
    """

    offices: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    sex: str = ""


def office_form(words: Iterable[str]) -> str:
    """One form of an office: the words that matter, sorted: "Minister of Foreign Affairs" and "foreign minister"."""
    kept = {_SAME.get(word, word) for word in words if word not in _SMALL and word.isalpha()} - {""}
    if "prime" in kept:
        kept.add("minister")
    return " ".join(sorted(kept))


def roles_of(descriptions: Iterable[str], names: Iterable[str], gazetteer: Gazetteer) -> Roles:
    """Read descriptions ("the Turkish foreign minister") and names with titles ("Defence Minister Rustem Umerov")."""
    called = {word for name in names for word in re.split(r"[\s\-]+", folded(name))}
    offices: set[str] = set()
    former: set[str] = set()
    states: set[str] = set()
    words: set[str] = set()
    for description in descriptions:
        found = states_in(description, gazetteer)
        plain = [word.strip(".,;:()\"“”'") for word in found.rest]
        told = [word for word in plain if word not in called]
        words.update(told)
        if not any(word in FIELD for word in told):
            continue
        states.update(found.codes)
        office = office_form(told)
        if office:
            (former if {"former", "ex"} & set(told) else offices).add(office)
    fields = frozenset(FIELD[word] for word in words if word in FIELD and word not in OPEN)
    if "general" in words and not words & _CIVIL:
        fields |= {"military"}
    sex = "m" if words & _MALE else "f" if words & _FEMALE else ""
    both = words & _MALE and words & _FEMALE
    return Roles(frozenset(offices), frozenset(former), fields, frozenset(states), "" if both else sex)


def telling(roles: Roles) -> tuple[str, ...]:
    """Offices that one person holds at a time, or few: with a portfolio, or at the head of something."""
    found = roles.offices | roles.former
    return tuple(sorted(office for office in found if _is_telling(office.split())))


def _is_telling(words: Sequence[str]) -> bool:
    heads = [word for word in words if word in FIELD or word in _HEADS]
    return any(word in _HEADS for word in words) or (
        len(words) > 1 and any(FIELD[word] in _PUBLIC and word not in _MANY for word in heads)
    )


def agree(one: Roles, other: Roles) -> str:
    """What two descriptions share that few people do: an office with its portfolio, "" if nothing."""
    shared = sorted(set(telling(one)) & set(telling(other)))
    return shared[0] if shared and not _foreign(one, other) else ""


def contradict(one: Roles, other: Roles) -> str:
    """Why two descriptions cannot be of one person, "" if they can: other states, other callings, other sex."""
    if one.sex and other.sex and one.sex != other.sex:
        return "one is a man, the other a woman"
    if _foreign(one, other):
        return "they serve different states"
    if one.fields and other.fields and not one.fields & other.fields:
        return f"one is known for {min(one.fields)}, the other for {min(other.fields)}"
    return ""


def _foreign(one: Roles, other: Roles) -> bool:
    mine, theirs = sovereigns(one.states), sovereigns(other.states)
    return bool(mine and theirs and not mine & theirs)


def sovereigns(states: Iterable[str]) -> frozenset[str]:
    """States, and instead of territories those to which they belong."""
    return frozenset(_SOVEREIGN.get(code, code) for code in states)
