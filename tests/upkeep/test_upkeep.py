"""A graph over the years: what a check finds, what a backup keeps, what a comparison tells, what is made anew."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import vocab
from kg.errors import InputError, StoreError
from kg.runner import run
from kg.store import create_or_open, open_reader
from kg.upkeep import back_up, bring_back, check, difference, migrate
from tests.cli.conftest import Kg


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(small_graph, "g"))


def quads(graph: str | Path) -> str:
    with open_reader(graph) as reader:
        return reader.nquads()


def change(graph: Path, document: str, predicate: str, value: object) -> None:
    """Tamper with one document, behind the program's back but published as it would be."""
    with create_or_open(graph) as store:
        iri = store.documents()[document]
        database: ox.Store = store._database
        [old, *_] = sorted(database.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.NamedNode(iri)), key=str)
        database.remove(old)
        if value is not None:
            database.add(ox.Quad(old.subject, old.predicate, value, old.graph_name))  # type: ignore[arg-type]
        store.publish()


def test_a_sound_graph_is_whole(graph: Path, kg: Kg) -> None:
    assert list(check(graph)) == []
    assert kg("check", "--graph", "g") == (0, "g is whole.\n", "")


def test_an_article_whose_address_is_no_iri_is_whole(tmp_path: Path) -> None:
    """The graph cannot tell such an address, so the hash of what was read may not depend on it."""
    article = {
        "id": "a",
        "text": "Mara Lindholm met Joao Teles in Lisbon.",
        "url": 'http://news.example/x" y',
        "title": "",
    }
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps(article), encoding="utf-8")
    run([news], graph=tmp_path / "g")
    assert list(check(tmp_path / "g")) == []
    assert run([news], graph=tmp_path / "g").skipped == 1


@pytest.mark.parametrize(
    ("predicate", "value", "words"),
    [
        (vocab.NIF + "isString", ox.Literal("Other words."), "are not those that were read"),
        (vocab.DCTERMS + "publisher", ox.Literal("The Liar"), "are not those that were read"),
        (vocab.NKG + "contentHash", None, "lacks its id, text or hash"),
        (vocab.NIF + "anchorOf", ox.Literal("never said"), "words do not stand at their offsets"),
        (
            vocab.NIF + "beginIndex",
            ox.Literal("99999", datatype=ox.NamedNode(vocab.XSD + "integer")),
            "at their offsets",
        ),
    ],
)
def test_a_check_finds_what_was_tampered_with(graph: Path, predicate: str, value: object, words: str, kg: Kg) -> None:
    change(graph, "herald-1", predicate, value)
    found = [str(one) for one in check(graph, shapes=False)]
    assert any(one.startswith("herald-1: ") and words in one for one in found), found
    ran = kg("check", "--graph", "g", "--no-shapes", "--json")
    assert ran.code == 1 and json.loads(ran.out)[0]["where"] == "herald-1"


def test_a_check_finds_strangers_lost_files_and_lost_decisions(graph: Path) -> None:
    with create_or_open(graph) as store:
        store._database.add(ox.Quad(*[ox.NamedNode("urn:x")] * 4))
        store.publish()
    assert [one.where for one in check(graph, shapes=False)] == ["urn:x"]
    with create_or_open(graph) as store:
        store._database.remove_graph(ox.NamedNode("urn:x"))
        canonical = ox.NamedNode(vocab.NKG + "canonical")
        for quad in list(store._database.quads_for_pattern(None, canonical, None, None))[:2]:
            store._database.remove(quad)
        store.publish()
    [told] = check(graph, shapes=False)
    assert "kg resolve" in told.remedy
    table = next((graph / "snapshots").rglob("*.sst"))
    table.write_bytes(table.read_bytes()[:-7])
    [told] = check(graph)
    assert table.name in told.what


def test_shapes_are_part_of_a_check(graph: Path) -> None:
    change(graph, "courier-7", vocab.NKG + "factuality", None)
    assert any("shape" in one.what for one in check(graph)) and not list(check(graph, shapes=False))


@pytest.mark.parametrize("file", ["g.tar", "new/folder/g.tar.gz", "g.tar.xz"])
def test_a_backup_brings_everything_back(graph: Path, file: str, kg: Kg) -> None:
    with open_reader(graph) as reader:
        proposal = next(
            row[0].value for row in reader.query("SELECT ?e { ?e a nkg:Proposal }").rows if row[0] is not None
        )
    assert kg("correct", proposal, "status", "accepted", "--graph", "g").code == 0
    assert kg("backup", file, "--graph", "g").out == f"2 documents of g in {file}\n"
    assert kg("restore", file, "--graph", "back").out == "2 documents in back\n"
    assert quads("back") == quads("g") and list(check("back")) == []
    assert Path("back/journal.jsonl").read_bytes() == Path("g/journal.jsonl").read_bytes()
    with pytest.raises(InputError, match="there already"):
        back_up("g", file)
    with pytest.raises(InputError, match="something here already"):
        bring_back(file, "back")


def test_a_backup_is_whole_whatever_is_written_meanwhile(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = [graph / name for name in ("newskg.json", "journal.jsonl", "quarantine.jsonl", "knowledge/names.csv")]
    (graph / "knowledge").mkdir()
    for path in small[1:]:
        path.write_text("", encoding="utf-8")
    before = [path.read_bytes() for path in small]
    add = tarfile.TarFile.add

    def meanwhile(archive: tarfile.TarFile, name: Path, **options: Any) -> None:
        for path in small:
            path.write_bytes(path.read_bytes() + b"\n")
        add(archive, name, **options)

    monkeypatch.setattr(tarfile.TarFile, "add", meanwhile)
    assert back_up(graph, "g.tar") == bring_back("g.tar", "back") == 2
    assert [(Path("back") / path.relative_to(graph)).read_bytes() for path in small] == before
    assert all(path.read_bytes().endswith(b"\n\n") for path in small)


def test_a_restored_graph_goes_on(graph: Path, records_file: Path) -> None:
    back_up(graph, "g.tar")
    bring_back("g.tar", "back")
    assert run(records_file, graph="back").skipped == 2
    Path("more.txt").write_text("Ghana offered Togo a loan on Friday. Togo declined.", encoding="utf-8")
    assert run("more.txt", graph="back").documents == 1
    run("more.txt", graph=graph)
    assert quads("back") == quads(graph)


def test_a_graph_that_is_moved_or_restored_elsewhere_knows_its_files(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "news").mkdir()
    for name in "ab":
        (tmp_path / "news" / f"{name}.txt").write_text(f"Ghana offered Togo a loan on day {name}.")
    run(tmp_path / "news", graph=tmp_path / "g")
    back_up(tmp_path / "g", tmp_path / "backup.tar")
    bring_back(tmp_path / "backup.tar", tmp_path / "restored" / "here" / "g")
    for name in ("g", "news"):
        shutil.copytree(tmp_path / name, tmp_path / "both" / name)
    assert run(tmp_path / "both" / "." / "news", graph=tmp_path / "both" / "g").skipped == 2
    (tmp_path / "moved").mkdir()
    shutil.move(tmp_path / "g", tmp_path / "moved" / "g")
    other = tmp_path / "moved" / ".." / "news"  # the same folder, written otherwise
    for graph in (tmp_path / "moved" / "g", tmp_path / "restored" / "here" / "g"):
        (tmp_path / "news" / "c.txt").unlink(missing_ok=True)
        assert run(other, graph=graph).skipped == 2
        (tmp_path / "news" / "c.txt").write_text("Mali refused.")
        assert (run(other, graph=graph).skipped, run(other, graph=graph).skipped) == (2, 3)
        assert kg("remove", tmp_path / "news" / "a.txt", "--graph", graph).code == 0


def test_a_damaged_or_foreign_backup_leaves_nothing_behind(graph: Path) -> None:
    back_up(graph, "g.tar")
    whole = Path("g.tar").read_bytes()
    place = whole.rindex(b"ustar", 0, len(whole) - 4000) + 600
    Path("flipped.tar").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    Path("cut.tar").write_bytes(whole[: len(whole) // 2])
    Path("text.tar").write_text("no archive", encoding="utf-8")
    with tarfile.open("evil.tar", "w") as archive:
        for name, content in (("SHA256.json", b'{"../evil": "0"}'), ("../evil", b"x")):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    for name in ("flipped.tar", "cut.tar", "text.tar", "evil.tar"):
        with pytest.raises(InputError, match="no whole backup") as refused:
            bring_back(name, "back")
        assert "\n" not in str(refused.value)
    assert sorted(path.name for path in Path().iterdir() if "tar" not in path.name) == ["g"]
    assert not Path("../evil").exists()
    with pytest.raises(StoreError):
        back_up("nowhere", "n.tar")
    assert not list(Path().glob(".n.tar*"))


def test_a_graph_keeps_its_base_where_it_is_migrated_into_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ghana offered Togo a loan on Friday. Togo declined.", encoding="utf-8")
    run(tmp_path / "a.txt", graph=tmp_path / "old", base="https://example.org/news/")
    (tmp_path / "new").mkdir()
    migrate(tmp_path / "old", tmp_path / "new")
    assert quads(tmp_path / "new") == quads(tmp_path / "old")
    assert migrate(tmp_path / "old", tmp_path / "new").skipped == 1


@pytest.mark.parametrize("end", ["gz", "bz2", "xz"])
def test_a_compressed_backup_is_told_as_damaged_wherever_it_is(graph: Path, end: str) -> None:
    back_up(graph, f"g.tar.{end}")
    whole = Path(f"g.tar.{end}").read_bytes()
    refused = 0
    for at in range(0, len(whole), len(whole) // 40):
        Path(f"bad.tar.{end}").write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            bring_back(f"bad.tar.{end}", f"back{at}")
        except InputError as error:
            assert "no whole backup" in str(error)
            refused += 1
        else:  # a bit that means nothing, as in the time of a gzip file
            assert quads(f"back{at}") == quads("g")
    assert refused > 30


def test_a_comparison_tells_what_was_gained_lost_and_changed(graph: Path, kg: Kg) -> None:
    shutil.copytree(graph, "other")
    with open_reader("g") as one, open_reader("other") as two:
        same = difference(one, two)
    counted = json.loads(kg("stats", "--graph", "g", "--json").out)
    assert not same and same.events == counted["events"] + counted["statements"]
    with create_or_open("other") as store:
        iri = store.documents()["herald-1"]
        event = next(
            quad.subject
            for quad in store._database.quads_for_pattern(
                None, ox.NamedNode(vocab.RDF + "type"), ox.NamedNode(vocab.NKG + "Proposal"), ox.NamedNode(iri)
            )
        )
        meeting = next(
            node.value
            for node in sorted(
                {
                    quad.subject
                    for quad in store._database.quads_for_pattern(
                        None, ox.NamedNode(vocab.RDF + "type"), ox.NamedNode(vocab.NKG + "Event"), ox.NamedNode(iri)
                    )
                },
                key=str,
            )
            if node != event and isinstance(node, ox.NamedNode)
        )
        assert isinstance(event, ox.NamedNode)
        for quad in list(store._database.quads_for_pattern(ox.NamedNode(meeting), None, None, None)):
            store._database.remove(quad)
        store.publish()
    change(Path("other"), "herald-1", vocab.NKG + "contentText", ox.Literal("talks about talks"))
    with open_reader("g") as one, open_reader("other") as two:
        found = difference(one, two)
        back = difference(two, one)
    assert sorted(change.kind for change in found.changes) == ["changed", "lost"]
    assert sorted(change.kind for change in back.changes) == ["changed", "gained"]
    changed = next(change for change in found.changes if change.kind == "changed")
    assert dict(changed.now) == {"content": "talks about talks"} and changed.before["content"] != changed.now["content"]
    ran = kg("diff", "g", "other")
    assert ran.code == 1 and "→ talks about talks" in ran.out and "0 gained, 1 lost, 1 changed" in ran.out
    assert kg("diff", "g", "g").code == 0
    run("more.txt" if Path("more.txt").write_text("Ghana offered Togo a loan.") else "", graph="other")
    told = json.loads(kg("diff", "g", "other", "--json").out)
    assert told["only_now"] == ["more.txt"] and {one["kind"] for one in told["changes"]} == {"lost", "changed"}


def test_what_was_left_out_is_left_out_of_a_migrated_graph_where_that_is_said_again(
    graph: Path, records_file: Path, kg: Kg
) -> None:
    run(records_file, graph="sure", min_confidence=0.9)
    assert quads("sure") != quads("g")
    assert kg("migrate", "--graph", "sure", "--into", "new", "--min-confidence", "0.9").code == 0
    assert quads("new") == quads("sure")
    assert kg("migrate", "--graph", "sure", "--into", "all").code == 0
    assert quads("all") == quads("g")


def test_a_graph_is_read_anew_from_its_own_texts(graph: Path, records_file: Path, kg: Kg) -> None:
    with open_reader(graph) as reader:
        proposal = next(row[0] for row in reader.query("SELECT ?e { ?e a nkg:Proposal }").rows)
    assert proposal is not None
    assert kg("correct", proposal.value, "status", "accepted", "--graph", "g").code == 0
    assert kg("migrate", "--graph", "g", "--into", "new").out == "2 documents read anew, 0 were there already, in new\n"
    kg("remove", "herald-1", "--graph", "new")
    again = kg("migrate", "--graph", "g", "--into", "new")
    assert again.out == "1 document read anew, 1 was there already, in new\n"
    assert quads("new") == quads("g")
    assert migrate("g", "new").skipped == 2
    assert run(records_file, graph="new").skipped == 2
    with pytest.raises(InputError, match="into itself"):
        migrate("g", "g")
    header = json.loads(Path("g/newskg.json").read_text())
    Path("g/newskg.json").write_text(json.dumps({**header, "version": 0}))
    with pytest.raises(StoreError, match="build it again into another directory"):
        migrate("g", "newer")
