"""Queries that are refused, bounded, or asked too late."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.store import Limits, Reader, open_reader
from tests.store.synthetic import corridor, published

CROSS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("asking") / "g", *(corridor(f"d{n}") for n in range(5)))


@pytest.fixture
def reader(graph: Path) -> Iterator[Reader]:
    with open_reader(graph) as reader:
        yield reader


@pytest.fixture
def machine() -> Iterator[socket.socket]:
    """Give one that listens; whoever asks it stands in its queue."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.mark.parametrize("guard", [None, Limits()])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service SILENT <URL> { ?s ?p ?o } }",
        "ASK { { SELECT ?s { OPTIONAL { SerVice\n<URL> { ?s ?p ?o } } } } }",
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
        "SELECT * { ?s rdfs:label 'SERVICE', ?service . # service\n SERVICE # so\n <URL> { ?s ?p ?o } }",
        "SELECT * { FILTER(?a<'b>c') SERVICE <URL> { ?s ?p ?o } FILTER(?a = 'd') }",
        "SELECT * { BIND('é🎉' AS ?a)\r\n\r\n SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o } ORDER BY EXISTS { SERVICE <URL> { ?s ?p ?o } }",
    ],
)
def test_no_query_asks_another_machine(
    reader: Reader, machine: socket.socket, query: str, guard: Limits | None
) -> None:
    reader.guard = guard
    with pytest.raises(QueryError, match=r"my\.rq, line \d: SERVICE would send requests to another machine") as told:
        reader.query(query.replace("URL", f"http://127.0.0.1:{machine.getsockname()[1]}/sparql"), where="my.rq")
    assert "\n" not in str(told.value)
    with pytest.raises(BlockingIOError):
        machine.accept()


def test_a_prefix_called_service_hides_no_keyword(reader: Reader, machine: socket.socket) -> None:
    address = f"http://127.0.0.1:{machine.getsockname()[1]}/"
    with pytest.raises(QueryError):
        reader.query(f"PREFIX service: <http://x/> PREFIX : <{address}> ASK {{ SERVICE:x{{ ?s ?p ?o }} }}")
    with pytest.raises(BlockingIOError):
        machine.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'a SERVICE <http://x> { }' }",
        "PREFIX Service: <http://service.example/> SELECT * { ?s Service:SERVICE <http://x/service> , _:service }",
        "SELECT ?Service ?service ?xervice { ?Service ?service ?xervice } # SERVICE <http://x> { }",
        "ASK { ?s ?p '''\nSERVICE <http://x> { } ''' , 'room'@en-service }",
    ],
)
def test_the_word_service_may_be_said(reader: Reader, query: str) -> None:
    assert reader.query(query).form in ("select", "ask")


def test_what_is_malformed_is_told_as_that_even_if_it_says_service(reader: Reader) -> None:
    with pytest.raises(QueryError, match=r"line 2, column \d+: malformed SPARQL, near `\{ \}\} \?service`"):
        reader.query("SELECT ?service\n{ }} ?service")
    with pytest.raises(QueryError, match="undeclared prefix"):
        reader.query("SELECT * { ?s service:of ?o }")


@pytest.mark.parametrize("guard", [None, Limits()])
def test_from_counts_the_documents_it_names_alone(reader: Reader, guard: Limits | None) -> None:
    reader.guard = guard
    one, two, *_ = reader.documents().values()

    def counted(query: str) -> int:
        [[number]] = reader.query(f"SELECT (COUNT(*) AS ?n) {query}").rows
        return int(number.value) if number else -1

    inside = {graph: counted(f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}") for graph in (one, two)}
    assert counted("{ ?s ?p ?o }") > sum(inside.values()) and min(inside.values()) > 10
    assert counted(f"FROM <{one}> {{ ?s ?p ?o }} # SERVICE <http://x> {{}}") == inside[one]
    both = len(reader.query(f"CONSTRUCT {{ ?s ?p ?o }} FROM <{one}>\nfrom <{two}> WHERE {{ ?s ?p ?o }}").rows)
    assert inside[one] < both <= sum(inside.values())
    assert counted(f"FROM NAMED <{one}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == inside[one]
    assert counted("{ ?s ?p ?o } # FROM <http://x>") == counted("{ ?from ?p ?o }") == counted("{ ?s ?p ?o }")


@pytest.mark.parametrize("guarded", [False, True])
def test_an_answer_may_have_so_many_rows(reader: Reader, guarded: bool) -> None:
    if not guarded:
        reader.snapshot = None  # as that of a store that is being written
    reader.guard = Limits(rows=5)
    assert len(reader.query("SELECT ?e WHERE { ?e nkg:kind ?k }").rows) == 5
    assert len(reader.query("CONSTRUCT { ?e ?e ?k } WHERE { ?e nkg:kind ?k }").rows) == 5
    reader.guard = Limits(rows=4)
    for query in ("SELECT ?e WHERE { ?e nkg:kind ?k }", "CONSTRUCT { ?e ?e ?k } WHERE { ?e nkg:kind ?k }"):
        with pytest.raises(QueryError, match=r"my\.rq: the answer has more than 4 rows; ask for less"):
            reader.query(query, where="my.rq")


@pytest.mark.parametrize("guard", [None, Limits()])
def test_a_closed_graph_says_that_it_is(graph: Path, guard: Limits | None) -> None:
    reader = open_reader(graph)
    reader.guard = guard
    reader.close()
    reader.close()
    for use in (lambda: reader.query("ASK { }"), reader.nquads, reader.graphs, reader.documents, lambda: len(reader)):
        with pytest.raises(StoreError, match="the graph is closed; open it again"):
            use()


def test_a_child_does_not_outlive_its_parent(graph: Path) -> None:
    code = (
        "import sys\nfrom kg.store import Limits, open_reader, guarded\nguarded._GRACE = 0.5\n"
        f"reader = open_reader({str(graph)!r})\nreader.guard = Limits(seconds=1)\n"
        f"print('asking', flush=True)\nreader.query({CROSS!r})"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout and parent.stdout.readline() == "asking\n"
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        if not children.exists():
            pytest.skip("this system does not list the children of a process")
        while not (child := children.read_text().split()):
            time.sleep(0.01)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    until = time.monotonic() + 60
    while _runs(int(child[0])) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(int(child[0]))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("SELECT (COUNT(DISTINCT ?e) AS ?n) FROM <DOC> { ?e a nkg:Offer }", "1"),
        ("select(count(distinct ?e) as ?n)\nfrom<DOC>{?e a nkg:Offer}", "1"),
        ("SELECT (COUNT(DISTINCT ?e) AS ?n) FROM <DOC> FROM <OTHER> { ?e a nkg:Offer }", "2"),
        ("SELECT (COUNT(DISTINCT ?e) AS ?n) FROM NAMED <DOC> { GRAPH ?g { ?e a nkg:Offer } }", "1"),
        ("PREFIX d: <DOC> SELECT (COUNT(DISTINCT ?e) AS ?n) # 'x\nFROM d: { ?e a nkg:Offer }", "1"),
        ("SELECT (COUNT(DISTINCT ?from) AS ?n) { ?from a nkg:Offer }", "3"),
        ("PREFIX from: <https://w3id.org/newskg/ontology#> SELECT (COUNT(*) AS ?n) { ?e a from:Offer }", "3"),
        ("SELECT (COUNT(*) AS ?n) { ?e a nkg:Offer FILTER(?e != ' FROM <x> ' && ?e != \"it's\") } # FROM <DOC>", "3"),
        ("SELECT (COUNT(*) AS ?n) { ?e a nkg:Offer FILTER(?e != '''it's ' from <x>''') }", "3"),
        ("SELECT (COUNT(*) AS ?n) { ?e a nkg:Offer FILTER(?e != <http://x/from> && 'a'@from != 'from') }", "3"),
    ],
)
# without FROM, the canonical event that both accounts are of is there, too
def test_from_is_about_the_graphs_it_names(tmp_path: Path, query: str, counted: str) -> None:
    with open_reader(published(tmp_path / "g", corridor("a"), corridor("b"))) as reader:
        one, other = reader.documents().values()
        [(number,)] = reader.query(query.replace("DOC", one).replace("OTHER", other)).rows
    assert number is not None and number.value == counted
