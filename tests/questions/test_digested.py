"""Questions that the digest answers have the rows that SPARQL gives, however they are narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.questions import Question, names, questions
from kg.questions.counting import QUERIES
from kg.questions.digested import counted
from kg.questions.pages import cut
from kg.questions.parameters import blocks_of, placed
from kg.store import Answer
from tests.bench.newsroom import PERSONS, STATES, article
from tests.questions.test_contract import raid
from tests.store.synthetic import Page, corridor, published

BUSY = STATES[0]
DIGESTED = [question for question in questions() if question.name in QUERIES]


def flood(number: int, toll: int, *, day: str = "2025-03-02", denied: bool = False, of: str = "at least") -> Page:
    """Accounts of one flood, in several outlets."""
    text = f"A flood in Lower Marsh killed {toll} people, the mayor of Lower Marsh said."
    page = Page(f"flood-{number}", text, issued=day, publisher=f"Herald {number}")
    place = page.actor("Place", "Lower Marsh")
    mayor = page.actor("Person", "the mayor of Lower Marsh", kind="nominal")
    event = page.event(
        "Happening",
        "killed",
        text,
        time=day,
        lemma="kill",
        label="a flood killed people",
        factuality="Denied" if denied else "Happened",
        place=place,
        attributedTo=mayor,
    )
    page.quantity(event, toll, f"{toll} people", "people" if number % 2 else "People", of)
    return page


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    """Articles, groups with members, copies, accounts that differ, something without a day or an article."""
    pages = [article(number) for number in range(30)]
    pages += [corridor(), corridor("corridor-copy")]
    pages += [flood(1, 12), flood(2, 15, of="exact"), flood(3, 12, denied=True), flood(4, 9, of="exact")]
    undated = corridor("corridor-undated")
    undated.triples = {one: None for one in undated.triples if "issued" not in one}
    pages.append(undated)
    told = ((9, "people"), (4, "trucks"), (8, "people"))
    pages += [raid(f"raid-{n}", one, day=f"2025-05-1{n}") for n, one in enumerate(told, 5)]
    with kg.open(published(Path(tmp_path_factory.mktemp("digested")), *pages)) as opened:
        yield opened


def whole(graph: kg.Graph, question: Question, asked: dict[str, object]) -> Answer:
    blocks = blocks_of(question, asked)  # type: ignore[arg-type]
    return graph.reader.query(placed(question, blocks.values()), where=question.where)


def narrowings(question: Question) -> list[dict[str, object]]:
    names = {param.name: param for param in question.params}
    tried: dict[str, list[object]] = {
        "document": ["article-00007", "corridor-copy", "flood-2"],
        "from": ["2023-01-01", "2024-02-01", "2025-03-02", "20240201", " 2025-W09-7"],
        "until": ["2023-12-01", "2025-03"],
        "actor": [BUSY, "Russia", "the mayor of Lower Marsh", PERSONS[3], 'Nobody "}" at all'],
        "name": [BUSY, "Lower Marsh"],
        "place": ["Lower Marsh", "Port A1"],
        "min-confidence": ["0.5"],
        "role": ["agent", "recipient"],
        "kind": ["offer", "demand"],
        "about": ["eop", "guards"],
    }
    found: list[dict[str, object]] = [{}]
    for name, values in tried.items():
        if name in names:
            found += [{name: [value]} for value in values if "-" not in str(value) or name != "until"]
    if {"actor", "document"} <= names.keys():
        found.append({"actor": [BUSY, "Russia"], "document": ["corridor", "article-00003"]})
    if {"from", "until"} <= names.keys():
        found.append({"from": ["2022-06-01"], "until": ["2024-06-01"]})
        found.append({"until": ["20240601"]})
    return found


@pytest.mark.parametrize("question", DIGESTED, ids=lambda question: question.name)
def test_answers_are_those_of_the_graph(graph: kg.Graph, question: Question) -> None:
    told = 0
    for asked in narrowings(question):
        every = whole(graph, question, asked)
        told += len(every.rows)
        for limit, offset in ((None, 0), (3, 0), (3, 3)):
            given = counted(graph.reader, question, asked, limit=limit, offset=offset)  # type: ignore[arg-type]
            assert given is not None
            expected = cut(question, every, limit=limit, offset=offset)
            assert given.columns == expected.columns
            assert given.rows == expected.rows, (asked, limit, offset)
    assert told > 0


def test_names_are_those_of_the_graph(graph: kg.Graph) -> None:
    known = names._rows(graph.reader)
    assert known == names._asked(graph.reader)
    assert ("Russia", "Moscow", "") in known or ("Moscow", "Moscow", "") in known
