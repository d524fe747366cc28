"""Documents that fail, hang or come again: what is told of them, and when they are tried anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.model import Analysis, Document
from kg.runner import run
from kg.runner.limits import Overdue, allowed, limit
from kg.runner.quarantine import Quarantine
from kg.store import open_reader

ENGLISH = "Norway proposed a truce to the two sides on Monday. The rebels rejected the proposal a day later."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "c"):
        Path(f"{name}.txt").write_text(f"{ENGLISH} This is {name}.", encoding="utf-8")


def breaking(monkeypatch: pytest.MonkeyPatch, document: str, how: Any) -> list[str]:
    """Have the analysis of one document go wrong; gives the list of those that are analysed."""
    analyse, seen = pipeline.analyse, []

    def instead(one: Document, doc: Any, **options: Any) -> Analysis:
        seen.append(one.id)
        if one.id == document:
            how()
        return analyse(one, doc, **options)

    monkeypatch.setattr(pipeline, "analyse", instead)
    return seen


def hang() -> None:
    while True:
        pass


def fail() -> None:
    raise IndexError("no such clause")


def test_a_document_that_hangs_is_told_and_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = breaking(monkeypatch, "b.txt", hang)
    report = run(["a.txt", "b.txt", "c.txt"], graph="g", seconds=3)
    assert (report.documents, report.quarantined) == (2, 1)
    assert report.problems[0].what == "the analysis took more than 3 seconds of the processor"
    [record] = [json.loads(line) for line in Path("g/quarantine.jsonl").read_text().splitlines()]
    assert (record["id"], record["reason"], record["seconds"]) == ("b.txt", report.problems[0].what, 3)
    seen.clear()
    again = run(["a.txt", "b.txt", "c.txt"], graph="g", seconds=3)
    assert (again.documents, again.skipped, again.quarantined, seen) == (0, 2, 1, [])
    assert "in quarantine, for the analysis took more" in again.problems[0].what
    run("b.txt", graph="g", seconds=4)
    assert seen == ["b.txt"]  # more time is worth a try


def test_a_document_that_fails_is_tried_when_it_changes_or_the_file_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        breaking(patched, "b.txt", fail)
        assert run(["a.txt", "b.txt"], graph="g").quarantined == 1
        assert run(["a.txt", "b.txt"], graph="g", seconds=0).documents == 0
    assert run("b.txt", graph="g").documents == 0
    Path("b.txt").write_text(f"{ENGLISH} This is another b.", encoding="utf-8")
    assert run("b.txt", graph="g").documents == 1 and not Path("g/quarantine.jsonl").exists()
    with monkeypatch.context() as patched:
        breaking(patched, "c.txt", fail)
        assert run("c.txt", graph="g").quarantined == 1
    Path("g/quarantine.jsonl").unlink()
    assert run("c.txt", graph="g").documents == 1
    with open_reader("g") as reader:
        assert list(reader.documents()) == ["a.txt", "b.txt", "c.txt"]


def test_a_broken_quarantine_file_is_passed_over() -> None:
    run("a.txt", graph="g")
    Path("g/quarantine.jsonl").write_bytes(b'\xff\xfe{"id": 3}\nnot json\n[]\n{"id": "x"}\n')
    assert len(Quarantine(Path("g"))) == 1
    assert run("b.txt", graph="g").documents == 1


def test_a_long_text_may_take_longer() -> None:
    assert [allowed(10, size) for size in (0, 1, 100_000, 100_001, 1_000_000)] == [10, 10, 10, 20, 100]
    assert allowed(0, 1_000_000) == 0


def test_a_limit_ends_what_takes_too_long_and_nothing_else() -> None:
    with pytest.raises(Overdue), limit(0.05):
        hang()
    with limit(30), limit(0):
        pass
