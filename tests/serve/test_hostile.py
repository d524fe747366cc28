"""Texts, names, ids and IRIs that would do harm if a browser took them for anything but text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

import kg
from kg.store import create_or_open
from kg.vocab import BASE, RDFS, SCHEMA
from tests.serve.conftest import Server, serving
from tests.serve.test_browser import CHROMIUM, Watched, browser  # noqa: F401

SCRIPT = "<script>window.harmed=1</script>"
IMAGE = '"><img src=x onerror="window.harmed=1">'
BIDI = "\u202egnol\u202c \u2067name\u2069"
LONG = "Very" * 400
IDS = (
    f"id {SCRIPT}",
    f"../{IMAGE}",
    "javascript:window.harmed=1",
    "data:text/html,<script>harmed=1</script>",
    "a.json",
    "..",
)


WIDEST = """[...document.querySelectorAll("main *")]
    .map((one) => [one.getBoundingClientRect().right, one.outerHTML.slice(0, 150)])
    .sort((a, b) => b[0] - a[0])[0]"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    text = "Norway proposed talks with Sweden. Sweden rejected the proposal. {{ 7 * 7 }} </textarea></pre>"
    with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
        for id in IDS:
            record = {"id": id, "text": f"{text} {id}", "title": f"{SCRIPT}{BIDI}{id}", "publisher": IMAGE}
            file.write(json.dumps(record | {"published": "2025-05-01"}) + "\n")
    graph = folder / "graph"
    kg.build(folder / "in.jsonl", graph=graph).close()
    identity = f"{BASE}identity"
    with create_or_open(graph) as store:
        rows = store.query(f"SELECT ?c ?l {{ GRAPH <{identity}> {{ ?c rdfs:label ?l }} }} ORDER BY ?c").rows
        gone, come = [], []
        for node, label in rows:
            assert node and label
            gone.append(f"<{node.value}> <{RDFS}label> {json.dumps(label.value)}")
            said = json.dumps(f"{label.value}{SCRIPT}{IMAGE}{BIDI}{LONG}", ensure_ascii=False)
            come.append(f"<{node.value}> <{RDFS}label> {said}")
        store.patch_graph(identity, gone=gone, come=come)
        document = store.documents()[IDS[0]]
        store.patch_graph(document, come=[f"<{document}> <{SCHEMA}url> <javascript:window.harmed=1>"])
        other = store.documents()[IDS[1]]
        store.patch_graph(other, come=[f"<{other}> <{SCHEMA}url> <data:text/html,%3Cscript%3Eharmed=1%3C/script%3E>"])
        store.publish()
    return graph


@pytest.fixture(scope="module")
def harmful(hostile: Path) -> Iterator[Server]:
    with serving(hostile, "--workers", "2") as started:
        yield started


def addresses(server: Server) -> list[str]:
    def keys(path: str, name: str, sort: str) -> list[str]:
        found = json.loads(server.get(path).body)[name]
        return [f"/{sort}/{row['iri'].rpartition('/')[2]}" for row in found[:4]]

    return [
        "/",
        "/actors",
        "/events",
        "/proposals",
        "/documents",
        "/network",
        "/map",
        "/about",
        "/question/who-proposed-what",
        "/question/dyads?view=graph",
        "/search?q=norway",
        f"/search?q={quote(SCRIPT)}",
        f"/actors?name={quote(IMAGE)}",
        f"/question/who-proposed-what?proposer={quote(IMAGE)}",
        f"/question/who-proposed-what?nothing={quote(SCRIPT)}",
        f"/query?query={quote('SELECT * { ?s rdfs:label ?o } #' + SCRIPT + '</textarea>')}",
        f"/{quote(SCRIPT)}",
        f"/actor?iri={quote('javascript:window.harmed=1')}",
        f"/document?id={quote(SCRIPT)}",
        *[f"/document?id={quote(id, safe='')}" for id in IDS],
        *keys("/actors.json", "actors", "actor"),
        *keys("/events.json", "events", "event"),
        *keys("/proposals.json", "proposals", "proposal"),
    ]


def test_every_id_has_an_address_that_leads_to_it(harmful: Server) -> None:
    listed = json.loads(harmful.get("/documents.json").body)["documents"]
    assert {row["id"] for row in listed} == set(IDS)
    for row in listed:
        path = row["url"]
        assert path.startswith("/document") and "//" not in path and "<" not in path
        page = harmful.get(path)
        assert page.status == 200 and "Norway" in page.body, row["id"]


def test_nothing_is_taken_for_markup(harmful: Server) -> None:
    for path in addresses(harmful):
        body = harmful.get(path).body
        assert SCRIPT not in body and "<img src=x" not in body, path
        assert body.count("<script") == 1, path  # ours
        assert "\u202e" not in body and "\u2067" not in body, path
        assert 'href="javascript:' not in body and 'href="data:' not in body, path
        assert "49" not in body or "7 * 7" in body or "{{" not in body, path


def test_iris_of_a_graph_lead_nowhere_but_to_pages_and_the_web(harmful: Server) -> None:
    body = harmful.get(f"/query?query={quote('SELECT ?s ?u { ?s schema:url ?u }')}").body
    assert body.count("javascript:window.harmed") and body.count("data:text/html")  # as text
    links = re.findall(r'href="([^"]*)"', body)
    assert links and all(link.startswith(("/", "#", "https://", "http://")) for link in links), links


@pytest.mark.parametrize("path", ["/network.svg", "/network.gexf", "/export/graphml", "/export/turtle", "/about.json"])
def test_files_to_take_away_hold_no_script(harmful: Server, path: str) -> None:
    got = harmful.get(path)
    assert got.status == 200 and got.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in got.headers["content-security-policy"]
    if path.endswith((".svg", ".gexf", "graphml")):
        root = ElementTree.fromstring(got.body)
        names = {one.tag.rpartition("}")[2] for one in root.iter()}
        assert not names & {"script", "img", "foreignObject"}
        harmful_values = [
            v for one in root.iter() for v in one.attrib.values() if v.startswith(("javascript:", "data:"))
        ]
        assert not [v for v in harmful_values if path.endswith(".svg")]
        assert not [name for one in root.iter() for name in one.attrib if name.lower().startswith("on")]
    if path.endswith(".svg"):
        assert got.headers["content-disposition"].startswith("attachment")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; run tests/serve/install_browser.sh as root")
def test_no_script_of_a_text_runs(browser: object, harmful: Server) -> None:  # noqa: F811
    for options in ({}, {"viewport": {"width": 390, "height": 844}, "is_mobile": True}):
        one = Watched(browser, harmful, **options)  # type: ignore[arg-type]
        for path in addresses(harmful):
            one.page.goto(path)
            assert one.page.evaluate("window.harmed") is None, path
            wide = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (path, options, wide, one.page.evaluate(WIDEST))
            assert one.page.evaluate("window.violations") == [], path
        one.page.goto("/")
        one.page.locator("#q2").press_sequentially("norw")
        one.page.get_by_role("option").first.wait_for()
        assert "<script>" in one.page.get_by_role("option").first.inner_text()
        assert one.page.evaluate("window.harmed") is None
        errors = [said for said in one.errors if "404" not in said and "400" not in said]
        assert errors == []
        assert [url for url in one.asked if not url.startswith((harmful.address, "data:"))] == []
        one.context.close()


def test_a_spreadsheet_runs_nothing(harmful: Server, tmp_path: Path) -> None:
    for path in ("/documents.csv", "/actors.csv", "/proposals.csv"):
        for line in harmful.get(path).body.splitlines():
            assert not line.startswith(("=", "+", "-", "@")), line
