"""The verbs that ask: formats, parameters, errors; and how fast the program answers."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.cli.tables import heading
from kg.exporters import EXPORTERS
from kg.questions import questions
from tests.cli.conftest import Kg

QUOTE = "Ukraine proposed direct talks with Russia on Thursday."


def test_a_table_is_for_reading(kg: Kg, small_graph: Path) -> None:
    ran = kg("query", "who-proposed-what", "--graph", small_graph)
    assert ran.code == 0
    for words in ("Who proposed what", "propose", "Ukraine", "Russia", "rejected", f"“{QUOTE}” — herald-1"):
        assert words in ran.out
    assert "https://" not in ran.out
    assert max(map(len, ran.out.splitlines()[:-2])) <= 120


@pytest.mark.parametrize("columns", ["80", "100", "160"])
@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_tables_keep_to_the_width(
    kg: Kg, small_graph: Path, monkeypatch: pytest.MonkeyPatch, columns: str, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = kg("query", name, "--graph", small_graph)
    assert ran.code == 0
    body = ran.out.splitlines()[1:-2]  # title and foot may be longer
    assert all(len(line) <= int(columns) for line in body)


def test_wide_shows_every_column(kg: Kg, small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    out = kg("query", "who-proposed-what", "--graph", small_graph, "--wide").out
    assert "doc/herald-1/event/" in out and "not shown" not in out


def test_json_and_csv_have_every_column(kg: Kg, small_graph: Path) -> None:
    found = json.loads(kg("query", "who-proposed-what", "--graph", small_graph, "--format", "json").out)
    assert {"source", "proposal", "kind", "proposerName", "addresseeName"} <= set(found["head"]["vars"])
    assert QUOTE in {row["quote"]["value"] for row in found["results"]["bindings"]}
    rows = list(
        csv.DictReader(
            io.StringIO(kg("query", "who-proposed-what", "--graph", small_graph, "--format", "csv", "--rows").out)
        )
    )
    assert len(rows) == len(found["results"]["bindings"]) and rows[0]["proposerName"] == "Ukraine"


def test_turtle_is_turtle(kg: Kg, small_graph: Path) -> None:
    import rdflib

    out = kg("query", "who-proposed-what", "--graph", small_graph, "--format", "turtle").out
    graph = rdflib.Graph().parse(data=out, format="turtle")
    assert (None, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/newskg/ontology#Proposal")) in graph


def test_a_limit_takes_the_sources_in_turn_if_it_is_told_to(kg: Kg, small_graph: Path) -> None:
    def sources(*options: str) -> list[str]:
        out = kg("query", "who-is-involved", "--graph", small_graph, "--format", "csv", *options).out
        return [row["source"] for row in csv.DictReader(io.StringIO(out))]

    whole = sources()
    assert sources("--limit", "2") == ["courier-7", "courier-7"]
    assert sources("--limit", "2", "--spread") == ["courier-7", "herald-1"]
    assert sources("--limit", "99", "--spread") == whole == sources("--spread")


def test_parameters_and_limit_narrow_the_answer(kg: Kg, small_graph: Path) -> None:
    def rows(*options: str) -> int:
        out = kg("query", "who-is-involved", "--graph", small_graph, "--format", "json", *options).out
        return len(json.loads(out)["results"]["bindings"])

    assert rows("--limit", "1") == 1 and rows("--limit", "0") == 0
    one, other = rows("--param", "source=herald-1"), rows("--param", "source=courier-7")
    assert (
        0 < one < rows() and rows("--param", "source=herald-1", "--param", "source=courier-7") == one + other == rows()
    )
    assert rows("--param", "source=nobody") == 0
    assert (
        "Nothing in this graph answers this."
        in kg("query", "who-is-involved", "--graph", small_graph, "--param", "source=nobody").out
    )


def test_a_query_of_ones_own(kg: Kg, small_graph: Path, tmp_path: Path) -> None:
    query = tmp_path / "labels.rq"
    query.write_text("SELECT ?event ?label { ?event a nkg:Proposal ; rdfs:label ?label }")
    out = kg("query", query, "--graph", small_graph).out
    assert "doc/herald-1/event/" in out and "direct talks" in out
    query.write_text("SELECT ?x WHERE {\n ?x a nkg:Proposal ;; ]\n}")
    ran = kg("query", query, "--graph", small_graph)
    assert ran.code == 2 and f"{query}, line " in ran.err and ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("query", "who-proposed-wat"), "did you mean who-proposed-what"),
        (("query", "no-such.rq"), "the query file cannot be read"),
        (("query", "who-said-what", "--param", "speakr=x"), "there is no parameter 'speakr'"),
        (("query", "who-said-what", "--param", "speaker"), "write it as NAME=VALUE"),
        (("query", "who-proposed-what", "--param", "status=maybe"), "status='maybe' is not one of accepted"),
        (("query", "who-said-what", "--format", "xml"), "'xml' is not one of"),
        (("export", "--format", "xml", "-o", "x.xml"), "use one of turtle, nquads, trig, jsonld, protege, graphml"),
        (("export", "--format", "trig", "-o", "/dev/null/x.trig"), "the file cannot be written"),
        (("explain", "event/999999"), "no actor or event is called so"),
        (("validate", "--document", "nobody"), "the graph holds no such document"),
    ],
)
def test_a_wrong_use_is_told_in_a_sentence(kg: Kg, small_graph: Path, args: tuple[str, ...], words: str) -> None:
    ran = kg(*args, "--graph", small_graph)
    assert ran.code == 2 and words in ran.err and ran.out == ""


@pytest.mark.parametrize(
    "verb", [("query", "dyads"), ("stats",), ("validate",), ("export", "--format", "trig", "-o", "x")]
)
def test_a_graph_that_is_none(kg: Kg, tmp_path: Path, verb: tuple[str, ...]) -> None:
    ran = kg(*verb, "--graph", tmp_path / "none")
    assert ran.code == 2 and "there is no graph directory here; build one with: kg build" in ran.err
    ran = kg(*verb, "--graph", tmp_path)
    assert ran.code == 2 and "this directory is no graph of newskg" in ran.err
    (tmp_path / "newskg.json").write_text('{"format": "newskg", "version": 99, "base": "https://e.org/"}')
    ran = kg(*verb, "--graph", tmp_path)
    assert ran.code == 2 and "the graph has format version 99" in ran.err


def test_the_graph_can_come_from_the_environment(kg: Kg, small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kg("stats").code == 2
    monkeypatch.setenv("KG_GRAPH", str(small_graph))
    assert kg("stats").code == 0


def test_words_that_no_question_has_are_told(kg: Kg) -> None:
    ran = kg("queries", "zebra", "stripes")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No named question has all of these words: zebra stripes. All of them: kg queries\n"


@pytest.mark.parametrize("verb", [("export", "gexf"), ("report",)])
def test_a_file_to_write_has_to_be_named(kg: Kg, small_graph: Path, verb: tuple[str, ...]) -> None:
    ran = kg(*verb, "--graph", small_graph)
    assert ran.code == 2 and "Missing option '-o' / '--output'" in ran.err


def test_queries_are_listed_with_their_parameters(kg: Kg) -> None:
    out = kg("queries").out
    for question in questions():
        assert question.name in out and question.question in out
        assert all(f"--param {param.name}=" in out for param in question.params)
    assert [one["name"] for one in json.loads(kg("queries", "--json").out)] == [one.name for one in questions()]


def test_stats_count(kg: Kg, small_graph: Path) -> None:
    counts = json.loads(kg("stats", "--graph", small_graph, "--json").out)
    assert counts["documents"] == 2 and counts["events_by_class"]["Proposal"] == 1
    assert "Proposal" in kg("stats", "--graph", small_graph).out
    assert kg("stats", "--graph", small_graph, "--documents").out.split() == ["courier-7", "herald-1"]


@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_every_format_is_exported_and_named_in_the_help(kg: Kg, small_graph: Path, tmp_path: Path, format: str) -> None:
    target = tmp_path / "out"
    ran = kg("export", "--graph", small_graph, "--format", format, "-o", target)
    least = {"geojson": 41, "corrections": 0}.get(format, 1001)  # nobody has corrected anything in this graph
    assert ran.code == 0 and target.stat().st_size >= least
    assert format in kg("export", "--help").out


def test_validate_tells_what_it_checked(kg: Kg, small_graph: Path) -> None:
    ran = kg("validate", "--graph", small_graph)
    assert (ran.code, ran.out) == (0, "3 graphs checked, the identity graph among them, no violations\n")
    assert kg("validate", "--graph", small_graph, "--document", "herald-1").out == "1 graph checked, no violations\n"
    one = json.loads(kg("validate", "--graph", small_graph, "--document", "herald-1", "--json").out)
    assert one == {"conforms": True, "graphs": 1, "violations": [], "identity": {"lacking": [], "foreign": []}}


def test_explain_tells_the_way_from_sentence_to_triples(kg: Kg, small_graph: Path) -> None:
    [row] = csv.DictReader(
        io.StringIO(kg("query", "who-proposed-what", "--graph", small_graph, "--format", "csv", "--limit", "1").out)
    )
    ran = kg("explain", row["proposal"].rpartition("/doc/")[2], "--graph", small_graph)
    assert ran.code == 0
    for words in (
        row["proposal"],
        "Document herald-1, published 2025-05-24",
        "“Ukraine [proposed] direct talks with Russia on Thursday.”",
        "frame propose → class Proposal",
        "rule: ",
        "proposer    Ukraine",
        "status      rejected",
        "a nkg:Proposal",
    ):
        assert words in ran.out
    assert kg("explain", row["proposal"], "--graph", small_graph).out == ran.out
    ran = kg("explain", "", "--graph", small_graph)
    assert ran.code == 2 and "no actor or event is called so" in ran.err
    ran = kg("explain", "-", "--graph", small_graph)
    assert ran.code == 2 and "no actor or event is called so" in ran.err


def test_a_defect_is_told_without_a_traceback(kg: Kg, small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.Graph.stats", lambda graph: 1 / 0)
    ran = kg("stats", "--graph", small_graph)
    assert ran.code == 1 and ran.err.startswith("This is a defect of newskg (ZeroDivisionError: division by zero); ")
    assert "kg --debug stats --graph" in ran.err


def test_every_verb_and_option_has_help() -> None:
    for name, command in cli.commands.items():
        assert command.short_help and command.help, name
        assert all(param.help for param in command.params if isinstance(param, click.Option)), name
        assert CliRunner().invoke(cli, [name, "--help"]).exit_code == 0


def test_headings_are_words() -> None:
    assert [heading(name) for name in ("proposerName", "name", "publishedBy")] == ["proposer", "name", "published by"]


def test_nothing_heavy_is_loaded_to_answer(small_graph: Path) -> None:
    code = (
        "import sys, contextlib\nfrom kg.cli import main\n"
        f"with contextlib.suppress(SystemExit): main(['query', 'dyads', '--graph', {str(small_graph)!r}])\n"
        "print(sorted({'spacy', 'rdflib', 'pandas', 'networkx', 'numpy', 'trafilatura', 'pyshacl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_gets_no_traceback(small_graph: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "kg", "query", "what-happened", "--graph", str(small_graph)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert done.returncode == 141 and done.stderr == ""


def test_views_answers_and_streams(kg: Kg, small_graph: Path, tmp_path: Path) -> None:
    assert kg("export", "gexf", "--view", "actors", "--graph", small_graph, "-o", tmp_path / "a.gexf").code == 0
    ran = kg("export", "neo4j", "--graph", small_graph, "-o", tmp_path / "neo4j")
    assert ran.code == 0 and "files, " in ran.out and (tmp_path / "neo4j" / "import.sh").exists()
    ran = kg(
        "export", "csv", "--query", "who-proposed-what", "--param", "status=rejected", "--graph", small_graph, "-o", "-"
    )
    assert ran.code == 0 and ran.out.splitlines()[0].startswith("source,proposal") and "Ukraine" in ran.out
    for wrong, words in [
        (("turtle", "--view", "actors"), "cannot hold a view"),
        (("graphml", "--view", "full", "--query", "dyads"), "exclude each other"),
        (("graphml", "--param", "a=b"), "--param belongs to --query"),
        (("graphml", "--format", "gexf"), "are two formats"),
        ((), "Missing FORMAT: one of turtle"),
    ]:
        ran = kg("export", *wrong, "--graph", small_graph, "-o", tmp_path / "x")
        assert ran.code == 2 and words in ran.err


def test_the_network_is_measured(kg: Kg, small_graph: Path) -> None:
    ran = kg("graph", "stats", "--graph", small_graph)
    assert ran.code == 0 and "Ukraine" in ran.out and "density" in ran.out
    assert json.loads(kg("graph", "stats", "--json", "--graph", small_graph).out)["nodes"] == 2
    ran = kg("graph", "path", "Russia", "Ukraine", "--graph", small_graph)
    assert ran.code == 0 and "Ukraine" in ran.out and "“" in ran.out
    assert json.loads(kg("graph", "communities", "--json", "--graph", small_graph).out) == [["Russia", "Ukraine"]]
    assert kg("graph", "path", "Kyiv", "Moscow", "--graph", small_graph).out.startswith("Ukraine ")
    ran = kg("graph", "path", "Russia", "Atlantis", "--graph", small_graph)
    assert ran.code == 2 and "nobody of this name" in ran.err


def test_a_report_is_written(kg: Kg, small_graph: Path, tmp_path: Path) -> None:
    ran = kg("report", "--graph", small_graph, "--title", "Two papers", "-o", tmp_path / "report.html")
    assert ran.code == 0 and "bytes" in ran.out
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<h1>Two papers</h1>" in page and "Russia rejected the proposal a day later." in page
    assert kg("report", "--graph", small_graph, "--title", "Two papers", "-o", "-").out == page
