"""Which files of the input are read, under which name, and what is told of the others."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import Ledger, Problem, read
from kg.read.files import GRAPH_HEADER
from kg.store.directory import HEADER

ENGLISH = "Oslo offered to host a second round of talks, and both delegations agreed within the hour."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ENGLISH, encoding="utf-8")


def ids(*paths: str, ledger: Ledger | None = None) -> list[str]:
    return [found.id for found in read(paths, ledger=ledger) if isinstance(found, Document)]


def told(*paths: str) -> list[str]:
    return [str(found) for found in read(paths) if isinstance(found, Problem)]


def test_files_of_unknown_kind_are_told_last_and_by_kind() -> None:
    write(
        "news/a.txt", "news/old/b.odt", *(f"news/{n}.xls" for n in range(5)), "news/x.ppt", "more/c.ODT", "more/d.txt"
    )
    found = list(read(["news", "more"]))
    assert [one.id for one in found[:2] if isinstance(one, Document)] == ["news/a.txt", "more/d.txt"]
    assert [str(one).split("; ")[0] for one in found[2:]] == [
        "2 files (news/old/b.odt, more/c.ODT): files named .odt cannot be read",
        "news/x.ppt: files named .ppt cannot be read",
        "5 files (news/0.xls, news/1.xls, news/2.xls and 2 more): files named .xls cannot be read",
    ]


def test_a_folder_of_unknown_kinds_alone_is_told_once() -> None:
    write("scans/a.tiff")
    assert [sentence.split(";")[0] for sentence in told("scans")] == ["scans/a.tiff: files named .tiff cannot be read"]


@pytest.mark.parametrize("second", ["./a.txt", "{here}/a.txt", "sub/../a.txt", "link.txt", "sub/up/a.txt", "."])
def test_a_file_named_twice_is_read_once(second: str) -> None:
    write("a.txt")
    Path("sub").mkdir()
    os.symlink("a.txt", "link.txt")
    os.symlink("..", "sub/up")
    found = list(read(["a.txt", second.format(here=Path.cwd())]))
    assert [one.id if isinstance(one, Document) else str(one) for one in found] == ["a.txt"]


def test_a_known_file_keeps_its_name_and_a_stranger_gets_his_own(monkeypatch: pytest.MonkeyPatch) -> None:
    write("paris/a.txt", "rome/a.txt")
    ledger = Ledger()
    monkeypatch.chdir("paris")
    assert ids("a.txt", ledger=ledger) == ["a.txt"]
    known = ledger.news()
    monkeypatch.chdir("../rome")
    assert ids("a.txt", ledger=Ledger(*known)) == [os.path.realpath("a.txt")]
    assert ids("../paris/a.txt", ledger=Ledger(*known)) == ["a.txt"]
    Path("../paris/a.txt").unlink()  # moved here, as far as anybody can tell
    assert ids("a.txt", ledger=Ledger(*known)) == ["a.txt"]


def test_what_may_never_end_is_told_and_not_opened() -> None:
    write("news/a.txt")
    os.mkfifo("news/pipe.txt")
    os.symlink("/dev/zero", "news/zero.txt")
    os.symlink("pipe.txt", "news/to-pipe.jsonl")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("news/socket.txt")
        assert ids("news") == ["news/a.txt"]
        assert [sentence.partition("; ")[0] for sentence in told("news")] == [
            "news/pipe.txt: this is neither a file nor a folder (a named pipe)",
            "news/socket.txt: this is neither a file nor a folder (a socket)",
            "news/to-pipe.jsonl: this is neither a file nor a folder (a named pipe)",
            "news/zero.txt: this is neither a file nor a folder (a device)",
        ]
        assert "(a device)" in told("news/zero.txt")[0] and "(a named pipe)" in told("news/pipe.txt")[0]


def test_links_lead_to_each_file_once() -> None:
    write("news/deep/a.txt", "news/b.txt", "outside/c.txt", "beside.txt")
    for target, link in (
        (".", "news/again"),  # loops
        ("../..", "news/deep/up"),
        ("deep", "news/1"),  # read in its own place
        ("deep/a.txt", "news/0.txt"),
        ("../outside", "news/out"),  # elsewhere
        ("../news", "outside/back"),
        ("../beside.txt", "news/c.txt"),
        ("loop.txt", "news/loop.txt"),
    ):
        os.symlink(target, link)
    assert ids("news") == ["news/b.txt", "news/c.txt", "news/deep/a.txt", "news/out/c.txt"]
    assert [sentence.partition(" (")[0] for sentence in told("news")] == ["news/loop.txt: this cannot be read"]


@pytest.mark.parametrize("inside", [f"g/{HEADER}", "deep/g/store/CURRENT"])
def test_a_graph_among_the_texts_is_passed_over(inside: str) -> None:
    write("news/a.txt", f"news/{inside}", "news/g/LOG", "news/deep/g/OPTIONS", "news/CURRENT")
    assert GRAPH_HEADER == HEADER
    expected = {"news/CURRENT", "news/a.txt", "news/g/LOG", "news/deep/g/OPTIONS"}
    folder = "news/g/" if inside.startswith("g/") else "news/deep/g/"
    assert set(ids("news")) == {name for name in expected if not name.startswith(folder)}
    assert "this is a graph directory, not a folder of texts" in told(folder)[0]


def test_what_cannot_be_seen_is_not_known_to_be_gone() -> None:
    write("news/a.txt", "news/b.txt", "old/c.txt")
    Path("records.jsonl").write_text(f'{{"id": "r1", "text": "{ENGLISH}"}}\n{{"id": "r2", "text": "{ENGLISH}"}}\n')
    first = Ledger()
    known = ids("news", "old", "records.jsonl", ledger=first)
    names, origins = first.news()

    def gone(*paths: str) -> tuple[str, ...]:
        ledger = Ledger(names, origins)
        ids(*paths, ledger=ledger)
        return ledger.gone(known)

    assert gone("news", "old", "records.jsonl") == ()
    assert gone("news") == ("old/c.txt", "r1", "r2")
    Path("news/b.txt").write_bytes(b"caf\xe9")
    Path("old/c.txt").unlink()
    Path("records.jsonl").write_text(f'{{"id": "r1", "text": "{ENGLISH}"}}\n')
    assert gone("news", "records.jsonl") == ("old/c.txt", "r2")
    Path("records.jsonl").write_text('{"id": "r1", "te')
    assert gone("news", "./records.jsonl") == ("old/c.txt",)
    assert gone("nowhere", "old") == ("news/a.txt", "news/b.txt", "r1", "r2")


def test_any_name_that_a_file_can_have_will_do() -> None:
    Path("news").mkdir()
    for name in (b"caf\xe9.txt", b"two\nlines.txt", b"bell\a.xls"):
        Path(os.fsdecode(b"news/" + name)).write_text(ENGLISH)
    ledger = Ledger()
    assert ids("news", ledger=ledger) == ["news/caf\\udce9.txt", "news/two\nlines.txt"]
    assert ids("news", ledger=Ledger(*ledger.news())) == ["news/caf\\udce9.txt", "news/two\nlines.txt"]
    assert told("news")[0].startswith("news/bell\\x07.xls: files named .xls")
