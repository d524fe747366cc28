"""Reading with the shipped heads: what holds of every reading, and what they have learnt of plain news."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy

from kg.entities.knowledge import load as load_knowledge
from kg.extract.mentions import find_mentions
from kg.extract.quantities import find_quantities
from kg.extract.syntax.tree import read_tree
from kg.extract.times import find_times
from kg.language import analyse, context, load_nlp
from kg.language.encoder import CONTEXT, WIDTH
from kg.meaning import read_meaning
from kg.model import Readings

if TYPE_CHECKING:
    pass

TEXTS = (
    "Kenya asked its neighbours on Friday to send 400 soldiers. Uganda refused. Its minister called that unwise.",
    "The council postponed the vote because two members were ill.",
    "Farmers blocked the road to Quito and burned tyres.",
)


def read(text: str) -> Readings:
    [doc] = analyse(load_nlp(), [text])
    tree = read_tree(doc)
    sentences, mentions = find_mentions(doc, load_knowledge(()), tree=tree)
    times = find_times(text, sentences, published=date(2024, 5, 3))
    quantities = find_quantities(text, sentences)
    return read_meaning(
        tree,
        context.context_vectors(doc),
        mentions,
        times=[t.span for t in times],
        quantities=[q.span for q in quantities],
    )


def test_the_same_text_reads_the_same_in_any_order() -> None:
    once = [read(text) for text in TEXTS]
    assert once == [read(text) for text in reversed(TEXTS)][::-1]
    assert sum(len(one.events) for one in once) > 3 and any(event.roles for one in once for event in one.events)
    assert any(one.links for one in once)


def test_readings_lie_in_the_text_and_links_between_its_events() -> None:
    for text in TEXTS:
        found = read(text)
        for event in found.events:
            assert text[event.trigger.begin : event.trigger.end].strip()
            assert 0 <= event.confidence <= 1
            for role in event.roles:
                assert role.span.begin <= role.head.begin < role.head.end <= role.span.end <= len(text)
        n = len(found.events)
        assert all(0 <= link.first < n and 0 <= link.second < n and link.first != link.second for link in found.links)


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_an_empty_text_tells_nothing(text: str) -> None:
    assert read(text) == Readings()


def test_a_text_without_events_has_neither_roles_nor_links() -> None:
    found = read("The old stone house is grey. It has nine windows.")
    assert (found.events, found.links) == ((), ())
    assert found.doubts
    assert all(0 <= chance < 0.5 for chance in found.doubts.values())


@pytest.mark.parametrize(
    ("text", "word", "type_", "kind", "actor"),
    [
        ("Kenya asked its neighbours on Friday to send 400 soldiers.", "asked", "REQUEST", "request", "Kenya"),
        ("Rebels torched four villages near Bria overnight.", "torched", "ASSAULT", None, "Rebels"),
        ("The union has offered to halve its claim.", "offered", "AGREE", "offer", "union"),
        ("Uganda's parliament threw out the bill on Thursday.", "threw", "REJECT", None, "parliament"),
        ("Thousands marched through Lima over fuel prices.", "marched", "PROTEST", None, "Thousands"),
    ],
)
def test_plain_news_is_read_as_a_reader_would(text: str, word: str, type_: str, kind: str | None, actor: str) -> None:
    told = {text[e.trigger.begin : e.trigger.end]: e for e in read(text).events}
    assert (told[word].type, told[word].kind) == (type_, kind)
    assert actor in {text[r.head.begin : r.head.end] for r in told[word].roles if r.role == "actor"}


def test_an_answer_is_linked_to_what_it_answers() -> None:
    text = "Kenya asked its neighbours on Friday to send 400 soldiers. Uganda refused the request."
    found = read(text)
    words = [text[e.trigger.begin : e.trigger.end] for e in found.events]
    links = {(words[link.first], words[link.second], link.kind) for link in found.links}
    assert links & {("refused", "asked", "rejected"), ("refused", "request", "rejected")}


def test_a_text_of_marks_alone_tells_nothing() -> None:
    found = read("... — !")
    assert (found.events, found.links) == ((), ())


def test_a_foreign_pipelines_words_get_vectors_of_the_shipped_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    [own] = analyse(load_nlp(), [TEXTS[1]])
    foreign = spacy.blank("en")(TEXTS[1])
    shim = context._shim(load_nlp())
    assert shim is not None
    lower = shim.runner
    assert lower is not None
    monkeypatch.setattr(shim, "meaning", b"a graph for meaning")
    monkeypatch.setattr(shim, "runner", lambda ids, layouts: (lower(ids, layouts)[0],) * 2)
    vectors = context.context_vectors(foreign)
    assert vectors.shape == (len(foreign), WIDTH) and CONTEXT in foreign.user_data
    assert [t.text for t in own] == [t.text for t in foreign]
    assert np.array_equal(vectors, np.asarray(own.tensor).astype("float16"))
    assert context.context_vectors(foreign) is vectors  # made once


def test_a_long_text_reads_the_same_however_few_events_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(TEXTS) * 4
    whole = read(text)
    assert len(whole.events) > 20 and whole.links
    monkeypatch.setattr("kg.meaning.reader.SOME", 3)
    assert read(text) == whole
