"""Who is who across documents: decisions as functions, and the graph that `resolve` makes of them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from kg.entities.account_groups import canonical_events
from kg.entities.accounts import Account
from kg.entities.identity import Actor, canonical_actors, known_as, normalised
from kg.model import EntityType, Known
from kg.resolve import resolve
from kg.store import Reader, create_or_open
from tests.store.synthetic import GAZETTEER, Page, corridor, written


def actor(n: int, label: str, cls: str = "Person", *, named: bool = True) -> Actor:
    return Actor(f"http://x/doc/{n}/actor/0-1", cls, label, named)


def account(n: int, value: str, source: str, **more: Any) -> Account:
    given = {"document": "d", "cls": "Attack", "factuality": "Happened", "counted": "people", "lemma": "die", **more}
    return Account(iri=f"http://x/{n}", label=f"event {n}", value=value, source=source, **given)


@pytest.mark.parametrize(
    "label", ["The Rēzekne  Council", "rezekne council", "the REZEKNE COUNCIL", "A Rezekne council"]
)
def test_labels_are_compared_without_case_diacritics_article(label: str) -> None:
    assert normalised(label) == "rezekne council"


def test_names_that_begin_like_an_article_are_kept() -> None:
    assert normalised("Theresa May") == "theresa may"
    assert normalised("Ann Arbor") == "ann arbor"


def test_the_same_name_and_type_is_one_and_keeps_its_other_spellings() -> None:
    found = canonical_actors([actor(1, "Zoë Lund"), actor(2, "Zoe Lund"), actor(3, "Zoe Lund", "Organization")], {})
    assert [(one.key, one.label, one.alternatives, len(one.members)) for one in found] == [
        ("org-zoe-lund", "Zoe Lund", (), 1),
        ("person-zoe-lund", "Zoë Lund", ("Zoe Lund",), 2),
    ]
    assert {one.reason for one in found} == {"same-type-and-name"}


def test_names_in_other_scripts_get_keys_of_their_own() -> None:
    keys = {
        one.key for one in canonical_actors([actor(1, "Київ"), actor(2, "Одеса"), actor(3, "A-B"), actor(4, "A B")], {})
    }
    assert len(keys) == 4
    assert all(key.isascii() for key in keys)


def test_who_has_no_name_is_never_merged() -> None:
    both = [actor(1, "the spokesman", named=False), actor(2, "the spokesman", named=False)]
    assert len(canonical_actors(both, {})) == 2
    things = [actor(1, "390 prisoners", "Participant"), actor(2, "390 prisoners", "Participant")]
    assert len(canonical_actors(things, {})) == 2


def test_knowledge_merges_what_is_spelt_otherwise() -> None:
    nations = [actor(1, "the United States", "GeopoliticalEntity"), actor(2, "USA", "GeopoliticalEntity")]
    (one,) = canonical_actors(nations, GAZETTEER)
    assert (one.key, one.wikidata, one.label, one.alternatives) == (
        "Q30",
        "Q30",
        "United States",
        ("the United States", "USA"),
    )


def test_knowledge_counts_only_if_type_and_sense_fit_and_one_thing_is_meant() -> None:
    def known(label: str, cls: str = "GeopoliticalEntity") -> str:
        found = known_as(actor(1, label, cls), table)
        return found.id if found else ""

    place = EntityType.GPE
    table = {
        **GAZETTEER,
        "istanbul": (Known("Istanbul", place, "Q406", country="TR"), Known("İstanbul", place, "Q534799", country="TR")),
        "kremlin": (Known("Russia", place, "Q159", "seat"),),
        "russians": (Known("Russia", place, "Q159", "demonym"),),
        "paris": (Known("France", place, "Q142", "seat"), Known("Paris", place)),
        "kim": (
            Known("Kim A", EntityType.PERSON, "Q1", country="KR"),
            Known("Kim B", EntityType.PERSON, "Q2", country="KR"),
        ),
    }
    assert known("Russia") == "Q159"
    assert known("Russia", "Organization") == ""
    assert known("Moscow") == "Q649"
    assert known("Georgia") == ""
    assert known("ISTANBUL") == "Q406"
    assert known("the Kremlin") == "Q159"
    assert known("Russians") == ""
    assert known("Paris") == ""
    assert known("Kim", "Person") == ""


def test_actors_do_not_depend_on_order() -> None:
    actors = [
        actor(1, "USA", "GeopoliticalEntity"),
        actor(2, "the United States", "GeopoliticalEntity"),
        actor(3, "Zoë Lund"),
        actor(4, "zoe lund"),
    ]
    results = {canonical_actors(order, GAZETTEER) for order in itertools.permutations(actors)}
    assert len(results) == 1


def test_different_sources_of_one_count_tell_of_one_event() -> None:
    events = canonical_events([account(1, "27", "mayor"), account(2, "9", "clinic"), account(3, "5", "")])
    assert [one.members for one in events] == [("http://x/1", "http://x/2", "http://x/3")]
    assert events[0].reason == "same-count-by-different-sources"
    assert events[0].label == "event 1"


@pytest.mark.parametrize(
    "other",
    [
        account(2, "9", "mayor"),
        account(2, "9", "clinic", counted="homes"),
        account(2, "9", "clinic", cls="Protest"),
        account(2, "9", "clinic", factuality="Hypothetical"),
        account(2, "9", "clinic", time="2025-04-01"),
        account(2, "", "clinic"),
        account(2, "9", "", lemma="kill"),
        account(2, "9", "clinic", document="e", time="2025-05-01"),
        account(2, "9", "clinic", document="e", time="2025-05", agents=frozenset({"gpe-a"})),
        account(2, "9", "clinic", document="e", time="2025-05-02", agents=frozenset({"gpe-a"})),
    ],
)
def test_anything_else_stays_an_event_of_its_own(other: Account) -> None:
    first = account(1, "27", "mayor", time="2025-05-01", agents=frozenset({"gpe-a"}))
    assert sorted(one.members for one in canonical_events([first, other])) == [("http://x/1",), ("http://x/2",)]


def test_outlets_that_tell_of_one_day_and_place_tell_of_one_event() -> None:
    outlets = [account(n, str(n), "", document=str(n), time="2025-05-01", agents=frozenset({"gpe-a"})) for n in (1, 2)]
    assert [one.members for one in canonical_events(outlets)] == [("http://x/1", "http://x/2")]


def test_a_source_with_two_figures_speaks_of_two_events() -> None:
    accounts = [account(1, "27", "mayor"), account(2, "9", "mayor"), account(3, "5", "clinic")]
    for order in itertools.permutations(accounts):
        assert [len(one.members) for one in canonical_events(order)] == [1, 1, 1]


def identity(reader: Reader) -> list[str]:
    return [line for line in reader.nquads().splitlines() if line.endswith(f"<{reader.base}identity> .")]


def test_every_actor_and_event_has_exactly_one_canonical_node(tmp_path: Path) -> None:
    with written(tmp_path, corridor("one"), corridor("two")) as store:
        things = store.query(
            "SELECT DISTINCT ?x WHERE { GRAPH ?d { ?d a nkg:Article . "
            "{ ?x a nkg:Event } UNION { ?m nkg:refersTo ?x } } }"
        )
        pairs = store.query("SELECT ?x ?c WHERE { ?x nkg:canonical ?c }")
        assert len(things.rows) == len(pairs.rows) == len({row[0] for row in pairs.rows}) == 32
        assert {row[0] for row in things.rows} == {row[0] for row in pairs.rows}
        shared = store.query(
            "SELECT ?c (COUNT(*) AS ?n) WHERE { ?x nkg:canonical ?c } GROUP BY ?c HAVING (COUNT(*) > 1)"
        )
        counts = sorted(row[1].value for row in shared.rows if row[1])
        # Russia, United States, Georgia, Moscow; of the copied text, offer, refusal, accusation, and a toll told by two
        assert counts == ["2"] * 7 + ["4"]


def test_the_identity_graph_does_not_depend_on_arrival(tmp_path: Path) -> None:
    pages = [corridor("one"), corridor("two"), Page("three", "USA", issued="2025-01-01")]
    pages[2].actor("GeopoliticalEntity", "USA")
    with written(tmp_path / "at-once", *pages) as at_once:
        expected = identity(at_once)
    with create_or_open(tmp_path / "in-turn") as store:
        for page in reversed(pages):
            store.write_documents([page.graph()])
            resolve(store, gazetteer=GAZETTEER)
        assert identity(store) == expected
        resolve(store, gazetteer=GAZETTEER)
        assert identity(store) == expected
    assert any('"USA"' in line and "altLabel" in line for line in expected)


def test_what_a_changed_document_no_longer_says_leaves_the_identity_graph(tmp_path: Path) -> None:
    with written(tmp_path, corridor("one")) as store:
        store.write_documents([Page("one", "Nothing happened.").graph()])
        resolve(store, gazetteer=GAZETTEER)
        assert len(identity(store)) == 1
