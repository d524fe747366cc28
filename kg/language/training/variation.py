"""Variation of entity sentences: other names, datelines and headlines, so that the spelling of one decade is not all.

The entity corpora write of 2003 to 2010 ("Kiev", Bush). Names are exchanged for others of the same type from
public lists of countries, cities, office holders and international bodies; the sentence stays as it is.
"""

from __future__ import annotations

import calendar
import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.training.entities import Tagged

if TYPE_CHECKING:
    import random
    from pathlib import Path

Name = tuple[str, ...]

EXCHANGED = {"GPE": 0.2, "PERSON": 0.15, "ORG": 0.06}
"""Share of the entities of a type whose name is exchanged."""
DATELINES = 0.04
HEADLINES = 0.02
AGENCIES = ("AP", "Reuters", "AFP", "Agency", "Xinhua", "TASS", "UPI", "dpa", "News Service")
MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by type, cut into tokens; countries and capitals stand apart from other cities."""

    states: tuple[Name, ...]
    cities: tuple[Name, ...]
    people: tuple[Name, ...]
    bodies: tuple[Name, ...]


def read_names(folder: Path) -> Names:
    """Read the lists of the gazetteer folder, in file order and without repetition."""
    leaders = _columns(folder / "world-leaders-2022_wikidata.csv", "officeholderLabel")
    leaders += _columns(folder / "foreign_ministers_wikidata.csv", "name")
    leaders += _columns(folder / "ministers_wikidata.csv", "itemLabel")
    return Names(
        states=_cut(_columns(folder / "country-codes.csv", "CLDR display name", "Capital")),
        cities=_cut(_columns(folder / "world-cities.csv", "name")),
        people=_cut(leaders),
        bodies=_cut(_columns(folder / "organizations_wikidata.csv", "name", "abbreviation")),
    )


def _columns(path: Path, *names: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row[name].strip() for name in names for row in rows if row.get(name)]


def _cut(names: list[str]) -> tuple[Name, ...]:
    """Cut names of one to five words into tokens, hyphens apart; what is no plain name is left out."""
    plain = [name for name in dict.fromkeys(names) if re.fullmatch(r"[^\W\d_][\w .’'-]{1,40}", name)]
    cut = [tuple(re.findall(r"-|[^\s-]+", name)) for name in plain]
    return tuple(name for name in cut if len(name) <= 5)


def varied(run: list[Tagged], names: Names, rng: random.Random) -> list[Tagged]:
    """Return a run with some names exchanged, and now and then a dateline before it or a headline's capitals."""
    rows = [_exchanged(row, names, rng) for row in run]
    if rng.random() < DATELINES:
        rows[0] = _with_dateline(rows[0], names, rng)
    elif rng.random() < HEADLINES:
        capitals = tuple(token[:1].upper() + token[1:] if len(token) > 3 else token for token in rows[0].tokens)
        rows[0] = Tagged(capitals, rows[0].tags, rows[0].doc)
    return rows


def _exchanged(row: Tagged, names: Names, rng: random.Random) -> Tagged:
    tokens: list[str] = []
    tags: list[str] = []
    i = 0
    while i < len(row.tokens):
        end = i + 1
        label = row.tags[i][2:] if row.tags[i].startswith("B-") else ""
        while label and end < len(row.tokens) and row.tags[end].startswith("I-"):
            end += 1
        if label and rng.random() < EXCHANGED.get(label, 0.0):
            name = _another(label, end - i, names, rng)
            tokens += name
            tags += [f"B-{label}"] + [f"I-{label}"] * (len(name) - 1)
        else:
            tokens += row.tokens[i:end]
            tags += row.tags[i:end]
        i = end
    return Tagged(tuple(tokens), tuple(tags), row.doc)


def _another(label: str, size: int, names: Names, rng: random.Random) -> Name:
    """Return a name of a type; a person who was one word becomes a surname."""
    if label == "GPE":
        return rng.choice(names.states if rng.random() < 0.6 else names.cities)
    if label == "ORG":
        return rng.choice(names.bodies)
    name = rng.choice(names.people)
    return name if size > 1 else name[-1:]


def _with_dateline(row: Tagged, names: Names, rng: random.Random) -> Tagged:
    """Put "KYIV, May 23 (Agency) —" before a sentence, in its usual forms."""
    place = rng.choice(names.states if rng.random() < 0.6 else names.cities)
    if rng.random() < 0.8:
        place = tuple(word.upper() for word in place)
    tokens = list(place)
    tags = ["B-GPE"] + ["I-GPE"] * (len(place) - 1)
    if rng.random() < 0.5:
        tokens += [",", rng.choice(MONTHS), str(rng.randint(1, 31))]
        tags += ["O", "B-DATE", "I-DATE"]
    if rng.random() < 0.7:
        agency = rng.choice(AGENCIES).split()
        tokens += ["(", *agency, ")"]
        tags += ["O", "B-ORG", *["I-ORG"] * (len(agency) - 1), "O"]
    tokens.append(rng.choice(["—", "–", "-", "--"]))
    tags.append("O")
    return Tagged((*tokens, *row.tokens), (*tags, *row.tags), row.doc)
