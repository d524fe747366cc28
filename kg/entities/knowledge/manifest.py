"""What the shipped tables of names hold, as of when, and under which licence: `manifest.toml` as records."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Described:
    """A shipped table: `as_of` is the year, month or day of its newest facts."""

    file: str
    holds: str
    as_of: str
    licence: str


def tables() -> tuple[Described, ...]:
    """All shipped tables, in the order of the manifest."""
    with (Path(__file__).parent / "manifest.toml").open("rb") as file:
        return tuple(Described(**one) for one in tomllib.load(file).values())
