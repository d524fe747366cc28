"""Measures of the network of actors, on one small enough to reckon by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.exporters import measures
from kg.exporters.record import Draft, Network, network
from kg.exporters.views import view_of
from tests.store.synthetic import Page, published


def net() -> Network:
    """Two triangles, {A, B, C} and {D, E, F}, joined by C → D; G stands apart."""
    nodes = {name: Draft(("actor", "Person", f"Actor {name}")) for name in "ABCDEFG"}
    pairs = [("A", "B", 5), ("B", "C", 4), ("C", "A", 3), ("D", "E", 4), ("E", "F", 4), ("F", "D", 4), ("C", "D", 1)]
    edges = [Draft((one, other, "Meeting"), {"quote": [f"{one} met {other}."]}, weight=n) for one, other, n in pairs]
    return network(nodes, edges)


def test_counts() -> None:
    found = measures.counts(net())
    assert (found["nodes"], found["edges"], found["events"], found["parts"], found["largest_part"]) == (7, 7, 25, 2, 6)
    assert found["density"] == round(7 / 42, 4) and found["reciprocity"] == 0


def meetings(folder: Path) -> Network:
    """A meeting of three, of which two articles tell, and an attack by one of them on another."""
    pages = []
    for id in ("one", "two"):
        page = Page(id, "Ann, Bob and Cid met. Ann attacked Bob.")
        three = tuple(page.actor("Person", name) for name in ("Ann", "Bob", "Cid"))
        page.event("Meeting", "met", "Ann, Bob and Cid met.", agent=three, plover="CONSULT", time="2025-05-19")
        if id == "one":
            page.event("Attack", "attacked", "Ann attacked Bob.", agent=three[0], patient=three[1], plover="ASSAULT")
        pages.append(page)
    with kg.open(published(folder, *pages)) as graph:
        return view_of(graph.reader, "actors")


def test_an_event_counts_once_however_many_pairs_it_joins(tmp_path: Path) -> None:
    met = meetings(tmp_path / "graph")
    assert (len(met.edges), measures.counts(met)["events"]) == (7, 2)
    found = {one.label: (one.out, one.into) for one in measures.standings(met)}
    assert found == {"Ann": (2, 1), "Bob": (1, 2), "Cid": (1, 1)}
    [hop] = measures.path(met, "Ann", "Bob")
    assert hop.weight == 2
    joined = {weight for *_, weight in measures.undirected(met).edges(data="weight")}
    assert joined == {1, 2}


def test_standings_are_those_that_networkx_finds() -> None:
    import networkx

    graph = measures.simple(net())
    rank = measures.pagerank(graph)
    assert sum(rank.values()) == pytest.approx(1)
    # the fixed point of the definition (Brin and Page 1998)
    out = dict(graph.out_degree(weight="weight"))
    idle = sum(rank[node] for node in graph if not out[node])
    for node in graph:
        into = sum(rank[a] * data["weight"] / out[a] for a, _, data in graph.in_edges(node, data=True))
        assert rank[node] == pytest.approx((0.15 + 0.85 * idle) / 7 + 0.85 * into, abs=1e-6)
    by_label = {one.label: one for one in measures.standings(net())}
    assert (by_label["Actor C"].out, by_label["Actor C"].into) == (4, 4)
    between = networkx.betweenness_centrality(graph, weight="distance")
    assert by_label["Actor C"].between == round(between["C"], 4) > by_label["Actor A"].between
    assert [one.label for one in measures.standings(net())][:2] == ["Actor B", "Actor D"]
    assert measures.pagerank(networkx.DiGraph()) == {}


def test_communities() -> None:
    groups = [sorted(group) for group in measures.communities(net())]
    assert groups == [["Actor A", "Actor B", "Actor C"], ["Actor D", "Actor E", "Actor F"], ["Actor G"]]


def test_the_path_goes_either_way_with_a_sentence_for_each_step() -> None:
    hops = measures.path(net(), "actor b", "Actor D")
    assert [(hop.source, hop.target, hop.forward) for hop in hops] == [
        ("Actor B", "Actor C", True),
        ("Actor C", "Actor D", True),
    ]
    assert [hop.quote for hop in hops] == ["B met C.", "C met D."]
    [back] = measures.path(net(), "Actor E", "Actor D")
    assert (back.forward, back.weight, back.relation) == (False, 4, "Meeting")


def test_no_number_of_events_outdoes_a_step() -> None:
    nodes = {name: Draft(("actor", "Person", name)) for name in "ABCDEFGH"}
    pairs = [*zip("ABC", "BCG", (1, 1, 1), strict=True), *zip("ADEF", "DEFG", (99, 99, 99, 99), strict=True)]
    pairs += [("A", "H", 2), ("H", "C", 2)]
    edges = [Draft((one, other, "Attack"), weight=n) for one, other, n in pairs]
    hops = measures.path(network(nodes, edges), "A", "G")
    assert [hop.target for hop in hops] == ["H", "C", "G"], "three steps, those with more events"


def test_who_is_not_there_or_not_connected_is_told() -> None:
    with pytest.raises(InputError, match="nobody of this name did anything"):
        measures.path(net(), "Nobody", "A")
    with pytest.raises(InputError, match="that may be Actor A, Actor B"):
        measures.path(net(), "Actor", "A")
    with pytest.raises(InputError, match="Actor A and Actor G: no event leads from one to the other"):
        measures.path(net(), "Actor A", "Actor G")
