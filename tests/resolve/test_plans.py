"""Deciding about one more document asks the index of decisions by key: no question walks over what all others left."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kg.resolve import index, resolve
from kg.resolve.schema import NAMES
from kg.store import create_or_open
from tests.resolve.test_frequent import variety
from tests.store.synthetic import GAZETTEER

WHOLE = re.compile(rf"SCAN (?:{'|'.join(name for name in NAMES if name != 'meta')})")
"""What SQLite says of a walk over all rows of a table that grows with the graph; one by an index ends otherwise."""


def test_nothing_that_is_asked_walks_over_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans: dict[str, set[str]] = {}

    class Explained(sqlite3.Connection):
        def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
            if sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
                steps = super().execute(f"EXPLAIN QUERY PLAN {sql}", values)
                plans.setdefault(sql, set()).update(step for *_, step in steps)
            return super().execute(sql, values)

    class Opening:
        Error, Connection = sqlite3.Error, sqlite3.Connection

        @staticmethod
        def connect(path: Path | str, **options: Any) -> sqlite3.Connection:
            return sqlite3.connect(path, factory=Explained, **options)

    with create_or_open(tmp_path) as store:
        store.write_documents([variety(number) for number in range(12)])
        resolve(store, gazetteer=GAZETTEER)
        monkeypatch.setattr(index, "sqlite3", Opening)
        for number in range(12, 16):
            graph = variety(number, surname="Castrov" if number % 2 else "Imbert")
            store.write_documents([graph])
            resolve(store, gazetteer=GAZETTEER, documents=[graph[0]])
        store.remove_documents([graph[0]])
        resolve(store, gazetteer=GAZETTEER, documents=[graph[0]])
    assert len(plans) > 30 and any("UPDATE actor SET stale = 1 WHERE hub" in sql for sql in plans)
    assert {sql: steps for sql, steps in plans.items() if any(map(WHOLE.fullmatch, steps))} == {}
