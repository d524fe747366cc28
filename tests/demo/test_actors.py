"""The demo as one world: its people, states and talks are one each, however the six articles call them."""

from __future__ import annotations

from collections import defaultdict

import pytest

import kg
from kg.entities import knowledge


def entities(demo: kg.Graph) -> dict[str, set[str]]:
    """Give entity IRI → the articles that speak of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in demo.query("who-is-involved").to_dicts():
        found[str(row["entity"])].add(str(row["source"]))
    return found


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("Vladimir Putin", 5),
        ("Volodymyr Zelenskyy", 5),
        ("Donald Trump", 2),
        ("Vladimir Medinsky", 3),
        ("Rustem Umerov", 3),
        ("Russian Defence Ministry", 2),
        ("Istanbul", 6),
        ("Russia", 6),
    ],
)
def test_one_node_for_each(demo: kg.Graph, name: str, articles: int) -> None:
    rows = [row for row in demo.query("who-is-involved").to_dicts() if str(row["name"]).split()[-1] == name.split()[-1]]
    nodes = {row["entity"] for row in rows if row["type"] in ("PERSON", "ORG", "GPE")}
    assert len(nodes) == 1
    assert {row["name"] for row in rows if row["entity"] in nodes} == {name}
    assert len(entities(demo)[str(min(map(str, nodes)))]) >= articles


def test_people_have_the_id_that_the_tables_have_and_else_no_link(demo: kg.Graph) -> None:
    ids = {row["name"]: row["wikidata"] for row in demo.query("who-is-involved").to_dicts()}
    tables = knowledge.load()
    named = {known.id for known in tables["donald trump"]}
    assert {str(ids["Donald Trump"]).rpartition("/")[2]} == named
    unknown = [name for name in ids if any(known.id == "" for known in tables.get(name.lower(), ()))]
    assert unknown and not any(ids[name] for name in unknown)
