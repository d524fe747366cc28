"""What a long build tells of itself: how many of how many, how fast, how long yet, and where it stopped."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.cli import watch
from kg.cli.watch import Watch
from kg.read.counting import expected
from tests.cli.conftest import Kg


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])
    return now


def test_rate_and_time_left_are_those_of_the_last_minute(clock: list[float]) -> None:
    told = Watch(10_000)
    assert (told.line(), told.left(), told.stopped()) == ("0 of 10000 documents read", "", "")
    for done in range(0, 600, 10):  # slow at first, ten a second later
        clock[0] += 10
        told.step(done, f"d{done}")
    for done in range(600, 2000, 100):
        clock[0] += 10
        told.step(done, f"d{done}")
    assert told.line() == "1900 of 10000 documents read, 10.0 a second, 13:30 left"
    assert told.stopped() == " (1900 of 10000 documents read, 10.0 a second, 13:30 left; it stopped at d1900)"
    told.expected = 1_000_000
    assert told.left() == "27:43:30"
    told.expected = None
    assert told.line() == "1900 documents read, 10.0 a second"


def test_documents_are_counted_where_they_can_be(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "deep/b.html").write_text("<p>Two.</p>")
    (tmp_path / "c.jsonl").write_text('{"text": "3"}\n{"text": "4"}')
    (tmp_path / "empty.jsonl").write_text("")
    assert expected([tmp_path]) == 4 and expected([tmp_path / "nowhere"]) == 0
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(b"{}"))
    assert expected([tmp_path]) is None and expected(["-"]) is None


def test_progress_tells_the_total(kg: Kg, monkeypatch: pytest.MonkeyPatch, records_file: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(watch, "_EVERY", 0.0)
    ran = kg("build", records_file, "--graph", tmp_path / "g")
    lines = [line for line in ran.err.splitlines() if "documents read" in line]
    assert lines[0].startswith("0 of 2 documents read") and lines[1].startswith("1 of 2 documents read, ")
    assert lines[1].endswith(", now courier-7") and " a second, " in lines[1] and " left, " in lines[1]
