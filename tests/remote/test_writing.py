"""Graphs sent to Oxigraph's own server: only what differs, all of it, and nobody else's."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

import kg
from kg.cli import cli
from kg.errors import StoreError
from kg.resources import examples_dir
from kg.store import open_reader
from kg.store.remote import writing
from kg.store.remote.addresses import Endpoints, state_of
from kg.store.remote.pushing import Pushed, push
from tests.remote.conftest import oxigraph

GRAPHS = 7  # six documents, and who is who


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, list(arguments), catch_exceptions=True)
    assert done.exit_code == code, (done.output, done.exception)
    return done


def dump(place: str | Path) -> str:
    with open_reader(place) as reader:
        return reader.nquads()


def update(store: str, text: str) -> None:
    SPARQLUpdateStore(f"{store}/query", f"{store}/update").update(text)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Give a folder with the demo articles, a file each."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for line in (examples_dir() / "istanbul" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        (folder / f"{record['id']}.json").write_text(line, encoding="utf-8")
    return folder


def test_a_graph_arrives_whole_and_is_sent_once(store: str, graph: Path) -> None:
    first = push(graph, store)
    assert (first.sent, first.unchanged, first.removed) == (GRAPHS, 0, 0)
    assert dump(store) == dump(graph)
    assert push(graph, store) == Pushed(sent=0, triples=0, unchanged=GRAPHS, removed=0)


def test_an_identity_graph_without_a_type_is_known_by_its_name(store: str, graph: Path) -> None:
    """Old versions wrote none."""
    push(graph, store)
    with open_reader(graph) as here:
        [identity] = here.graphs()[-1:]
        whole = len(here)
    update(
        store,
        f"DELETE DATA {{ GRAPH <{identity}> {{ <{identity}> a <https://w3id.org/newskg/ontology#IdentityGraph> }} }}",
    )
    with open_reader(store) as there:
        assert identity in there.graphs() and len(there) == whole - 1
    assert push(graph, store) == Pushed(sent=0, triples=0, unchanged=GRAPHS, removed=0)


def test_only_what_changed_is_sent_and_what_is_gone_is_taken_out(store: str, texts: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    kg.build(texts, graph=graph).close()
    push(graph, store)
    [gone, changed, *_] = sorted(texts.iterdir())
    gone.unlink()
    record = json.loads(changed.read_text(encoding="utf-8"))
    record["text"] += "\n\nOmar Haddad met Mara Lindholm in Lisbon on Monday.\n"
    changed.write_text(json.dumps(record), encoding="utf-8")
    kg.build(texts, graph=graph, prune=True).close()
    again = push(graph, store)
    assert (again.sent, again.unchanged, again.removed) == (2, GRAPHS - 3, 1)
    assert dump(store) == dump(graph)
    assert "Omar Haddad" in dump(store)


def test_graphs_of_others_are_let_be(store: str, graph: Path) -> None:
    update(store, 'INSERT DATA { GRAPH <urn:x-other:1> { <urn:x-other:a> <urn:x-other:b> "c" } }')
    push(graph, store, prune=True)
    assert dump(store) == dump(graph)
    with open_reader(store) as there:
        assert there.query("ASK { GRAPH <urn:x-other:1> { ?s ?p 'c' } }").rows[0][0].value == "true"  # type: ignore[union-attr]
        assert len(there) == dump(graph).count("\n")


def test_documents_from_elsewhere_are_not_cut_off_silently(store: str, graph: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Mara Lindholm met Joao Teles in Lisbon on 3 May 2024.\n", encoding="utf-8")
    kg.build(other, graph=tmp_path / "other").close()
    push(tmp_path / "other", store)
    before = dump(store)
    with pytest.raises(StoreError, match=r"1 documents in this store were never sent .*kg load .*--prune"):
        push(graph, store)
    assert dump(store) == before
    assert push(graph, store, prune=True).removed == 1
    assert dump(store) == dump(graph)


def test_a_graph_with_another_base_is_refused(store: str, graph: Path, tmp_path: Path) -> None:
    push(graph, store)
    text = tmp_path / "one.txt"
    text.write_text("Mara Lindholm met Joao Teles in Lisbon on 3 May 2024.\n", encoding="utf-8")
    kg.build(text, graph=tmp_path / "other", base="https://example.org/news/").close()
    before = dump(store)
    with pytest.raises(StoreError, match=r"the store holds a graph with the base .*, not https://example\.org/news/"):
        push(tmp_path / "other", store, prune=True)
    assert dump(store) == before


@pytest.mark.parametrize("piece", [100_000, 500])
def test_by_update_where_there_is_no_graph_store(
    store: str, graph: Path, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PIECE", piece)
    ways = Endpoints((), store=f"{store}/nothing-here", update=f"{store}/update")
    assert push(graph, store, endpoints=ways).sent == GRAPHS
    assert dump(store) == dump(graph)


def test_a_large_graph_comes_in_pieces(store: str, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    push(graph, store)
    monkeypatch.setattr(writing, "PIECE", 100)
    shutil.rmtree(graph / "remotes")  # nothing is known of what was sent, so all of it is sent once more
    assert push(graph, store).sent == GRAPHS
    assert dump(store) == dump(graph)


def test_what_somebody_else_wrote_is_found_and_put_right(store: str, graph: Path) -> None:
    push(graph, store)
    with open_reader(graph) as here:
        document, other, *_ = here.documents().values()
    update(store, f'INSERT DATA {{ GRAPH <{document}> {{ <{document}> <urn:x-test:p> "no" }} }}')
    assert push(graph, store).sent == 0, "the text and version are the same, so this looks the same"
    assert push(graph, store, verify=True).sent == 1
    assert dump(store) == dump(graph)
    update(store, f"DROP GRAPH <{other}>")
    assert push(graph, store).sent == 1
    assert dump(store) == dump(graph)


def test_a_store_that_lost_everything_gets_everything(graph: Path) -> None:
    with oxigraph() as store:
        push(graph, store)
        update(store, "DROP ALL")
        assert push(graph, store).sent == GRAPHS
        assert dump(store) == dump(graph)


def test_what_is_broken_off_goes_on(store: str, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = writing.GraphStore.put
    sent: list[str] = []

    def put(self: writing.GraphStore, name: str, triples: list[str]) -> None:
        if len(sent) == 3:
            raise KeyboardInterrupt
        sent.append(name)
        whole(self, name, triples)

    monkeypatch.setattr(writing.GraphStore, "put", put)
    with pytest.raises(KeyboardInterrupt):
        push(graph, store)
    monkeypatch.setattr(writing.GraphStore, "put", whole)
    again = push(graph, store)
    assert (again.sent, again.unchanged) == (GRAPHS - 3, 3)
    assert dump(store) == dump(graph)


def test_a_kill_while_it_is_sent_costs_only_sending_again(store: str, graph: Path) -> None:
    """The third graph is killed in its midst: it stands there in part, and is not taken for what was sent before."""
    push(graph, store)
    code = """if True:
        import os, shutil, signal, sys
        from pathlib import Path
        from kg.store.remote import pushing, writing

        whole, count = writing.GraphStore.put, [0]

        def put(self, name, triples):
            count[0] += 1
            whole(self, name, triples[:5] if count[0] == 3 else triples)
            if count[0] == 3:
                os.kill(os.getpid(), signal.SIGKILL)

        writing.GraphStore.put = put
        pushing._Pushing._stands = lambda *_: False
        pushing.push(Path(sys.argv[1]), sys.argv[2])
    """
    done = subprocess.run([sys.executable, "-c", code, str(graph), store], check=False)
    assert done.returncode == -signal.SIGKILL
    assert dump(store) != dump(graph)
    assert 1 <= push(graph, store).sent < GRAPHS
    assert dump(store) == dump(graph)


def test_what_could_not_be_taken_out_is_not_taken_for_foreign(
    store: str, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(graph, store)
    with open_reader(graph) as here:
        first = next(iter(here.documents()))
    run("remove", first, "--graph", str(graph))
    whole = writing.GraphStore.delete

    def broken(self: writing.GraphStore, name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing.GraphStore, "delete", broken)
    with pytest.raises(KeyboardInterrupt):
        push(graph, store)
    monkeypatch.setattr(writing.GraphStore, "delete", whole)
    assert push(graph, store).removed == 1
    assert dump(store) == dump(graph)


def test_a_graph_that_arrives_with_other_triples_is_told(
    store: str, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = writing.GraphStore.put
    monkeypatch.setattr(writing.GraphStore, "put", lambda self, name, lines: whole(self, name, lines[1:]))
    with pytest.raises(StoreError, match=r"triples were sent and [\d,]+ are there"):
        push(graph, store)
    monkeypatch.setattr(writing.GraphStore, "put", whole)
    assert push(graph, store).sent == GRAPHS
    assert dump(store) == dump(graph)


def test_two_at_once_are_one_after_the_other(store: str, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = writing.GraphStore.put
    refused: list[str] = []

    def put(self: writing.GraphStore, name: str, triples: list[str]) -> None:
        if not refused:
            with pytest.raises(StoreError) as error:
                push(graph, store)
            refused.append(str(error.value))
        whole(self, name, triples)

    monkeypatch.setattr(writing.GraphStore, "put", put)
    assert push(graph, store).sent == GRAPHS
    assert "another process is sending this graph there" in refused[0]


def test_a_damaged_ledger_costs_only_sending_again(store: str, graph: Path) -> None:
    push(graph, store)
    [ledger] = (graph / "remotes").glob("*.sqlite")
    ledger.write_bytes(b"no database" * 1_000)
    assert push(graph, store).sent == GRAPHS
    assert push(graph, store).sent == 0


def test_build_remove_correct_and_resolve_write_to_an_address(store: str, texts: Path) -> None:
    done = run("build", str(texts), "--graph", store)
    assert f"{GRAPHS} graphs (" in done.output and f"Graph {store}, " in done.output
    copy = state_of(store)
    assert dump(store) == dump(copy)
    run("build", str(texts), "--graph", store)
    with kg.open(store) as there:
        first, *_ = there.documents()
        *_, row = there.query("who-proposed-what").to_dicts(rows=True)
        assert row["source"] != first
    run("remove", first, "--graph", store)
    run("correct", str(row["proposal"]), "status", "accepted", "--graph", store)
    run("resolve", "--graph", store)
    assert dump(store) == dump(copy)
    with kg.open(store) as there:
        assert first not in there.documents() and len(there.documents()) == 5
        rows = there.query("who-proposed-what").to_dicts(rows=True)
        assert {one["status"] for one in rows if one["proposal"] == row["proposal"]} == {"accepted"}
    assert "1 decision written" in run("resolve", "--export", str(copy) + ".jsonl", "--graph", store).stdout


def test_python_builds_into_an_address_and_gives_the_graph_there(store: str, texts: Path) -> None:
    with kg.build(texts, graph=store) as built:
        assert built.report.documents == 6
        assert built.reader.nquads() == dump(state_of(store))
        assert built.query("who-proposed-what").rows


def test_a_new_working_copy_begins_with_what_is_there(store: str, texts: Path, tmp_path: Path) -> None:
    run("build", str(texts), "--graph", store)
    before = dump(store)
    text = tmp_path / "one.txt"
    text.write_text("Mara Lindholm met Joao Teles in Lisbon on 3 May 2024.\n", encoding="utf-8")
    elsewhere = tmp_path / "another machine"
    run("build", str(text), "--graph", store, "--state", str(elsewhere))
    with kg.open(store) as there:
        assert len(there.documents()) == 7
    after = dump(store)
    assert {line for line in before.split("\n") if "/identity> ." not in line} <= {*after.split("\n")}
    assert after == dump(state_of(store, elsewhere))


def test_load_takes_the_documents_of_a_store(filled: str, local: Path, tmp_path: Path) -> None:
    done = run("load", filled, "--graph", str(tmp_path / "copy"))
    assert "6 documents loaded" in done.stdout
    assert dump(tmp_path / "copy") == dump(local)


def test_push_tells_people_and_programs(store: str, graph: Path) -> None:
    told = run("push", store, "--graph", str(graph), "--store-url", f"{store}/store").stdout
    assert told.startswith(f"{GRAPHS} graphs (") and f"sent to {store}, 0 unchanged there." in told
    told = json.loads(run("push", store, "--graph", str(graph), "--verify", "--json").stdout)
    assert told == {"sent": 0, "triples": 0, "unchanged": GRAPHS, "removed": 0}


def test_a_store_that_does_not_answer_is_told_before_anything_is_read(texts: Path) -> None:
    done = run("build", str(texts), "--graph", "http://127.0.0.1:9", code=1)
    assert isinstance(done.exception, StoreError) and "nothing answers there" in str(done.exception)
    assert not state_of("http://127.0.0.1:9").exists()


@pytest.mark.parametrize("verb", [("check",), ("serve",), ("backup", "x.tar")])
def test_what_needs_a_directory_says_so(verb: tuple[str, ...]) -> None:
    done = run(*verb, "--graph", "http://localhost:7878", code=2)
    told = " ".join(done.output.split())
    assert "this needs a graph directory. Fetch it first: kg load http://localhost:7878 --graph DIR" in told


def test_plain_http_clients_see_each_graph_by_its_name(filled: str, local: Path) -> None:
    with open_reader(local) as here:
        graph = here.graphs()[0]
        lines = {line for line in here.ntriples(graph).split("\n") if line}
    request = urllib.request.Request(f"{filled}/store?graph={quote(graph, safe='')}")
    request.add_header("Accept", "application/n-triples")
    with urllib.request.urlopen(request, timeout=60) as answer:
        got = {line for line in answer.read().decode().split("\n") if line}
    assert len(got) == len(lines)
