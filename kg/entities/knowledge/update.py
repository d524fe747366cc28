"""Compile the large tables of names from the thirteen source tables that `docs/knowledge.md` describes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.entities.knowledge.entries import Line, Thing, folded, lines
from kg.entities.knowledge.index import write_index
from kg.entities.knowledge.institutions import bodies
from kg.entities.knowledge.office_holders import free_people, people_lines, shared_people
from kg.entities.knowledge.past import SOURCES, past_things
from kg.entities.knowledge.places import free_places, shared_places
from kg.errors import ExportError

HERE = Path(__file__).parent


def compile_tables(
    sources: Path, target: Path = HERE, *, told: Callable[[str], None] = lambda _: None
) -> dict[str, int]:
    """Compile the tables in `sources` into `target`; give the number of lines of each. `told` hears of the progress.

    Raises `InputError` for a source table that lacks or does not fit, before anything is written.
    """
    states = _states()
    named = {folded(label) for label in states.values()}
    told("places")
    places = free_places(sources)
    shared = shared_places(sources, places)
    told("people")
    people = free_people(sources, named)
    leaders = shared_people(sources, states, people)
    told("bodies")
    institutions = bodies((sources, SOURCES), [*places, *shared], _adjectives())
    tables = {
        "places.tsv": lines(places),
        "places_odbl.tsv": lines(shared),
        "people.tsv": [*lines(people), *people_lines(people)],
        "leaders_by_sa.tsv": [*lines(leaders), *people_lines(leaders)],
        "institutions.tsv": lines(institutions),
        "past.tsv": _past(past_things()),
    }
    done = {}
    try:
        for name, rows in tables.items():
            told(name)
            done[name] = write_index(target / name, rows)
    except OSError as error:
        raise ExportError(
            f"the tables cannot be written ({error.strerror or error})",
            where=str(target),
            remedy="install the package where you may write, or give --output",
        ) from error
    return done


def _past(things: list[Thing]) -> Iterator[Line]:
    """The lines of people with the sounds of their names, and those of the rest."""
    yield from lines(things)
    yield from people_lines(one for one in things if one.type == "PERSON")


def _adjectives() -> dict[str, str]:
    """Names and adjectives of states, in lower case, and the codes of these."""
    found: dict[str, str] = {}
    labels = _states()
    for table in ("countries.csv", "country_names_odbl.csv", "usage.csv"):
        with (HERE / table).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                if row["sense"] in ("name", "alias", "demonym") and row["label"] == labels.get(row["country"]):
                    found.setdefault(row["surface"], row["country"])
    return found


def _states() -> dict[str, str]:
    """The label of each state by its code."""
    with (HERE / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["country"]: row["label"] for row in csv.DictReader(file) if row["surface"].startswith("iso:")}
