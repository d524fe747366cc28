"""The explorer in a real browser: every page, with and without a mouse, a large screen and scripts."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
from tests.serve.conftest import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("KG_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
AXE = Path(__file__).parents[2] / "build/browser/node_modules/axe-core/axe.min.js"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium; tests/serve/install_browser.sh, run as root, installs Debian's"
)

WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (one) => window.violations.push(one.violatedDirective + one.blockedURI));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; pip install -e '.[dev]'")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class Watched:
    """A page, with all that it asked for and all that went wrong in it."""

    def __init__(self, browser: Browser, server: Server, **options: Any) -> None:
        self.context = browser.new_context(base_url=server.address, **options)
        self.context.add_init_script(WATCH)
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def sound(self, server: Server) -> None:
        """Hold that nothing was asked elsewhere, nothing went wrong, and the policy had nothing to forbid."""
        away = [url for url in self.asked if not url.startswith((server.address, "data:", "about:"))]
        assert away == []
        assert self.errors == []
        assert self.page.evaluate("window.violations || []") == []


@pytest.fixture
def watched(browser: Browser, server: Server) -> Iterator[Watched]:
    one = Watched(browser, server, viewport={"width": 1280, "height": 900})
    yield one
    one.sound(server)
    one.context.close()


@pytest.fixture(scope="module")
def addresses(server: Server) -> dict[str, str]:
    """Give an address of each kind of page."""

    def known(path: str, *keys: str) -> list[dict[str, Any]]:
        found = json.loads(server.get(path).body)
        for key in keys:
            found = found[key]
        return found

    def key(row: dict[str, Any]) -> str:
        return str(row["iri"]).rpartition("/")[2]

    proposal = next(row for row in known("/proposals.json", "proposals") if row["status"] == "unmet")
    contested = next(row for row in known("/events.json", "events") if row["accounts"] > 1)
    return {
        "start": "/",
        "questions": "/questions",
        "question": "/question/who-proposed-what",
        "timeline": "/question/timeline?view=timeline",
        "graph": "/question/dyads?view=graph",
        "places": "/question/places?view=map",
        "actors": "/actors",
        "actor": f"/actor/{key(known('/actors.json', 'actors')[0])}",
        "events": "/events",
        "event": f"/event/{key(contested)}",
        "proposals": "/proposals",
        "proposal": f"/proposal/{key(proposal)}",
        "documents": "/documents",
        "document": "/document/courier-talks?at=240-320",
        "network": "/network",
        "map": "/map",
        "search": "/search?q=prisoners",
        "sparql": "/sparql",
        "query": "/query?query=SELECT+*+%7B+%3Fs+a+nkg%3AArticle+%7D",
        "about": "/about",
    }


KINDS = (
    "start questions question timeline graph places actors actor events event proposals proposal documents document "
    "network map search sparql query about"
).split()


def test_every_page_opens_and_asks_nobody_else(watched: Watched, server: Server, addresses: dict[str, str]) -> None:
    for name in KINDS:
        answer = watched.page.goto(addresses[name])
        assert answer and answer.status == 200, name
        assert watched.page.locator("h1").count() == 1, name
        assert watched.page.locator("main a[href]").count() > 3, name
        watched.sound(server)


def test_a_page_that_is_not_there_helps(browser: Browser, server: Server) -> None:
    one = Watched(browser, server)
    answer = one.page.goto("/question/who-proposed-wath")
    assert answer and answer.status == 404
    one.page.get_by_role("link", name="who-proposed-what").click()
    assert "Who proposed what" in one.page.locator("h1").inner_text()
    one.context.close()


def test_search_suggests_while_one_types(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    page.get_by_placeholder("A name, a word, a question…").press_sequentially("zelen")
    page.get_by_role("option").first.wait_for()
    assert "Volodymyr Zelenskyy" in page.get_by_role("option").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actor/**")
    assert page.locator("h1").inner_text() == "Volodymyr Zelenskyy"
    page.keyboard.press("Escape")


def test_from_an_answer_to_its_sentence_in_two_clicks(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    page.get_by_role("link", name="Who proposed what to whom").first.click()
    quote = page.locator(".answer blockquote a").first
    words = quote.inner_text()
    quote.click()
    page.wait_for_url("**/document/**")
    mark = page.locator("mark")
    assert "".join(mark.all_inner_texts()) == words
    assert mark.first.evaluate(
        "(one) => { const at = one.getBoundingClientRect(); return at.top > 0 && at.bottom < innerHeight; }"
    )


def test_a_question_is_narrowed_by_a_form_and_a_facet(watched: Watched) -> None:
    page = watched.page
    page.goto("/question/who-proposed-what")
    everything = page.locator(".answer tbody").count()
    page.get_by_label("Proposer").fill("Kyiv")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**proposer=Kyiv**")
    assert re.search("Kyiv was taken for .*Ukraine", page.locator(".note").first.inner_text())
    assert page.url.endswith("?proposer=Kyiv")
    by_kyiv = page.locator(".answer tbody").count()
    assert 0 < by_kyiv < everything
    facet = page.get_by_label("Narrow the answer").locator("section", has_text="Status").locator("a").first
    name, number = facet.locator(".name").inner_text().strip(), int(facet.locator(".n").inner_text())
    facet.click()
    page.wait_for_url("**status=**")
    assert page.locator(".answer tbody").count() == number <= by_kyiv
    assert {name} == set(page.locator(".answer .c-status .status").all_inner_texts())
    assert page.locator("pre").first.text_content() and "param_proposer" in str(
        page.locator("pre").first.text_content()
    )


def test_a_network_grows_by_clicks_and_stays_where_it_was(watched: Watched) -> None:
    page = watched.page
    page.goto("/network?start=Vladimir+Medinsky")
    where = "(one) => [one.dataset.node, one.getAttribute('transform')]"
    before = dict(page.locator(".node").evaluate_all(f"(all) => all.map({where})"))
    page.locator(".node:not(.began)", has_text="Ukraine").first.click()
    page.locator(".node.began").nth(1).wait_for()
    after = dict(page.locator(".node").evaluate_all(f"(all) => all.map({where})"))
    assert set(before) < set(after)
    assert {node: after[node] for node in before} == before
    assert page.url.count("start=") == 2
    page.go_back()
    page.locator(".node.began").nth(1).wait_for(state="detached")
    assert dict(page.locator(".node").evaluate_all(f"(all) => all.map({where})")) == before
    page.get_by_role("button", name="Zoom in").click()
    box = page.locator("svg.network").get_attribute("viewBox")
    page.get_by_role("button", name="Show all").click()
    assert page.locator("svg.network").get_attribute("viewBox") != box


def test_the_editor(watched: Watched) -> None:
    page = watched.page
    page.goto("/sparql")
    page.get_by_label("Query").fill("SELECT ?title { ?d a nkg:Article ; dcterms:title ?title } ORDER BY ?title")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/query?query=**")
    assert page.locator("tbody tr").count() == 6
    page.get_by_role("link", name="proposal-history").click()
    assert "proposal" in page.get_by_label("Query").input_value()
    assert page.locator("tbody tr").count() > 6
    page.go_back()
    assert page.locator("tbody tr").count() == 6


def test_the_editor_says_what_is_wrong(browser: Browser, server: Server) -> None:
    one = Watched(browser, server)
    for query, said in (("SELECT ?s { ?s ?p }", "malformed SPARQL"), ("ASK { SERVICE <a:b> { ?s ?p ?o } }", "SERVICE")):
        one.page.goto("/sparql")
        one.page.get_by_label("Query").fill(query)
        one.page.get_by_role("button", name="Run").click()
        assert said in one.page.get_by_role("alert").inner_text()
    one.context.close()


def test_without_a_mouse(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q2"
    page.keyboard.type("prisoners")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=prisoners")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.told') !== null && document.activeElement.tagName === 'A'"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(event|proposal)/"))
    page.goto("/document/courier-talks")
    page.locator("#layer-names").focus()
    shown = "getComputedStyle(document.querySelector('.text [class*=t-]')).borderBottomWidth"
    assert page.evaluate(shown) != "0px"
    page.keyboard.press("Space")
    assert page.evaluate(shown) == "0px"
    outline = "getComputedStyle(document.querySelector('label[for=layer-names]')).outlineStyle"
    assert page.evaluate(outline) == "solid"


def test_marks_of_a_text_are_told_apart_without_colour(watched: Watched) -> None:
    page = watched.page
    page.goto("/document/courier-talks")
    line = "getComputedStyle(document.querySelector('.text a.said')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.locator("label[for=layer-said]").click()
    assert page.evaluate(line) == "none"
    assert int(page.locator(".text a.event").first.evaluate("(one) => getComputedStyle(one).fontWeight")) >= 600


def test_without_scripts(browser: Browser, server: Server, addresses: dict[str, str], istanbul: Path) -> None:
    one = Watched(browser, server, java_script_enabled=False)
    page = one.page
    page.goto(addresses["document"])
    text = json.loads(server.get("/document/courier-talks.json").body)["document"]["text"]
    shown = " ".join(page.locator("article").inner_text().split())
    assert shown == " ".join(text.split())
    assert "".join(page.locator("mark").all_inner_texts()) == text[240:320].replace("\n", "")
    assert page.locator("article a.event").count() > 5
    page.goto(addresses["proposal"])
    assert page.locator("svg.life a").count() >= 2 and page.locator(".steps blockquote").count() >= 2
    page.goto("/question/who-proposed-what")
    page.get_by_label("Status").select_option("rejected")
    page.get_by_role("button", name="Ask").click()
    assert set(page.locator(".answer .status").all_inner_texts()) == {"Rejected"}
    page.goto("/network?start=Ukraine")
    number = page.locator(".node").count()
    page.locator(".node:not(.began)").first.click()
    assert page.locator(".node.began").count() == 2 and page.locator(".node").count() >= number
    assert [url for url in one.asked if not url.startswith(server.address)] == []
    one.context.close()


def test_on_a_phone(browser: Browser, server: Server, addresses: dict[str, str]) -> None:
    one = Watched(browser, server, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    for name in KINDS:
        one.page.goto(addresses[name])
        wide = one.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, (name, wide)
        thin = one.page.evaluate(
            "[...document.querySelectorAll('.quote')].filter((e) => e.checkVisibility() && e.clientWidth < 150).length"
        )
        assert not thin, f"{name}: quotes of a letter a line"
    one.sound(server)
    one.context.close()


def test_a_table_of_answers_fits_a_laptop_and_breaks_no_word(browser: Browser, server: Server) -> None:
    one = Watched(browser, server, viewport={"width": 1200, "height": 900})
    one.page.goto("/question/who-proposed-what")
    scrolled = one.page.evaluate(
        "(() => { const e = document.querySelector('.scroll'); return e.scrollWidth - e.clientWidth })()"
    )
    assert scrolled == 0  # "As of" is the last column
    broken = one.page.evaluate("""[...document.querySelectorAll('.answer .c-proposerName a')].filter((e) => {
        const words = e.textContent.split(/\\s+/), range = document.createRange(), node = e.firstChild.firstChild;
        return words.some((word) => { const at = node.data.indexOf(word); range.setStart(node, at);
          range.setEnd(node, at + word.length); return range.getClientRects().length > 1; });
    }).map((e) => e.textContent)""")
    assert one.page.locator(".answer .c-proposerName a").count() > 5 and broken == []
    one.sound(server)
    one.context.close()


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give the explorer of a graph with words that no column has room for."""
    graph = tmp_path_factory.mktemp("odd")
    text = f"{LONG} demanded that Austria pay 40 million euros. Austria refused the demand on 3 May 2021."
    told = {"id": "long", "title": LONG * 2, "published": "2021-05-04", "text": text}
    (graph / "texts.jsonl").write_text(json.dumps(told), encoding="utf-8")
    kg.build(graph / "texts.jsonl", graph=graph / "graph").close()
    with serving(graph / "graph", "--workers", "1") as started:
        yield started


def test_a_long_word_takes_no_column_from_its_table(browser: Browser, odd: Server) -> None:
    for width in (1280, 390):
        one = Watched(browser, odd, viewport={"width": width, "height": 900})
        for path in ("/documents", "/actors", "/map", "/question/who-proposed-what", "/question/places?view=table"):
            one.page.goto(path)
            assert "Donaudampf" in one.page.locator(".scroll").inner_text(), path
            hidden = "(e) => e.scrollWidth - e.clientWidth"
            assert one.page.locator(".scroll").evaluate(hidden) <= 0, (path, width)
            assert one.page.evaluate("document.documentElement.scrollWidth") <= width, path
        one.page.goto("/search?q=Austria")
        assert one.page.locator(".cards .small").inner_text() == "4 May 2021"  # by nobody, so no comma before it
        one.sound(odd)
        one.context.close()


def test_on_paper(browser: Browser, server: Server, addresses: dict[str, str]) -> None:
    """Print style: all that is told is on the sheet, and nothing that only a screen can use."""
    one = Watched(browser, server, viewport={"width": 700, "height": 1000})
    page = one.page
    page.emulate_media(media="print")
    for name in KINDS:
        page.goto(addresses[name])
        assert page.locator("h1").is_visible(), name
        off = page.evaluate("""[...document.querySelectorAll("main *")].filter((e) => e.checkVisibility()
            && !e.closest("pre, textarea, .world, .away") && e.getBoundingClientRect().right > innerWidth + 1)
            .map((e) => e.outerHTML.slice(0, 120))""")
        assert off == [], name
        shown = "(all) => all.filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 120))"
        assert page.locator("header.top, button, input, select, .zooms, .facets").evaluate_all(shown) == [], name
        assert page.locator("details:not([open])").evaluate_all(shown) == [], name
    page.goto(f"{addresses['actor']}?show=deeds")
    assert page.locator(".tabs a:visible").all_inner_texts() == [page.locator(".tabs [aria-current]").inner_text()]
    page.goto("/question/who-proposed-what?proposer=Ukraine&status=rejected")
    assert page.locator(".printed").inner_text() == "Proposer: Ukraine; Status: Rejected"
    page.goto(addresses["document"])
    assert page.locator("mark").first.evaluate("(one) => getComputedStyle(one).printColorAdjust") == "exact"
    page.goto(addresses["query"])
    assert page.locator("pre.printed").inner_text() == "SELECT * { ?s a nkg:Article }"
    page.goto(addresses["network"])
    assert "Organisation" in page.locator(".legend").inner_text()
    one.sound(server)
    one.context.close()


def test_sentences_are_read_without_scrolling(browser: Browser, server: Server) -> None:
    for width in (1200, 800):
        one = Watched(browser, server, viewport={"width": width, "height": 900})
        one.page.goto("/question/what-happened?view=table")
        room = one.page.locator(".scroll").evaluate("(one) => one.getBoundingClientRect().right")
        ends = one.page.locator(".answer .quote").evaluate_all("(a) => a.map((e) => e.getBoundingClientRect().right)")
        assert len(ends) > 20 and max(ends) <= room + 1, width
        one.context.close()


def test_networks_and_maps_can_be_read_on_a_phone(browser: Browser, server: Server) -> None:
    one = Watched(browser, server, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    one.page.goto("/network")
    high = "(all) => all.map((e) => e.getBoundingClientRect().height)"
    assert round(min(one.page.locator(".node:not(.hid) text").evaluate_all(high)), 1) >= 8
    one.page.get_by_role("button", name="Zoom in").click()
    assert one.page.locator("svg.network").evaluate("(one) => getComputedStyle(one).touchAction") == "none"
    one.page.goto("/map")
    assert round(min(one.page.locator(".world .names text").evaluate_all(high)), 1) >= 8
    one.page.goto("/question/who-proposed-what?view=graph")
    assert round(min(one.page.locator(".node:not(.hid) text").evaluate_all(high)), 1) >= 8
    one.sound(server)
    one.context.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed; run tests/serve/install_browser.sh")
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_accessibility(browser: Browser, server: Server, addresses: dict[str, str], scheme: Any, width: int) -> None:
    """axe-core (https://github.com/dequelabs/axe-core) finds nothing serious or critical."""
    view = {"width": width, "height": 844}
    one = Watched(browser, server, color_scheme=scheme, reduced_motion="reduce", viewport=view)
    source = AXE.read_text(encoding="utf-8")
    found = []
    others = {
        "missing": "/no/page",
        "nobody": "/search?q=qwrtzx",
        "empty": "/question/who-proposed-what?proposer=Qwrtzx",
    }
    for name, path in {**addresses, **others}.items():
        one.page.goto(path)
        one.page.evaluate(source)
        result = one.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        found += [
            (name, fault["id"], node["target"], node["failureSummary"][:300])
            for fault in result["violations"]
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"][:2]
        ]
    assert found == []
    one.context.close()
