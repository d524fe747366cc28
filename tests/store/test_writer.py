"""One writer holds a directory for its whole life: also while its database is closed, and not a moment after it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store as Database

from kg.errors import StoreError
from kg.store import create_or_open, open_reader
from kg.store.directory import HEADER
from kg.store.writer import LOCK, database_of, only_writer

ROOT = Path(__file__).parents[2]
WRITE = """
import sys
from kg.store import create_or_open, open_reader
print(len(open_reader(sys.argv[1])))
try:
    create_or_open(sys.argv[1])
    print("got in")
except Exception as error:
    print(type(error).__name__, error)
"""
KILLED = """
import os, signal, sys
from kg.store import create_or_open
store = create_or_open(sys.argv[1])
store.write_documents([("http://x/b", ["<http://x/s> <http://x/p> <http://x/o> <http://x/b> ."])])
import kg.store.database
kg.store.database.database_of = lambda directory: os.kill(os.getpid(), signal.SIGKILL)
store.reopen()
"""
LINE = "<http://x/s> <http://x/p> <http://x/o> <http://x/a> ."


def ran(code: str, directory: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, str(directory)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_nobody_else_writes_while_a_writer_has_its_database_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def between(directory: Path) -> Database:
        database_of(directory)  # the database itself is free: nothing but the lock refuses the other
        told.extend(ran(WRITE, directory).stdout.splitlines())
        with pytest.raises(StoreError, match="another process is writing this graph"):
            create_or_open(directory)
        return database_of(directory)

    with create_or_open(tmp_path) as store:
        store.write_documents([("http://x/a", [LINE])])
        store.publish()
        monkeypatch.setattr("kg.store.database.database_of", between)
        store.reopen()
        assert store.nquads() == f"{LINE}\n"
    assert told[0] == "1", "a reader goes on"
    assert told[1] == (
        f"StoreError {tmp_path}: another process is writing this graph; wait until it has finished, or build into "
        "another directory."
    )
    assert ran(WRITE, tmp_path).stdout.splitlines() == ["1", "got in"]


def test_a_writer_killed_while_its_database_is_closed_leaves_all_it_wrote_and_no_lock(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([("http://x/a", [LINE])])
        store.publish()
    assert ran(KILLED, tmp_path).returncode == -signal.SIGKILL
    assert len(open_reader(tmp_path)) == 1
    with create_or_open(tmp_path) as store:
        assert not store.is_published
        assert store.graphs() == ("http://x/a", "http://x/b")


def test_the_lock_goes_with_a_store_that_nobody_closed(tmp_path: Path) -> None:
    store = create_or_open(tmp_path)
    del store
    create_or_open(tmp_path).close()


def test_a_directory_with_nothing_but_a_lock_is_a_new_one_and_a_foreign_one_gets_none(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / LOCK).touch()
    create_or_open(tmp_path / "new").close()
    assert (tmp_path / "new" / LOCK).stat().st_size == 0
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "a.txt").touch()
    with pytest.raises(StoreError, match="no graph of newskg"):
        create_or_open(tmp_path / "foreign")
    assert [one.name for one in (tmp_path / "foreign").iterdir()] == ["a.txt"]


def test_two_who_make_a_directory_at_once_are_told_of_each_other(tmp_path: Path) -> None:
    # the moment in which one has the lock, and its header no name yet
    held = only_writer(tmp_path)
    (tmp_path / f"{HEADER}.new").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="another process is writing"):
        create_or_open(tmp_path)
    held.close()  # as if it had been killed then
    with create_or_open(tmp_path) as store:
        assert len(store) == 0


def test_a_refused_writer_changes_nothing_and_a_failed_one_lets_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create_or_open(tmp_path, pipeline_version="1"):
        header = (tmp_path / "newskg.json").read_text()
        with pytest.raises(StoreError, match="another process is writing"):
            create_or_open(tmp_path, pipeline_version="2")
        assert (tmp_path / "newskg.json").read_text() == header

    def full(directory: Path) -> Database:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kg.store.opening.database_of", full)
        with pytest.raises(StoreError, match="No space left"):
            create_or_open(tmp_path)
    create_or_open(tmp_path).close()


def test_a_lock_that_is_no_empty_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    create_or_open(tmp_path).close()
    (tmp_path / LOCK).write_text("something else altogether, long enough to be looked at " * 20)
    with pytest.raises(StoreError, match=r"the graph cannot be written \(writer\.lock: file is not a database\)"):
        create_or_open(tmp_path)
