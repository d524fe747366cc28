"""Graphs too large for one transaction."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import create_or_open, large
from tests.store.synthetic import corridor

ROOT = Path(__file__).parents[2]
IRI = "http://x/long"


def lines(number: int, word: str) -> list[str]:
    return [f'<http://x/s{n}> <http://x/p> "{word} {n}" <{IRI}> .' for n in range(number)]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "MOST", 100)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many quads were taken out at once, each time."""
    counts: list[int] = []
    block = large.block
    monkeypatch.setattr(large, "block", lambda graph, quads: counts.append(len(quads)) or block(graph, quads))
    return counts


def test_a_large_graph_is_written_and_replaced_as_a_small_one_is(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([(IRI, lines(1_050, "old")), corridor().graph()])
        assert len(store) == 1_050 + len(corridor().graph()[1])
        store.write_documents([(IRI, lines(777, "new"))])
        assert sorted(store.nquads().splitlines()) == sorted([*lines(777, "new"), *corridor().graph()[1]])
        store.write_documents([(IRI, lines(3, "short"))])
        assert len(store) == 3 + len(corridor().graph()[1])
        assert not (tmp_path / large.NAME).exists() and not (tmp_path / large.BEFORE).exists()


def test_a_malformed_line_at_the_end_of_a_large_graph_leaves_all_as_it_was(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([(IRI, lines(500, "old"))])
        with pytest.raises(StoreError, match="malformed"):
            store.write_documents([(IRI, [*lines(900, "new"), "no line"])])
        assert store.nquads().splitlines() == sorted(lines(500, "old"))


def test_a_graph_is_begun_anew_in_pieces(tmp_path: Path, taken: list[int]) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([(IRI, lines(1_050, "old")), corridor().graph()])
        taken.clear()
        store.begin_graph(IRI, lines(3, "new"))
        assert sorted(store.nquads().splitlines()) == sorted([*lines(3, "new"), *corridor().graph()[1]])
        store.begin_graph(
            "http://x/other", [one.replace(IRI, "http://x/other") for one in lines(2, "new")]
        )  # one that is not there yet
    assert taken == [100] * 10 + [50]  # never the whole of it at once


def test_a_large_graph_is_taken_out_and_made_short_in_pieces(tmp_path: Path, taken: list[int]) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([(IRI, lines(1_050, "old")), corridor().graph()])
        taken.clear()
        store.write_documents([(IRI, lines(3, "short"))])
        assert sorted(store.nquads().splitlines()) == sorted([*lines(3, "short"), *corridor().graph()[1]])
        assert taken == [100] * 10 + [50]
        store.write_documents([(IRI, lines(1_050, "new"))])
        taken.clear()
        store.remove_documents([IRI])
        assert taken == [100] * 10 + [50] and sorted(store.nquads().splitlines()) == sorted(corridor().graph()[1])
        assert IRI not in store.graphs() and not (tmp_path / large.NAME).exists()


KILLED = """
    import os, sys
    from kg.store import create_or_open, large
    large.MOST = 100
    store = create_or_open(sys.argv[1])
    pieces, seen = large._pieces, []
    def counting(things):
        for piece in pieces(things):
            seen.append(piece)
            if len(seen) == int(sys.argv[2]):
                os.kill(os.getpid(), 9)
            yield piece
    large._pieces = counting
    store.write_documents([("http://x/long", [
        f'<http://x/s{n}> <http://x/p> "new {n}" <http://x/long> .' for n in range(1000)])])
"""


@pytest.mark.parametrize("there", [0, 650])
@pytest.mark.parametrize("piece", [3, 11, 15, 20])
def test_a_kill_among_the_pieces_leaves_the_graph_that_was_there(tmp_path: Path, there: int, piece: int) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([(IRI, lines(there, "old")), corridor().graph()])
        before = store.nquads()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), str(piece)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / large.NAME).exists() == (piece > 10)
    with create_or_open(tmp_path) as store:
        assert store.nquads() == before
        assert not (tmp_path / large.NAME).exists()
