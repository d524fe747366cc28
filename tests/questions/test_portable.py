"""The shipped queries in stores whose default graph is not the union of all graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

import kg
from kg.graph import Graph
from kg.questions import Question, questions
from kg.vocab import PREFIXES
from tests.clock import growth
from tests.store.synthetic import Page, corridor, published

Rows = list[tuple[str, ...]]
Engine = Callable[[Question], Rows]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    pages = (corridor("one"), Page("two", "Nothing happened."), quarrel("three"))
    with kg.open(published(tmp_path_factory.mktemp("graph"), *pages)) as graph:
        yield graph


@pytest.fixture(scope="module", params=["rdflib-nquads", "rdflib-trig", "oxigraph-nquads", "oxigraph-jsonld"])
def engine(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    library, _, format = request.param.partition("-")
    path = tmp_path_factory.mktemp("export") / f"graph.{format}"
    graph.export(format, path)
    return rdflib_engine(path, format) if library == "rdflib" else oxigraph_engine(path, format)


def quarrel(id: str) -> Page:
    """A threat, a meeting, a deal, an attack, what is planned and denied, a promise that is refused first, a cause."""
    page = Page(
        id,
        "Ann threatened a strike. Ann met Bob in Riga. They signed a deal. Rebels struck Riga. Bob will leave. "
        "Ann did not resign. Bob promised a bridge. Ann said that Bob lies. Ann refused it. Ann took it.",
    )
    ann, bob = page.actor("Person", "Ann"), page.actor("Person", "Bob")
    riga, rebels = page.actor("GeopoliticalEntity", "Riga"), page.actor("Group", "Rebels")
    one, two, three, four, five, six, seven, eight, *last = (f"{part}." for part in page.text.rstrip(".").split(". "))
    threat = page.event("Threat", "threatened", one, agent=ann, proposer=ann, addressee=bob, recipient=bob)
    page.says(threat, "kind", "threaten")
    page.says(threat, "contentText", "a strike")
    page.event("Meeting", "met", two, agent=ann, recipient=bob, place=riga, time="2025-05-20")
    page.event("Agreement", "signed", three, agent=(ann, bob), time="2025-05")
    strike = page.event("Attack", "struck", four, agent=rebels, recipient=riga)
    leave = page.event("Happening", "leave", five, factuality="Future", agent=bob)
    page.link("cause", strike, leave, ("struck Riga", "leave"), (four, five))
    page.event("Retreat", "resign", six, factuality="Denied", agent=ann)
    promise = page.event("Offer", "promised", seven, agent=bob, proposer=bob)
    page.says(promise, "kind", "offer")
    page.says(promise, "contentText", "a bridge")
    for cls, verb, answer in zip(("Refusal", "Acceptance"), ("refused", "took"), last, strict=True):
        page.event(cls, verb, answer, agent=ann, responder=ann, inResponseTo=promise)
    page.event("Accusation", "lies", eight, agent=ann, recipient=bob, attributedTo=ann)
    page.statement("said", eight, "Bob lies", speaker=ann, source="Ann")
    page.quantity(page.event("Happening", "Rebels", four, lemma="kill"), 2, "Rebels", "guards")
    return page


def rdflib_engine(path: Path, format: str) -> Engine:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(path, format=format)

    def ask(question: Question) -> Rows:
        found = dataset.query(question.sparql)
        return [tuple("" if term is None else str(term) for term in row) for row in found]

    return ask


def oxigraph_engine(path: Path, format: str) -> Engine:
    formats = {"nquads": pyoxigraph.RdfFormat.N_QUADS, "jsonld": pyoxigraph.RdfFormat.JSON_LD}
    store = pyoxigraph.Store()
    store.load(path=str(path), format=formats[format])

    def ask(question: Question) -> Rows:
        found = store.query(question.sparql)
        names = [variable.value for variable in found.variables]
        return [tuple(getattr(row[name], "value", "") for name in names) for row in found]

    return ask


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_standard_store_gives_the_same_rows(graph: Graph, engine: Engine, question: Question) -> None:
    answers = graph.query(question)
    here = [tuple(row[name].value if name in row else "" for name in answers.columns) for row in answers.rows]
    assert here
    assert sorted(engine(question)) == sorted(here)


@pytest.mark.parametrize("name", ["dyads", "relations-between"])
def test_pairs_are_looked_up_from_what_is_bound(tmp_path: Path, name: str) -> None:
    sizes = (2, 8)
    [question] = [one for one in questions() if one.name == name]
    engines = {}
    for size in sizes:
        with kg.open(published(tmp_path / str(size), *(corridor(f"d{n}") for n in range(size)))) as graph:
            graph.export("nquads", tmp_path / f"{size}.nq")
        engines[size] = rdflib_engine(tmp_path / f"{size}.nq", "nquads")

    def ask(size: int) -> None:
        assert engines[size](question)

    assert growth(ask, *sizes, rounds=1) < 10  # for four times the documents; all pairs would be 16 or more


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_nothing_depends_on_the_engine(question: Question) -> None:
    assert "SAMPLE" not in question.sparql.upper()
    declared = {line.split()[1].rstrip(":") for line in question.sparql.splitlines() if line.startswith("PREFIX")}
    assert all(f"{prefix}:" not in question.sparql or prefix in declared for prefix in PREFIXES if prefix != "wd")
