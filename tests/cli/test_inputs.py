"""What people do with inputs and outputs, for real: killed runs, paths written in many ways, full disks."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg import pipeline
from kg.runner import BuildReport, batches, run
from kg.store import open_reader
from tests.cli.conftest import Kg

ENGLISH = "Norway proposed a truce to the two sides on Monday. The rebels rejected the proposal a day later."
OTHER = "Ankara offered to host the talks, and Norway welcomed the offer."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def text(name: str, content: str = ENGLISH) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(content, encoding="utf-8")
    return name


def documents(graph: str) -> list[str]:
    with open_reader(graph) as reader:
        return list(reader.documents())


def quads(graph: str) -> str:
    with open_reader(graph) as reader:
        return reader.nquads()


SLOW = """
import time
from kg.runner import batches, run

def progress(done, name):
    print(done, flush=True)
    time.sleep(0.2)  # a long article

batches.BATCH_SECONDS = {seconds}
run("news", graph="g", progress=progress)
"""


def interrupted(sign: signal.Signals, *, after: int, seconds: float) -> subprocess.CompletedProcess[str]:
    """Build `news` in another process, and send it a signal when so many documents are done."""
    command = [sys.executable, "-c", SLOW.format(seconds=seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) == after:
                process.send_signal(sign)
                break
        out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def test_a_killed_build_goes_on_where_it_stopped() -> None:
    for number in range(12):
        text(f"news/{number:02}.txt", f"{ENGLISH} This is number {number}.")
    assert interrupted(signal.SIGKILL, after=8, seconds=0.5).returncode == -signal.SIGKILL
    report = run("news", graph="g")
    assert report.documents + report.skipped == 12
    assert 4 <= report.skipped <= 8  # what two or three slow articles take is all that can be lost
    run("news", graph="cold")
    assert quads("g") == quads("cold")


def test_an_interrupted_build_loses_nothing_that_was_read() -> None:
    for number in range(12):
        text(f"news/{number:02}.txt", f"{ENGLISH} This is number {number}.")
    assert "KeyboardInterrupt" in interrupted(signal.SIGINT, after=7, seconds=600).stderr
    report = run("news", graph="g")
    assert (report.documents, report.skipped) == (5, 7)


@pytest.mark.parametrize(
    ("limit", "value", "sizes"),
    [("BATCH_DOCUMENTS", 2, [2, 2, 1]), ("BATCH_QUADS", 250, [3, 2]), ("BATCH_SECONDS", 0.0, [1, 1, 1, 1, 1])],
)
def test_a_batch_is_bounded(limit: str, value: float, sizes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, limit, value)
    written: list[int] = []
    batches.write_in_batches(((f"urn:{n}", ["line"] * 100) for n in range(5)), lambda batch: written.append(len(batch)))
    assert written == sizes


def test_what_fails_to_be_written_is_not_tried_twice() -> None:
    tried: list[batches.Batch] = []

    def full(batch: batches.Batch) -> None:
        tried.append(batch)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        batches.write_in_batches(((f"urn:{n}", []) for n in range(100)), full)
    assert len(tried) == 1


def test_one_file_is_one_document_however_it_is_called(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    text("a.txt")
    Path("sub").mkdir()
    os.symlink("../a.txt", "sub/link.txt")
    here = Path.cwd()
    for name, where in (
        ("a.txt", "."),
        ("./a.txt", "."),
        (here / "a.txt", "."),
        ("../a.txt", "sub"),
        ("link.txt", "sub"),
    ):
        monkeypatch.chdir(here / where)
        ran = kg("build", name, "--graph", here / "g", "--json")
        assert ran.code == 0 and json.loads(ran.out)["documents"] == (name == "a.txt")
        assert documents(f"{here}/g") == ["a.txt"]
    monkeypatch.chdir(here)
    assert kg("build", "a.txt", "./a.txt", here / "a.txt", ".", "--graph", "g").code == 0
    assert documents("g") == ["a.txt"]
    text("a.txt", OTHER)
    assert run("./a.txt", graph="g").documents == 1 and documents("g") == ["a.txt"]


def test_two_files_of_one_name_are_two_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path.cwd()
    for where, content in (("paris", ENGLISH), ("rome", OTHER)):
        text(f"{here}/{where}/a.txt", content)
        monkeypatch.chdir(here / where)
        run("a.txt", graph=here / "g")
    assert documents(f"{here}/g") == [f"{os.path.realpath(here)}/rome/a.txt", "a.txt"]


def test_graph_and_texts_can_be_moved_together() -> None:
    text("old/news/a.txt")
    run("old/news", graph="old/g")
    Path("old").rename("new")
    assert run("new/news/a.txt", graph="new/g").skipped == 1
    assert documents("new/g") == ["old/news/a.txt"]


def test_a_second_build_does_not_read_the_graph(kg: Kg) -> None:
    text("a.txt")
    assert kg("build", ".", "--graph", "g").code == 0
    ran = kg("build", ".", "--graph", "g")
    assert (ran.code, ran.err) == (0, "") and "0 read" in ran.out and "1 unchanged" in ran.out
    assert documents("g") == ["./a.txt"]


def test_unknown_kinds_are_told_and_the_others_built(kg: Kg) -> None:
    text("news/a.txt")
    text("news/b.odt")
    ran = kg("build", "news", "--graph", "g")
    assert ran.code == 2 and "1 read" in ran.out and "1 left out" in ran.out
    assert ran.err.startswith("news/b.odt: files named .odt cannot be read; ") and ran.err.count("\n") == 1


def test_a_pipe_in_a_folder_holds_nothing_up() -> None:
    text("news/a.txt")
    os.mkfifo("news/b.txt")
    os.symlink("/dev/zero", "news/c.txt")
    command = [sys.executable, "-m", "kg", "build", "news", "--graph", "g"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2 and "1 read" in done.stdout
    assert "news/b.txt: this is neither a file nor a folder (a named pipe)" in done.stderr
    assert "news/c.txt: this is neither a file nor a folder (a device)" in done.stderr


def test_documents_are_taken_out(kg: Kg) -> None:
    text("news/a.txt")
    text("news/b.txt", OTHER)
    text("c.txt", f"{OTHER} {ENGLISH}")
    Path("r.jsonl").write_text("".join(json.dumps({"id": id, "text": f"{id}. {OTHER}"}) + "\n" for id in "xyz"))
    run(["news", "c.txt", "r.jsonl"], graph="g")
    ran = kg("remove", "nothing", "c.txt", "--graph", "g")
    assert ran.code == 2 and ran.err.startswith("nothing: no document of the graph has this id or came from this path;")
    assert len(documents("g")) == 6
    ran = kg("remove", "y", "./news/b.txt", "--graph", "g")
    assert ran.out == "Removed news/b.txt\nRemoved y\n2 documents taken out of g.\n"
    Path("r.jsonl").unlink()
    assert kg("remove", Path.cwd() / "r.jsonl", "--graph", "g").out.startswith("Removed x\nRemoved z\n")
    run(["news/a.txt", "c.txt"], graph="cold")
    assert documents("g") == ["c.txt", "news/a.txt"]
    assert quads("g") == quads("cold")
    assert kg("remove", "news/", "c.txt", "--graph", "g").code == 0 and documents("g") == []
    assert kg("remove", "a.txt", "--graph", "news").code == 2


def test_a_document_in_the_place_of_another_files_is_told(kg: Kg) -> None:
    def record(name: str, text: str) -> str:
        Path(name).write_text(json.dumps({"id": "1", "text": text}) + "\n")
        return name

    assert "in the place of" not in kg("build", record("a.jsonl", ENGLISH), "--graph", "g").out
    ran = kg("build", record("b.jsonl", OTHER), "--graph", "g")
    assert ran.code == 0 and "1 in the place of what another file had under the same id (1)\n" in ran.out
    assert "in the place of" not in kg("build", record("b.jsonl", ENGLISH), "--graph", "g").out
    Path("b.jsonl").rename("c.jsonl")
    assert "in the place of" not in kg("build", record("c.jsonl", OTHER), "--graph", "g").out
    assert json.loads(kg("build", record("a.jsonl", ENGLISH), "--graph", "g", "--json").out)["replaced"] == ["1"]


def test_no_name_takes_nothing_out(kg: Kg) -> None:
    text("a.txt")
    run("a.txt", graph="g")
    ran = kg("remove", "", "--graph", "g")
    assert ran.code == 2 and ran.err.startswith('"": no document of the graph has this id')
    assert documents("g") == ["a.txt"]


def test_documents_that_are_gone_are_pruned_and_no_others(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c", "d"):
        text(f"news/{name}.txt", f"{OTHER} So much for {name}.")
    run("news", graph="g")
    Path("news/a.txt").unlink()
    Path("news/b.txt").write_bytes(b"caf\xe9")  # there, but not to be read
    text("news/c.txt")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "analyse", lambda *_, **__: [][0])  # there, but not to be analysed
        assert kg("build", "news", "--graph", "g").code == 1 and len(documents("g")) == 4
        ran = kg("build", "./news", "--graph", "g", "--prune")
    assert "1 gone from the input and taken out" in ran.out
    assert documents("g") == ["news/b.txt", "news/c.txt", "news/d.txt"]
    ran = kg("build", "nowhere", "--graph", "g", "--prune", "--json")
    assert ran.code == 2 and json.loads(ran.out)["removed"] == []
    assert "nothing of the input can be read, so nothing is taken out" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("args", [("stats", "--graph"), ("query", "who-said-what", "--graph"), ("queries",)])
def test_a_full_output_is_no_defect(args: tuple[str, ...], small_graph: Path) -> None:
    graph = (str(small_graph),) if args[-1] == "--graph" else ()
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *args, *graph], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "no space left on device" in done.stderr and "defect" not in done.stderr


def test_a_closed_input_is_an_empty_one(tmp_path: Path) -> None:
    for verb in ("clauses -", f'build - --graph "{tmp_path / "g"}"'):
        command = f'"{sys.executable}" -m kg {verb} <&-'
        ran = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
        assert "defect" not in ran.stderr and "failed" not in ran.stderr and "Error" not in ran.stderr
        assert ran.returncode == 2 and "empty" in ran.stderr, ran.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_output_is_no_defect(closed: str, small_graph: Path) -> None:
    command = f'"{sys.executable}" -m kg stats --graph "{small_graph}" {closed}'
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_machine_refuses_is_told_from_defects(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> sqlite3.Error:
        Path("bad.sqlite").write_bytes(b"no database at all, but long enough to be looked at as one" * 20)
        with pytest.raises(sqlite3.Error) as caught:
            sqlite3.connect("bad.sqlite").execute("SELECT * FROM t")
        return caught.value

    def misused() -> sqlite3.Error:
        with pytest.raises(sqlite3.Error) as caught:
            sqlite3.connect(":memory:").execute("SELECT * FROM t")
        return caught.value

    for error, words in (
        (
            OSError(28, "No space left on device", "x.nq"),
            "x.nq: it cannot be read or written (no space left on device)",
        ),
        (MemoryError(), "there is not enough memory"),
        (damaged(), "a file of the graph cannot be used (file is not a database)"),
        (ValueError("what"), "This is a defect of newskg (ValueError: what)"),
        (misused(), "This is a defect of newskg (OperationalError"),
    ):

        def fails(*_: object, error: Exception = error, **__: object) -> BuildReport:
            raise error

        monkeypatch.setattr("kg.runner.run", fails)
        ran = kg("build", "a.txt", "--graph", "g")
        assert words in ran.err and ran.code == (1 if "defect" in words else 2)
