"""One world from six articles: one Istanbul meeting, one exchange, and the figures on which sources differ."""

from __future__ import annotations

import kg

ACCOUNTS = """
SELECT ?event ?id ?class ?label ?time ?value WHERE {
  GRAPH ?doc {
    ?account a ?class ; rdfs:label ?label ; nkg:factuality nkg:Happened . ?doc dcterms:identifier ?id .
    OPTIONAL { ?account sem:hasEarliestBeginTimeStamp ?time }
    OPTIONAL { ?account nkg:quantity/nkg:value ?value }
  }
  VALUES ?class { nkg:Meeting nkg:Exchange nkg:Release }
  ?account nkg:canonical ?event
}"""


def accounts(demo: kg.Graph) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in demo.query(ACCOUNTS).to_dicts():
        told = {name: str(value) for name, value in row.items() if value is not None}
        told["class"] = told["class"].rpartition("#")[2]
        found.setdefault(told["event"], []).append(told)
    return found


def test_the_meeting_in_istanbul_is_one(demo: kg.Graph) -> None:
    groups = accounts(demo).values()
    in_istanbul = [
        group for group in groups if any("Istanbul" in one["label"] and one["class"] == "Meeting" for one in group)
    ]
    assert len(in_istanbul) == 1
    assert len({one["id"] for one in in_istanbul[0]}) >= 3


def test_the_exchange_is_one_over_its_days_with_the_figures_of_each_source(demo: kg.Graph) -> None:
    groups = [group for group in accounts(demo).values() if len({one["id"] for one in group}) > 1]
    exchanges = [group for group in groups if any(one["class"] == "Exchange" for one in group)]
    assert len(exchanges) == 1
    days = {one["time"][:10] for one in exchanges[0] if "time" in one}
    assert {"2025-05-23", "2025-05-24", "2025-05-25"} >= days and len(days) >= 2
    assert {float(one["value"]) for one in exchanges[0] if "value" in one} >= {390.0, 382.0}


def test_the_figures_are_their_sources_own(demo: kg.Graph) -> None:
    rows = demo.query("where-accounts-differ").to_dicts()
    assert {(row["source"], float(str(row["value"]))) for row in rows} == {
        ("dispatch-second-day", 390.0),
        ("dispatch-second-day", 382.0),
        ("observer-completed", 800.0),
        ("observer-completed", 764.0),
    }
    assert len({row["event"] for row in rows}) == 2
    assert all(row["accordingToName"] for row in rows)


def test_nobody_stands_twice(demo: kg.Graph) -> None:
    rows = demo.query("SELECT ?c ?l WHERE { ?c skos:exactMatch ?w ; rdfs:label ?l }").to_dicts()
    names = [str(row["l"]) for row in rows]
    for name in ("Vladimir Putin", "Volodymyr Zelenskyy"):
        assert names.count(name) == 1
