"""How graphs, answers, events and lives of proposals show themselves in a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

import kg
from kg.errors import QueryError
from kg.graph import Graph
from kg.questions.lives import lives_of
from kg.questions.passages import Marked, marked
from tests.store.synthetic import OFFER, Page, corridor, published


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    odd = Page("odd", "Ann <b>met</b> & greeted Bob.")
    pair = tuple(odd.actor("Person", name) for name in ("Ann", "Bob"))
    odd.event("Meeting", "met", odd.text, agent=pair, label="<met> & greeted")
    with kg.open(published(tmp_path_factory.mktemp("graph"), corridor("one"), odd)) as graph:
        yield graph


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_a_graph_tells_what_it_holds(graph: Graph) -> None:
    shown = graph._repr_html_()
    assert ">2</div>" in shown and "documents" in shown and "proposals" in shown


def test_an_answer_is_a_table_with_its_sentences_below(graph: Graph) -> None:
    shown = graph.query("who-proposed-what")._repr_html_()
    assert f"“{OFFER}”" in words(shown) and "grain corridor" in shown
    assert "/doc/one/event/" not in shown, "addresses are left out"
    assert shown.count("<svg") == 1, "a status has its mark"
    assert "no answer" in graph.query("who-proposed-what", status="unmet")._repr_html_()


def test_long_answers_are_cut(graph: Graph) -> None:
    shown = graph.query("SELECT ?s ?o WHERE { GRAPH ?g { ?s nkg:factuality ?f ; rdfs:label ?o . ?x ?y ?z } } LIMIT 70")
    assert "and 50 more" in shown._repr_html_()


def test_an_event_is_its_sentence_with_its_spans_marked(graph: Graph) -> None:
    iri = graph.query("what-happened", source="odd").to_dicts()[0]["event"]
    passage = graph.event(str(iri))
    assert (passage.cls, passage.factuality, passage.source) == ("Meeting", "happened", "odd")
    shown = passage._repr_html_()
    assert "Ann &lt;b&gt;" in shown and "<b>" not in shown
    assert re.search(r"<mark[^>]*>met<sub[^>]*> trigger</sub></mark>", shown)
    with pytest.raises(QueryError, match="there is no such event"):
        graph.event("https://example.org/nothing")
    with pytest.raises(QueryError, match="there is no such event"):
        graph.event("no IRI at all")


def test_spans_that_overlap_keep_the_text_whole() -> None:
    text = "The <old> ministry of 'Ruritania' said & denied it."
    spans = [
        Marked(4, 18, "agent"),
        Marked(10, 32, "place"),
        Marked(10, 14, "trigger"),
        Marked(0, 3, "unheard-of"),
        Marked(48, 99, "time"),
    ]
    shown = marked(text, Marked(0, len(text), "sentence"), spans)
    assert words(re.sub(r"<sub.*?</sub>", "", shown)) == text
    assert shown.count("<mark") == shown.count("</mark>") == 4
    assert sorted(re.findall(r"<sub[^>]*> (\w+)</sub>", shown)) == ["agent", "place", "trigger"]


def test_lives_have_their_steps_in_order() -> None:
    base = {
        "content": "talks",
        "source": "s",
        "status": None,
        "date": None,
        "quote": "Oslo proposed talks.",
        "proposal": "p",
    }
    rows = [
        {**base, "order": 1, "step": "propose", "event": "p", "actorName": "Oslo", "what": "proposed talks"},
        {**base, "order": 1, "step": "propose", "event": "p", "actorName": "Rome", "what": "proposed talks"},
        {**base, "order": 2, "step": "response", "event": "q", "actorName": None, "what": "no", "status": "rejected"},
        {**base, "order": 3, "step": "outcome", "event": "r", "actorName": None, "what": "war", "date": "2025-05"},
    ]
    [life] = lives_of(rows)
    assert [(step.kind, step.who, step.status) for step in life.steps] == [
        ("proposal", "Oslo, Rome", None),
        ("answer", "", "rejected"),
        ("after", "", None),
    ]
    assert (life.status, life.title) == ("rejected", "Oslo, Rome: talks")
    assert "2025-05 · afterwards" in life._repr_html_() and life.svg().startswith("<svg")
    assert lives_of([]) == ()


def test_the_demo_tells_lives(demo: Graph) -> None:
    lives = demo.lives(topic="ceasefire")
    assert lives and all("ceasefire" in life.content.lower() for life in lives)
    assert {"rejected", "unmet"} <= {life.status for life in lives}
    assert lives._repr_html_().count("<figure") == len(lives)
