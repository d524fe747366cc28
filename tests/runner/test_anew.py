"""A build of many documents opens its store anew between its steps: the graph is the same, also after a kill then."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.runner import run
from kg.store import Store, open_reader
from kg.store.writer import LOCK

ROOT = Path(__file__).parents[2]
TEXTS = ("Norway proposed talks to Chad.", "Chad rejected the proposal of Norway.", "Kenya met Chad in Oslo.")
KILLED = """
import os, signal, sys
from kg.runner import batches, run
import kg.store.database as database
left, opened = int(sys.argv[3]), database.database_of
def between(directory):
    global left
    left -= 1
    return opened(directory) if left else os.kill(os.getpid(), signal.SIGKILL)
database.database_of, batches.MANY = between, 2
run(sys.argv[1], graph=sys.argv[2])
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps({"id": f"{at}", "text": text}) + "\n" for at, text in enumerate(TEXTS)))
    return path


def dump(graph: Path) -> str:
    with open_reader(graph) as reader:
        return reader.nquads()


def test_only_a_build_of_many_opens_its_store_anew_and_gives_the_same(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[str] = []
    inner = Store.reopen
    monkeypatch.setattr(Store, "reopen", lambda self: (times.append("anew"), inner(self))[1])
    run(news, graph=tmp_path / "few")
    assert not times, "three documents are not many"
    monkeypatch.setattr("kg.runner.batches.MANY", 3)
    run(news, graph=tmp_path / "many")
    assert len(times) == 2, "before deciding, and before publishing"
    assert dump(tmp_path / "many") == dump(tmp_path / "few")
    run(news, graph=tmp_path / "many")
    assert len(times) == 2, "nothing was new"
    monkeypatch.setattr("kg.runner.batches.MANY", 1)
    monkeypatch.setattr("kg.runner.EACH", 1)
    run(news, graph=tmp_path / "often")
    assert len(times) == 2 + 3, "and while documents are read"
    assert dump(tmp_path / "often") == dump(tmp_path / "few")


@pytest.mark.parametrize("nth", [1, 2], ids=["before deciding", "before publishing"])
def test_a_build_killed_between_closing_and_opening_is_finished_by_the_next(
    news: Path, tmp_path: Path, nth: int
) -> None:
    run(news, graph=tmp_path / "calm")
    command = [sys.executable, "-c", KILLED, str(news), str(tmp_path / "graph"), str(nth)]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == -signal.SIGKILL
    assert (tmp_path / "graph" / LOCK).exists()
    assert run(news, graph=tmp_path / "graph").skipped == len(TEXTS)
    assert dump(tmp_path / "graph") == dump(tmp_path / "calm")
