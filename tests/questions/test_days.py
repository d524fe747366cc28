"""A page that is put together document by document is the page that the whole answer has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import kg
from kg.questions import Question, days, pages, questions
from kg.questions.parameters import blocks_of, placed
from kg.questions.reached import given_to
from kg.store import Answer, Reader
from kg.vocab import DCTERMS
from tests.bench.newsroom import BODIES, PERSONS, STATES, article
from tests.store.synthetic import Page, published

BUSY = STATES[0]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    """Articles, one of them without a day, one with months or years alone, and one where a refusal is taken back."""
    told = [article(number) for number in range(38)]
    timeless = Page("timeless", f"{BUSY} met Kalia. {BUSY} spoke.")
    timeless.triples = {one: None for one in timeless.triples if f"{DCTERMS}issued" not in one}
    pair = timeless.actor("GeopoliticalEntity", BUSY), timeless.actor("GeopoliticalEntity", "Kalia")
    timeless.event("Meeting", "met", f"{BUSY} met Kalia.", plover="CONSULT", agent=pair[0], recipient=pair[1])
    timeless.statement("spoke", f"{BUSY} spoke.", BUSY, speaker=pair[0], source=BUSY)
    coarse = Page("coarse", f"{BUSY} visited Kalia. Kalia hosted {BUSY}.", issued="2023-06-30")
    pair = coarse.actor("GeopoliticalEntity", BUSY), coarse.actor("GeopoliticalEntity", "Kalia")
    for verb, words, (one, other), day in (
        ("visited", f"{BUSY} visited Kalia.", pair, "2022-03"),
        ("hosted", f"Kalia hosted {BUSY}.", pair[::-1], "2024"),
    ):
        coarse.event("Meeting", verb, words, plover="CONSULT", time=day, agent=one, recipient=other)
    pages = (*told, timeless, coarse, changed())
    with kg.open(published(Path(tmp_path_factory.mktemp("days")), *pages)) as opened:
        yield opened


def changed() -> Page:
    """An offer that one state refuses and then takes, in one sentence, and that another only refuses."""
    offered, answered = f"Kalia offered {BUSY} a truce.", f"{BUSY} refused it and then took it."
    page = Page("changed", f"{offered} {answered} Marnia declined it.")
    kalia, busy, marnia = (page.actor("GeopoliticalEntity", name) for name in ("Kalia", BUSY, "Marnia"))
    offer = page.event("Offer", "offered", offered, proposer=kalia, agent=kalia, addressee=busy)
    page.says(offer, "kind", "offer")
    page.says(offer, "contentText", "a truce")
    for cls, verb, words, who in (
        ("Acceptance", "took", answered, busy),
        ("Refusal", "refused", answered, busy),
        ("Refusal", "declined", "Marnia declined it.", marnia),
    ):
        page.event(cls, verb, words, agent=who, responder=who, inResponseTo=offer)
    page.disposition(offer, 1, "Accepted", answered, addressee=busy)
    return page


def whole(graph: kg.Graph, question: Question, asked: dict[str, object]) -> Answer:
    """The answer that one query gives to the whole graph."""
    blocks = blocks_of(question, asked)  # type: ignore[arg-type]
    return graph.reader.query(placed(question, blocks.values()), where=question.where)


def page(graph: kg.Graph, question: Question, asked: dict[str, object], limit: int | None, offset: int) -> Answer:
    blocks = blocks_of(question, asked)  # type: ignore[arg-type]
    given = given_to(question, asked)  # type: ignore[arg-type]
    return pages.page_of(graph.reader, question, blocks, limit=limit, offset=offset, given=given)


def narrowings(question: Question) -> list[dict[str, object]]:
    names = {param.name: param for param in question.params}
    own = [name for name, param in names.items() if param.type == "name"]
    found: list[dict[str, object]] = [{}]
    found += [{name: [BUSY]} for name in own]
    if len(own) > 1:
        found.append({own[0]: [BUSY, 'Nobody "}" at all'], own[1]: [*STATES]})
    if "document" in names:
        found.append({"document": ["article-00007"]})
    if "from" in names:
        found.append({"from": ["2023-01-01"]})
    return found


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_pages_are_parts_of_the_whole(graph: kg.Graph, question: Question) -> None:
    for asked in narrowings(question):
        every = whole(graph, question, asked)
        for limit, offset in ((4, 0), (4, 4), (1000, 0)):
            expected = pages.cut(question, every, limit=limit, offset=offset)
            given = page(graph, question, asked, limit, offset)
            assert given.columns == expected.columns
            assert given.rows == expected.rows, (asked, limit, offset)


def test_an_answer_in_the_order_of_days_does_not_ask_every_document(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    known = pages._in_document

    def noted(reader: Reader, question: Question, blocks: Mapping[str, str], document: tuple[str, str]) -> Answer:
        asked.append(document[1])
        return known(reader, question, blocks, document)

    monkeypatch.setattr(pages, "_in_document", noted)
    ordered = [question for question in questions() if days.in_order_of_days(question)]
    assert {"timeline", "latest-statements", "dyads", "relations-between", "who-met-whom"} <= {
        question.name for question in ordered
    }
    for question in ordered:
        asked.clear()
        answer = page(graph, question, {}, 3, 0)
        assert len(answer.rows) < 3 or 1 <= len(asked) < 15, (question.name, asked)
        assert len(asked) == len(set(asked))


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_documents_asked_some_at_a_time_give_the_whole_answer(
    graph: kg.Graph, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_APART", 1), ("_TOGETHER", 3), ("_WIDEST", 5)):
        monkeypatch.setattr(pages, name, value)
    for asked in narrowings(question):
        every = whole(graph, question, asked)
        for limit, offset in ((None, 0), (4, 0), (4, 4)):
            expected = pages.cut(question, every, limit=limit, offset=offset)
            answer = page(graph, question, asked, limit, offset)
            assert answer.columns == expected.columns
            assert answer.rows == expected.rows, (asked, limit, offset)


def test_what_many_documents_tell_of_somebody_is_asked_as_few_datasets(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_APART", 1)
    asked: list[int] = []
    query = Reader.query

    def counted(self: Reader, sparql: str, **options: object) -> Answer:
        dataset = options.get("dataset")
        asked.append(len(dataset.named) if dataset else 0)  # type: ignore[attr-defined]
        return query(self, sparql, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "query", counted)
    named = [page for page in map(article, range(38)) if page.triples and BUSY in page.text]
    found = graph.query("who-proposed-what", actor=BUSY)
    assert found.rows
    assert 0 not in asked  # nothing is asked of the whole graph
    assert max(asked) <= len(named) + 2


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that the store is asked, as they come."""
    found: list[str] = []
    query = Reader.query
    monkeypatch.setattr(
        Reader, "query", lambda self, sparql, **options: (found.append(sparql), query(self, sparql, **options))[1]
    )
    return found


def test_who_has_no_part_in_a_link_is_not_looked_for_in_the_graph(graph: kg.Graph, asked: list[str]) -> None:
    assert not graph.query("causes", actor=PERSONS[0]).rows  # meets envoys, which has no cause
    assert not any("narrowName" in one for one in asked)
    assert any(graph.query("causes", actor=body).rows for body in BODIES)  # struck, of which guards died
    assert not any("narrowName" in one for one in asked)


def test_only_documents_with_both_answers_are_asked_who_changed_theirs(graph: kg.Graph, asked: list[str]) -> None:
    (found,) = graph.query("reversals").to_dicts()
    assert len(asked) == 1  # the one document that has them
    assert (found["source"], found["whoName"], found["before"], found["after"]) == (
        "changed",
        BUSY,
        "rejected",
        "accepted",
    )
    assert found["quoteBefore"] == found["quoteAfter"] == f"{BUSY} refused it and then took it."
    asked.clear()
    assert not graph.query("reversals", actor=PERSONS[0]).rows
    assert len(asked) == 1  # for the columns
