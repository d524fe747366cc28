"""Whatever a server or the network does is told in one sentence, and what may pass is tried again."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs

import pytest

import kg
from kg.errors import KgError, LimitError, QueryError, StoreError
from kg.store import open_reader
from kg.store.remote import wire
from kg.store.remote.addresses import endpoints_of
from kg.store.remote.pushing import push
from kg.store.remote.wire import AbsentError, Wire
from tests.remote.conftest import Answering, Asked, Told, answering

DOCUMENT = "https://w3id.org/newskg/data/doc/one"
IDENTITY = "https://w3id.org/newskg/data/identity"


def rows(*values: dict[str, tuple[str, str]]) -> bytes:
    """SPARQL results in JSON: variable → (type or datatype, value), one dictionary a row."""

    def term(kind: str, value: str) -> dict[str, str]:
        return (
            {"type": kind, "value": value} if kind == "uri" else {"type": "literal", "value": value, "datatype": kind}
        )

    bindings = [{name: term(*one) for name, one in row.items()} for row in values]
    names = sorted({name for row in values for name in row} | {"g"})
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode()


def truth(value: bool) -> bytes:
    return json.dumps({"head": {}, "boolean": value}).encode()


def sparql(asked: Asked) -> str:
    return parse_qs(asked.body.decode()).get("query", [""])[0]


def a_graph(then: Answering) -> Answering:
    """Answer as a store with a graph does what is asked to find it, and everything else as `then` says."""

    def answer(asked: Asked) -> Told:
        query = sparql(asked)
        if "IdentityGraph" in query and "UNION" not in query:
            return Told(body=rows({"g": ("uri", IDENTITY)}))
        if query.startswith("SELECT ?g") and "LIMIT 1" in query:  # whether the default graph is the union
            return Told(body=rows({"g": ("uri", DOCUMENT)}))
        return then(asked)

    return answer


def told_by(told: Told) -> str:
    """Give what is said when everything is answered so."""
    with answering(lambda asked: told) as (address, _), pytest.raises(KgError) as error:
        kg.open(f"{address}/query")
    return str(error.value).replace(address, "SERVER")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (Told(401, "text/plain", b"who?"), "SERVER/query: the server asks for a login (401); set KG_REMOTE_TOKEN, or"),
        (Told(403, "text/plain", b"not you"), "the server does not allow this (not you); see whether it is read-only"),
        (Told(404, "text/html", b"<html>"), "SERVER/query: nothing of the kind is at this address (404); give the"),
        (Told(200, "text/html", b"<html>"), "what answers is no SPARQL endpoint (it sends text/html); give the"),
        (Told(200, "", b""), "what answers is no SPARQL endpoint (it sends something without a name)"),
        (Told(302, "", b"", (("Location", "https://elsewhere.example/"),)), "the address leads elsewhere (302); give"),
        (Told(400, "text/plain", b"no, that\nis wrong"), "the server refuses the query (no, that is wrong)"),
        (Told(429, "text/plain", b"too many"), "the server refuses this (too many)"),
        (Told(500, "text/plain", b"out of memory"), "the server failed (out of memory); look into its log"),
        (Told(500, "text/html", b"<html>..."), "the server failed (status 500)"),
        (Told(body=rows()[:-7]), "SERVER/query: the answer is broken or was cut off ("),
        (Told(body=rows(), length=10_000), "SERVER/query: the answer was cut off; try again"),
        (Told(media="application/n-triples", body=b"<a> <b"), "is no SPARQL endpoint (it sends application/n-triples)"),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Told) else None,
)
def test_what_a_server_says_is_told_in_a_sentence(told: Told, sentence: str) -> None:
    said = told_by(told)
    assert sentence in said and said.endswith(".") and "\n" not in said


def test_a_redirection_is_not_followed() -> None:
    """A login would go along to whoever it leads to."""
    with answering(lambda asked: Told(body=rows())) as (other, seen):
        told_by(Told(307, "", b"", (("Location", f"{other}/query"),)))
        assert seen == []


def test_nobody_there() -> None:
    with pytest.raises(
        StoreError, match=r"127\.0\.0\.1:9/query: nothing answers there \(connection refused\); start it"
    ):
        kg.open("http://127.0.0.1:9")
    with pytest.raises(StoreError, match="there is no such host; correct the address"):
        kg.open("http://nowhere.invalid:7878")


@pytest.mark.parametrize("status", [502, 503, 504])
def test_what_may_pass_is_tried_again(status: int) -> None:
    times: list[int] = []

    def answer(asked: Asked) -> Told:
        times.append(1)
        return Told(status, "text/plain", b"soon") if len(times) < 3 else a_graph(lambda _: Told(body=rows()))(asked)

    with answering(answer) as (address, _), kg.open(f"{address}/query") as there:
        assert there.reader.base == IDENTITY.removesuffix("identity")
    assert len(times) == 3


def test_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_TRIES", 2)
    with answering(lambda asked: Told(503, "text/plain", b"never")) as (address, seen):
        with pytest.raises(StoreError, match=r"the server failed \(never\)"):
            kg.open(f"{address}/query")
        assert len(seen) == 3


def test_a_lost_connection_is_tried_again() -> None:
    lost: list[int] = []

    def answer(asked: Asked) -> Told:
        if not lost:
            lost.append(1)
            raise ConnectionResetError  # the connection is closed without a word
        return a_graph(lambda _: Told(body=rows()))(asked)

    with answering(answer) as (address, _), kg.open(f"{address}/query") as there:
        assert there.reader.base
    assert lost


def test_a_question_that_takes_too_long_is_given_up() -> None:
    slow = a_graph(lambda asked: Told(body=rows(), seconds=5))
    with answering(slow) as (address, _), kg.open(f"{address}/query", timeout=0.3) as there:
        began = time.monotonic()
        with pytest.raises(QueryError, match=r"who-proposed.*no answer within 0\.3 seconds"):
            there.reader.query("SELECT ?s WHERE { ?s a nkg:Event }", where="who-proposed-what")
        assert time.monotonic() - began < 4


def test_an_answer_that_trickles_is_given_up_too() -> None:
    """Each piece comes in time, all of them do not."""
    import http.server
    import threading

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                try:
                    self.wfile.write(b" " * 70_000)
                    time.sleep(0.1)
                except OSError:
                    return

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}/query"
        began = time.monotonic()
        with pytest.raises(LimitError, match=r"no answer within 0\.5 seconds"):
            Wire().ask(address, [("query", "ASK {}")], accept="*/*", where="it", seconds=0.5)
        assert time.monotonic() - began < 5
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({"KG_REMOTE_TOKEN": "abc"}, "Bearer abc"),
        (
            {"KG_REMOTE_USER": "mara", "KG_REMOTE_PASSWORD": "a:b€"},
            "Basic " + base64.b64encode("mara:a:b€".encode()).decode(),
        ),
        ({}, ""),
    ],
)
def test_a_login_is_taken_from_the_environment(
    environment: dict[str, str], header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with answering(a_graph(lambda _: Told(body=rows()))) as (address, seen):
        kg.open(f"{address}/query").close()
        assert {one.authorization for one in seen} == {header}
    if header:
        assert "the login is not accepted (401)" in told_by(Told(401, "text/plain", b""))


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    for address in ("http://mara:s3cret@127.0.0.1:9/query", "http://mara:s3cret@127.0.0.1:x y"):
        with pytest.raises(StoreError) as error:
            kg.open(address)
        assert "s3cret" not in str(error.value)
    assert "give one such as" in str(error.value)


@pytest.mark.parametrize("address", ["http://", "http:///query", "https://host:99999999/", "http://ho st/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="this is no address of a server; give one such as"):
        kg.open(address)


def test_addresses_of_other_stores() -> None:
    def ways(address: str, environment: dict[str, str]) -> tuple[str, str]:
        found = endpoints_of(address, environment)
        return found.store, found.update

    jena, rdf4j = "http://h:3030/news/query", "http://h:7200/repositories/news"
    assert ways(jena, {}) == ("http://h:3030/news/data", "http://h:3030/news/update")
    assert ways(rdf4j, {}) == (f"{rdf4j}/rdf-graphs/service", f"{rdf4j}/statements")
    assert ways("http://h/odd", {}) == ("", "")
    given = {"KG_STORE_URL": "http://h/crud", "KG_UPDATE_URL": "http://h/up"}
    assert ways("http://h/odd", given) == ("http://h/crud", "http://h/up")
    assert endpoints_of("http://h:7878/", {}).queries == ("http://h:7878/query", "http://h:7878/sparql")


def test_where_to_write_has_to_be_known(local: Path) -> None:
    unknown = pytest.raises(StoreError, match="where this store is written is not known; set KG_STORE_URL")
    with answering(lambda asked: Told(body=rows())) as (address, _), unknown:
        push(local, f"{address}/odd")


def test_a_store_that_takes_neither_way_is_told(local: Path) -> None:
    def answer(asked: Asked) -> Told:
        return Told(body=rows()) if asked.path == "/query" else Told(405, "text/plain", b"no")

    neither = pytest.raises(StoreError, match=r"neither Graph Store nor Update answers \(.*/store and .*/update\)")
    with answering(answer) as (address, seen), neither:
        push(local, address)
    assert {(one.method, one.path.partition("?")[0]) for one in seen if "/query" not in one.path} == {
        ("PUT", "/store"),
        ("POST", "/update"),
    }


def test_a_default_graph_that_is_no_union_is_told_and_oxigraph_asked_for_one() -> None:
    def answer(asked: Asked) -> Told:
        return Told(body=rows()) if "LIMIT 1" in sparql(asked) else a_graph(lambda _: Told())(asked)

    with answering(answer) as (address, seen), kg.open(f"{address}/query") as there:
        with pytest.raises(StoreError, match="is not the union of its graphs, so questions would find nothing; have"):
            there.reader.query("SELECT ?s WHERE { ?s a nkg:Event }")
        asked = [parse_qs(one.body.decode(), keep_blank_values=True) for one in seen]
        assert [sorted(one) for one in asked[-2:]] == [["query"], ["query", "union-default-graph"]]


def test_graphs_with_two_bases_are_no_graph() -> None:
    both = rows({"g": ("uri", IDENTITY)}, {"g": ("uri", "https://example.org/identity")})
    several = pytest.raises(StoreError, match=r"graphs with different bases stand in this store .*; give each")
    with answering(lambda asked: Told(body=both)) as (address, _), several:
        kg.open(f"{address}/query")


def test_a_graph_that_nobody_resolved_is_found_by_its_documents() -> None:
    def answer(asked: Asked) -> Told:
        found = "LIMIT 1" in sparql(asked)
        return Told(body=rows({"g": ("uri", "https://example.org/a/doc/doc%2F1")}) if found else rows())

    with answering(answer) as (address, _), kg.open(f"{address}/query") as there:
        assert there.reader.base == "https://example.org/a/"


def test_offsets_of_other_stores_are_numbers_as_ours() -> None:
    """Only Oxigraph calls whole numbers of every kind xsd:integer."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    number = rows({"n": (f"{xsd}nonNegativeInteger", "7")})
    with answering(a_graph(lambda _: Told(body=number))) as (address, _), open_reader(f"{address}/query") as there:
        found = there.query("SELECT ?n WHERE { ?s nif:beginIndex ?n }")
        assert found.rows[0][found.columns.index("n")] == ("literal", "7", f"{xsd}integer", "")


def test_triples_that_are_cut_off_are_told_and_only_triples_asked_for() -> None:
    cut = a_graph(lambda _: Told(media="application/n-triples", body=b"<urn:a> <urn:b"))
    with answering(cut) as (address, seen), open_reader(f"{address}/query") as there:
        with pytest.raises(StoreError, match=r"the answer is broken or was cut off \("):
            there.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert "sparql-results" not in seen[-1].accept and "application/n-triples" in seen[-1].accept


@pytest.mark.parametrize("value", [True, False])
def test_a_truth_is_one_also_where_it_comes_as_a_table(value: bool) -> None:
    """As from Virtuoso 7."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    number = rows({"__ASK_RETVAL": (f"{xsd}integer", str(int(value)))})
    for body in (number.replace(b'"g", ', b"").replace(b', "g"', b""), truth(value)):
        with answering(a_graph(lambda _, body=body: Told(body=body))) as (address, _):  # type: ignore[misc]
            with open_reader(f"{address}/query") as there:
                found = there.query("ASK { ?s a nkg:Event }")
            assert (found.form, found.rows[0][0]) == ("ask", ("literal", str(value).lower(), f"{xsd}boolean", ""))


def test_prefixes_are_declared_and_lines_kept() -> None:
    with answering(a_graph(lambda _: Told(body=rows()))) as (address, seen), open_reader(f"{address}/query") as there:
        there.query("SELECT ?s\nWHERE { ?s a nkg:Event }")
        assert sparql(seen[-1]) == "PREFIX nkg: <https://w3id.org/newskg/ontology#> SELECT ?s\nWHERE { ?s a nkg:Event }"


def test_the_command_line_says_it_in_one_line_with_code_2() -> None:
    command = [sys.executable, "-m", "kg", "stats", "--graph", "http://127.0.0.1:9"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and "connection refused" in done.stderr


def test_absent_is_told_from_refused() -> None:
    """So that the next address of a server is tried, and no other mistake is passed over."""
    with answering(lambda asked: Told(404) if asked.path == "/query" else a_graph(lambda _: Told())(asked)) as (
        address,
        seen,
    ):
        kg.open(address).close()
        assert [one.path for one in seen] == ["/query", "/sparql"]
    with answering(lambda asked: Told(404)) as (address, _), pytest.raises(AbsentError):
        kg.open(address)
    with answering(lambda asked: Told(500)) as (address, seen), pytest.raises(StoreError):
        kg.open(address)
    assert {one.path for one in seen} == {"/query"}
