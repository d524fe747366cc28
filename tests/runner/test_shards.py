"""Shards: the same lines as a build writes, whoever works on them; loaded in bulk, whole documents at a time."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg import pipeline
from kg.errors import ExtraError, FrameError, InputError
from kg.model import Document
from kg.runner import run
from kg.runner.cluster import Cluster
from kg.runner.limits import Overdue
from kg.runner.loading import load_shards
from kg.runner.shards import write_shards
from kg.runner.work import Task
from kg.store import create_or_open, loading, open_reader
from tests.cli.conftest import Kg
from tests.store.synthetic import corridor, published


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def quads(graph: str | Path) -> str:
    with open_reader(graph) as reader:
        return reader.nquads()


def shard(name: str, *documents: str) -> str:
    """Write a shard of documents made by hand."""
    lines = []
    for document in documents:
        graph, found = corridor(document).graph()
        lines += [line if line.endswith(f"<{graph}> .") else f"{line} <{graph}> ." for line in sorted(found)]
    opened = gzip.open if name.endswith(".gz") else open
    with opened(name, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return name


def test_a_lone_path_is_one_path(records_file: Path) -> None:
    assert write_shards(str(records_file), into="s").documents == 2
    with pytest.raises(FrameError, match="no-such-folder"):
        write_shards(records_file, into="t", frames="no-such-folder")


def test_shards_loaded_are_the_graph_built(records_file: Path, kg: Kg) -> None:
    run(records_file, graph="built")
    ran = kg("shard", records_file, "--into", "s", "--each", "1")
    assert ran == (0, "2 documents read, 0 were there already, in s\n", "")
    assert sorted(path.name for path in Path("s").iterdir()) == [
        "000000.jsonl",
        "000000.nq.gz",
        "000001.jsonl",
        "000001.nq.gz",
    ]
    record = json.loads(Path("s/000000.jsonl").read_text(encoding="utf-8"))
    assert record["id"] == "herald-1" and record["words"] > 10
    Path("s/000001.jsonl").unlink()
    assert kg("shard", records_file, "--into", "s", "--each", "1").out == "1 document read, 1 was there already, in s\n"
    assert " quads of 1 document loaded into loaded in " in kg("load", "s/000000.nq.gz", "--graph", "loaded").out
    ran = kg("load", "s/000000.nq.gz", "s/000001.nq.gz", "--graph", "loaded")
    assert ran.code == 0 and ran.out.endswith(" s, 1 document unchanged\n")
    assert quads("loaded") == quads("built")


def test_a_shard_that_is_there_is_passed_over_and_a_broken_one_made_anew(records_file: Path) -> None:
    write_shards([records_file], into="s", each=1)
    first = Path("s/000000.nq.gz").read_bytes()
    stamp = Path("s/000000.nq.gz").stat().st_mtime_ns
    Path("s/000001.jsonl").unlink()  # records come last: without them a shard is not whole
    report = write_shards([records_file], into="s", each=1)
    assert (report.documents, report.skipped) == (1, 1)
    assert Path("s/000000.nq.gz").stat().st_mtime_ns == stamp
    write_shards([records_file], into="again", each=1)
    assert Path("again/000000.nq.gz").read_bytes() == first


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Have the analysis of one of the two documents fail."""
    analyse = pipeline.analyse

    def instead(one: Document, *given: Any, **options: Any) -> Any:
        if one.id == "courier-7":
            raise error
        return analyse(one, *given, **options)

    monkeypatch.setattr(pipeline, "analyse", instead)


def test_a_document_that_the_machine_failed_is_tried_again(records_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        failing(patched, MemoryError())
        [problem] = write_shards(records_file, into="s").problems
        assert problem.where == "courier-7" and "not enough memory" in problem.what
    report = write_shards(records_file, into="s")
    assert (report.documents, report.skipped, report.problems) == (2, 0, ())
    assert len(load_shards(["s/000000.nq.gz"], graph="g", resolve=False).graphs) == 2


def test_a_document_that_fails_by_itself_is_told_by_every_run(
    records_file: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        failing(patched, IndexError("no such clause"))
        first = write_shards(records_file, into="s")
    again = write_shards(records_file, into="s")
    assert (again.documents, again.skipped, again.quarantined) == (0, 1, 1)
    assert again.problems == first.problems
    assert kg("shard", records_file, "--into", "s").code == 1
    with monkeypatch.context() as patched:
        failing(patched, Overdue())
        write_shards(records_file, into="t", seconds=3)
        assert write_shards(records_file, into="t", seconds=3).quarantined == 1
    assert write_shards(records_file, into="t", seconds=3).documents == 0
    assert write_shards(records_file, into="t", seconds=4).documents == 2  # more time is worth a try


def test_shards_of_another_size_or_base_do_not_stay(records_file: Path) -> None:
    write_shards(records_file, into="s", each=1)
    others = {"000007.jsonl", "20250524.nq.gz"}
    for name in others:
        Path("s", name).write_text('{"text": "of somebody else"}\n', encoding="utf-8")
    Path("s/000002.nq.gz").write_bytes(b"")  # of a run that was killed before it noted what it holds
    assert write_shards(records_file, into="s", each=2).documents == 2
    assert {path.name for path in Path("s").iterdir()} == {"000000.jsonl", "000000.nq.gz", *others}
    other = "https://example.org/doc/"
    for base in (other, other.removesuffix("doc/")):
        assert write_shards(records_file, into="s", base=base).documents == 2
        assert write_shards(records_file, into="s", base=base).skipped == 2
        assert len(load_shards(["s/000000.nq.gz"], graph=base[-4:-1], base=base, resolve=False).graphs) == 2


def test_a_load_passes_over_what_is_there_and_replaces_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 100)
    first = load_shards([shard("a.nq", "d1", "d2", "d3")], graph="g")
    assert (len(first.graphs), first.skipped) == (3, 0)
    again = load_shards([shard("b.nq.gz", "d2", "d4")], graph="g")
    assert (len(again.graphs), again.skipped) == (1, 1)
    graph, lines = corridor("d1").graph()
    changed = [line.replace('pipelineVersion> "test"', 'pipelineVersion> "newer"') for line in sorted(lines)]
    assert changed != sorted(lines)
    Path("c.nq").write_text("\n".join(changed) + "\n", encoding="utf-8")
    assert load_shards(["c.nq"], graph="g").graphs == (graph,)
    with create_or_open("g") as store:
        assert store.manifest()["d1"].pipeline_version == "newer" and len(store.documents()) == 4
    published(Path("whole"), *(corridor(f"d{n}") for n in (2, 3, 4)))
    for name in ("d2", "d3", "d4"):
        with open_reader("g") as one, open_reader("whole") as two:
            assert one.ntriples(one.documents()[name]) == two.ntriples(two.documents()[name])


def test_a_document_that_two_shards_have_is_taken_in_once() -> None:
    found = load_shards([shard("a.nq", "d1", "d2"), shard("b.nq", "d2", "d3"), shard("c.nq", "d3")], graph="g")
    assert (len(found.graphs), found.skipped) == (3, 2)
    load_shards([shard("all.nq", "d1", "d2", "d3")], graph="whole")
    assert quads("g") == quads("whole")
    changed = Path("c.nq").read_text(encoding="utf-8").replace('pipelineVersion> "test"', 'pipelineVersion> "newer"')
    Path("c.nq").write_text(changed, encoding="utf-8")
    with pytest.raises(InputError, match=r"^c\.nq: <\S+/d3> stands otherwise in a file before it; load each of them"):
        load_shards(["b.nq", "c.nq"], graph="new")


def test_a_shard_is_cut_alike_however_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Path(shard("a.nq", "d1", "d2", "d3")).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    Path("odd.nq").write_text("# made by hand\n\n" + "".join(lines[:3]) + "\n  " + "".join(lines[3:]).rstrip("\n"))
    dumps = set()
    for name in ("a.nq", "odd.nq"):
        for piece in (61, 4_096, 1 << 22):
            monkeypatch.setattr(loading, "PIECE", piece)
            graph = f"{name}-{piece}"
            assert load_shards([name], graph=graph, resolve=False).quads == len(lines)
            dumps.add(quads(graph))
    assert len(dumps) == 1 and dumps.pop().count("\n") == len(set(lines))


def test_two_pieces_at_once_are_what_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"d{number}" for number in range(40)]
    shard("a.nq", *names)
    dumps = set()
    for run_of, together in enumerate((1_000_000, 1, 1, 1)):
        monkeypatch.setattr(loading, "TOGETHER", together)
        monkeypatch.setattr(loading, "BATCH", 400)
        assert len(load_shards(["a.nq"], graph=f"g{run_of}", resolve=False).graphs) == len(names)
        dumps.add(quads(f"g{run_of}"))
    assert len(dumps) == 1


def test_a_load_decides_what_was_left_undecided() -> None:
    load_shards([shard("a.nq", "d1", "d2")], graph="whole")
    load_shards(["a.nq"], graph="g", resolve=False)
    assert quads("g") != quads("whole")
    found = load_shards(["a.nq"], graph="g")
    assert (found.graphs, found.skipped) == ((), 2)
    assert quads("g") == quads("whole")


@pytest.mark.parametrize("document", [1, 4, 7])
@pytest.mark.parametrize("end", ["", ".gz"])
def test_a_line_that_is_wrong_is_told_by_its_place_and_nothing_beside_it_is_taken_in(
    document: int, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "TOGETHER", 1)
    load_shards([shard("first.nq", "d0")], graph="g", resolve=False)
    before = quads("g")
    lines = Path(shard("a.nq", *(f"d{number}" for number in range(1, 9)))).read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if f"/d{document}>" in line) + 1
    graph = lines[at].rpartition("<")[2]
    lines[at] = f"<urn:a> <urn:b c> <urn:d> <{graph}"
    opened = gzip.open if end else open
    with opened(f"bad.nq{end}", "wt", encoding="utf-8") as file:
        file.write("# by hand\n\n" + "\n".join(lines) + "\n")
    with pytest.raises(InputError, match=f"line {at + 3:,} is no N-Quads"):
        load_shards([f"bad.nq{end}"], graph="g")
    with create_or_open("g") as store:
        assert store.nquads() == before


def test_a_load_that_is_refused_leaves_the_documents_that_it_would_have_replaced() -> None:
    load_shards([shard("first.nq", "d0", "d1")], graph="g")
    with create_or_open("g") as store:
        before = store.nquads()
    newer = Path("first.nq").read_text(encoding="utf-8").replace('Version> "test"', 'Version> "newer"')
    graph = corridor("d2").graph()[0]
    Path("bad.nq").write_text(f"{newer}<urn:a> <urn:b c> <urn:d> <{graph}> .\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"line {newer.count(chr(10)) + 1:,} is no N-Quads"):
        load_shards(["bad.nq"], graph="g")
    with create_or_open("g") as store:
        assert store.nquads() == before and store.is_published


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<urn:a> <urn:b> <urn:c> <urn:d> .\n", "the graph <urn:d> is no document of"),
        ("<urn:a> <urn:b> <urn:c> .\n", "the graph <urn:c> is no document of"),
        ("no quads at all\n", "this is no file of N-Quads"),
        ("{one}\n{two}\n{one}\n", "do not stand together"),
        ("<urn:a> <urn:b c> <{base}doc/x> .\n", "is no N-Quads"),
    ],
)
def test_a_shard_that_is_wrong_is_told_and_leaves_nothing(content: str, words: str) -> None:
    load_shards([shard("a.nq", "d1")], graph="g")
    before = quads("g")
    base = "https://w3id.org/newskg/data/"
    one, two = (f'<urn:a> <urn:b> "{n}" <{base}doc/{n}> .' for n in ("one", "two"))
    Path("bad.nq").write_text(content.format(one=one, two=two, base=base) if "{" in content else content)
    with pytest.raises(InputError, match=words):
        load_shards(["bad.nq"], graph="g")
    assert quads("g") == before
    Path("cut.nq.gz").write_bytes(Path(shard("c.nq.gz", "d2")).read_bytes()[:-20])
    with pytest.raises(InputError, match="it cannot be read"):
        load_shards(["cut.nq.gz"], graph="g")
    with pytest.raises(InputError, match="no such file"):
        load_shards(["nowhere.nq"], graph="g")


def test_shards_and_backups_among_texts_are_passed_over_with_a_word(kg: Kg) -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text("Norway proposed a truce to the two sides on Monday.", encoding="utf-8")
    assert kg("shard", "news", "--into", "news/shards").code == 0
    assert kg("build", "news", "--graph", "g").code == 0
    assert kg("backup", "news/old.tar.gz", "--graph", "g").code == 0
    assert kg("export", "nquads", "--graph", "g", "-o", "news/all.nq").code == 0
    again = kg("build", "news", "--graph", "g")
    assert again.code == 0 and "1 unchanged" in again.out and "left out" not in again.out
    shards, backup = "news/all.nq, news/shards/000000.jsonl, news/shards/000000.nq.gz", "news/old.tar.gz"
    words = "these are graphs and no texts, and are passed over; take them in with kg load."
    assert again.err.splitlines() == [
        f"3 files ({shards}): {words}",
        f"{backup}: this is a backup of a graph, no archive of texts; give the texts themselves.",
    ]
    assert kg("shard", "news", "--into", "news/shards").code == 0
    for alone in ("news/all.nq", "news/shards", backup):  # what is named itself is a mistake
        assert kg("build", alone, "--graph", "none").code == 2
    assert not Path("none").exists()


@pytest.mark.parametrize("there", [False, True], ids=["no folder", "an empty folder"])
@pytest.mark.parametrize("content", ["no quads at all\n", "<urn:a> <urn:b c> <https://w3id.org/newskg/data/doc/x> .\n"])
def test_no_graph_is_made_of_what_is_no_shard(content: str, there: bool) -> None:
    Path("bad.nq").write_text(content, encoding="utf-8")
    if there:
        Path("g").mkdir()
    with pytest.raises(InputError, match=r"^bad.nq: .*is no (?:file of )?N-Quads"):
        load_shards([shard("a.nq", "d1"), "bad.nq"], graph="g")
    assert Path("g").exists() == there and not (there and any(Path("g").iterdir()))


def test_ray_gives_the_same_bytes(records_file: Path) -> None:
    pytest.importorskip("ray", reason="the engine ray needs the extra `ray`: pip install 'newskg[ray]'")
    command = [sys.executable, "-m", "kg", "shard", str(records_file), "--into", "far", "--each", "2"]
    for _ in range(3):  # Ray gives its own processes half a minute to start, whatever else the machine does
        # in a process of its own: Ray ends the process that loses its cluster
        done = subprocess.run(
            [*command, "--engine", "ray", "--processes", "2"], capture_output=True, text=True, timeout=600
        )
        if "during startup" not in done.stderr:
            break
    else:
        pytest.skip("Ray's processes did not start within the time that Ray gives them: the machine is too busy")
    assert done.returncode == 0, done.stderr
    write_shards([records_file], into="near", each=2)
    assert Path("far/000000.nq.gz").read_bytes() == Path("near/000000.nq.gz").read_bytes()


class Rays:
    """What the cluster asks of Ray, played in this process: actors that may be lost."""

    def __init__(self, lost: set[str]) -> None:
        self.lost, self.calls, self.exceptions = lost, 0, self

    class RayActorError(Exception):
        pass

    class WorkerCrashedError(Exception):
        pass

    class OutOfMemoryError(Exception):
        pass

    def get(self, work: Any) -> Any:
        self.calls += 1
        rows = work
        if any(row[0] in self.lost for row in rows):
            raise self.RayActorError
        return [(row[0], f"urn:{row[0]}", row[1], (1, (), 0, (), 0), "", "", False) for row in rows]


def test_a_lost_actor_costs_only_the_document_that_ends_it() -> None:
    cluster = Cluster(Task("urn:", "v"), 2)
    cluster._ray = Rays({"d07"})
    cluster._actors = [SimpleNamespace(make=SimpleNamespace(remote=lambda rows: rows)) for _ in range(2)]
    told: list[str] = []
    found = list(cluster.make((Document(f"d{n:02}", "text") for n in range(40)), before=told.append))
    assert [made.id for made in found] == told == [f"d{n:02}" for n in range(40)]
    assert [(made.id, made.what) for made in found if not made.graph] == [
        ("d07", "the analysis ended its process (RayActorError)")
    ]


def test_an_engine_that_is_unknown_or_missing_is_told(records_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="this engine is unknown"):
        run(records_file, graph="g", engine="steam")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ExtraError, match=r"newskg\[ray\]"):
        run(records_file, graph="g", engine="ray")
