"""One row for each thing that is asked for, and the long form where it is wanted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.graph import Graph
from kg.questions import questions
from tests.store.synthetic import GEORGIA, OFFER, REFUSED, Page, corridor, published

OTHERS = "The offer still stands, Russia said."


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with kg.open(published(tmp_path_factory.mktemp("graph"), corridor(), Page("empty", "Nothing."))) as graph:
        yield graph


def test_a_proposal_is_one_row_however_many_take_part(graph: Graph) -> None:
    answers = graph.query("who-proposed-what")
    (row,) = answers
    assert len(answers) == 1 and len(answers.rows) == 4
    assert row["proposerName"] == "Russia | its partners"
    assert row["addresseeName"] == "Georgia | United States" or row["addresseeName"] == "United States | Georgia"
    assert row["content"] == "a grain corridor" and row["quote"] == OFFER and row["outcomeQuote"] == REFUSED


def test_what_differs_between_addressees_says_for_whom_it_holds(graph: Graph) -> None:
    (row,) = graph.query("who-proposed-what").to_dicts()
    assert set(str(row["status"]).split(" | ")) == {"rejected (United States)", "unknown (Georgia)"}
    assert row["outcome"] == "turned the offer down (United States)"


def test_what_holds_for_all_is_said_once(tmp_path: Path) -> None:
    page = corridor()
    page.disposition(page.event("Offer", "offered", OFFER), 9, "Pending", GEORGIA, outcome="studying it")
    with kg.open(published(tmp_path, page)) as graph:
        (row,) = graph.query("who-proposed-what")
    assert (row["status"], row["outcome"]) == ("pending", "studying it")


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_things_are_told_once_and_nothing_is_lost(graph: Graph, name: str) -> None:
    question = kg.questions.load(name)
    answers = graph.query(name)
    assert question.thing and set(question.thing) | set(question.by) <= set(answers.columns)
    long = answers.to_dicts(rows=True)
    keys = [tuple(row[column] for column in question.thing) for row in long]
    things = answers.to_dicts()
    assert [tuple(row[column] for column in question.thing) for row in things] == list(dict.fromkeys(keys))
    assert len(things) == len(answers) == len(list(csv.DictReader(io.StringIO(answers.to_csv()))))
    for key, row in zip(keys, long, strict=True):
        one = things[list(dict.fromkeys(keys)).index(key)]
        for column, value in row.items():
            assert value is None or str(value) in str(one[column])
    assert len(json.loads(answers.to_json())["results"]["bindings"]) == len(long) == len(answers.rows)
    assert len(answers.to_pandas()) == len(things) and len(answers.to_pandas(rows=True)) == len(long)
    assert len(list(csv.DictReader(io.StringIO(answers.to_csv(rows=True))))) == len(long)


def test_a_single_value_keeps_its_type(graph: Graph) -> None:
    (said,) = graph.query("who-said-what")
    assert isinstance(said["contentStart"], int)
    died = next(row for row in graph.query("what-happened") if row["quantity"] is not None)
    assert isinstance(died["quantity"], float)


def test_a_query_of_ones_own_is_given_row_by_row(graph: Graph) -> None:
    sparql = "SELECT ?x ?n { VALUES (?x ?n) { (1 'a') (1 'b') } }"
    assert graph.query(sparql).to_dicts() == [{"x": 1, "n": "a"}, {"x": 1, "n": "b"}]
    assert graph.query("#+ thing: x\n" + sparql).to_dicts() == [{"x": 1, "n": "a | b"}]
    assert len(graph.query("ASK { ?s a nkg:Offer }")) == 1
