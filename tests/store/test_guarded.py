"""Queries within limits."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from kg.errors import KgError, QueryError, StoreError
from kg.store import Limits, open_reader
from kg.store.guarded import in_child
from tests.store.synthetic import corridor, published

EVERYTHING = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("guarded") / "g", *(corridor(f"d{n}") for n in range(5)))


def test_a_guarded_query_gives_the_same_answer(graph: Path) -> None:
    with open_reader(graph) as reader:
        plain = reader.query("SELECT ?e ?l WHERE { ?e a nkg:Offer ; rdfs:label ?l } ORDER BY ?e")
        reader.guard = Limits()
        assert reader.query("SELECT ?e ?l WHERE { ?e a nkg:Offer ; rdfs:label ?l } ORDER BY ?e") == plain
        with pytest.raises(QueryError, match=r"mine\.rq, line 1, column .*: malformed SPARQL"):
            reader.query("SELECT ?e WHERE { ?e nope:x ?l }", where="mine.rq")


def test_a_query_that_wants_all_memory_is_told_so(graph: Path) -> None:
    with open_reader(graph) as reader:
        reader.guard = Limits(megabytes=300)
        with pytest.raises(QueryError, match=r"all\.rq: the answer needs more than 300 MB of memory"):
            reader.query(EVERYTHING, where="all.rq")
        assert len(reader.query("SELECT ?e WHERE { ?e nkg:kind ?k }").rows) == 5


def test_a_program_that_has_many_files_open_may_ask_within_limits(graph: Path) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 1_500:
        pytest.skip("so many files may not be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1_500), hard))
    with ExitStack() as opened, open_reader(graph) as reader:
        last = 0
        while last < 1_100:
            last = opened.enter_context(open(os.devnull, "rb")).fileno()
        reader.guard = Limits(seconds=30)
        assert len(reader.query("SELECT ?e WHERE { ?e nkg:kind ?k }").rows) == 5
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_query_that_takes_too_long_is_ended(graph: Path) -> None:
    with open_reader(graph) as reader:
        reader.guard = Limits(seconds=0.3)
        with pytest.raises(QueryError, match=r"no answer within 0\.3 seconds"):
            reader.query(EVERYTHING)


def test_a_state_that_is_no_longer_kept_is_told_as_such(tmp_path: Path) -> None:
    published(tmp_path, corridor())
    with open_reader(tmp_path) as reader:
        reader.guard = Limits()
        for name in ("second", "third"):
            assert len(reader.documents()) == 1
            published(tmp_path, corridor(name))
        with pytest.raises(StoreError, match="newer ones were published since it was opened; open the graph again"):
            reader.documents()
    with open_reader(tmp_path) as reader:
        reader.guard = Limits()
        assert len(reader.documents()) == 3


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(2, "No such file or directory", "x.sst"), "x.sst: it cannot be read or written"),
        (IndexError("no such row"), r"mine\.rq: the query cannot be evaluated \(IndexError: no such row\)"),
        (MemoryError(), "needs more than 300 MB of memory"),
        (OSError(12, "Cannot allocate memory"), "needs more than 300 MB of memory"),
    ],
)
def test_what_goes_wrong_in_a_child_is_told_as_it_is(error: Exception, words: str) -> None:
    def work() -> None:
        raise error

    with pytest.raises(KgError, match=words):
        in_child(work, where="mine.rq", megabytes=300)
