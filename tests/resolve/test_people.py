"""Actors across documents, bit by bit: the same as all at once, and as the decisions without a store say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.entities.identity import canonical_actors
from kg.entities.knowledge import load
from kg.resolve import resolve
from kg.resolve.actors import read_actors
from kg.resolve.building import after_build
from kg.resolve.journal import Entry, append, key_of
from kg.resolve.knowledge import gazetteer_of
from kg.store import Reader, Store, create_or_open
from tests.resolve.texts import wire
from tests.store.synthetic import Page

_Actors = tuple[tuple[str, str, str], ...]  # class, label, the words that name it
_P, _O, _G, _H = "Person", "Organization", "GeopoliticalEntity", "NamedEvent"

TOLD: tuple[tuple[str, str, _Actors], ...] = (
    (
        "full",
        "2025-05-02",
        ((_P, "Piotr Vasnik", "Piotr Vasnik"), (_O, "Amber Line", "Amber Line"), (_P, "Ada Holm", "Ada Holm")),
    ),
    ("lone", "2025-05-03", ((_P, "Vasnik", "Vasnik"), (_O, "Amber Line", "Amber Line"), (_P, "Ada Holm", "Ada Holm"))),
    (
        "other",
        "2025-05-20",
        ((_P, "Igor Vasnik", "Igor Vasnik"), (_O, "Blue Reef", "Blue Reef"), (_P, "Ben Stoll", "Ben Stoll")),
    ),
    (
        "lone-too",
        "2025-05-21",
        ((_P, "Vasnik", "Vasnik"), (_O, "Blue Reef", "Blue Reef"), (_P, "Ben Stoll", "Ben Stoll")),
    ),
    (
        "both",
        "2025-05-22",
        ((_P, "Igor Vasnik", "Igor Vasnik"), (_P, "Piotr Vasnik", "Piotr Vasnik"), (_G, "France", "France")),
    ),
    ("singer", "2025-05-22", ((_P, "Piotr Vasnik", "singer Piotr Vasnik"), (_G, "Dunmoor", "Dunmoor"))),
    ("judge", "2025-06-02", ((_P, "Piotr Vasnik", "judge Piotr Vasnik"), (_G, "dunmoor", "dunmoor"))),
    ("spelt", "2025-06-02", ((_P, "Pyotr Vasnik", "Pyotr Vasnik"), (_O, "AL", "AL"), (_P, "Ada Holm", "Ada Holm"))),
    (
        "known",
        "2025-05-05",
        ((_P, "Emmanuel Macron", "Emmanuel Macron"), (_G, "France", "France"), (_P, "Ada Holm", "Ada Holm")),
    ),
    ("surname", "2025-05-06", ((_P, "Macron", "Macron"), (_G, "Dunmoor", "Dunmoor"), (_P, "Ada Holm", "Ada Holm"))),
    ("singing", "2025-05-06", ((_P, "Emmanuel Macron", "singer Emmanuel Macron"), (_G, "Norway", "Norway"))),
    ("union", "2025-05-07", ((_O, "Harbour Workers League", "Harbour Workers League"), (_G, "France", "France"))),
    ("union-of", "2025-05-08", ((_O, "French Harbour Workers League", "French Harbour Workers League"),)),
    ("letters", "2025-05-09", ((_O, "HWL", "HWL"), (_G, "France", "France"))),
    ("round", "2025-05-10", ((_H, "the Dunmoor talks", "the Dunmoor talks"), (_G, "Dunmoor", "Dunmoor"))),
    ("between", "2025-06-15", ((_H, "talks in Dunmoor", "talks in Dunmoor"), (_G, "Dunmoor", "Dunmoor"))),
    ("later", "2025-07-20", ((_H, "the Dunmoor talks", "the Dunmoor talks"), (_G, "Dunmoor", "Dunmoor"))),
)


NAMES = {name: load()[name] for name in ("france", "french", "iso:fr", "emmanuel macron", "macron", "norway", "iso:no")}


def page(id: str, issued: str, actors: _Actors) -> Page:
    """An article that names its actors, one a sentence."""
    made = Page(id, " ".join(f"Here is {words}." for _, _, words in actors), issued=issued)
    for cls, label, words in actors:
        made.actor(cls, label, words)
    return made


def pages() -> list[Page]:
    return [page(*told) for told in TOLD]


def written(directory: Path, *documents: Page) -> Store:
    store = create_or_open(directory)
    store.write_documents([one.graph() for one in documents])
    resolve(store, gazetteer=NAMES)
    return store


def groups(reader: Reader) -> dict[str, set[str]]:
    """Canonical key to members, as the store has them."""
    found: dict[str, set[str]] = {}
    for node, member in reader.query("SELECT ?c ?a WHERE { ?a nkg:canonical ?c }").rows:
        if node and member:
            found.setdefault(node.value.rpartition("/")[2], set()).add(member.value)
    return found


def test_the_store_has_what_the_decisions_without_a_store_say(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        actors = [actor for one in pages() for actor in read_actors(store, one.iri)]
        expected = {one.key: set(one.members) for one in canonical_actors(actors, NAMES)}
        assert groups(store) == expected
        assert max(map(len, expected.values())) >= 4
        assert 10 < len(expected) < len(actors)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(TOLD))), cut=st.integers(0, len(TOLD) - 1), gone=st.integers(0, len(TOLD) - 1))
def test_actors_come_bit_by_bit_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int, gone: int
) -> None:
    documents = pages()
    with written(tmp_path_factory.mktemp("whole"), *documents) as store:
        expected = store.nquads()
    with written(tmp_path_factory.mktemp("parts"), *(documents[k] for k in order[:cut])) as store:
        for k in order[cut:]:
            store.write_documents([documents[k].graph()])
            resolve(store, gazetteer=NAMES, documents=[documents[k].iri])
        assert store.nquads() == expected
        # one becomes another, and then itself again
        store.write_documents([page(TOLD[gone][0], "2025-05-01", ((_P, "Vasnik", "Vasnik"),)).graph()])
        resolve(store, gazetteer=NAMES, documents=[documents[gone].iri])
        assert store.nquads() != expected
        store.write_documents([documents[gone].graph()])
        resolve(store, gazetteer=NAMES, documents=[documents[gone].iri])
        assert store.nquads() == expected


def test_a_text_stays_one_with_its_copy_where_only_its_actors_move(tmp_path: Path) -> None:
    names = ("Vasnik", "Ada Holm", "Amber Line")
    original, copy = wire("morning", "2025-05-01", *names), wire("evening", "2025-05-02")
    for cls, name in zip((_P, _P, _O), names, strict=True):
        original.actor(cls, name)
    with written(tmp_path / "parts", original, copy) as store:
        full = page(*TOLD[0])
        store.write_documents([full.graph()])
        resolve(store, gazetteer=NAMES, documents=[full.iri])
        with written(tmp_path / "whole", original, copy, full) as whole:
            assert store.nquads() == whole.nquads()


def test_a_new_member_of_a_large_group_moves_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [page(f"many{k}", "2025-05-01", ((_G, "Dunmoor", "Dunmoor"), (_G, "France", "France"))) for k in range(30)]
    with written(tmp_path, *many[1:]) as store:
        written_quads: list[str] = []
        patch = Store.patch_graph

        def counted(store: Store, graph: str, *, gone: list[str], come: list[str]) -> None:
            written_quads.extend([*gone, *come])
            patch(store, graph, gone=gone, come=come)

        monkeypatch.setattr(Store, "patch_graph", counted)
        store.write_documents([many[0].graph()])
        resolve(store, gazetteer=NAMES, documents=[many[0].iri])
        assert len(groups(store)) == 2
        assert 0 < len(written_quads) < 10


def test_actors_merged_by_hand_keep_the_decisions_about_each(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        before = store.nquads()
        found = {
            label: sorted(actor.iri for one in pages() for actor in read_actors(store, one.iri) if actor.label == label)
            for label in ("Amber Line", "Blue Reef")
        }
        pair = tuple(key_of(store, names[0]) for names in found.values())
        append(tmp_path, [Entry("merge", pair)])
        resolve(store, gazetteer=NAMES, documents=[])
        rows = store.query("SELECT ?one WHERE { ?merge a nkg:Merge ; nkg:joins ?one }").rows
        assert {row[0].value for row in rows if row[0]} >= {name for names in found.values() for name in names}
        both = {name for names in found.values() for name in names}
        assert any(names >= both for names in groups(store).values())
        append(tmp_path, [Entry("split", pair[:1])])
        resolve(store, gazetteer=NAMES, documents=[])
        assert store.nquads() == before


def test_a_graph_keeps_the_tables_that_it_was_built_with(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("surface,label,type,id,sense,country\ndunmoor,Dunmoor,GPE,Q64,name,\n", encoding="utf-8")
    with create_or_open(tmp_path / "graph") as store:
        store.write_documents([one.graph() for one in pages()])
        after_build(store, (table,), None, resolve=True)
        before = store.nquads()
        assert "Q64" in groups(store)
        table.unlink()
        resolve(store, gazetteer=gazetteer_of(store.directory))
        assert store.nquads() == before


def test_documents_written_without_a_resolution_are_not_forgotten(tmp_path: Path) -> None:
    with written(tmp_path, *pages()[:3]) as store:
        store.write_documents([pages()[3].graph()])
        after_build(store, (), [pages()[3].iri], resolve=False)
        store.write_documents([pages()[4].graph()])
        resolve(store, gazetteer=NAMES, documents=[pages()[4].iri])
        assert pages()[3].iri in {name.rsplit("/", 2)[0] for names in groups(store).values() for name in names}


def test_what_stands_after_a_place_is_told_of_it(tmp_path: Path) -> None:
    made = Page("there", "Rain fell on Paris, Texas, and on Oslo. Bergen was dry, Norway said.", issued="2025-05-02")
    for name in ("Paris", "Texas", "Oslo", "Bergen", "Norway"):
        made.actor(_G, name)
    with create_or_open(tmp_path) as store:
        store.write_documents([made.graph()])
        assert {one.label: one.within for one in read_actors(store, made.iri) if one.within} == {"Paris": ("Texas",)}
        resolve(store)
        query = "SELECT ?w { ?a rdfs:label 'Paris' ; nkg:canonical ?c . ?c skos:exactMatch ?w }"
        assert [row[0].value.rpartition("/")[2] for row in store.query(query).rows if row[0]] == ["Q830149"]
