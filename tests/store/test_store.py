"""The store: what it refuses, what it writes, what readers see and when."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.store import Answer, create_or_open, open_reader, serialise, sparql_term
from kg.vocab import BASE
from tests.store.synthetic import Page, corridor, published

LINE = "<http://x/s> <http://x/p> {} <{}> ."


def graph(name: str, *values: str) -> tuple[str, list[str]]:
    iri = f"http://x/{name}"
    return iri, [LINE.format(f'"{value}"', iri) for value in values]


def values(answer: Answer) -> set[str]:
    return {row[0].value for row in answer.rows if row[0]}


def snapshots(directory: Path) -> list[str]:
    """Give the names of the snapshots; each has its file of checksums beside it."""
    names = sorted(path.name for path in (directory / "snapshots").iterdir() if path.is_dir())
    assert set(names) >= {path.stem for path in (directory / "snapshots").glob("*.json")}
    return names


ALL = "SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } }"


def test_a_graph_is_made_written_published_and_read(tmp_path: Path) -> None:
    with create_or_open(tmp_path / "g", pipeline_version="7") as store:
        store.write_documents([graph("a", "one"), graph("b", "two")])
        assert store.publish() == 1
    header = json.loads((tmp_path / "g" / "newskg.json").read_text())
    assert header == {"format": "newskg", "version": 1, "base": BASE, "pipeline": "7"}
    with open_reader(tmp_path / "g") as reader:
        assert values(reader.query(ALL)) == {"one", "two"}
        assert reader.graphs() == ("http://x/a", "http://x/b")
        assert len(reader) == 2


def test_a_changed_document_replaces_its_graph_and_no_other(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([graph("a", "old", "same"), graph("b", "other")])
        store.write_documents([graph("a", "same", 'n\\u00E9w \\"quoted\\"\\n line'), graph("c", "third")])
        assert values(store.query(ALL)) == {"same", 'néw "quoted"\n line', "other", "third"}
        store.write_documents([graph("a", "same")])
        assert values(store.query(ALL)) == {"same", "other", "third"}


def test_what_is_written_comes_back_as_it_was(tmp_path: Path) -> None:
    name, lines = corridor().graph()
    with create_or_open(tmp_path) as store:
        store.write_documents([(name, lines)])
        assert store.nquads().splitlines() == sorted(lines)
        assert sorted(store.ntriples(name).splitlines()) == sorted(line.replace(f" <{name}> .", " .") for line in lines)
        store.write_documents([(name, lines), graph("a", "one")])
        assert store.nquads().splitlines() == sorted([*lines, *graph("a", "one")[1]])


def test_malformed_quads_leave_the_store_as_it_was(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([graph("a", "one")])
        with pytest.raises(StoreError, match="malformed"):
            store.write_documents([graph("b", "two"), ("http://x/c", ["<http://x/s> no triple"])])
        with pytest.raises(StoreError, match="names another graph"):
            store.write_documents([graph("b", "two"), ("http://x/c", graph("a", "three")[1])])
        assert values(store.query(ALL)) == {"one"}


def test_readers_see_what_was_published_not_what_is_being_written(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([graph("a", "one")])
        store.publish()
        before = open_reader(tmp_path)
        store.write_documents([graph("b", "two")])
        assert values(open_reader(tmp_path).query(ALL)) == {"one"}
        store.publish()
        assert values(open_reader(tmp_path).query(ALL)) == {"one", "two"}
        assert values(before.query(ALL)) == {"one"}
        store.publish()
        assert snapshots(tmp_path) == ["2", "3"]


def test_a_half_made_snapshot_of_a_broken_run_is_passed_over(tmp_path: Path) -> None:
    published(tmp_path, corridor())
    (tmp_path / "snapshots" / "2").mkdir()
    assert len(open_reader(tmp_path).documents()) == 1
    with create_or_open(tmp_path) as store:
        assert store.publish() == 3
    assert snapshots(tmp_path) == ["1", "3"]


def test_the_manifest_is_read_from_the_documents(tmp_path: Path) -> None:
    page = corridor("a/b c é")
    with open_reader(published(tmp_path, page)) as reader:
        (state,) = reader.manifest().values()
        assert list(reader.manifest()) == ["a/b c é"]
        assert state.pipeline_version == "test"
        assert len(state.content_hash) == 64
        assert reader.documents() == {"a/b c é": page.iri}


def test_sorted_nquads_do_not_depend_on_the_order_of_writing(tmp_path: Path) -> None:
    pages = [corridor("one"), corridor("two"), Page("odd", "line\u2028separator \x85 \x1f and \U0001f600")]
    forward = open_reader(published(tmp_path / "f", *pages)).nquads()
    backward = open_reader(published(tmp_path / "b", *reversed(pages))).nquads()
    assert forward == backward
    lines = forward.split("\n")
    assert lines.pop() == ""
    assert lines == sorted(lines)
    with open_reader(tmp_path / "f") as reader:
        assert len(lines) == len(reader)


@pytest.mark.parametrize("name", ["file", "full"])
def test_what_is_not_ours_is_refused_and_not_touched(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine, too")
    for attempt in (create_or_open, open_reader):
        with pytest.raises(StoreError) as error:
            attempt(tmp_path / name)
        assert name in str(error.value)
    assert (tmp_path / "file").read_text() == "mine"
    assert os.listdir(tmp_path / "full") == ["thesis.txt"]


def test_an_empty_folder_becomes_a_graph(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    create_or_open(tmp_path / "empty").close()
    assert (tmp_path / "empty" / "newskg.json").is_file()


def test_a_missing_or_unfinished_graph_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph directory here; build one with: kg build"):
        open_reader(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    create_or_open(tmp_path / "g").close()
    with pytest.raises(StoreError, match="no finished build"):
        open_reader(tmp_path / "g")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ('{"format": "newskg", "version": 99, "base": "http://x/"}', "format version 99, this program reads 1"),
        ('{"format": "other", "version": 1}', "is not of this program"),
        ("{ broken", "is damaged"),
        ("[]", "is not of this program"),
    ],
)
def test_another_version_or_a_damaged_header_is_refused(tmp_path: Path, header: str, message: str) -> None:
    (tmp_path / "newskg.json").write_text(header)
    for attempt in (create_or_open, open_reader):
        with pytest.raises(StoreError, match=message):
            attempt(tmp_path)
    assert (tmp_path / "newskg.json").read_text() == header


def test_a_second_writer_is_told_to_wait_and_readers_go_on(tmp_path: Path) -> None:
    code = (
        "import sys; from kg.store import create_or_open, open_reader\n"
        "print(len(open_reader(sys.argv[1])))\n"
        "try: create_or_open(sys.argv[1])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    with create_or_open(tmp_path) as store:
        store.write_documents([graph("a", "one")])
        store.publish()
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    assert done.stdout.splitlines()[0] == "1"
    assert "StoreError" in done.stdout
    assert "another process is writing this graph; wait until it has finished" in done.stdout


def test_the_base_is_kept_and_another_is_refused(tmp_path: Path) -> None:
    create_or_open(tmp_path, base="https://example.org/").close()
    with create_or_open(tmp_path) as store:
        assert store.base == "https://example.org/"
    with pytest.raises(StoreError, match=r"built with the base IRI https://example\.org/, not https://example\.com/"):
        create_or_open(tmp_path, base="https://example.com/")


def test_malformed_sparql_names_the_line(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        with pytest.raises(
            QueryError, match=r"^the SPARQL query, line 2, column 12: malformed SPARQL, near `\?x nkg:p }`"
        ):
            store.query("SELECT ?x WHERE {\n  ?x nkg:p }")
        with pytest.raises(
            QueryError, match=r"my\.rq, line 1, column .*: malformed SPARQL, undeclared prefix near `.*foo:bar"
        ):
            store.query("SELECT ?x WHERE { ?x foo:bar ?y }", where="my.rq")
        with pytest.raises(QueryError, match="line 1"):
            store.query("")
        with pytest.raises(QueryError, match=r"cannot be evaluated|malformed"):
            store.query("SELECT (<http://x/unknown>(1) AS ?y) WHERE { }")


def test_terms_are_serialised_so_that_nothing_breaks_out() -> None:
    assert sparql_term('a"} DROP ALL #\n', datatype="string") == r'"a\"} DROP ALL #\n"'
    assert sparql_term("7", datatype="integer") == '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    with pytest.raises(ValueError, match="IRI"):
        sparql_term("http://x/> } #")


def test_turtle_has_each_triple_once_and_trig_keeps_the_graphs() -> None:
    quads = (
        "<http://x/s> <http://x/p> <http://x/o> <http://x/g> .\n<http://x/s> <http://x/p> <http://x/o> <http://x/h> .\n"
    )
    assert serialise(quads, "turtle").count("<http://x/o>") == 1
    assert serialise(quads, "trig").count("<http://x/o>") == 2


def test_many_triples_are_added_to_a_graph_as_few_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [f'<http://x/s> <http://x/p> "{number}"' for number in range(20)]
    dumps = []
    for bulk in (10, 1_000):
        monkeypatch.setattr("kg.store.database.BULK", bulk)
        with create_or_open(tmp_path / str(bulk)) as store:
            store.write_documents([graph("a", "0", "old")])
            store.patch_graph("http://x/a", come=few)
            store.patch_graph("http://x/a", gone=few[:3], come=['<http://x/s> <http://x/p> "new"'])
            dumps.append(store.nquads())
    assert dumps[0] == dumps[1]
    assert dumps[0].count("\n") == 19
