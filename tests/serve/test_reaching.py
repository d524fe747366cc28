"""Questions are asked of few texts, of few accounts and with the identity graph apart; the answers stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.questions import load, questions
from kg.questions.datasets import asks_each_text, identity_apart
from kg.questions.parameters import with_values
from kg.rdf import identity_iri
from kg.serve import reaching
from kg.serve.answers import answered
from kg.serve.catalogue import Catalogue
from kg.serve.gathering import prepared
from kg.store import Reader
from kg.store.answering import asked_of, open_snapshot

NAMED = [
    ("who-proposed-what", "proposer"),
    ("who-proposed-what", "addressee"),
    ("who-said-what", "speaker"),
    ("what-happened", "actor"),
    ("what-happened", "recipient"),
    ("what-happened", "place"),
    ("who-is-involved", "name"),
    ("proposal-history", "actor"),
    ("who-met-whom", "actor"),
    ("what-outcome-followed", "actor"),
]


class Opened(NamedTuple):
    reader: Reader
    catalogue: Catalogue
    texts: list[str]


@pytest.fixture(scope="module")
def opened(istanbul: Path) -> Iterator[Opened]:
    site = prepared(istanbul)
    reader, catalogue = open_snapshot(site.directory, site.snapshot), Catalogue(site.catalogue)
    yield Opened(reader, catalogue, [iri for (iri,) in catalogue.rows_of("SELECT iri FROM document")])
    catalogue.close()
    reader.close()


def told(rows: object) -> list[str]:
    return sorted(map(str, rows))  # type: ignore[call-overload]


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_a_question_has_the_same_answer_with_the_identity_graph_apart(opened: Opened, name: str) -> None:
    question = load(name)
    sparql = with_values(question, {one.name: "Ukraine" for one in question.params if one.required})
    apart = identity_apart(sparql) if asks_each_text(sparql) else None
    if apart is None:
        assert name in _AS_IT_IS
        return
    assert name not in _AS_IT_IS
    identity = identity_iri(opened.reader.base)
    got = asked_of(opened.reader, apart, opened.texts, default=[identity], where="a test")
    assert told(got.rows) == told(opened.reader.query(sparql).rows)


_AS_IT_IS = {
    "actor-profile",
    "co-participants",
    "dyads",
    "most-contested",
    "relations-between",
    "where-accounts-differ",
    "who-asks-whom",
}
"""Those that need the graphs of copies, or ask for pairs of actors at once."""


@pytest.mark.parametrize(("name", "param"), NAMED)
def test_a_name_in_a_question_has_the_same_answer_from_its_accounts(opened: Opened, name: str, param: str) -> None:
    question, found = load(name), 0
    labels = [label for (label,) in opened.catalogue.rows_of("SELECT label FROM actor ORDER BY mentions DESC LIMIT 25")]
    for label in [*labels, "nobody at all"]:
        got = answered(opened.reader, opened.catalogue, question, {param: [label]})
        assert got.of == 0
        plain = opened.reader.query(got.sparql)
        assert told(got.result.table().rows) == told(plain.rows), label
        found += len(plain.rows)
    assert found


def test_what_many_texts_tell_is_asked_of_the_newest_first(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    question, given = load("what-happened"), {"actor": ["Ukraine"]}
    whole = answered(opened.reader, opened.catalogue, question, given)
    monkeypatch.setattr(reaching, "_MOST_ACCOUNTS", 1)
    days, rows, begin = [], [], 0
    while True:
        part = answered(opened.reader, opened.catalogue, question, given, begin=begin)
        assert part.number == 1 and part.begin == begin
        rows += part.result.table().rows
        source = part.result.rows[0]["source"].value
        days.append(str(opened.catalogue.value("SELECT issued FROM document WHERE id = ?", source)))
        begin += part.number
        if begin >= part.of:
            break
    assert begin > 1 and days == sorted(days, reverse=True)
    assert told(rows) == told(whole.result.table().rows)


def test_a_name_of_somebody_is_looked_up_as_what_answers_call_them(opened: Opened) -> None:
    taken = {"proposer": {"Kyiv": ("Ukraine",)}}
    reach = reaching.reach_of(opened.catalogue, load("who-proposed-what"), {"proposer": ["Kyiv"]}, taken, 0)
    assert reach is not None and reach.accounts
    texts = {iri.partition("/event/")[0] for iri in reach.accounts}
    assert texts == set(reach.documents)
    assert len(reach.accounts) < opened.catalogue.value("SELECT COUNT(*) FROM account") / 2


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_what_nothing_narrows_is_asked_of_a_copy_of_the_newest_texts(
    opened: Opened, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = load(name)
    given = {one.name: ["Ukraine"] for one in question.params if one.required}
    if given or not asks_each_text(question.sparql):
        return
    whole = answered(opened.reader, opened.catalogue, question, {})
    assert whole.of == 0
    monkeypatch.setattr(reaching, "_MOST", len(opened.texts) - 1)
    part = answered(opened.reader, opened.catalogue, question, {})
    assert (part.begin, part.number, part.of) == (0, len(opened.texts) - 1, len(opened.texts))
    oldest = opened.catalogue.value("SELECT id FROM document ORDER BY issued, id DESC LIMIT 1")
    sources = {row["source"].value for row in whole.result.rows if "source" in row} - {oldest}
    assert sources == {row["source"].value for row in part.result.rows if "source" in row}
    if "GROUP BY" not in question.sparql and "source" in whole.result.columns:
        kept = [row for row in whole.result.rows if row["source"].value != oldest]
        assert told(kept) == told(part.result.rows)


@pytest.mark.parametrize("name", ["where-accounts-differ", "most-contested"])
def test_what_holds_texts_against_each_other_is_looked_up_in_the_digest(
    opened: Opened, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = opened.reader.query(with_values(load(name), {})).rows

    def slow(*_: object, **__: object) -> None:
        raise AssertionError("the engine takes longer than anybody waits")

    monkeypatch.setattr(Reader, "query", slow)
    assert answered(opened.reader, opened.catalogue, load(name), {}).result.table().rows == expected
    assert name != "where-accounts-differ" or expected
