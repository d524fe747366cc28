"""The report: one page that needs nothing else and tells what the graph tells, with its quotes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

import kg
from kg.graph import Graph
from kg.rdf.iris import disposition_iri
from kg.rdf.terms import iri, literal
from kg.report import facts, report
from kg.vocab import DCTERMS, NKG
from tests.exporters.conftest import hostile_page
from tests.serve.test_browser import CHROMIUM
from tests.store.synthetic import CLINIC, OFFER, REFUSED, TOLL, Page, corridor, published


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


def test_a_proposal_that_was_answered_differently_is_told_so(tmp_path: Path) -> None:
    asked, yes, no = "Kenya offered Uganda and Chad a road.", "Uganda accepted.", "Chad refused."
    kenya = Page("road", f"{asked} {yes} {no}")
    maker, uganda, chad = (kenya.actor("GeopoliticalEntity", name) for name in ("Kenya", "Uganda", "Chad"))
    offer = kenya.event("Offer", "offered", asked, proposer=maker, agent=maker, addressee=(uganda, chad))
    kenya.says(offer, "kind", "offer")
    kenya.says(offer, "contentText", "a road")
    for n, (cls, word, quote, who) in enumerate(
        (("Acceptance", "accepted", yes, uganda), ("Refusal", "refused", no, chad)), 1
    ):
        answer = kenya.event(cls, word, quote, responder=who, agent=who)
        status = "Accepted" if cls == "Acceptance" else "Rejected"
        kenya.disposition(offer, n, status, quote, addressee=who)
        kenya.add(disposition_iri(offer, n), NKG + "response", iri(answer))
        kenya.link("response", offer, answer, ("a road", word), (asked, quote))
    with kg.open(published(tmp_path / "graph", kenya)) as graph:
        page = report(graph)
    assert "1 proposal, offer, request or demand: 1 answered differently." in words(page)
    assert "<h1>1 article" in page and "1 article 3 people, bodies and places" in words(page)
    assert "<title>offer: 1 answered differently</title>" in page
    assert "Kenya: a road answered differently — road" in words(page)
    assert yes in words(page) and no in words(page)


def test_what_is_left_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kg.open(published(tmp_path / "graph", corridor("one"))) as graph:
        held = facts.gather(graph)
        silent = [replace(held.lives[0], steps=held.lives[0].steps[:1])] * 203
        [told] = held.differences.values()
        many = replace(held, lives=silent, differences={f"event {n}": told for n in range(44)})
        monkeypatch.setattr(facts, "gather", lambda _: many)
        said = words(report(graph))
    assert "203 that no article comes back to" in said and "… and 3 more." in said
    assert "… and 4 more where accounts differ." in said


def test_figures_are_written_as_people_write_them(tmp_path: Path) -> None:
    one = corridor("one")
    dead = one.event("Happening", "dead", CLINIC)
    one.quantity(dead, 21_000_000, "9", "people")
    with kg.open(published(tmp_path / "graph", one)) as graph:
        held = facts.gather(graph)
    values = [row["value"] for rows in held.differences.values() for row in rows]
    assert "21,000,000" in values and not any("e+" in value for value in values)


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def test_it_can_be_read_on_a_phone(tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; pip install -e '.[dev]'")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium; tests/serve/install_browser.sh, run as root, installs Debian's")
    page = Page("one", f"The {LONG} offered a road. Peru accepted the road.", publisher=LONG)
    page.add(page.iri, DCTERMS + "title", literal(LONG * 2))
    maker, peru = page.actor("Organization", LONG), page.actor("GeopoliticalEntity", "Peru")
    made, taken = page.text.split(". ")[0] + ".", "Peru accepted the road."
    offer = page.event("Offer", "offered", made, label=f"{LONG} offered a road", time="2025-05-19", proposer=maker)
    page.says(offer, "kind", "offer")
    page.disposition(offer, 1, "Accepted", taken, addressee=peru)
    with kg.open(published(tmp_path / "graph", page, corridor("two"))) as graph:
        (tmp_path / "report.html").write_text(report(graph), encoding="utf-8")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width in (1280, 390):
            shown = browser.new_page(viewport={"width": width, "height": 844})
            shown.goto((tmp_path / "report.html").as_uri())
            wide = "(all) => all.map((e) => e.scrollWidth - e.clientWidth)"
            assert max(shown.locator("section" if width > 640 else "section:not(#articles)").evaluate_all(wide)) <= 0, (
                width
            )
            high = "(all) => all.map((e) => e.getBoundingClientRect().height)"
            assert min(shown.locator(".drawn svg text").evaluate_all(high)) >= 9, width
        browser.close()


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
