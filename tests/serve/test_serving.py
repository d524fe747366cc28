"""How a server behaves towards who starts it, who may read, and what is built meanwhile."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from pathlib import Path

import pytest

import kg as package
from kg.digest import publish
from kg.serve import Settings
from kg.store import create_or_open
from tests.cli.conftest import Kg, kg  # noqa: F401
from tests.serve.conftest import Server, serving
from tests.store.synthetic import corridor


def test_a_build_is_shown_without_a_restart(tmp_path: Path) -> None:
    texts, graph = tmp_path / "texts", tmp_path / "graph"
    texts.mkdir()
    (texts / "2025-05-01-one.txt").write_text("Norway proposed talks with Sweden. Sweden rejected the proposal.")
    package.build(texts, graph=graph).close()
    count = "SELECT (COUNT(*) AS ?n) { ?d a nkg:Article }"
    statuses: list[int] = []
    with serving(graph, "--workers", "1") as server:
        assert json.loads(server.ask(count).body)["results"]["bindings"][0]["n"]["value"] == "1"
        assert "1 text" in server.get("/").body
        asking = threading.Event()

        def ask() -> None:
            while not asking.is_set():
                statuses.append(server.get("/actors").status)

        thread = threading.Thread(target=ask)
        thread.start()
        (texts / "2025-05-02-two.txt").write_text("Chile offered Peru a loan. Peru accepted the offer.")
        package.build(texts, graph=graph).close()
        until = time.monotonic() + 120
        while time.monotonic() < until and "2 texts" not in server.get("/").body:
            time.sleep(0.2)
        asking.set()
        thread.join()
        assert "2 texts" in server.get("/").body
        assert json.loads(server.ask(count).body)["results"]["bindings"][0]["n"]["value"] == "2"
        assert server.get("/search.json?q=loan").status == 200
        assert json.loads(server.get("/search.json?q=loan").body)["texts"]
    assert set(statuses) == {200}


def test_a_graph_in_the_place_of_another_is_shown_though_its_snapshot_has_the_same_number(tmp_path: Path) -> None:
    graph, count = tmp_path / "graph", "SELECT (COUNT(*) AS ?n) { ?d a nkg:Article }"
    for name, documents in (("graph", ("a",)), ("other", ("a", "b"))):
        with create_or_open(tmp_path / name) as store:
            store.write_documents([corridor(one).graph() for one in documents])
            publish(store)
    with serving(graph, "--workers", "1") as server:
        assert json.loads(server.ask(count).body)["results"]["bindings"][0]["n"]["value"] == "1"
        graph.rename(tmp_path / "old")
        (tmp_path / "other").rename(graph)
        until = time.monotonic() + 120
        while json.loads(server.ask(count).body)["results"]["bindings"][0]["n"]["value"] != "2":
            assert time.monotonic() < until
            time.sleep(0.2)


def test_only_its_own_names_are_answered(server: Server) -> None:
    """A page elsewhere could lead its own name here, and a browser would let it read what it is answered."""
    assert server.get("/", host="evil.example").status == 421
    assert server.get("/sparql?query=ASK%7B%7D", host="evil.example:8000").status == 421
    for name in ("localhost", "localhost:1", "127.0.0.1", "[::1]:8000"):
        assert server.get("/", host=name).status == 200, name


def test_a_name_is_answered_however_it_is_written(istanbul: Path) -> None:
    with serving(istanbul, "--workers", "1", "--name", "News.Example.ORG") as server:
        for name in ("news.example.org", "NEWS.example.org:8000"):
            assert server.get("/about.json", host=name).status == 200, name


def test_other_origins_are_not_let_in(server: Server) -> None:
    assert "access-control-allow-origin" not in server.ask("ASK {}", origin="https://elsewhere.example").headers


def test_a_token_another_origin_and_the_access_log(istanbul: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    options = ["--workers", "1", "--log", str(log), "--cors", "https://elsewhere.example"]
    with serving(istanbul, *options, env={"KG_READ_TOKEN": "sesame"}) as server:
        for path in ("/", "/sparql?query=ASK%7B%7D", "/static/explorer.css", "/nothing"):
            got = server.get(path)
            assert got.status == 401 and "Basic" in got.headers["www-authenticate"], path
        assert server.get("/", authorization="Bearer sesam").status == 401
        assert server.get("/", authorization="Basic !!!").status == 401
        password = base64.b64encode(b"anybody:sesame").decode()
        assert server.get("/", authorization=f"Basic {password}").status == 200
        given = {"authorization": "Bearer sesame"}
        got = server.ask("ASK {}", origin="https://elsewhere.example", **given)
        assert got.headers["access-control-allow-origin"] == "https://elsewhere.example"
        other = server.ask("ASK {}", origin="https://other.example", **given)
        assert other.headers.get("access-control-allow-origin") != "https://other.example"
        before = {"origin": "https://elsewhere.example", "access_control_request_method": "POST"}
        for header, status in (("authorization, content-type", 200), ("x-other", 400)):
            asked = {**before, "access_control_request_headers": header}
            assert server.get("/sparql", method="OPTIONS", **asked).status == status, header
        assert server.get("/sparql", method="OPTIONS").status == 401
        server.get("/actors?type=Person", **given)
        server.get("/nothing", **given)
    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["status"] for line in told] == [401] * 6 + [200, 200, 200, 200, 400, 401, 200, 404]
    one = told[-2]
    assert one["path"] == "/actors?type=Person" and one["method"] == "GET" and one["client"] == "127.0.0.1"
    assert one["ms"] > 0 and one["bytes"] > 1000 and one["cache"] == "miss"
    assert "sesame" not in log.read_text(encoding="utf-8")


def test_every_answer_has_the_policy(server: Server) -> None:
    for path in ("/", "/start.json", "/sparql?query=ASK%7B%7D", "/static/explorer.js", "/nothing", "/network.svg"):
        headers = server.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'"), path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert Settings(graph=Path("x")).is_local
    assert server.address.startswith("http://127.0.0.1:")


def test_what_cannot_be_served_is_told(kg: Kg, istanbul: Path, tmp_path: Path) -> None:  # noqa: F811
    ran = kg("serve", "--graph", tmp_path / "none")
    assert ran.code == 2 and "there is no graph directory here" in ran.err
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = kg("serve", "--graph", istanbul, "--port", taken.getsockname()[1])
    assert ran.code == 2 and "something else listens there; give another --port" in ran.err


def test_who_opens_it_to_others_is_warned(kg: Kg, istanbul: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("kg.serve.running.serve", lambda settings, ready: ready(settings.address))
    ran = kg("serve", "--graph", istanbul, "--host", "0.0.0.0")
    assert "can read all of this graph. Give --read-token" in ran.err
    assert kg("serve", "--graph", istanbul).err == ""


def test_the_demo_brings_its_own_articles(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    seen: list[tuple[Path, int]] = []

    def serve(settings: Settings, ready: object) -> None:
        with package.open(settings.graph) as graph:
            seen.append((settings.graph, len(graph.documents())))

    monkeypatch.setattr("kg.serve.running.serve", serve)
    ran = kg("demo")
    assert ran.code == 0 and "6 articles read" in ran.out
    assert seen[0][1] == 6 and not seen[0][0].exists()


DELAY = 0.035
"""Seconds that no answer takes less than where the second packet waits for the first to be confirmed (40 ms)."""


def test_kept_answers_come_at_once(server: Server) -> None:
    """Head and body are two packets; without TCP_NODELAY the second one waits 40 ms for the first to be confirmed."""
    import http.client
    from urllib.parse import urlsplit

    connection = http.client.HTTPConnection(urlsplit(server.address).netloc)
    took = []
    until = time.monotonic() + 60  # a busy machine delays some answers, the protocol would delay each
    while len(took) < 12 or (min(took) >= DELAY and time.monotonic() < until):
        begun = time.perf_counter()
        connection.request("GET", "/actors")
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - begun)
        assert answer.status == 200
    connection.close()
    assert min(took) < DELAY
