"""What a graph directory can suffer: flipped bytes, lost folders, torn lines, killed processes, full disks."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest

from kg.digest import publish
from kg.errors import ExportError, InputError, StoreError
from kg.exporters import export
from kg.exporters.rdf import ONTOLOGY
from kg.rdf.iris import identity_iri
from kg.resolve import resolve
from kg.resolve.agreement import difference
from kg.resolve.building import is_behind
from kg.resolve.index import NAME as INDEX
from kg.resolve.index import Index, notes
from kg.resolve.journal import Entry, Key, append, key_of, read_journal, record
from kg.runner import remove
from kg.store import create_or_open, open_reader
from tests.store.synthetic import GAZETTEER, corridor, published, written

ROOT = Path(__file__).parents[2]


def flip(path: Path, at: int) -> None:
    """Flip a bit of a file in place, as a bad disk does: all hard links to it show it."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 0x10]))


def current(directory: Path) -> Path:
    return directory / "snapshots" / (directory / "current").read_text().strip()


def unlinked(folder: Path) -> None:
    """Give a folder's files inodes of their own."""
    for path in folder.iterdir():
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)


def test_a_header_that_may_not_be_read_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_or_open(tmp_path / "g").close()

    def refused(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(StoreError, match=r"newskg.json cannot be read \(Permission denied\); check its permissions"):
        open_reader(tmp_path / "g")


def test_every_flipped_byte_of_a_snapshot_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", corridor("one"), corridor("two"))
    folder = current(directory)
    unlinked(folder)
    dice = random.Random(4)
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        places = {0, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(8))} if whole else set()
        for at in sorted(places):
            flip(path, at)
            with pytest.raises(
                StoreError, match=rf"{path.name} is damaged: its checksum differs.*run kg build once more"
            ):
                open_reader(directory)
            path.write_bytes(whole)
    assert len(open_reader(directory).documents()) == 2


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_cut_or_missing_file_of_a_snapshot_is_told(tmp_path: Path, harm: str) -> None:
    directory = published(tmp_path / "g", corridor())
    unlinked(current(directory))
    table = max(current(directory).glob("*.sst"), key=lambda path: path.stat().st_size)
    if harm == "cut":
        os.truncate(table, table.stat().st_size // 2)
    else:
        table.unlink()
    with pytest.raises(StoreError, match=table.name):
        open_reader(directory)


def test_a_table_that_snapshot_and_database_share_is_refused_by_both(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", corridor())
    (directory / "journal.jsonl").write_text("")
    table = max((directory / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    assert (current(directory) / table.name).samefile(table)
    flip(table, table.stat().st_size // 3)
    for attempt in (open_reader, create_or_open):
        with pytest.raises(StoreError, match="build the graph anew and add its journal with: kg resolve --import"):
            attempt(directory)


def test_damage_between_two_publications_is_not_signed_anew(tmp_path: Path) -> None:
    directory = tmp_path / "g"
    with written(directory, corridor("one")) as store:
        store.publish()
        store.write_documents([corridor("two").graph()])
        shared = [path for path in current(directory).glob("*.sst") if (directory / "store" / path.name).exists()]
        table = max(shared, key=lambda path: path.stat().st_size)
        flip(directory / "store" / table.name, 100)
        store.publish()
    if (current(directory) / table.name).exists():  # else RocksDB has rewritten it, and checked it as it did
        with pytest.raises(StoreError, match=f"{table.name} is damaged"):
            open_reader(directory)


def test_a_snapshot_without_checksums_of_an_older_version_is_read(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", corridor())
    for path in (directory / "snapshots").glob("*.json"):
        path.unlink()
    assert len(open_reader(directory).documents()) == 1


def build(*args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "kg", *args],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture
def built(small_graph: Path, tmp_path: Path) -> Path:
    """Give a copy of the small graph with hard links of its own."""
    target = tmp_path / "graph"
    shutil.copytree(small_graph, target)
    return target


def quads(directory: Path) -> str:
    with open_reader(directory) as reader:
        return reader.nquads()


@pytest.mark.parametrize("lost", ["current", "snapshots", "a table"])
def test_a_lost_snapshot_is_published_again_by_the_next_build(built: Path, records_file: Path, lost: str) -> None:
    before = quads(built)
    if lost == "a table":
        next(current(built).glob("*.sst")).unlink()
    elif lost == "current":
        (built / "current").unlink()
    else:
        shutil.rmtree(built / "snapshots")
    with pytest.raises(StoreError, match="kg build once more"):
        open_reader(built)
    assert "2 unchanged" in build("build", str(records_file), "--graph", str(built)).stdout
    assert quads(built) == before


@pytest.mark.parametrize("lost", ["store", "CURRENT"])
def test_a_lost_database_comes_back_from_the_snapshot(built: Path, tmp_path: Path, lost: str) -> None:
    if lost == "store":
        shutil.rmtree(built / "store")
    else:
        (built / "store" / "CURRENT").unlink()
    before = set(quads(built).splitlines())
    (tmp_path / "new.txt").write_text("Ankara offered to host the talks.", encoding="utf-8")
    build("build", str(tmp_path / "new.txt"), "--graph", str(built), "--published", "2025-05-25")
    with open_reader(built) as reader:
        assert len(reader.documents()) == 3
        assert before <= set(reader.nquads().splitlines())
    assert (built / "store.damaged").exists() == (lost == "CURRENT")


def test_without_database_and_snapshot_nothing_passes_for_the_whole_graph(built: Path, tmp_path: Path) -> None:
    shutil.rmtree(built / "store")
    shutil.rmtree(built / "snapshots")
    (tmp_path / "new.txt").write_text("Ankara offered to host the talks.", encoding="utf-8")
    done = build("build", str(tmp_path / "new.txt"), "--graph", str(built), check=False)
    assert done.returncode == 2
    assert "the database of this graph is lost" in done.stderr and "build the graph anew" in done.stderr
    assert not (built / "store").exists()


def test_a_graph_killed_before_its_first_write_is_begun_again(tmp_path: Path) -> None:
    create_or_open(tmp_path / "g").close()
    shutil.rmtree(tmp_path / "g" / "store")
    with create_or_open(tmp_path / "g") as store:
        assert len(store) == 0


def decision(words: str) -> Entry:
    return Entry("split", (Key("corridor", "actor", "Ünder these words", words, 0),))


@pytest.mark.parametrize("end", [0, 1, 5, 30])
def test_a_torn_last_line_swallows_nothing_and_breaks_nothing(tmp_path: Path, end: int) -> None:
    append(tmp_path, [decision("one"), decision("two")])
    path = tmp_path / "journal.jsonl"
    torn = (record(decision("three")) + "\n").encode()[:-1]
    torn = torn[: len(torn) - end]
    with path.open("ab") as file:
        file.write(torn)
    whole = [decision("one"), decision("two"), *([decision("three")] if end == 0 else [])]
    assert list(read_journal(tmp_path)) == whole
    append(tmp_path, [decision("four")])
    assert list(read_journal(tmp_path)) == [*whole, decision("four")]


def test_a_line_torn_within_a_character_is_passed_over(tmp_path: Path) -> None:
    append(tmp_path, [decision("one")])
    with (tmp_path / "journal.jsonl").open("ab") as file:
        file.write('{"decision": "split", "nodes": [{"quote": "Ü'.encode()[:-1])
    assert list(read_journal(tmp_path)) == [decision("one")]


def test_a_malformed_line_that_was_written_to_its_end_is_still_told(tmp_path: Path) -> None:
    append(tmp_path, [decision("one")])
    with (tmp_path / "journal.jsonl").open("ab") as file:
        file.write(b'{"decision": \n')
    with pytest.raises(InputError, match="line 2"):
        read_journal(tmp_path)


KILLED = """
    import os, signal, sys
    import kg.cli.correct, kg.resolve
    kg.resolve.resolve = lambda *args, **options: os.kill(os.getpid(), signal.SIGKILL)
    from kg.cli import main
    main(sys.argv[1:])
"""


def test_a_correction_whose_process_was_killed_is_applied_by_the_next_build(built: Path, records_file: Path) -> None:
    with open_reader(built) as reader:
        [(event,)] = reader.query("SELECT ?e WHERE { ?e a nkg:Proposal ; rdfs:label ?l } LIMIT 1").rows
    assert event is not None
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), "correct", event.value, "type", "Offer", "--graph", str(built)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL
    assert len(read_journal(built)) == 1
    assert is_behind(built)
    build("build", str(records_file), "--graph", str(built))
    with open_reader(built) as reader:
        [(answer,)] = reader.query(f"ASK {{ <{event.value}> a nkg:Offer }}").rows
        assert answer is not None and answer.value == "true"
    assert not is_behind(built)


def test_what_a_killed_correction_leaves_is_decided_when_another_document_goes(tmp_path: Path) -> None:
    with written(tmp_path, corridor("one"), corridor("two")) as store:
        resolve(store)
        publish(store)
        russia = key_of(store, f"{corridor('one').iri}/actor/0-6")
    append(tmp_path, [Entry("correct", (russia,), "type", ("GeopoliticalEntity",), "Person")])  # and killed just then
    remove("two", graph=tmp_path)
    with create_or_open(tmp_path) as store:
        decided = store.nquads()
        (tmp_path / INDEX).unlink()
        resolve(store)
        assert store.nquads() == decided


def test_the_index_is_never_ahead_of_the_store_when_the_power_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power loss takes the write-ahead log that was not flushed, but not what SQLite was told to keep."""
    finish = Index.finish

    def finished(self: Index) -> None:
        finish(self)
        for _ in range(20):  # the store may be tidying: a file that is listed may be gone when its turn comes
            shutil.rmtree(tmp_path / "after", ignore_errors=True)
            with suppress(shutil.Error):
                shutil.copytree(tmp_path / "g", tmp_path / "after")
                break
        for log in (tmp_path / "after" / "store").glob("*.log"):
            os.truncate(log, 0)

    monkeypatch.setattr(Index, "finish", finished)
    with written(tmp_path / "g", corridor("one"), corridor("two")) as store:
        whole = store.nquads()
    with create_or_open(tmp_path / "after") as store:
        assert notes(tmp_path / "after") and store.nquads() == whole


def test_validation_sees_what_the_identity_graph_lost(built: Path) -> None:
    assert build("validate", "--graph", str(built)).returncode == 0
    with create_or_open(built) as store:
        graph = identity_iri(store.base)
        lines = [line.removesuffix(" .") for line in store.ntriples(graph).split("\n") if line]
        for gone in (lines[3:4], lines[::7]):
            store.patch_graph(graph, gone=gone)
            store.publish()
            found = difference(store)
            assert len(found.lacking) == len(gone) and not found.foreign
            store.patch_graph(graph, come=gone)
        store.patch_graph(graph, gone=lines[5:8], come=["<http://x/s> <http://x/p> <http://x/o>"])
        store.publish()
    done = build("validate", "--graph", str(built), check=False)
    assert done.returncode == 1
    assert "lacks 3 triples that were decided and has 1 that were not" in done.stdout
    (built / INDEX).unlink()
    build("resolve", "--graph", str(built))
    assert build("validate", "--graph", str(built)).returncode == 0


def test_a_killed_resolution_leaves_an_index_that_is_not_used(tmp_path: Path) -> None:
    published(tmp_path, corridor())
    assert notes(tmp_path)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom kg.resolve.index import Index\n"
        "index = Index(Path(sys.argv[1]))\nindex.put_meta('behind', 'x')\nos.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert not notes(tmp_path) and is_behind(tmp_path)


def test_what_sqlite_says_of_the_disk_has_cause_and_remedy(tmp_path: Path) -> None:
    published(tmp_path, corridor())
    path = tmp_path / INDEX
    size = path.stat().st_size
    with path.open("r+b") as file:  # the first page tells the state; the pages behind it are rubbish
        file.seek(4096 * 3)
        file.write(os.urandom(size - 4096 * 3))
    with create_or_open(tmp_path) as store:
        store.write_documents([corridor("two").graph()])
        try:
            resolve(store, gazetteer=GAZETTEER)
        except StoreError as error:
            assert "index of decisions" in str(error) and "delete this file" in str(error)
    with sqlite3.connect(tmp_path / INDEX):
        pass


FULL = """
    import errno, os, sys, resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
    from kg.cli import main
    main(sys.argv[2:])
"""


def limited(most: int, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a verb that can write no file beyond a size: what a full disk does, without one."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), str(most), *args],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("most", [0, 100, 5_000, 20_000])
def test_a_disk_that_takes_no_more_is_no_defect(built: Path, tmp_path: Path, most: int) -> None:
    before = quads(built)
    (tmp_path / "new.txt").write_text("Ankara offered to host the talks. " * 20, encoding="utf-8")
    done = limited(most, "build", str(tmp_path / "new.txt"), "--graph", str(built), "--published", "2025-05-25")
    assert done.returncode == 2, done.stderr
    assert "defect" not in done.stderr and "Traceback" not in done.stderr
    assert quads(built) == before


def test_an_export_that_finds_no_room_keeps_the_old_file(small_graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    export(small_graph, "nquads", target)
    whole = target.read_bytes()
    done = limited(1_000, "export", "--format", "nquads", "-o", str(target), "--graph", str(small_graph))
    assert done.returncode == 2 and "cannot be written" in done.stderr and "defect" not in done.stderr
    assert target.read_bytes() == whole
    assert os.listdir(tmp_path) == ["out.nq"]


def test_an_export_keeps_links_and_rights(small_graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "real.nq"
    target.write_text("old")
    target.chmod(0o640)
    (tmp_path / "link.nq").symlink_to(target)
    export(small_graph, "nquads", tmp_path / "link.nq")
    assert (tmp_path / "link.nq").is_symlink() and target.stat().st_mode & 0o777 == 0o640
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    told = [line for line in lines if not line.endswith(f"<{ONTOLOGY}> .\n")]
    assert "".join(told) == quads(small_graph) and len(told) < len(lines)
    with pytest.raises(ExportError, match="cannot be written"):
        export(small_graph, "nquads", target / "x.nq")  # beneath a file no folder can be made


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("verb", ["stats", "queries", "export"])
def test_a_full_standard_output_is_no_defect(small_graph: Path, verb: str) -> None:
    more = {"stats": ["--graph", str(small_graph)], "queries": []}
    args = more.get(verb, ["--format", "nquads", "-o", "/dev/full", "--graph", str(small_graph)])
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", verb, *args],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert os.strerror(errno.ENOSPC).lower() in done.stderr.lower()
    assert "defect" not in done.stderr and len(done.stderr.splitlines()) == 1
