"""Queries within limits."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.store import Limits, open_reader
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
