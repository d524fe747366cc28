"""Queries that would never end, clients that send too much, and everybody else who is answered meanwhile."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.serve.conftest import Server, serving

LIMIT = 2.0
PATIENCE = 240
"""Seconds within which what would never end has ended, on a machine that is busy with other things, too."""
HOSTILE = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "order by": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "property paths": "SELECT (COUNT(*) AS ?n) { ?a (!nkg:x|^!nkg:x)* ?b . ?b (!nkg:x|^!nkg:x)* ?c }",
    "huge regex": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(.*a){30}.*(.*b){30}$')) }",
    "all triples of all": "CONSTRUCT { ?a ?e ?c } WHERE { ?a ?b ?c . ?d ?e ?f }",
    "distinct": "SELECT DISTINCT ?a ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.fixture(scope="module")
def tight(istanbul: Path) -> Iterator[Server]:
    options = ["--timeout", str(LIMIT), "--workers", "3", "--memory", "600", "--max-answer", "1", "--max-request", "16"]
    with serving(istanbul, *options) as started:
        yield started


def test_hostile_queries_end_while_ten_others_are_answered(tight: Server) -> None:
    assert tight.get("/").status == 200  # pages are warm

    def timed(query: str) -> tuple[int, float, str]:
        begun = time.monotonic()
        got = tight.ask(query)
        return got.status, time.monotonic() - begun, got.body

    def other(number: int) -> tuple[int, float]:
        time.sleep(0.3)
        begun = time.monotonic()
        path = (
            "/actors" if number % 2 else f"/question/who-proposed-what?status={['rejected', 'unmet'][number % 4 // 2]}"
        )
        got = tight.get(f"{path}{'&' if '?' in path else '?'}page={number}")
        return got.status, time.monotonic() - begun

    with ThreadPoolExecutor(20) as threads:
        hostile = [threads.submit(timed, query) for query in HOSTILE.values()]
        others = [threads.submit(other, number) for number in range(10)]
        answered = [one.result() for one in others]
        ended = [one.result() for one in hostile]
    for name, (status, seconds, body) in zip(HOSTILE, ended, strict=True):
        assert status == 503, (name, body)
        assert seconds < PATIENCE, name
        assert re.search(r"within 2 s|of memory|more than 1 MB|workers are busy", body), name
    assert [status for status, _ in answered] == [200] * 10
    until = time.monotonic() + 60  # the killed workers are replaced
    while (again := tight.ask("ASK {}")).status != 200 and time.monotonic() < until:
        time.sleep(0.2)
    assert json.loads(again.body)["boolean"] is True


def test_ten_sparql_clients_are_answered_beside_hostile_ones_that_ask_again_and_again(istanbul: Path) -> None:
    """Hostile clients, each asking anew as soon as it is turned away, keep nobody from the endpoint."""
    with serving(istanbul, "--timeout", "4", "--workers", "2", "--memory", "600", "--max-answer", "1") as server:
        assert server.ask("ASK {}").status == 200
        until = time.monotonic() + 6

        def hostile(query: str) -> list[tuple[int, float]]:
            told = []
            while time.monotonic() < until:
                begun = time.monotonic()
                told.append((server.ask(query).status, time.monotonic() - begun))
            return told

        def other(number: int) -> list[tuple[int, str]]:
            told = []
            for turn in range(3):
                time.sleep(0.5 + number / 10)
                got = server.ask(f"SELECT (COUNT(*) AS ?n) {{ ?e a nkg:Event }} # {number} {turn}")
                told.append((got.status, got.body))
            return told

        with ThreadPoolExecutor(20) as threads:
            bad = [threads.submit(hostile, query) for query in HOSTILE.values()]
            good = [threads.submit(other, number) for number in range(10)]
            answers = [answer for one in good for answer in one.result()]
            ended = [one for each in bad for one in each.result()]
    assert [status for status, _ in answers] == [200] * 30
    assert len({body for _, body in answers}) == 1
    assert len(ended) >= len(HOSTILE) and {status for status, _ in ended} == {503}
    assert max(seconds for _, seconds in ended) < PATIENCE


def test_a_hostile_query_in_the_editor_is_told_on_a_page(tight: Server) -> None:
    got = tight.get(f"/query?query={quote(HOSTILE['order by'])}", accept="text/html")
    assert got.status == 503 and re.search("within 2 s|workers are busy|MB of memory", got.body) and "<h1" in got.body
    assert got.headers["retry-after"]


def test_memory_and_answers_are_bounded(istanbul: Path) -> None:
    with serving(istanbul, "--timeout", "60", "--memory", "64", "--workers", "1", "--max-answer", "1") as server:
        large = server.ask("SELECT * { ?s ?p ?o }")
        assert large.status == 503 and "more than 1 MB" in large.body
        got = server.ask(HOSTILE["order by"])
        assert got.status == 503 and "64 MB of memory" in got.body
        assert server.ask("ASK {}").status == 200


def test_requests_are_bounded(tight: Server) -> None:
    query = f"ASK {{ }} # {'x' * 20_000}"
    assert tight.ask(query).status == 414
    assert tight.get("/sparql", data=query.encode(), content_type="application/sparql-query").status == 413
    assert tight.get(f"/search?q={'x' * 9_000}").status == 414
    longest = f"ASK {{ }} # {'x' * 12_000}"
    for path in ("/query", "/query.json"):
        assert tight.get(f"{path}?query={quote(longest)}").status == 200
        assert tight.get(f"{path}?query={quote(query)}").status == 414


@pytest.mark.parametrize("path", ["/actors", "/query", "/sparql"])
def test_too_many_parameters_are_told(tight: Server, path: str) -> None:
    got = tight.get(f"{path}?{'x=1&' * 300}")
    assert (got.status, got.body) == (400, "There are too many parameters.\n")
