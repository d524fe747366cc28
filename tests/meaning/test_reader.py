"""Reading with heads of chance weights: what holds of every reading, whatever the heads have learnt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy

from kg.entities.knowledge import load as load_knowledge
from kg.extract.frames.quantities import find_quantities
from kg.extract.frames.times import find_times
from kg.extract.mentions import find_mentions
from kg.extract.tree import read_tree
from kg.language import analyse, context, load_nlp
from kg.language.encoder import CONTEXT, WIDTH
from kg.meaning import read_meaning, reader
from kg.meaning.features import ANSWERS, FACTUALITIES, KINDS, PAIR_SIZE, ROLES, TOKEN_WIDTH, TYPES
from kg.model import Readings

if TYPE_CHECKING:
    import numpy.typing as npt

TEXTS = (
    "Kenya asked its neighbours on Friday to send 400 soldiers. Uganda refused. Its minister called that unwise.",
    "The council postponed the vote because two members were ill.",
    "Farmers blocked the road to Quito and burned tyres.",
)


def chance_heads(threshold: float = 0.0) -> dict[str, npt.NDArray[np.float32]]:
    rng = np.random.default_rng(7)

    def some(*shape: int) -> npt.NDArray[np.float32]:
        return rng.normal(scale=0.2, size=shape).astype("float32")

    tags, units = 1 + len(TYPES) + len(KINDS) + len(FACTUALITIES), 16
    out = {"tag.in": some(2 * WIDTH, units), "tag.bias": some(units), "tag.features": some(TOKEN_WIDTH, units)}
    out |= {"tag.out": some(units, tags), "tag.out_bias": some(tags), "tag.temperature": np.ones(3, "float32")}
    for head, left, right, width in (
        ("role", "event", "other", len(ROLES) + 1),
        ("link", "first", "second", len(ANSWERS) + 2),
    ):
        out |= {f"{head}.{left}": some(WIDTH, units), f"{head}.{right}": some(WIDTH, units)}
        out |= {f"{head}.bias": some(units), f"{head}.features": some(PAIR_SIZE, units)}
        out |= {f"{head}.out": some(units, width), f"{head}.out_bias": some(width)}
    out |= {"tag.threshold": np.array([threshold], "float32"), "tag.precise": np.array([0.9], "float32")}
    return out | {"link.threshold": np.zeros(3, "float32"), "link.precise": np.full(3, 0.9, "float32")}


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> dict[str, npt.NDArray[np.float32]]:
    weights = chance_heads()
    monkeypatch.setattr(reader, "load_heads", lambda: weights)
    return weights


def read(text: str) -> Readings:
    [doc] = analyse(load_nlp(), [text])
    tree = read_tree(doc)
    sentences, mentions = find_mentions(doc, load_knowledge(()), tree=tree)
    times = find_times(text, sentences, published=date(2024, 5, 3))
    quantities = find_quantities(text, sentences)
    vectors = np.asarray(doc.tensor, dtype="float32").reshape(len(doc), WIDTH)
    return read_meaning(tree, vectors, mentions, times=[t.span for t in times], quantities=[q.span for q in quantities])


@pytest.mark.usefixtures("heads")
def test_the_same_text_reads_the_same_in_any_order() -> None:
    once = [read(text) for text in TEXTS]
    assert once == [read(text) for text in reversed(TEXTS)][::-1]
    assert sum(len(one.events) for one in once) > 3 and any(event.roles for one in once for event in one.events)
    assert any(one.links for one in once)


@pytest.mark.usefixtures("heads")
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


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_an_empty_text_tells_nothing(text: str) -> None:
    assert read(text) == Readings()


def test_a_text_without_events_has_neither_roles_nor_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_heads", lambda: chance_heads(threshold=1.1))
    assert read(TEXTS[0]) == Readings()


@pytest.mark.usefixtures("heads")
def test_a_text_of_marks_alone_tells_nothing() -> None:
    assert read("... — !") == Readings()


def test_a_foreign_pipelines_words_get_vectors_of_the_shipped_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    [own] = analyse(load_nlp(), [TEXTS[1]])
    foreign = spacy.blank("en")(TEXTS[1])
    shim = context._shim(load_nlp())
    assert shim is not None
    lower = shim.runner
    assert lower is not None
    monkeypatch.setattr(shim, "upper", b"a graph for meaning")
    monkeypatch.setattr(shim, "runner", lambda ids, layouts: (lower(ids, layouts)[0],) * 2)
    vectors = context.context_vectors(foreign)
    assert vectors.shape == (len(foreign), WIDTH) and CONTEXT in foreign.user_data
    assert [t.text for t in own] == [t.text for t in foreign]
    assert np.array_equal(vectors, np.asarray(own.tensor).astype("float16"))
    assert context.context_vectors(foreign) is vectors  # made once
