"""One long document: what its resolution costs grows with its length and no faster, counted in calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.entities.accounts import Account
from kg.entities.accounts_within import links_within
from kg.resolve import resolve
from kg.resolve.actors import read_actors
from kg.store import Store, create_or_open
from tests.clock import calls, growth
from tests.store.synthetic import GAZETTEER, Page

KINDS = (("Meeting", "met"), ("Attack", "struck"), ("Aid", "supplied"), ("Happening", "shook"))


def book(events: int) -> Page:
    """One text of so many events, three kinds that are compared and one that is not, about eight states."""
    sentences = [
        f"In part {n}, State {n % 8} {KINDS[n % 4][1]} State {(n + 1) % 8} and {n + 2} people." for n in range(events)
    ]
    page = Page("book", " ".join(sentences))
    states = [page.actor("GeopoliticalEntity", f"State {n}") for n in range(8)]
    for n, sentence in enumerate(sentences):
        cls, verb = KINDS[n % 4]
        agent = states[n % 8]
        node = page.event(cls, sentence[:-1], sentence, label=f"{verb} {n}", lemma=verb, agent=agent)
        if n % 5 == 0:
            page.quantity(node, n + 2, f"and {n + 2} people", "people")
    return page


def calls_to_resolve(directory: Path, events: int) -> int:
    """Count the calls of Python functions."""
    with create_or_open(directory) as store:
        store.write_documents([book(events).graph()])
        return calls(lambda: resolve(store, gazetteer=GAZETTEER))


def test_the_resolution_of_one_document_is_linear(tmp_path: Path) -> None:
    calls_to_resolve(tmp_path / "first", 50)  # what is loaded or cached once is done here
    short, long = (calls_to_resolve(tmp_path / str(events), events) for events in (200, 800))
    assert long / short < 4 * 1.1, (short, long)


@pytest.mark.parametrize("kinds", [1, 40])
def test_counts_are_compared_with_counts_of_the_same_things_only(kinds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def same(one: Account, other: Account) -> bool:
        nonlocal compared
        compared += 1
        return False

    monkeypatch.setattr("kg.entities.accounts_within.same_count", same)
    told = [
        Account(
            f"http://x/{n}", "d", "Attack", f"killed {n}", value="7", counted=f"thing {n % kinds}", source=f"s{n}", at=n
        )
        for n in range(80)
    ]
    list(links_within(told))
    each = 80 // kinds
    assert compared == kinds * each * (each - 1) // 2


def test_actors_of_one_document_are_read_in_the_time_they_are_many(tmp_path: Path) -> None:
    stores: dict[int, Store] = {}
    for size in (150, 1200):
        names = [f"Name{n:04}x" for n in range(size)]
        page = Page("book", " ".join(names))
        team = page.actor("Group", "team", names[0], kind="nominal", members=(page.actor("Person", names[0]),))
        for name in names[1:]:
            page.actor("Person", name)
        stores[size] = create_or_open(tmp_path / str(size))
        stores[size].write_documents([page.graph()])
        found = {actor.iri: actor for actor in read_actors(stores[size], page.iri)}
        assert len(found) == size and not found[team].named and found[team].descriptions == (names[0],)

    def read(size: int) -> None:
        assert len(read_actors(stores[size], stores[size].documents()["book"])) == size

    assert growth(read, *stores) < 24  # eight times the actors; squared it would be 64
    for store in stores.values():
        store.close()
