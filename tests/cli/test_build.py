"""`kg build` and the runner beneath it: what is read anew, what is told, what stays after a failure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg as package
from kg import fingerprint, pipeline
from kg.errors import FrameError, InputError, ModelError, StoreError
from kg.model import Analysis, Document
from kg.runner import BuildReport, run
from kg.store import open_reader
from tests.cli.conftest import Kg

ENGLISH = "Ukraine proposed direct talks with Russia on Thursday. Russia rejected the proposal a day later."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def text(name: str, content: str = ENGLISH) -> str:
    Path(name).write_text(content, encoding="utf-8")
    return name


def quads(graph: str) -> str:
    with open_reader(graph) as reader:
        return reader.nquads()


def test_a_build_tells_what_was_found(kg: Kg) -> None:
    ran = kg("build", text("a.txt"), "--graph", "g", "--published", "2025-05-24")
    assert (ran.code, ran.err) == (0, "")
    for words in ("documents  1 read", "words      15", "proposals  1 (1 rejected)", "1 Proposal", "who-proposed-what"):
        assert words in ran.out
    with open_reader("g") as reader:
        assert list(reader.documents()) == ["a.txt"]


def test_a_proposal_counts_once_however_many_answered_it(kg: Kg) -> None:
    told = "Norway proposed a truce to Ukraine and Russia. Ukraine accepted the proposal. Russia rejected the proposal."
    ran = kg("build", text("c.txt", told), text("a.txt"), "--graph", "g")
    assert "proposals  2 (1 answered differently, 1 rejected)" in ran.out
    found = json.loads(kg("stats", "--graph", "g", "--json").out)
    assert found["proposals"] == 2
    with open_reader("g") as reader:
        states = reader.query("SELECT ?s WHERE { GRAPH ?d { ?p nkg:disposition/nkg:status ?s } }").rows
    assert len(states) == 3


def test_json_gives_the_report(kg: Kg) -> None:
    ran = kg("build", text("a.txt"), "none.txt", "--graph", "g", "--json")
    report = json.loads(ran.out)
    assert ran.code == 2
    assert report["documents"] == 1 and report["proposals"] == {"rejected": 1} and report["events"]["Proposal"] == 1
    what = "this cannot be read (no such file or directory)"
    assert report["problems"] == [{"where": "none.txt", "what": what, "remedy": "check the path", "passed": False}]
    assert report["passed"] == []


def test_bad_input_costs_no_other_document(kg: Kg) -> None:
    Path("bad.txt").write_bytes(b"caf\xe9")
    text("empty.txt", "")
    text("half.jsonl", json.dumps({"id": "x", "text": ENGLISH}) + '\n{"text": \n')
    text("french.txt", "Le gouvernement a proposé jeudi des négociations directes, mais Moscou a refusé cette offre.")
    ran = kg("build", "bad.txt", "empty.txt", "half.jsonl", "french.txt", "nowhere", text("a.txt"), "--graph", "g")
    assert ran.code == 2
    assert "documents  2 read" in ran.out and "5 left out (see below)" in ran.out
    told = ran.err.splitlines()
    assert [line.split(":")[0] for line in told] == ["bad.txt", "empty.txt", "half.jsonl", "french.txt", "nowhere"]
    assert all(line.endswith(".") for line in told)
    assert kg("query", "who-proposed-what", "--graph", "g").code == 0


def test_a_long_text_without_a_full_stop_is_built(kg: Kg) -> None:
    ran = kg(
        "build",
        text("long.txt", "the two sides proposed new talks and the mayor turned the offer down " * 300),
        "--graph",
        "g",
    )
    assert (ran.code, ran.err) == (0, "")
    with open_reader("g") as reader:
        assert list(reader.documents()) == ["long.txt"]


def test_nothing_readable_makes_no_graph(kg: Kg) -> None:
    ran = kg("build", "nowhere.txt", "--graph", "g")
    assert ran.code == 2 and ran.out.startswith("No graph was built") and not Path("g").exists()
    with pytest.raises(InputError, match=r"^nowhere.txt: nothing could be read \(this cannot be read"):
        package.build("nowhere.txt", graph="g")


def test_an_unchanged_document_is_not_read_again() -> None:
    text("a.txt")
    assert run(["a.txt"], graph="g").documents == 1
    before = quads("g")
    again = run(["a.txt", text("b.txt", "Ankara offered to host the talks.")], graph="g")
    assert (again.documents, again.skipped) == (1, 1)
    text("a.txt", ENGLISH + " Nobody was surprised.")
    assert (run("a.txt", graph="g").skipped, run("a.txt", graph="g").skipped) == (0, 1)
    assert quads("g") != before


def test_nothing_new_publishes_nothing() -> None:
    text("a.txt")
    run("a.txt", graph="g")
    before = (Path("g") / "current").read_text()
    assert run("a.txt", graph="g").skipped == 1
    assert (Path("g") / "current").read_text() == before


def test_a_new_date_or_pipeline_reads_a_document_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text("a.txt")
    assert run("a.txt", graph="g", published="2025-05-24").documents == 1
    assert run("a.txt", graph="g", published="2025-05-24").documents == 0
    assert run("a.txt", graph="g", published="2025-05-25").documents == 1
    monkeypatch.setattr(fingerprint, "document_version", lambda: "of another day")
    assert run("a.txt", graph="g", published="2025-05-25").documents == 1


def test_a_rebuilt_graph_is_the_graph_built_cold() -> None:
    text("a.txt")
    text("b.txt", "Ankara offered to host the talks.")
    run(["a.txt"], graph="grown")
    run(["b.txt"], graph="grown")
    run(["b.txt", "a.txt"], graph="cold")
    assert quads("grown") == quads("cold")


def test_a_document_whose_analysis_fails_is_told_and_passed_over(monkeypatch: pytest.MonkeyPatch, kg: Kg) -> None:
    analyse = pipeline.analyse

    def breaks(document: Document, doc: Any, **options: Any) -> Analysis:
        if document.id == "b.txt":
            raise IndexError("no such\nclause")
        return analyse(document, doc, **options)

    monkeypatch.setattr(pipeline, "analyse", breaks)
    ran = kg("build", text("a.txt"), text("b.txt"), text("c.txt"), "--graph", "g")
    assert ran.code == 1
    assert ran.err.startswith("b.txt: the analysis failed (IndexError: no such clause); ") and ran.err.count("\n") == 2
    assert ran.err.endswith("1 document is in quarantine; g/quarantine.jsonl has the reasons.\n")
    with open_reader("g") as reader:
        assert list(reader.documents()) == ["a.txt", "c.txt"]
    assert "Ask it with: kg query" in ran.out
    assert "Ask it with" not in kg("build", "b.txt", "--graph", "empty").out

    def refuses(*_: object, **__: object) -> Analysis:
        raise MemoryError

    monkeypatch.setattr(pipeline, "analyse", refuses)
    ran = kg("build", text("e.txt"), "--graph", "g")
    assert ran.code == 2 and ran.err.startswith(
        "e.txt: the analysis failed, for there is not enough memory; close other"
    )


def test_an_interrupted_build_leaves_the_graph_and_goes_on(monkeypatch: pytest.MonkeyPatch, kg: Kg) -> None:
    monkeypatch.setattr("kg.runner.batches.BATCH_DOCUMENTS", 1)
    run(text("a.txt"), graph="g")
    before = quads("g")
    seen: list[str] = []

    def interrupt(done: int, name: str) -> None:
        seen.append(name)
        if name == "c.txt":
            raise KeyboardInterrupt

    names = [text(name, f"{ENGLISH} This is {name}.") for name in ("b.txt", "c.txt", "d.txt")]
    with pytest.raises(KeyboardInterrupt):
        run(names, graph="g", progress=interrupt)
    assert quads("g") == before
    kept = run(names[:1], graph="g")
    assert (kept.documents, kept.skipped) == (0, 1)  # the one that was written is kept, and published now
    with open_reader("g") as reader:
        assert list(reader.documents()) == ["a.txt", "b.txt"]
    report = run(names, graph="g")
    assert (report.documents, report.skipped) == (2, 1)
    with open_reader("g") as reader:
        assert list(reader.documents()) == ["a.txt", *names]

    def interrupted(*_: object, **__: object) -> BuildReport:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.runner.run", interrupted)
    kept = "What was read so far is kept; the same command goes on from there."
    assert kg("build", "a.txt", "--graph", "g") == (130, "", f"{kept}\n\nInterrupted.\n")


def test_a_directory_that_is_not_ours_is_left_alone(kg: Kg) -> None:
    Path("mine").mkdir()
    text("mine/notes.txt")
    ran = kg("build", text("a.txt"), "--graph", "mine")
    assert ran.code == 2 and "this directory is no graph of newskg and is left as it is" in ran.err
    assert [path.name for path in Path("mine").iterdir()] == ["notes.txt"]
    with pytest.raises(StoreError):
        run("a.txt", graph="a.txt")


def test_wrong_options_are_told_before_anything_is_read(kg: Kg) -> None:
    text("a.txt")
    for options, words in (
        (("--published", "May"), "--published: 'May' is no date"),
        (("--base", "no iri"), "this is no absolute IRI"),
        (("--nlp", "no_such_pipeline"), "no_such_pipeline: spaCy cannot load this pipeline"),
    ):
        ran = kg("build", "a.txt", "--graph", "g", *options)
        assert ran.code == 2 and words in ran.err, ran.err
        assert not Path("g").exists()
    with pytest.raises(ModelError):
        run("a.txt", graph="g", nlp="no_such_pipeline")
    Path("frames").mkdir()
    text("frames/broken.toml", "[[frame]\n")
    with pytest.raises(FrameError):
        run("a.txt", graph="g", frames="frames")


def test_a_base_names_the_data_and_stays(kg: Kg) -> None:
    assert kg("build", text("a.txt"), "--graph", "g", "--base", "https://example.org/kg/").code == 0
    assert "<https://example.org/kg/doc/a.txt>" in quads("g") and "w3id.org/newskg/data" not in quads("g")
    assert "built with the base IRI" in kg("build", "a.txt", "--graph", "g", "--base", "https://other.org/").err


def test_without_resolution_there_is_no_identity_graph(kg: Kg) -> None:
    ran = kg("build", text("a.txt"), "--graph", "g", "--no-resolve", "--json")
    assert ran.code == 0 and json.loads(ran.out)["documents"] == 1
    assert ran.err.endswith("Before you ask, run: kg resolve --graph g\n")
    assert "ontology#canonical>" not in quads("g")
    run("a.txt", graph="g")
    assert "ontology#canonical>" in quads("g")


def test_build_from_python_opens_the_graph() -> None:
    with package.build(Path(text("a.txt")), graph="g", published="2025-05-24") as graph:
        assert graph.report.documents == 1 and not graph.report.problems
        assert [row["status"] for row in graph.query("who-proposed-what").to_dicts()][:1] == ["rejected"]


def test_less_is_taken_in_where_more_sureness_is_asked(kg: Kg) -> None:
    path = text("a.txt", ENGLISH + " The general hinted that a retreat could come.")
    numbers = {}
    for options in ((), ("--precise",), ("--min-confidence", "0.7"), ("--min-confidence", "1")):
        ran = kg("build", path, "--graph", "g", "--published", "2025-05-24", "--json", *options)
        assert ran.code == 0
        numbers[options] = (json.loads(ran.out)["documents"], sum(json.loads(ran.out)["events"].values()), quads("g"))
    assert numbers[()][1] > numbers["--precise",][1] > 0
    # the same threshold by either name is the same graph, and is not read twice; another one is
    assert [read for read, _, _ in numbers.values()] == [1, 1, 0, 1]
    assert numbers["--precise",][2] == numbers["--min-confidence", "0.7"][2]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--precise", "--min-confidence", "0.5"), "exclude each other"),
        (("--min-confidence", "70"), "0<=x<=1"),
    ],
)
def test_an_impossible_sureness_is_refused(kg: Kg, options: tuple[str, ...], told: str) -> None:
    ran = kg("build", text("a.txt"), "--graph", "g", *options)
    assert ran.code == 2 and told in ran.err and not Path("g").exists()
