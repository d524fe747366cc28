"""What the compiled tables of names are made of: things with their names, and the lines that become of them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.entities.knowledge.tables import Term
from kg.errors import InputError

Line = tuple[str, ...]


@dataclass(slots=True)
class Thing:
    """Something with a name and an id; `read` says that texts may be searched for its names."""

    id: str
    label: str
    type: str
    country: str = ""
    weight: int = 0
    read: bool = True
    names: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    full: list[str] = field(default_factory=list)  # names that tell what it is, which texts are searched for always
    hints: list[str] = field(default_factory=list)  # names that only say who is meant, with support
    shorts: list[str] = field(default_factory=list)  # the name itself, without its legal form
    letters: list[str] = field(default_factory=list)  # abbreviations that say nothing without the full name
    terms: list[Term] = field(default_factory=list)
    spot: tuple[str, str] | None = None
    inhabitants: int = 0
    within: str = ""  # the division of its state


def folded(text: str) -> str:
    """Lower case without diacritics and with straight apostrophes: how English news often spells a foreign name."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def surfaces(name: str) -> list[str]:
    """The lower-case keys of a name: as written, and folded where that differs."""
    plain = name.strip().replace("’", "'").replace("‘", "'").lower().removeprefix("the ").rstrip(".")
    return [key for key in dict.fromkeys([plain, folded(plain)]) if len(key) > 1]


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a source table. Raises `InputError` where it lacks or has not the columns of these tables."""
    path = folder / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "the table cannot be read",
            where=str(path),
            remedy="give a folder with the thirteen tables (docs/knowledge.md)",
        ) from error
    if not rows or not {"wikidata", "country"} <= rows[0].keys():
        raise InputError(
            "the table has no rows with the columns wikidata and country",
            where=str(path),
            remedy="give the tables as docs/knowledge.md describes them",
        )
    return [row for row in rows if re.fullmatch(r"Q[1-9]\d*", row["wikidata"] or "")]


def aliases_of(row: dict[str, str]) -> list[str]:
    """The other names of a row."""
    return [name for one in row.get("aliases", "").split("|") if len(name := one.strip()) > 1]


def lines(things: Iterable[Thing]) -> Iterator[Line]:
    """The lines of things: names first, and what is known of each id."""
    for one in things:
        use = "read" if one.read else "link"
        weight = str(one.weight)
        kinds = (
            ("name", one.full, "read", weight),
            ("name", [one.label, *one.names], use, weight),
            ("name", one.shorts, "link", weight),
            ("alias", one.aliases, use, weight),
            ("alias", one.hints, "link", weight),
            ("alias", one.letters, "link", "0"),
        )
        taken: set[str] = set()
        for sense, names, used, weighs in kinds:
            for surface in (key for name in names for key in surfaces(name)):
                if surface not in taken:
                    taken.add(surface)
                    yield surface, one.label, one.type, one.id, sense, one.country, weighs, used
        if one.spot:
            yield f"#{one.id}", "place", *one.spot, str(one.inhabitants), one.within
        for term in one.terms:
            yield f"#{one.id}", "term", term.office, term.country, term.begin, term.end, term.until
