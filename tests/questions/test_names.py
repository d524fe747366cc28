"""Names in parameters: whoever bears them is found, and it is said who was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import kg
from kg.graph import Graph
from kg.model import EntityType, Known
from kg.questions.names import Names
from kg.vocab import WIKIDATA
from tests.store.synthetic import Page, published


def text(place: str) -> Page:
    """A request by a government that the text calls by its seat, to a man whose name has a mark."""
    page = Page("a", f"{place} asked Şahin Öz of Tiflis to wait. Turkish rebels and the ministry asked him, too.")
    state = page.actor("GeopoliticalEntity", "United States", place)
    man = page.actor("Person", "Şahin Öz", "Şahin Öz")
    rebels = page.actor("Group", "Turkish rebels", kind="nominal")
    ministry = page.actor("Organization", "the ministry", kind="nominal")
    first = page.event("Request", "asked", page.text[: page.text.index(".") + 1], proposer=state, addressee=man)
    second = page.event("Request", "asked him", page.text[page.text.index("Turkish") :], proposer=(rebels, ministry))
    for event in (first, second):
        page.says(event, "kind", "request")
    return page


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with kg.open(published(tmp_path_factory.mktemp("graph"), text("Foggy Bottom"))) as graph:
        yield graph


@pytest.mark.parametrize(
    ("param", "given", "taken"),
    [
        ("proposer", "United States", ("United States",)),
        ("proposer", "the  united STATES", ("United States",)),
        ("proposer", "Foggy Bottom", ("United States",)),  # as the text calls it
        ("proposer", "White House", ("United States",)),  # as the tables of names call it
        ("proposer", "U.S.", ("United States",)),
        ("proposer", "rebels", ("Turkish rebels",)),  # a part of the name
        ("proposer", "ministry", ("the ministry",)),
        ("addressee", "sahin oz", ("Şahin Öz",)),
        ("addressee", "Oz", ("Şahin Öz",)),
    ],
)
def test_any_name_finds_its_bearer(graph: Graph, param: str, given: str, taken: tuple[str, ...]) -> None:
    answers = graph.query("who-proposed-what", **{param: given})
    assert answers.taken == {param: {given: taken}}
    assert len(answers) == 1


def test_a_name_is_not_found_inside_words_while_somebody_bears_it(graph: Graph) -> None:
    assert graph.query("who-proposed-what", proposer="US").taken["proposer"]["US"] == ("United States",)


def test_a_capital_stands_for_its_state_but_is_a_place_of_its_own() -> None:
    rows = [("Sudria", "Sudria", f"{WIKIDATA}Q1"), ("Sudria", "Port Sud", ""), ("Port Sud", "Port Sud", "")]
    known = Known("Sudria", EntityType.GPE, "Q1", "seat")
    names = Names(rows, lambda: {"port sud": (known,), "old town": (known,)})
    assert names.called("Port Sud") == ("Sudria", "Port Sud")
    assert names.called("Port Sud", place=True) == ("Port Sud",)
    assert names.called("Old Town") == ("Sudria",)
    assert Names(rows[:2], lambda: {}).called("port sud", place=True) == ("Sudria",)


def test_a_place_is_not_found_by_a_part_of_a_word_but_by_its_id() -> None:
    rows = [("Sudria", "Sudria", f"{WIKIDATA}Q7"), ("South Ardo", "South Ardo", "")]
    names = Names(rows, lambda: {})
    assert names.called("udri") == ("Sudria",) and names.called("udri", place=True) == ()
    assert names.called("Ardo", place=True) == ("South Ardo",)
    assert names.called("Q7", place=True) == names.called("Q7") == ("Sudria",)


def test_several_names_are_either(graph: Graph) -> None:
    answers = graph.query("who-proposed-what", proposer=["White House", "rebels"])
    assert len(answers) == 2 and set(answers.taken["proposer"]) == {"White House", "rebels"}


def test_a_name_that_nobody_has_answers_nothing_and_has_a_neighbour(graph: Graph) -> None:
    answers = graph.query("who-proposed-what", proposer="Foggy Botom")
    assert len(answers) == 0 and answers.taken == {"proposer": {"Foggy Botom": ()}}
    assert kg.questions.names_of(graph.reader).near("Foggy Botom") == ("Foggy Bottom",)


def test_other_parameters_are_taken_as_they_are(graph: Graph) -> None:
    assert graph.query("who-proposed-what", source="a", kind="request").taken == {}


def test_a_state_stands_for_the_places_in_it_that_the_tables_know() -> None:
    rows = [("Sudria", "Sudria", f"{WIKIDATA}Q7"), ("Port Sud", "Port Sud", f"{WIKIDATA}Q8"), ("Ardo", "Ardo", "")]
    state = Known("Sudria", EntityType.GPE, "Q7", "name", "SU")
    city = Known("Port Sud", EntityType.GPE, "Q8", "name", "SU")
    tables = {"sudria": (state,), "iso:su": (state,), "port sud": (city,), "ardo": (replace(city, id="Q9"),)}
    names = Names(rows, lambda: tables)
    assert names.called("Sudria", place=True) == ("Sudria", "Port Sud")
    assert names.called("Sudria") == ("Sudria",) and names.called("Port Sud", place=True) == ("Port Sud",)


def test_whoever_has_a_label_is_called_by_every_name_that_a_text_has() -> None:
    rows = [("Afghanistan", "Afghan", ""), ("Afghanistan", "Kabul", ""), ("Chad", "Chad", "")]
    names = Names(rows, lambda: {})
    assert sorted(names.told("Afghanistan")) == ["Afghan", "Afghanistan", "Kabul"]
    assert names.told("Chad") == ("Chad",) and names.told("Mali") == ()
