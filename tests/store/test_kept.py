"""Facts kept from the lines of a graph are those that the database would give, and go when the graph changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import Store, Term, create_or_open
from kg.store import kept as kept_module
from kg.store.reader import Reader
from kg.store.writer import LOCK
from kg.vocab import XSD
from tests.store.synthetic import corridor

GRAPH = "https://example.org/doc/one"
SAYS, COUNTS = "https://example.org/says", "https://example.org/counts"
OBJECTS = (
    "<https://example.org/thing>",
    '"plain"',
    '"a \\"quoted\\" line\\nand \\u00E9 \\\\ another"',
    f'"said so"^^<{XSD}string>',
    f'"7"^^<{XSD}nonNegativeInteger>',
    f'"007"^^<{XSD}integer>',
    f'"1.50"^^<{XSD}decimal>',
    f'"2024-05-01T10:00:00.00Z"^^<{XSD}dateTime>',
    f'"1"^^<{XSD}boolean>',
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that keeps one property."""
    with create_or_open(tmp_path / "graph") as opened:
        opened.keep([SAYS])
        yield opened


def line(thing: str, *, predicate: str = SAYS, graph: str = GRAPH) -> str:
    return f"<https://example.org/s> <{predicate}> {thing} <{graph}> ."


def told(store: Store, asked: tuple[str, ...] = (SAYS,)) -> dict[str, dict[str, list[Term]]]:
    return ordered(store.facts(GRAPH, asked))


def from_database(store: Store, asked: tuple[str, ...] = (SAYS,)) -> dict[str, dict[str, list[Term]]]:
    return ordered(Reader.facts(store, GRAPH, asked))


def ordered(found: dict[str, dict[str, list[Term]]]) -> dict[str, dict[str, list[Term]]]:
    return {one: {subject: sorted(terms) for subject, terms in of.items()} for one, of in found.items()}


def is_kept(store: Store) -> bool:
    assert store._kept is not None
    return store._kept.get(GRAPH, [SAYS]) is not None


@pytest.mark.parametrize("thing", OBJECTS)
def test_each_kind_of_object_is_as_the_database_has_it(store: Store, thing: str) -> None:
    store.write_documents([(GRAPH, [line(thing), line(thing), line('"other"', predicate=COUNTS)])])
    assert is_kept(store)
    assert told(store) == from_database(store)
    assert len(told(store)[SAYS]["https://example.org/s"]) == 1


@pytest.mark.parametrize("thing", ['"chat"@fr', "<https://example.org/\\u00E9>", "_:b1"])
def test_what_is_written_in_an_unusual_way_is_asked_of_the_database(store: Store, thing: str) -> None:
    store.write_documents([(GRAPH, [line(thing)])])
    assert not is_kept(store)
    assert told(store) == from_database(store)


def test_another_property_is_asked_of_the_database(store: Store) -> None:
    store.write_documents([(GRAPH, [line('"one"'), line('"two"', predicate=COUNTS)])])
    assert told(store, (SAYS, COUNTS)) == from_database(store, (SAYS, COUNTS))
    assert [term.value for term in store.facts(GRAPH, [COUNTS])[COUNTS]["https://example.org/s"]] == ["two"]


def test_a_graph_that_is_replaced_patched_or_removed_is_told_as_it_is_now(store: Store) -> None:
    store.write_documents([(GRAPH, [line('"old"')])])
    store.write_documents([(GRAPH, [line('"new"')])])
    assert [term.value for term in store.facts(GRAPH, [SAYS])[SAYS]["https://example.org/s"]] == ["new"]
    store.patch_graph(GRAPH, come=[f'<https://example.org/s> <{SAYS}> "more"'])
    assert told(store) == from_database(store)
    assert len(store.facts(GRAPH, [SAYS])[SAYS]["https://example.org/s"]) == 2
    store.write_documents([(GRAPH, [line('"again"')])])
    store.take_in(f"{line(chr(34) + 'loaded' + chr(34))}\n".encode(), replaced=[GRAPH])
    assert [term.value for term in store.facts(GRAPH, [SAYS])[SAYS]["https://example.org/s"]] == ["loaded"]
    store.write_documents([(GRAPH, [line('"again"')])])
    store.remove_documents([GRAPH])
    assert store.facts(GRAPH, [SAYS]) == {SAYS: {}}


def test_a_full_file_or_disk_only_costs_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "MOST", 0)
    store.write_documents([(GRAPH, [line('"one"')])])
    assert not is_kept(store)
    monkeypatch.setattr(kept_module, "MOST", 1 << 20)

    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.store.kept.tempfile.TemporaryFile", full)
    store.write_documents([(GRAPH, [line('"two"')])])
    assert not is_kept(store)
    assert told(store) == from_database(store)


def test_a_document_of_the_product_is_kept_and_leaves_no_file(tmp_path: Path) -> None:
    from kg.resolve.building import READ

    graph, lines = corridor("two").graph()
    with create_or_open(tmp_path / "graph") as store:
        store.keep(READ)
        store.write_documents([(graph, lines)])
        assert store._kept is not None
        found = store._kept.get(graph, READ)
        assert found is not None
        assert ordered(found) == ordered(Reader.facts(store, graph, READ))
        assert sum(map(len, found.values())) > 20
        assert {path.name for path in (tmp_path / "graph").iterdir()} == {"newskg.json", "store", "unpublished", LOCK}
