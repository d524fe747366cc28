"""The report: one page that needs nothing else and tells what the graph tells, with its quotes."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

import kg
from kg.graph import Graph
from kg.report import report
from tests.exporters.conftest import hostile_page
from tests.store.synthetic import CLINIC, OFFER, REFUSED, TOLL, corridor, published


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    with kg.open(published(tmp_path_factory.mktemp("graph"), corridor("one"), hostile_page())) as graph:
        return report(graph)


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_page_needs_nothing_else(page: str) -> None:
    assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>\n")
    assert not re.findall(r"<(script|link|img|iframe|object|embed|form|base)\b", page)
    assert not re.findall(r"\b(?:src|srcset|action)=|url\(|@import|\bon\w+=", page)
    addresses = re.findall(r'href="([^"]*)"', page)
    assert addresses and all(one.startswith("#") for one in addresses)  # no article has an address
    assert {one[1:] for one in addresses} == {*re.findall(r'<section id="(\w+)"', page)}
    assert "default-src 'none'" in page


def test_it_tells_proposals_with_their_answers_and_quotes(page: str) -> None:
    said = words(page)
    for quote in (OFFER, REFUSED, TOLL, CLINIC):
        assert quote in said
    assert "2 articles, 24 May 2025" in said and "rejected" in said
    assert "<title>Russia asks the United States: 1</title>" in page or "asks United States: 1" in page
    assert "27 people The mayor" in said and "9 people The clinic" in said


def test_what_is_hostile_stays_text(page: str) -> None:
    assert "<met>" not in page and "&lt;met&gt;" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", page)


def test_it_is_the_same_each_time(demo: Graph) -> None:
    first = report(demo, title="Talks & <exchange>")
    assert first == report(demo, title="Talks & <exchange>")
    assert "<h1>Talks &amp; &lt;exchange&gt;</h1>" in first
    statuses = [row["status"] for row in demo.query("who-proposed-what").to_dicts(rows=True)]
    assert f"{len(demo.lives())} proposals" in first and "unmet" in statuses
    for document in demo.documents():
        assert document in first


def test_an_empty_graph_has_a_report(tmp_path: Path) -> None:
    from kg.store import create_or_open

    with create_or_open(tmp_path / "g") as store:
        store.publish()
    with kg.open(tmp_path / "g") as graph:
        said = words(report(graph))
    assert "0 articles" in said and "No event is dated." in said
