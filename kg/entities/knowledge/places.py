"""Places of the compiled tables: cities, divisions of states, regions, islands, continents, with where they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from kg.entities.knowledge.entries import Thing, aliases_of, folded, rows_of
from kg.entities.knowledge.exceptions import CITY_DIVISIONS, DIRECTIONS, NO_DIVISION, PLACE_LABELS
from kg.entities.names import romanised

CITY_SIZE = 100_000  # inhabitants: smaller places share too many names with people and things
_FEATURE = re.compile(r"\b(?:sea|river|lake|ocean|gulf|valley|mountains?|delta|coast|desert)$", re.IGNORECASE)
_CITY_FIRST = 3
"""Of a city and a division of one name news means the city, unless the division is this many times as large."""
_KINDS = frozenset("province state governorate region district county department prefecture territory canton".split())
_ALIKE, _MORE_ALIKE = 0.45, 0.62
"""How like a name one of several words and one of a single word have to be."""
_MACRON = str.maketrans("āēīōūĀĒĪŌŪ", "aeiouAEIOU")
"""English news writes Osaka and Kobe."""


def free_places(folder: Path) -> list[Thing]:
    """Natural Earth's populated places, then cities, islands and regions from Wikidata; a repeated id is one."""
    found: dict[str, Thing] = {}
    for row in rows_of(folder, "places_ne.csv"):
        _add(found, row, seat="capital" in row["kind"])
    for row in rows_of(folder, "places_wikidata.csv"):
        _add(found, row)
    return _apart(found.values())


def shared_places(folder: Path, free: Iterable[Thing]) -> list[Thing]:
    """Cities and divisions under the Open Database License, without those that `free` has.

    A division that is called like a city of its state is only a candidate: the city is meant more often.
    """
    known = {one.id: one for one in free}
    towns = [one.label for one in known.values() if one.country == "UA" and one.weight >= CITY_SIZE]
    cities = {(folded(name), one.country) for one in known.values() if one.type == "GPE" for name in (one.label,)}
    found: dict[str, Thing] = {}
    for row in rows_of(folder, "cities_odbl.csv"):
        if row["wikidata"] not in known:
            _add(found, row)
    divisions = rows_of(folder, "divisions_odbl.csv")  # an id that stands twice is a slip of the smaller one
    for row in sorted(divisions, key=lambda row: (row["kind"] in NO_DIVISION, -int(float(row["population"] or 0)))):
        if row["wikidata"] not in known and (folded(row["name"]), row["country"]) not in cities:
            _division(found, row)
        elif row["wikidata"] not in known:
            _division(found, row, city=True)
        one = found.get(row["wikidata"])
        if one is not None and row["country"] == "UA" and row["name"].endswith("ka"):
            _oblast(one, towns)
    return _apart(found.values())


def _add(found: dict[str, Thing], row: dict[str, str], *, seat: bool = False) -> None:
    label = _usual(row).replace("’", "'").translate(_MACRON)
    size = int(float(row["population"] or 0))
    item = row["wikidata"]
    if item not in found:
        large = size >= CITY_SIZE or seat or row["type"] == "LOC"
        found[item] = Thing(item, label, row["type"], row["country"], size, large and len(label) > 2, spot=_spot(row))
        found[item].inhabitants, found[item].within = size, row["admin1"]
    one = found[item]
    spelt = [name for name in (row["name"], *aliases_of(row)) if _is_name(name, label)]
    one.aliases += [name for name in (*spelt, label) if name not in (one.label, *one.aliases)]
    if label.endswith(" City") and row["country"] == "US" and label.removesuffix(" City") in one.aliases:
        one.names.append(label.removesuffix(" City"))


def _division(found: dict[str, Thing], row: dict[str, str], *, city: bool = False) -> None:
    label, kind = row["name"].replace("’", "'"), row["kind"]
    size, item = int(float(row["population"] or 0)), row["wikidata"]
    world = not row["country"]
    county = kind == "county" and row["country"] == "KE"
    plain = not world and (kind not in NO_DIVISION or county or kind in CITY_DIVISIONS) and len(label) > 3
    feature = bool(_FEATURE.search(label)) or folded(label) in DIRECTIONS | {"central", "centrale", "centro"}
    if item in found:
        found[item].aliases.append(label)
        return
    read = (world or (plain and not city)) and not feature
    one = found[item] = Thing(
        item, label, "LOC" if world else "GPE", row["country"], size // _CITY_FIRST, read, spot=_spot(row)
    )
    one.inhabitants = size
    if feature and not world:
        one.label = f"{label} {kind.capitalize()}"  # the Red Sea is a sea, the Red Sea governorate is not
    if kind in _KINDS and not label.lower().endswith(kind) and not feature:
        one.full.append(f"{label} {kind}")  # Washington state
    for name in (name for name in aliases_of(row) if not _FEATURE.search(name) and is_like(name, row)):
        one.aliases.append(name)
        if name.endswith(" Oblast"):
            one.full += [f"{name.removesuffix('Oblast')}{word}" for word in ("region", "province")]


def is_like(name: str, row: dict[str, str]) -> bool:
    """Whether another name of a division can be one: the source has many that a machine translated by their meaning.

    It is the label in Wikidata, has the name in it, begins like it or is spelled much like it; "Down" is not Alaska.
    """
    other = re.search(r"wd!(.+)", row["check"])
    own, label = romanised(name), romanised(row["name"])
    if not any(letter.isupper() for letter in name) or (other and name == other[1]):
        return name != name.lower()
    whole = re.search(rf"\b{re.escape(folded(row['name']))}\b", folded(name)) is not None
    return (
        whole
        or own[:2] == label[:2]
        or SequenceMatcher(None, own, label).ratio() >= (_ALIKE if " " in name else _MORE_ALIKE)
    )


def _usual(row: dict[str, str]) -> str:
    """The name, or where Wikidata's differs and the source knows it, too, that one: spellings change."""
    other = re.search(r"wd!(.+)", row["check"])
    return other[1] if other and other[1] in aliases_of(row) else PLACE_LABELS.get(row["name"], row["name"])


def _oblast(one: Thing, towns: Iterable[str]) -> None:
    """Ukraine's regions are told by adjectives in the source ("Sumska"), and by their towns in English."""
    name = folded(one.label)
    town = max(towns, key=lambda town: (_shared(folded(town), name), town))
    if _shared(folded(town), name) >= max(3, len(name) - 6):
        one.label = f"{town} Oblast"
        one.full += [f"{town} {kind}" for kind in ("oblast", "region", "province")]


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _spot(row: dict[str, str]) -> tuple[str, str] | None:
    return (_degrees(row["lat"]), _degrees(row["lon"])) if row["lat"] and row["lon"] else None


def _degrees(text: str) -> str:
    return f"{float(text):.4f}".rstrip("0").rstrip(".")


def _is_name(name: str, label: str) -> bool:
    """Not the torn names of the source ("Th nh Pho Ho Chy Minh"): they have letters that stand alone."""
    torn = any(len(part) == 1 and part.isalpha() and part not in "ayeo" for part in re.split(r"[\s\-]", name))
    return "," not in name.removesuffix(", D.C.") and (not torn or name == label)


def _apart(things: Iterable[Thing]) -> list[Thing]:
    """Largest first; of namesakes within a state only the largest is searched for in texts."""
    found = sorted(things, key=lambda one: (-one.weight, one.label, one.id))
    taken: dict[tuple[str, str, str], str] = defaultdict(str)
    for one in found:
        first = taken.setdefault((folded(one.label), one.country, one.type), one.id)
        one.read = one.read and first == one.id
    return found
