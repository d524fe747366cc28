"""A name that no table knows and that is in very many documents: one more of them costs what it would among few."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.resolve import resolve
from kg.store import create_or_open
from tests.clock import calls
from tests.store.synthetic import GAZETTEER, Page


def told(number: int, *, lone: bool = False, office: str = "", surname: str = "Castrov") -> tuple[str, list[str]]:
    """A document of its own month's half that names Mirela Castrov (or another one), somebody else, and a company."""
    day = f"{2000 + number // 24}-{number // 2 % 12 + 1:02}-{10 * (number % 2) + 3:02}"
    name = surname if lone else f"{office}Mirela {surname}"
    page = Page(f"d{number:05}", f"Here is {name}. Here is Anna Holm{number % 7}. Here is Amber Line.", issued=day)
    page.actor("Person", surname if lone else f"Mirela {surname}", name)
    page.actor("Person", f"Anna Holm{number % 7}")
    page.actor("Organization", "Amber Line")
    return page.graph()


def variety(number: int, *, surname: str = "Castrov") -> tuple[str, list[str]]:
    office = "French Finance Minister " if number % 4 == 2 else ""
    return told(number, lone=number % 4 == 1, office=office, surname=surname)


def cost_of_one_more(directory: Path, many: int) -> int:
    """Count the calls of Python functions for four documents, one of each kind, after so many."""
    with create_or_open(directory) as store:
        store.write_documents([variety(number) for number in range(many)])
        resolve(store, gazetteer=GAZETTEER)

        def add() -> None:
            for number in range(many, many + 4):
                graph = variety(number)
                store.write_documents([graph])
                resolve(store, gazetteer=GAZETTEER, documents=[graph[0]])

        return calls(add)


def test_one_more_document_of_a_frequent_name_costs_the_same(tmp_path: Path) -> None:
    cost_of_one_more(tmp_path / "first", 12)  # what is loaded or cached once is done here
    few, many = (cost_of_one_more(tmp_path / str(size), size) for size in (48, 192))
    assert many < 1.15 * few, (few, many)


def test_the_frequent_name_is_one_person_and_keeps_its_lone_surnames(tmp_path: Path) -> None:
    with create_or_open(tmp_path) as store:
        store.write_documents([variety(number) for number in range(40)])
        resolve(store, gazetteer=GAZETTEER)
        query = (
            "SELECT ?c ?a WHERE { GRAPH ?g { ?a rdfs:label ?l } ?a nkg:canonical ?c FILTER(CONTAINS(?l, 'Castrov')) }"
        )
        rows = store.query(query).rows
    assert len({member for _, member in rows}) == 40
    assert len({node for node, _ in rows}) == 1


@pytest.mark.parametrize("first", [0, 39])
def test_a_document_that_goes_takes_nobody_with_it(tmp_path: Path, first: int) -> None:
    """Whoever stood for all of one name may go: the rest are what they would be without."""
    documents = [variety(number) for number in range(40)]
    with create_or_open(tmp_path / "all") as store:
        store.write_documents(documents)
        resolve(store, gazetteer=GAZETTEER)
        store.remove_documents([documents[first][0]])
        resolve(store, gazetteer=GAZETTEER, documents=[documents[first][0]])
        left = store.nquads()
    with create_or_open(tmp_path / "rest") as store:
        store.write_documents([one for one in documents if one is not documents[first]])
        resolve(store, gazetteer=GAZETTEER)
        assert left == store.nquads()
