"""Bodies of the compiled tables: media, companies, agencies, institutes and parties."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

from kg.entities.knowledge.entries import Thing, aliases_of, rows_of, surfaces
from kg.entities.names_bodies import GENERIC

TABLES = ("media_brands.csv", "companies_agencies_nsi.csv", "organisations_ror.csv", "parties.csv")
"""Best first: an earlier table gives a body its label."""
_LEGAL = re.compile(
    r",? (?:inc|incorporated|ltd|limited|llc|plc|corp|corporation|company|co|group|holdings?|ag|se|sa|s\.a|nv|"
    r"n\.v|gmbh|ab|asa|oyj|spa|s\.p\.a|kk)\.?$",
    re.IGNORECASE,
)


_SMALL = frozenset("of the and for in on at to a an s".split())


def bodies(folder: Path, places: Iterable[Thing], states: Iterable[str]) -> list[Thing]:
    """All bodies, those that several tables have first.

    Texts are searched for names of several words that no second body and no place of `places` has: "Target" and "Next"
    are words before they are companies, and a kind of body ("National Assembly") is many states'. A body whose name
    begins with one of `states`, which are names and adjectives in lower case, is a candidate for the rest of it, too.
    """
    states = frozenset(states)
    found: dict[str, Thing] = {}
    press = {row["wikidata"] for row in rows_of(folder, TABLES[0])}
    for table in TABLES:
        here: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(folder, table):
            item, name = row["wikidata"], row["name"].strip()
            one = found.setdefault(item, Thing(item, name, "ORG", row["country"], 0))
            one.weight += not here[item]
            here[item].add(row["country"])
            one.country = (one.country or row["country"]) if len(here[item] - {""}) < 2 else ""  # of several states
            one.aliases += [other for other in (name, *aliases_of(row)) if other not in (one.label, *one.aliases)]
    for one in found.values():
        party = re.fullmatch(r"(.+ (?:Party|Union|League|Front|Movement|Congress)) (?:of|in|for) .+", one.label)
        if party and one.country:
            one.hints.append(party[1])  # the Communist Party, in a text on China
        rest = _without_state(one.label, states)
        if rest and one.country:
            one.hints.append(rest)
        short = _LEGAL.sub("", one.label)
        if short != one.label and len(short) > 2:
            one.aliases.append(short)
    every = (
        {key for name in (one.label, *one.aliases, *one.hints) for key in surfaces(name)} for one in found.values()
    )
    bearers = Counter(key for keys in every for key in keys)
    taken = {key for place in places for name in (place.label, *place.aliases) for key in surfaces(name)}
    for one in found.values():
        clear = [name for name in (one.label, *one.aliases) if _is_clear(name, bearers, taken, press=one.id in press)]
        one.hints += [name for name in one.aliases if name not in clear]
        one.aliases = [name for name in one.aliases if name in clear]
        one.read = one.label in clear
        if not one.read:
            one.hints += one.aliases
            one.aliases = []
    return sorted(found.values(), key=lambda one: (-one.weight, one.label, one.id))


def _without_state(label: str, states: Collection[str]) -> str:
    """ "Department of Agriculture" of "United States Department of Agriculture", "" where no state begins a name."""
    words = label.split()
    for length in (3, 2, 1):
        if len(words) > length + 1 and " ".join(words[:length]).lower() in states:
            return " ".join(words[length:])
    return ""


def _is_clear(name: str, bearers: Counter[str], taken: set[str], *, press: bool) -> bool:
    words = (name if press else name.removeprefix("The ")).split()
    capitals = sum(word[:1].isupper() for word in words)
    kind = all(word in GENERIC or word in _SMALL for word in re.findall(r"[\w'-]+", name.lower()))
    return capitals > 1 and not kind and all(bearers[key] == 1 and key not in taken for key in surfaces(name))
