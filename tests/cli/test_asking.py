"""`kg query` and `kg export`: what is asked, how long it may take, and where the answer goes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import rdflib

import kg as newskg
from kg.errors import QueryError
from tests.cli.conftest import Kg

LABELS = "SELECT ?label { ?event a nkg:Proposal ; rdfs:label ?label } ORDER BY ?label"
EVERYTHING = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g ?j"


@pytest.mark.parametrize(
    "query",
    [
        LABELS,
        "prefix : <http://x/>\n" + LABELS,
        "SELECT ?label\n{ ?event a nkg:Proposal ; rdfs:label ?label } # see labels.rq",
    ],
)
def test_sparql_on_the_command_line(kg: Kg, small_graph: Path, tmp_path: Path, query: str) -> None:
    said = kg("query", query, "--graph", small_graph, "--format", "csv")
    (tmp_path / "labels.rq").write_text(query)
    assert said.code == 0 and "direct talks" in said.out
    assert said == kg("query", tmp_path / "labels.rq", "--graph", small_graph, "--format", "csv")


def test_a_description_needs_no_brace(kg: Kg, small_graph: Path) -> None:
    with newskg.open(small_graph) as graph:
        document = graph.documents()["herald-1"]
    out = kg("query", f"DESCRIBE <{document}>", "--graph", small_graph, "--format", "turtle").out
    assert rdflib.URIRef(document) in set(rdflib.Graph().parse(data=out, format="turtle").subjects())


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("SELECT ?x WHERE { ?x a nkg:Proposal ;; ] }", "line 1, column"),
        ("SELECT ?x WHERE", "line 1, column"),
        ("SELECT ?x WHERE {\r\n ?x a nkg:Proposal .\n ?x nope:of ?y }", "line 3, column"),
        ("INSERT DATA { <http://x/a> a nkg:Event }", "line 1, column"),
        ("DESCRIBE <http://x/a", "line 1, column"),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "line 1: SERVICE would send requests"),
    ],
)
def test_what_is_wrong_with_sparql_is_one_sentence_with_its_place(
    kg: Kg, small_graph: Path, query: str, where: str
) -> None:
    ran = kg("query", query, "--graph", small_graph)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"the SPARQL query, {where}") and ran.err.count("\n") == 1
    with newskg.open(small_graph) as graph, pytest.raises(QueryError, match=where):
        graph.query(query)


def test_a_query_may_take_so_long(small_graph: Path) -> None:
    begin = time.monotonic()
    done = ask(EVERYTHING, small_graph, "--timeout", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "the SPARQL query: no answer within 1 second; ask for less, or allow more time (kg query --timeout).\n"
    )
    assert time.monotonic() - begin < 50  # without the bound it runs until memory is full


def test_an_answer_may_have_so_many_rows(kg: Kg, small_graph: Path) -> None:
    every = "SELECT * { ?s ?p ?o }"
    ran = kg("query", every, "--graph", small_graph, "--max-rows", "20", "--limit", "3")
    assert (ran.code, ran.out) == (2, "")
    assert "the answer has more than 20 rows; ask for less, or allow more (kg query --max-rows)" in ran.err
    assert kg("query", every + " LIMIT 20", "--graph", small_graph, "--max-rows", "20").code == 0
    assert kg("query", every, "--graph", small_graph, "--max-rows", "0", "--timeout", "0").code == 0


def test_an_interrupted_query_stops(small_graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", EVERYTHING, "--graph", str(small_graph), "--timeout", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        if not children.exists():
            pytest.skip("this system does not list the children of a process")
        while not (child := children.read_text().split()):
            time.sleep(0.01)
        time.sleep(0.5)  # an interrupt in the very moment of the fork is lost in Python's own hooks
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=300)
    assert (running.returncode, out, err.split()) == (130, "", ["Interrupted."])
    assert not Path(f"/proc/{child[0]}").exists()


@pytest.mark.parametrize("format", ["turtle", "nquads", "graphml"])
def test_a_dash_is_standard_output(
    kg: Kg, small_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = kg("export", "--graph", small_graph, "--format", format, "-o", "-")
    assert ran.code == 0 and ran.err == ""
    assert kg("export", "--graph", small_graph, "--format", format, "-o", "file").code == 0
    assert ran.out == Path("file").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_export_can_be_read_by_half(small_graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "export", "--graph", str(small_graph), "--format", "turtle", "-o", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout and running.stderr
        assert running.stdout.readline().startswith("@prefix")
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode in (0, 141)


@pytest.mark.parametrize("verb", [("queries",), ("knowledge",), ("query", "--help"), ("clauses", "Norway met Chad.")])
def test_a_reader_that_has_gone_is_no_broken_graph(verb: tuple[str, ...]) -> None:
    theirs, ours = os.pipe()
    os.close(theirs)
    with open(ours, "wb") as out:
        ran = subprocess.run([sys.executable, "-m", "kg", *verb], stdout=out, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_what_is_piped_is_utf_8_wherever_the_machine_stands(encoding: str, small_graph: Path) -> None:
    asked = [sys.executable, "-m", "kg", "query", "who-proposed-what", "--graph", str(small_graph)]
    ran = subprocess.run(asked, env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "────" in ran.stdout.decode() and "  quote  “" in ran.stdout.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_a_terminal_without_the_letters_shows_question_marks(small_graph: Path) -> None:
    import pty

    asked = [sys.executable, "-m", "kg", "query", "who-proposed-what", "--graph", str(small_graph)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(asked, env={**os.environ, "PYTHONIOENCODING": "ascii"}, stdout=theirs) as running:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # Linux says so where the other side is closed
            while more := os.read(ours, 4096):
                shown += more
    os.close(ours)
    assert running.returncode == 0
    assert b"Kyiv.? ? herald-1" in shown


@pytest.mark.parametrize("format", ["table", "json", "csv", "turtle"])
def test_an_answer_goes_where_it_is_told(kg: Kg, small_graph: Path, tmp_path: Path, format: str) -> None:
    asked = ("query", "who-proposed-what", "--graph", small_graph, "--format", format)
    plain = kg(*asked)
    assert plain.code == 0 and plain.out == kg(*asked, "-o", "-").out
    assert kg(*asked, "--output", tmp_path / "answer") == (0, "", "")
    text = (tmp_path / "answer").read_bytes().decode()
    assert text.replace("\r\n", "\n") == plain.out.replace("\r\n", "\n") and "Ukraine" in text
    (tmp_path / "no").touch()
    ran = kg(*asked, "-o", tmp_path / "no" / "answer")
    assert ran.code == 2 and "the file cannot be written" in ran.err


def ask(query: str, graph: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "query", query, "--graph", str(graph), *options]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_table_has_one_row_for_each_thing(kg: Kg, small_graph: Path) -> None:
    asked = ("query", "who-proposed-what", "--graph", small_graph)
    short, long = kg(*asked).out, kg(*asked, "--rows").out
    assert "\n2 rows;" in short and "\n3 rows;" in long
    sentences = ("“Ukraine proposed direct talks", "“Russia rejected the proposal a day later.”")
    assert all(short.count(sentence) == long.count(sentence) == 1 for sentence in sentences)
    counts = {
        (format, *options): len(kg(*asked, "--format", format, *options).out.splitlines()) - 1
        for format, options in (("csv", ()), ("csv", ("--rows",)), ("csv", ("--limit", "1")))
    }
    assert list(counts.values()) == [2, 3, 1]


def test_a_limit_keeps_things_whole(kg: Kg, small_graph: Path) -> None:
    asked = ("query", "who-proposed-what", "--graph", small_graph)
    first = kg(*asked, "--limit", "1").out
    assert "Russia rejected the proposal" in first and "\n1 row;" in first


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("Kyiv", 'proposer: "Kyiv" is taken for Kyiv, Ukraine.\n'),
        ("Ukraine", ""),
        ("UKRAINE", ""),
        ("Ukrane", 'proposer: nobody in this graph is called "Ukrane"; did you mean Ukraine?\n'),
        ("Xx\x1b[2Jyy", 'proposer: nobody in this graph is called "Xx\\x1b[2Jyy".\n'),
    ],
)
def test_it_is_told_whom_a_name_was_taken_for(kg: Kg, small_graph: Path, given: str, told: str) -> None:
    ran = kg("query", "who-proposed-what", "--graph", small_graph, "--format", "csv", "--param", f"proposer={given}")
    assert (ran.code, ran.err) == (0, told)
    assert ("Ukraine" in ran.out) == ("nobody" not in told)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--document", "nowhere"), 'document: no document of this graph is called "nowhere".\n'),
        (("--document", "rald-1"), 'document: no document of this graph is called "rald-1"; did you mean herald-1?\n'),
        (
            ("--document", "herold-1"),
            'document: no document of this graph is called "herold-1"; did you mean herald-1?\n',
        ),
        (
            ("--from", "2025-06-01", "--until", "2025-05-01"),
            "from: 2025-06-01 is after 2025-05-01, the day of until; no day is in between.\n",
        ),
        (("--offset", "90"), "--offset 90: the answer has 2 rows, and none is left behind these.\n"),
        (("--offset", "90", "--limit", "5"), "--offset 90: the answer has 2 rows, and none is left behind these.\n"),
        (("--offset", "90", "--rows"), "--offset 90: the answer has 3 rows, and none is left behind these.\n"),
    ],
)
def test_it_is_told_why_nothing_can_answer(kg: Kg, small_graph: Path, options: tuple[str, ...], told: str) -> None:
    ran = kg("query", "who-proposed-what", "--graph", small_graph, *options)
    assert (ran.code, ran.err) == (0, told)
    assert "Nothing in this graph answers this." in ran.out


@pytest.mark.parametrize("given", ["1.5", "-0.1", "nan", "high"])
def test_how_sure_is_a_number_from_0_to_1(kg: Kg, small_graph: Path, given: str) -> None:
    ran = kg("query", "timeline", "--graph", small_graph, "--min-confidence", given)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"query 'timeline': min-confidence={given!r} is not a number from 0 to 1; correct the value.\n"


@pytest.mark.parametrize("more", [("--rows",), ("--spread",), ("--format", "json"), ("--format", "csv")])
def test_an_offset_leaves_out_so_many_rows_once(kg: Kg, small_graph: Path, more: tuple[str, ...]) -> None:
    def rows(*options: str) -> list[str]:
        out = kg("query", "who-is-involved", "--graph", small_graph, "--format", "csv", *more, *options).out
        return [str(one) for one in json.loads(out)["results"]["bindings"]] if "json" in more else out.splitlines()[1:]

    assert rows("--offset", "2") == rows()[2:]
    assert "--spread" in more or rows("--offset", "1", "--limit", "2") == rows()[1:3]


def test_a_day_is_not_broken_in_a_table_of_many_columns(kg: Kg, tmp_path: Path) -> None:
    text = tmp_path / "2025-06-20-talks.txt"
    text.write_text(
        "Norway proposed talks to Chad on 1 June. Chad rejected the proposal on 4 June, saying that it had no time for "
        "talks. Chad accepted the proposal on 6 June, saying that it had found some time for talks."
    )
    assert kg("build", text, "--graph", tmp_path / "g").code == 0
    told = kg("query", "reversals", "--graph", tmp_path / "g").out
    assert "2025-06-06" in told and "rejected  accepted" in told


def test_without_resolution_answers_are_right_and_say_what_they_lack(kg: Kg, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Peru offered Chile a railway. Chile refused the offer.")
    assert kg("build", text, "--graph", tmp_path / "g", "--no-resolve").code == 0
    asked = ("query", "who-proposed-what", "--graph", tmp_path / "g", "--format", "csv")
    ran = kg(*asked)
    assert "Peru,Chile,a railway,rejected" in ran.out
    assert ran.err.endswith(f"run: kg resolve --graph {tmp_path / 'g'}\n")
    assert kg("resolve", "--graph", tmp_path / "g").code == 0
    again = kg(*asked)
    assert (again.out, again.err) == (ran.out, "")


def test_python_bounds_queries_as_well(small_graph: Path) -> None:
    with newskg.open(small_graph, timeout=0.5, max_rows=5) as graph:
        with pytest.raises(QueryError, match=r"no answer within 0\.5 seconds"):
            graph.query(EVERYTHING)
        with pytest.raises(QueryError, match="more than 5 rows"):
            graph.query("SELECT * { ?s ?p ?o }")
        assert len(graph.query("who-proposed-what")) == 2


def test_a_question_in_english_is_answered_with_its_sentence_and_its_query(kg: Kg, small_graph: Path) -> None:
    shown = kg("ask", "Who proposed direct talks?", "--graph", small_graph)
    assert shown.out.startswith("Ukraine\n") and "SELECT DISTINCT ?answer" in shown.out
    assert "“Ukraine proposed direct talks with Russia on Thursday.” — herald-1" in shown.out
    told = json.loads(kg("ask", "Did Russia reject the proposal?", "--graph", small_graph, "--json").out)
    assert (told["outcome"], told["certain"], told["answers"][0]["text"]) == ("answered", True, "yes")
    only = kg("ask", "Who proposed direct talks?", "--graph", small_graph, "--sparql-only").out
    assert "Ukraine" not in only and only.startswith("PREFIX nkg:")
    refused = kg("ask", "Is peace possible?", "--graph", small_graph).out
    assert "cannot be put into a query" in refused and refused.count("kg query ") == 5


def test_a_question_without_an_answer_shows_what_may_tell_it_and_calls_it_no_answer(kg: Kg, small_graph: Path) -> None:
    question = ("ask", "Why does Zelenskyy demand his people back?", "--graph", small_graph)
    shown = kg(*question)
    head, _, rest = shown.out.partition("Passages that may tell, but are no answer:\n")
    assert shown.code == 0 and head.startswith("No answer found: ") and "(likely)" not in shown.out
    assert rest.startswith(
        '  “"We demand all our people back," Volodymyr Zelenskyy told reporters in Kyiv.” — herald-1'
    )
    assert rest.splitlines()[0].endswith(", 2025-05-24") and rest.count("kg query ") == 5
    told = json.loads(kg(*question, "--json").out)
    assert (told["outcome"], told["answers"], told["certain"]) == ("not told", [], False)
    assert told["passages"][0]["source"] == "herald-1" and told["passages"][0]["date"] == "2025-05-24"
    nothing = kg("ask", "Who sold the moon?", "--graph", small_graph)
    assert "No answer found" in nothing.out and "Passages" not in nothing.out


def test_pages_of_the_command_line_follow_each_other(kg: Kg, small_graph: Path) -> None:
    def names(*args: str) -> list[str]:
        out = kg("query", "who-is-involved", "--graph", small_graph, "--format", "csv", *args).out
        return [line.split(",")[1] for line in out.splitlines()[1:]]

    every = names()
    assert names("--limit", "2") + names("--limit", "2", "--offset", "2") == every[:4]
    assert 0 < len(names("--document", "courier-7")) < len(every)
