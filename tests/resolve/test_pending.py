"""What waits to be decided on comes out in order, once, and without what was done meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kg.resolve import pending
from kg.resolve.pending import Pending


@pytest.mark.parametrize(("later", "at_once"), [(10_000, 1_000), (3, 2), (1, 1)])
def test_each_name_is_given_once_in_order_but_for_those_done(
    later: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "_LATER", later)
    monkeypatch.setattr(pending, "_AT_ONCE", at_once)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("BEGIN")
        waiting = Pending(database, ["c", "a"])
        waiting.add(["f", "b", "a", "e"])
        waiting.add(["d"])
        given = []
        for name in waiting.taken():
            given.append(name)
            waiting.done({name, {"a": "b", "c": "f"}.get(name, "x")})
        assert given == ["a", "c", "d", "e"]
        assert not list(waiting.taken())
        assert database.in_transaction  # what the index was told in it is not settled before its time
        assert list(Pending(database, ["z"]).taken()) == ["z"]
