"""Workers in processes of their own: the order they keep, and what a document costs that ends its worker."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.language import load_nlp
from kg.model import Document
from kg.resolve import building
from kg.resolve.building import after_build
from kg.runner import batches, deciding, run
from kg.runner import pool as pools
from kg.runner.pool import Pool
from kg.runner.waiting import AHEAD
from kg.runner.work import CHUNK_CHARACTERS, CHUNK_DOCUMENTS, Task, chunks, document_of, row_of
from kg.store import Store, open_reader
from tests.runner.serving import serve


def some(*texts: str) -> list[Document]:
    return [Document(f"d{number:03}", text) for number, text in enumerate(texts)]


def pool(processes: int = 2, seconds: float = 120.0) -> Pool:
    return Pool(Task("urn:", "v", seconds=seconds), processes, serve=serve)


def test_documents_come_back_in_order_whoever_is_slow() -> None:
    texts = ["slow" if number % 40 == 0 else "quick" for number in range(200)]
    with pool() as workers:
        assert [made.id for made in workers.make(some(*texts))] == [f"d{number:03}" for number in range(200)]


def test_a_document_that_ends_its_worker_costs_no_other() -> None:
    texts = ["fine"] * 20 + ["crash"] + ["fine"] * 20 + ["leave"] + ["fine"] * 3
    with pool() as workers:
        found = list(workers.make(some(*texts)))
    assert [made.id for made in found] == [f"d{number:03}" for number in range(45)]
    assert {made.id: made.what for made in found if not made.graph} == {
        "d020": "the analysis ended its process (signal SIGKILL)",
        "d041": "the analysis ended its process (exit code 3)",
    }
    assert all(made.blamed for made in found if not made.graph)


def test_a_worker_that_no_longer_answers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "START", 5.0)
    with pool(seconds=0.1) as workers:
        found = list(workers.make(some("fine", "hang", "fine")))
    assert [bool(made.graph) for made in found] == [True, False, True]
    assert found[1].what.startswith("the analysis did not answer")


def test_an_interruption_gives_what_is_in_work_and_no_more() -> None:
    asked = 0

    def endless() -> Iterator[Document]:
        nonlocal asked
        while True:
            asked += 1
            yield Document(f"d{asked}", "slow")

    threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    found = []
    with pool() as workers, pytest.raises(KeyboardInterrupt):
        for made in workers.make(endless()):
            found.append(made.id)
    assert found == [f"d{number}" for number in range(1, len(found) + 1)]
    assert len(found) % CHUNK_DOCUMENTS == 0 and asked <= len(found) + 2 * AHEAD * CHUNK_DOCUMENTS


def test_an_interruption_of_what_is_done_meanwhile_loses_nothing_either() -> None:
    calls = 0

    def stop() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt

    found = []
    with pool() as workers, pytest.raises(KeyboardInterrupt):
        for made in workers.make(some(*["slow"] * 400), meanwhile=stop):
            found.append(made.id)
    assert calls == 2 and found == [f"d{number:03}" for number in range(len(found))]
    assert 2 * CHUNK_DOCUMENTS <= len(found) < 400


def test_chunks_are_bounded_and_lose_nothing() -> None:
    texts = ["a" * 100] * 40 + ["b" * (CHUNK_CHARACTERS + 1)] + ["c" * (CHUNK_CHARACTERS // 3)] * 5
    pieces = list(chunks(some(*texts)))
    assert [one for piece in pieces for one in piece] == some(*texts)
    assert [len(piece) for piece in pieces] == [16, 16, 8, 1, 3, 2]
    assert all(len(piece) == 1 or sum(len(one.text) for one in piece) <= CHUNK_CHARACTERS for piece in pieces)


def test_a_document_is_the_same_after_its_way_as_a_row() -> None:
    from datetime import date

    full = Document("a", "Text.", "Title", date(2025, 5, 24), "https://example.org/a", "The Herald")
    assert document_of(row_of(full)) == full and document_of(row_of(Document("b", "x"))) == Document("b", "x")


def test_two_processes_give_the_graph_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = []
    for number in range(20):
        lines.append(
            f'{{"id": "n{number}", "published": "2025-05-{number + 1:02}", "text": "Norway proposed a truce to rebels'
            f' of group {number} on Monday. They rejected the proposal a day later, the ministry said."}}\n'
        )
    Path("news.jsonl").write_text("".join(lines), encoding="utf-8")
    seen: list[str] = []
    steps: list[int | None] = []

    def decided(store: Store, tables: tuple[Path, ...], documents: list[str] | None, *, resolve: bool) -> None:
        steps.append(None if documents is None else len(documents))
        after_build(store, tables, documents, resolve=resolve)

    monkeypatch.setattr(deciding, "STEP", 4)
    monkeypatch.setattr(batches, "BATCH_DOCUMENTS", 2)
    monkeypatch.setattr(building, "after_build", decided)
    one = run("news.jsonl", graph="one")
    assert steps == [None]
    two = run("news.jsonl", graph="two", processes=2, progress=lambda done, name: seen.append(name))
    assert (one.documents, one.words, one.events, one.proposals) == (
        two.documents,
        two.words,
        two.events,
        two.proposals,
    )
    assert seen == [f"n{number}" for number in range(20)]
    assert len(steps) > 2 and steps[1] is None and all(step is not None for step in steps[2:])
    with open_reader("one") as first, open_reader("two") as second:
        assert first.nquads() == second.nquads()
    with pytest.raises(InputError, match="give its name or folder"):
        run("news.jsonl", graph="three", processes=2, nlp=load_nlp())
    assert not Path("three").exists()
