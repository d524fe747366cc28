"""Bodies of the compiled tables: media, companies, agencies, institutes and parties."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.entities.knowledge.entries import Thing, aliases_of, rows_of, surfaces
from kg.entities.knowledge.exceptions import FORMER_NAMES
from kg.entities.names_bodies import GENERIC

TABLES = ("media_brands.csv", "companies_agencies_nsi.csv", "organisations_ror.csv", "parties.csv")
"""Best first: an earlier table gives a body its label."""
REGISTER = "organisations_ror.csv"
SHIPPED = "legislatures.csv"
"""Chambers of parliaments, of which those have few, and not in English; it comes with the package."""
_LEGAL = re.compile(
    r",? (?:inc|incorporated|ltd|limited|llc|plc|corp|corporation|company|co|group|holdings?|ag|se|sa|s\.a|nv|"
    r"n\.v|gmbh|ab|asa|oyj|spa|s\.p\.a|kk)\.?$",
    re.IGNORECASE,
)


_FEW = 3
_BARE = frozenset("Army Navy Senate Congress Parliament".split())
_SMALL = frozenset("of the and for in on at to a an s".split())


def bodies(folders: tuple[Path, Path], places: Iterable[Thing], states: Mapping[str, str]) -> list[Thing]:
    """All bodies, those that several tables have first. `folders` hold `TABLES`, and `SHIPPED`, whose labels go first.

    Texts are searched for names of several words that no second body and no place of `places` has: "Target" and "Next"
    are words before they are companies, and a kind of body ("National Assembly") is many states'. A body whose name
    begins or ends with one of `states`, which give the code of a name or adjective in lower case, is a candidate for
    the rest of it, too. Two or three letters of a body that only the register of institutes has weigh nothing: too many
    share them with broadcasters and firms.
    """
    found: dict[str, Thing] = {}
    folder, own = folders
    press, register = ({row["wikidata"] for row in rows_of(folder, table)} for table in (TABLES[0], REGISTER))
    for table in (SHIPPED, *TABLES):
        here: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(own if table == SHIPPED else folder, table):
            item, name = row["wikidata"], row["name"].strip()
            one = found.setdefault(item, Thing(item, name, "ORG", row["country"], 0))
            one.weight += not here[item] and table != SHIPPED
            here[item].add(row["country"])
            one.country = (one.country or row["country"]) if len(here[item] - {""}) < 2 else ""  # of several states
            told = (name, *aliases_of(row), *FORMER_NAMES.get(name, ()))
            one.aliases += [other for other in told if other not in (one.label, *one.aliases)]
    former = {name for names in FORMER_NAMES.values() for name in names}
    for item in [item for item, one in found.items() if one.label in former]:
        del found[item]  # the firm that is called like its service
    for one in found.values():
        one.weight = max(one.weight, 1)
        if one.weight == 1 and one.id in register:
            one.letters = [name for name in one.aliases if len(name) <= _FEW and name.isupper()]
            one.aliases = [name for name in one.aliases if name not in one.letters]
        party = re.fullmatch(r"(.+ (?:Party|Union|League|Front|Movement|Congress)) (?:of|in|for) .+", one.label)
        if party and one.country:
            one.hints.append(party[1])  # the Communist Party, in a text on China
        rest, code = _without_state(one.label, states)
        one.country = one.country or code
        if rest and one.country == code:
            one.hints.append(rest)
        short = _LEGAL.sub("", one.label)
        if short != one.label and len(short) > 2:
            one.aliases.append(short)
            one.shorts.append(short)
    every = (
        {key for name in (one.label, *one.aliases, *one.hints, *one.letters) for key in surfaces(name)}
        for one in found.values()
    )
    bearers = Counter(key for keys in every for key in keys)
    taken = {key for place in places for name in (place.label, *place.aliases) for key in surfaces(name)}
    for one in found.values():
        clear = [name for name in (one.label, *one.aliases) if _is_clear(name, bearers, taken, press=one.id in press)]
        one.shorts = [name for name in one.shorts if name not in clear]  # Apple Inc. before the Apple Store
        one.hints += [name for name in one.aliases if name not in clear]
        one.aliases = [name for name in one.aliases if name in clear]
        one.read = one.label in clear
        if not one.read:
            one.hints += one.aliases
            one.aliases = []
    return sorted(found.values(), key=lambda one: (-one.weight, one.label, one.id))


def _without_state(label: str, states: Mapping[str, str]) -> tuple[str, str]:
    """ "Department of Agriculture" of "United States Department of Agriculture", and the state's code.

    So is "Supreme Court" of "Supreme Court of Japan". Both are "" where no state begins or ends a name, or where what
    is left is one word, but for chambers and forces.
    """
    words = label.split()
    for length in (3, 2, 1):
        rest, code = words[length:], states.get(" ".join(words[:length]).lower(), "")
        if code and (len(rest) > 1 or (rest and rest[0] in _BARE)):
            return " ".join(rest), code
    body, _, state = label.rpartition(" of ")
    code = states.get(state.removeprefix("the ").lower(), "")
    return (body, code) if code and " " in body else ("", "")


def _is_clear(name: str, bearers: Counter[str], taken: set[str], *, press: bool) -> bool:
    words = (name if press else name.removeprefix("The ")).split()
    capitals = sum(word[:1].isupper() for word in words)
    kind = all(word in GENERIC or word in _SMALL for word in re.findall(r"[\w'-]+", name.lower()))
    return capitals > 1 and not kind and all(bearers[key] == 1 and key not in taken for key in surfaces(name))
