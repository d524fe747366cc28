"""A digest says what its snapshot says, whatever was written since the one before, and is never needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import kg
from kg import vocab
from kg.digest import digest_of, file_of, make, publish
from kg.digest.agreement import difference
from kg.digest.making import Digesting
from kg.resolve import journal, resolve
from kg.resolve.corrections import checked
from kg.runner.loading import load_shards
from kg.runner.removing import remove
from kg.store import Store, create_or_open, open_reader
from kg.upkeep import back_up, bring_back, check
from tests.bench.newsroom import article
from tests.store.synthetic import GAZETTEER, Page, corridor, published

CONFIDENCE = vocab.NKG + "confidence"
PAGES = [*(article(number) for number in range(8)), corridor()]


def told(directory: Path) -> str:
    """What is wrong with the digest of the published graph; it has to be there."""
    with open_reader(directory) as reader:
        assert digest_of(reader) is not None
        return difference(reader)


def write(directory: Path, *pages: Page) -> None:
    with create_or_open(directory) as store:
        store.write_documents([page.graph() for page in pages])
        resolve(store, gazetteer=GAZETTEER)
        publish(store)


def added(directory: Path) -> None:
    write(directory, article(20), article(21))


def changed(directory: Path) -> None:
    page = Page("article-00003", "Wesia met Kalia. Wesia left.", issued="2024-04-04")
    pair = page.actor("GeopoliticalEntity", "Wesia"), page.actor("GeopoliticalEntity", "Kalia")
    page.event("Meeting", "met", "Wesia met Kalia.", plover="CONSULT", agent=pair[0], recipient=pair[1])
    write(directory, page)


def taken_out(directory: Path) -> None:
    remove(["article-00002", "corridor"], graph=directory)


def copied(directory: Path) -> None:
    page = article(5)
    page = Page("copy", page.text, issued="2025-07-01")
    page.actor("GeopoliticalEntity", next(word for word in page.text.split()))
    write(directory, page)


def merged(directory: Path) -> None:
    with create_or_open(directory) as store:
        found = store.query("SELECT ?a WHERE { GRAPH ?d { ?d a nkg:Article . ?a a nkg:Person } } ORDER BY ?a").rows
        actors = [row[0].value for row in found if row[0]]
        journal.append(directory, [journal.Entry("merge", tuple(journal.key_of(store, one) for one in actors[:2]))])
        resolve(store, gazetteer=GAZETTEER)
        publish(store)


def corrected(directory: Path) -> None:
    with create_or_open(directory) as store:
        found = store.query("SELECT ?e WHERE { GRAPH ?d { ?e a nkg:Proposal } } ORDER BY ?e LIMIT 1").rows[0][0]
        assert found is not None
        given = checked("status", "realised", where="here")
        journal.append(
            directory, [journal.Entry("correct", (journal.key_of(store, found.value),), "status", (), given)]
        )
        resolve(store, gazetteer=GAZETTEER)
        publish(store)


@pytest.mark.parametrize("step", [added, changed, taken_out, copied, merged, corrected])
def test_a_digest_made_from_the_last_one_is_that_made_anew(
    step: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = published(tmp_path / "g", *PAGES)
    assert told(directory) == ""
    read: list[str] = []
    known = Digesting._document
    monkeypatch.setattr(Digesting, "_document", lambda self, graph: (read.append(graph), known(self, graph))[1])
    step(directory)
    assert len(read) <= 2  # and not all of them again
    monkeypatch.undo()
    assert told(directory) == ""


def test_a_run_that_was_broken_off_is_made_up_for(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", *PAGES)
    with create_or_open(directory) as store:
        store.write_documents([article(30).graph()])
    with create_or_open(directory) as store:
        assert store.changes.graphs == {article(30).iri: None}
        resolve(store, gazetteer=GAZETTEER)
        publish(store)
    assert told(directory) == ""
    # what an earlier version left says only that there is something
    with create_or_open(directory) as store:
        store.write_documents([article(31).graph()])
    (directory / "unpublished").write_text("")
    with create_or_open(directory) as store:
        assert store.changes.graphs is None
        publish(store)
    assert told(directory) == ""


def test_a_check_finds_a_digest_that_says_something_else(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", *PAGES)
    with open_reader(directory) as reader:
        assert reader.snapshot is not None
        path = file_of(reader.snapshot)
    for sql, words in (
        ("UPDATE account SET begin = '1999-01-01' WHERE n = 3", "what the graph does not"),
        ("DELETE FROM part WHERE rowid = 5", "other rows in part"),
    ):
        with closing(sqlite3.connect(path)) as base:
            base.execute(sql)
            base.commit()
        found = [one for one in check(directory, shapes=False) if "digest" in one.what]
        assert len(found) == 1 and words in found[0].what and found[0].remedy


def test_without_a_digest_the_graph_answers(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", *PAGES)
    with kg.open(directory) as graph:
        expected = graph.query("co-participants").to_dicts()
        assert graph.reader.snapshot is not None
        path = file_of(graph.reader.snapshot)
    assert expected
    for content in (b"", b"no database", path.read_bytes()[:20_000]):
        path.write_bytes(content)
        with kg.open(directory) as graph:
            assert graph.query("co-participants").to_dicts() == expected
    path.unlink()
    with kg.open(directory) as graph:
        assert graph.query("co-participants").to_dicts() == expected


def test_what_the_tables_have_no_room_for_has_no_digest(tmp_path: Path) -> None:
    page = article(1)
    twice = next(one for one in page.triples if f"{vocab.NKG}kind" in one)
    page.add(*(part.strip("<>") for part in twice.split(" ")[:2]), '"another"')
    directory = published(tmp_path / "g", page)
    with open_reader(directory) as reader:
        assert digest_of(reader) is None
        assert not make(reader, tmp_path / "d.sqlite") and not (tmp_path / "d.sqlite").exists()
    with kg.open(directory) as graph:
        assert graph.query("who-asks-whom").to_dicts()


@pytest.mark.parametrize("property", ["confidence", "value"])
@pytest.mark.parametrize("written", [f'"much"^^<{vocab.XSD}decimal>', f'"NaN"^^<{vocab.XSD}double>', '"1"', '""'])
def test_what_is_no_number_is_left_to_the_graph(property: str, written: str, tmp_path: Path) -> None:
    page = corridor()
    event = next(one.split(" ")[0].strip("<>") for one in page.triples if "#frame>" in one)
    page.add(event, CONFIDENCE, f'"0.5"^^<{vocab.XSD}decimal>')
    told = next(one for one in page.triples if f"<{vocab.NKG}{property}>" in one)
    del page.triples[told]
    page.add(*(part.strip("<>") for part in told.split(" ")[:2]), written)
    lines = "".join(f"{line}\n" for line in page.graph()[1])
    (tmp_path / "all.nq").write_text(lines, encoding="utf-8")
    load_shards([tmp_path / "all.nq"], graph=tmp_path / "g")
    with open_reader(tmp_path / "g") as reader:
        assert digest_of(reader) is None and reader.documents()


@pytest.mark.parametrize("property", ["agent", "refersTo", "hasMember"])
def test_words_in_place_of_somebody_are_left_to_the_graph(property: str, tmp_path: Path) -> None:
    page = corridor()
    told = next((one for one in page.triples if f"<{vocab.NKG}{property}>" in one), next(iter(page.triples)))
    page.add(told.split(" ")[0].strip("<>"), vocab.NKG + property, '"some words"')
    with create_or_open(tmp_path / "g") as store:
        store.write_documents([article(1).graph()])
        resolve(store, gazetteer=GAZETTEER)
        store.write_documents([page.graph()])
        publish(store)
    with open_reader(tmp_path / "g") as reader:
        assert digest_of(reader) is None and reader.documents()


def test_a_loaded_graph_has_the_digest_of_a_built_one(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", *PAGES)
    lines = "".join(f"{line}\n" for page in PAGES for line in page.graph()[1])
    (tmp_path / "all.nq").write_text(lines, encoding="utf-8")
    load_shards([tmp_path / "all.nq"], graph=tmp_path / "other")
    assert told(tmp_path / "other") == "" == told(directory)


def test_a_restored_graph_has_its_digest_again(tmp_path: Path) -> None:
    directory = published(tmp_path / "g", *PAGES)
    back_up(directory, tmp_path / "g.tar")
    bring_back(tmp_path / "g.tar", tmp_path / "again")
    assert told(tmp_path / "again") == ""


def test_before_it_is_decided_who_is_who_nothing_is_read(tmp_path: Path) -> None:
    with create_or_open(tmp_path / "g") as store:
        store.write_documents([article(1).graph()])
        publish(store)
        store.write_documents([article(2).graph()])
        publish(store)
    with open_reader(tmp_path / "g") as reader:
        assert digest_of(reader) is None
    write(tmp_path / "g", article(3))
    assert told(tmp_path / "g") == ""


def test_the_disk_may_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Digesting, "change", full)
    directory = published(tmp_path / "g", *PAGES)
    with open_reader(directory) as reader:
        assert digest_of(reader) is None and len(reader.documents()) == len(PAGES)
    assert not [path.name for path in (directory / "snapshots").iterdir() if "sqlite" in path.name]


def test_changes_are_those_since_the_last_publication(tmp_path: Path) -> None:
    with create_or_open(tmp_path / "g") as store:
        assert isinstance(store, Store) and store.changes.graphs == {}
        store.write_documents([article(1).graph()])
        line = f'<urn:x:a> <{vocab.RDFS}label> "a"'
        store.patch_graph("urn:x:g", come=[line])
        # nothing is published yet that could be brought up to date: what it was about need not be known
        assert store.changes.graphs == {article(1).iri: None, "urn:x:g": None}
        publish(store)
        assert store.changes.graphs == {} and store.is_published
        store.write_documents([article(2).graph()])
        store.patch_graph("urn:x:g", gone=[line], come=[line.replace("urn:x:a", "urn:x:b")])
        assert store.changes.graphs == {article(2).iri: None, "urn:x:g": {"urn:x:a", "urn:x:b"}}
        publish(store)
        store.take_in(b"")
        assert store.changes.graphs is None
