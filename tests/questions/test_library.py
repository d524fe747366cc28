"""The query library as data: headers, parameters, and what is said when they are wrong."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph import Graph
from kg.questions import load, parse, questions
from kg.questions.parameters import with_values

CONTRACT = {
    "who-proposed-what": "source proposal kind proposerName addresseeName content status outcome quote",
    "who-said-what": "source statement speakerName cue content contentStart contentEnd speakerStart speakerEnd quote",
    "what-happened": "source event type label trigger actorName actorMention recipientName recipientMention placeName "
    "time quantity factuality quote",
    "what-outcome-followed": "source link cause effect relation quote",
    "who-is-involved": "source entity name type wikidata mentions",
    "where-accounts-differ": "source event about value accordingToName quote",
    "dyads": "date sourceActor targetActor code factuality quote",
}
TEXT = """#+ question: Who?
#+ param: name string optional - part of the name
#+ param: size integer 3 - how many
#+ param: kind enum(a|b) required - which
#+ param: day date optional - when
#+ param: of iri optional - of what
#+ param: share decimal optional - how much
#+ tags: one, two
#+ view: graph
SELECT ?x WHERE {
  #+ values
  FILTER(!BOUND(?param_name) && !BOUND(?param_size) && ?param_kind = "a" && !BOUND(?param_day) && !BOUND(?param_of)
         && !BOUND(?param_share))
}
"""


def test_every_shipped_query_says_what_it_asks() -> None:
    assert {question.name for question in questions()} >= CONTRACT.keys()
    for question in questions():
        assert question.question.endswith("?"), question.name
        assert question.description.endswith("."), question.name
        assert question.tags, question.name
        assert all(param.text for param in question.params), question.name
        assert load(question.name) is question


def test_the_queries_that_the_manual_shows_can_be_asked(demo: Graph, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    [short] = re.findall(r"kg query '(SELECT .*?)' --graph", page, re.DOTALL)
    rows = demo.query(short).to_dicts()
    told = [(row["source"], row["label"]) for row in rows]
    assert len(set(told)) == len(told) and ("continental-analysis", "He proposed direct talks with Putin") in told
    [whole] = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "offers.rq"
    file.write_text(whole, encoding="utf-8")
    offers = demo.query(str(file)).to_dicts()
    assert {"Turkey", "Russia"} < {row["proposerName"] for row in offers}
    [of_turkey] = demo.query(str(file), proposer="Turkey").to_dicts()
    assert (of_turkey["content"], of_turkey["source"]) == ("host a second round in June", "continental-analysis")
    assert demo.query(str(file), document="courier-talks").to_dicts() == [
        row for row in offers if row["source"] == "courier-talks"
    ]


@pytest.mark.parametrize("name", CONTRACT)
def test_contract_columns_come_first_and_in_order(name: str) -> None:
    head = load(name).sparql.partition("WHERE")[0].partition("SELECT")[2]
    head = re.sub(r"\(.*? AS (\?\w+)\)", r"\1", head.replace("DISTINCT ", ""))
    assert " ".join(head.split()).replace("?", "").startswith(CONTRACT[name])


def test_a_header_is_read_into_a_frozen_record() -> None:
    question = parse(TEXT, name="who")
    assert (question.question, question.tags, question.view) == ("Who?", ("one", "two"), "graph")
    assert [(p.name, p.type, p.required, p.default, p.choices) for p in question.params][:3] == [
        ("name", "string", False, None, ()),
        ("size", "integer", False, "3", ()),
        ("kind", "enum", True, None, ("a", "b")),
    ]
    with pytest.raises(FrozenInstanceError):
        question.name = "other"  # type: ignore[misc]


def test_values_are_typed_terms_on_the_marked_line() -> None:
    question = parse(TEXT, name="who")
    sparql = with_values(
        question,
        {"kind": "b", "name": 'a"} #', "day": date(2025, 5, 23), "of": "nkg:Offer", "share": [Decimal("0.50"), 1]},
    )
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert sparql.splitlines()[10] == (
        f'VALUES ?param_name {{ "a\\"}} #" }} VALUES ?param_size {{ "3"^^<{xsd}integer> }} '
        f'VALUES ?param_kind {{ "b" }} VALUES ?param_day {{ "2025-05-23"^^<{xsd}date> }} '
        f"VALUES ?param_of {{ <https://w3id.org/newskg/ontology#Offer> }} "
        f'VALUES ?param_share {{ "0.50"^^<{xsd}decimal> "1"^^<{xsd}decimal> }}'
    )
    assert len(sparql.splitlines()) == len(TEXT.splitlines())


def test_left_out_means_no_values_block() -> None:
    assert "VALUES" not in with_values(load("what-happened"), {})
    assert "VALUES" not in with_values(load("what-happened"), {"actor": None, "type": []})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, r"query 'who': the parameter kind is missing \(which\); give it as --param kind=VALUE"),
        ({"kind": "c"}, "kind='c' is not one of a, b"),
        ({"kind": "a", "size": "many"}, "size='many' is not a whole number"),
        ({"kind": "a", "share": "nan"}, "share='nan' is not a number"),
        ({"kind": "a", "day": "May"}, "day='May' is not a date like 2025-05-23"),
        ({"kind": "a", "of": "no iri> }"}, "is not an IRI"),
        ({"kind": "a", "nmae": "x"}, r"there is no parameter 'nmae'; did you mean name\? it has name, size, kind, day"),
    ],
)
def test_wrong_parameters_are_told_in_one_sentence(given: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        with_values(parse(TEXT, name="who"), given)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#+ param: a string optional - x\nSELECT * { FILTER(?param_a = 1) }", "no place for their values"),
        ("#+ param: a string optional - x\nSELECT * {\n#+ values\n}", "the parameter a is declared but never used"),
        ("#+ param: a text optional - x\n#+ values\n?param_a", "is malformed"),
        ("#+ param: a enum optional - x\n#+ values\n?param_a", "is malformed"),
        ("#+ view: pie\nASK {}", "the view 'pie' is unknown"),
        ("#+ author: me\nASK {}", "unknown field 'author'"),
    ],
)
def test_malformed_headers_are_told(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse(text)


def test_an_unknown_query_lists_near_names(tmp_path: Path) -> None:
    with pytest.raises(
        QueryError, match="query 'who-propsed-what': there is no such query; did you mean who-proposed-what"
    ):
        load("who-propsed-what")
    with pytest.raises(QueryError, match=r"no such query; it may be .*dyads, .*what-happened.*; kg queries lists"):
        load("zzz")
    with pytest.raises(QueryError, match=r"mine\.rq: the query file cannot be read \(No such file"):
        load(str(tmp_path / "mine.rq"))
    (tmp_path / "latin.rq").write_bytes(b"# caf\xe9")
    with pytest.raises(QueryError, match="it is not UTF-8"):
        load(tmp_path / "latin.rq")
