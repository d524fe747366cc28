"""A graph in Oxigraph's own server answers what the same graph answers from its directory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

import kg
from kg.cli import cli
from kg.errors import QueryError, StoreError
from kg.questions import questions
from kg.store import Dataset, open_reader
from tests.remote.conftest import oxigraph
from tests.serve.conftest import serving

NAMES = sorted(one.name for one in questions() if not any(param.required for param in one.params))


def run(*arguments: str) -> str:
    done = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_named_question_is_answered_alike(filled: str, local: Path) -> None:
    with kg.open(filled) as there, kg.open(local) as here:
        different = []
        for name in NAMES:
            mine, other = here.query(name), there.query(name)
            if (mine.columns, sorted(map(str, mine.rows))) != (other.columns, sorted(map(str, other.rows))):
                different.append(name)
        assert different == []
        assert here.query("who-proposed-what").rows, "the graph answers nothing"


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "who-proposed-what", "--limit", "3"),
        ("query", "who-proposed-what", "--actor", "Ukraine", "--format", "csv"),
        ("query", "timeline", "--actor", "Zelenskyy", "--limit", "5", "--format", "json"),
        ("query", "CONSTRUCT { ?d dcterms:title ?t } WHERE { ?d dcterms:title ?t }", "--format", "turtle"),
        ("stats",),
        ("stats", "--documents", "--json"),
        ("ask", "Who proposed direct talks?"),
        ("validate", "--document", "courier-talks"),
        ("export", "nquads", "-o", "-"),
        ("export", "graphml", "-o", "-"),
        ("graph", "stats"),
        ("report", "-o", "-"),
    ],
    ids=lambda arguments: " ".join(arguments[:2])[:30],
)
def test_verbs_say_the_same_of_both(arguments: tuple[str, ...], filled: str, local: Path) -> None:
    there, here = run(*arguments, "--graph", filled), run(*arguments, "--graph", str(local))
    assert there.replace(filled, str(local)) == here
    assert len(here) > 20


def test_a_store_is_compared_with_a_directory(filled: str, local: Path, tmp_path: Path) -> None:
    assert ": 0 gained, 0 lost, 0 changed." in run("diff", filled, str(local))
    text = tmp_path / "one.txt"
    text.write_text("Mara Lindholm met Joao Teles in Lisbon on 3 May 2024.\n", encoding="utf-8")
    kg.build(text, graph=tmp_path / "other").close()
    done = CliRunner().invoke(cli, ["diff", filled, str(tmp_path / "other"), "--json"])
    assert done.exit_code == 1 and len(json.loads(done.stdout)["only_before"]) == 6


def test_an_event_is_explained_from_the_store(filled: str, local: Path) -> None:
    with kg.open(local) as here:
        event = str(here.query("who-proposed-what").to_dicts(rows=True)[0]["proposal"])
    there, mine = (json.loads(run("explain", event, "--json", "--graph", one)) for one in (filled, str(local)))
    assert there == mine and mine["event"] == event


def test_the_reader_gives_what_that_of_a_directory_gives(filled: str, local: Path) -> None:
    with open_reader(filled) as there, open_reader(local) as here:
        assert there.base == here.base
        assert there.graphs() == here.graphs()
        assert there.documents() == here.documents()
        assert there.manifest() == here.manifest()
        assert there.nquads() == here.nquads()
        assert len(there) == len(here)
        some = here.graphs()[0]
        title, kind = "http://purl.org/dc/terms/title", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        mine, other = (one.facts(some, [title, kind]) for one in (here, there))
        assert {name: {key: sorted(found) for key, found in of.items()} for name, of in mine.items()} == {
            name: {key: sorted(found) for key, found in of.items()} for name, of in other.items()
        }
        assert mine[title]


def test_a_dataset_is_all_there_is(filled: str) -> None:
    count = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?d a nkg:Article } }"
    with open_reader(filled) as there:
        documents = tuple(there.documents().values())
        [[number]] = there.query(count, dataset=Dataset(documents[:2], documents[:1])).rows
        assert number and number.value == "2"
        [[number]] = there.query(f"SELECT (COUNT(*) AS ?n) FROM <{documents[0]}> WHERE {{ ?d a nkg:Article }}").rows
        assert number and number.value == "1"
        [[number]] = there.query("SELECT (COUNT(*) AS ?n) WHERE { ?d a nkg:Article }").rows
        assert number and number.value == str(len(documents))


def test_what_is_malformed_or_asks_others_is_not_sent(filled: str) -> None:
    with open_reader(filled) as there:
        with pytest.raises(QueryError, match=r"line 2.*near `WERE"):
            there.query("SELECT ?x\nWERE { ?x a nkg:Event }", where="mine")
        with pytest.raises(QueryError, match="SERVICE would send requests to another machine"):
            there.query("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_rows_are_bounded(filled: str) -> None:
    for query in ("SELECT ?s WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with kg.open(filled, max_rows=3) as there, pytest.raises(QueryError, match="more than 3 rows"):
            there.query(query)


def test_an_empty_store_is_told(store: str) -> None:
    with pytest.raises(StoreError, match=r"holds no graph of newskg; build one there \(kg build"):
        kg.open(store)


def test_a_server_that_only_reads_is_refused_for_writing(local: Path, tmp_path: Path) -> None:
    from kg.store.remote.pushing import push

    with oxigraph("--location", str(tmp_path / "db")) as address:
        push(local, address)
    with oxigraph("--location", str(tmp_path / "db"), verb="serve-read-only") as address:
        with kg.open(address) as there:
            assert len(there.documents()) == 6
        with pytest.raises(StoreError, match=r"/store: the server does not allow this .*; see whether it is read-only"):
            push(local, address)


def test_our_own_server_is_read_with_its_token(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("starlette")
    with serving(local, "--read-token", "s3cret") as server:
        with pytest.raises(StoreError, match=r"asks for a login \(401\); set KG_REMOTE_TOKEN"):
            kg.open(server.address)
        monkeypatch.setenv("KG_REMOTE_TOKEN", "s3cret")
        with kg.open(server.address) as there, kg.open(local) as here:
            assert there.query("who-proposed-what").rows == here.query("who-proposed-what").rows
            assert there.reader.nquads() == here.reader.nquads()
        with kg.open(f"{server.address}sparql") as there:
            assert len(there.documents()) == 6


def test_another_client_speaks_with_the_same_server(store: str, local: Path) -> None:
    """What rdflib writes by SPARQL Update is read here, and what is sent from here rdflib reads."""
    from kg.store.remote.pushing import push

    push(local, store)
    client = SPARQLUpdateStore(f"{store}/query", f"{store}/update")
    titles = "SELECT ?t WHERE { GRAPH ?d { ?d <http://purl.org/dc/terms/title> ?t } }"
    with kg.open(store) as there:
        assert {str(row[0]) for row in client.query(titles)} == {
            row[0].value for row in there.reader.query(titles).rows if row[0]
        }
        document = next(iter(there.documents().values()))
        client.update(f'INSERT DATA {{ GRAPH <{document}> {{ <{document}> <urn:x-test:seen> "yes" }} }}')
        [[seen]] = there.reader.query("SELECT ?o WHERE { ?s <urn:x-test:seen> ?o }").rows
        assert seen and seen.value == "yes"
