"""What every reader of news knows: states and their demonyms, capitals, leaders, international bodies, cities.

The tables beside this file are facts compiled from open sources (`SOURCES.md`); `load` reads them as one gazetteer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg.entities.knowledge.index import Index
from kg.entities.knowledge.reading import read_tables
from kg.entities.knowledge.tables import (
    COLUMNS,
    SENSES,
    TERM_COLUMNS,
    Spot,
    Table,
    Term,
    candidates_of,
    spot_of,
    terms_of,
)
from kg.model import Gazetteer

__all__ = [
    "COLUMNS",
    "INDEXES",
    "SENSES",
    "TABLES",
    "TERM_COLUMNS",
    "Spot",
    "Table",
    "Term",
    "candidates_of",
    "digest",
    "load",
    "load_user_knowledge",
    "spot_of",
    "tables_version",
    "terms_of",
]

TABLES = (
    "countries.csv",
    "usage.csv",
    "country_names_odbl.csv",
    "organisations.csv",
    "bodies.csv",
    "outlets.csv",
    "people.csv",
    "leaders_recent.csv",
    "given_names.csv",
    "cities_geonames.csv",
)  # best first: an earlier table wins where two know the same surface form
INDEXES = (
    "state_spots_odbl.tsv",
    "leaders_by_sa.tsv",
    "places.tsv",
    "places_odbl.tsv",
    "people.tsv",
    "institutions.tsv",
    "past.tsv",
)
"""Large tables that are looked up on disk, after `TABLES`; of one name the most prominent bearer comes first."""


def load(extra: tuple[Path, ...] = ()) -> Gazetteer:
    """The shipped gazetteer, with the user's CSV tables `extra` before it (their rows win over the shipped ones).

    `docs/knowledge.md` documents the columns. The result is cached as long as the files stay as they are; it takes
    about 50 ms, as the large tables stay on disk.

    Raises `InputError` for a file that cannot be read or a row that does not fit.
    """
    return _load(extra, digest(extra))


def load_user_knowledge(path: str | Path) -> Gazetteer:
    """A user's table alone, checked row by row: what `--knowledge` accepts. Raises `InputError`, naming the line."""
    return read_tables((), (Path(path),))


def digest(paths: Iterable[Path]) -> str:
    """The hex SHA-256 of the contents of tables, in order, "" for none; a file that cannot be read counts as empty."""
    found = [path.read_bytes() if path.is_file() else b"" for path in paths]
    return hashlib.sha256(b"\0".join(found)).hexdigest() if found else ""


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...], _contents: str) -> Gazetteer:
    here = Path(__file__).parent
    indexes = tuple(Index(here / name) for name in INDEXES)
    return read_tables((here / name for name in TABLES), paths, indexes, _contents)


@lru_cache(maxsize=1)
def tables_version() -> str:
    """Tell one state of the shipped tables from another."""
    here = Path(__file__).parent
    told = hashlib.sha256()
    for name in (*TABLES, *INDEXES):
        with (here / name).open("rb") as file:
            told.update(hashlib.file_digest(file, hashlib.sha256).digest())
    return told.hexdigest()[:16]
