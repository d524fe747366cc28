"""A small graph and the demo graph for the tests that only ask; who writes makes a graph of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.runner import run

ARTICLES = Path(__file__).parents[1] / "examples" / "istanbul" / "articles.jsonl"

RECORDS = (
    {
        "id": "herald-1",
        "published": "2025-05-24",
        "publisher": "The Herald",
        "text": "Ukraine proposed direct talks with Russia on Thursday. Russia rejected the proposal a day later.\n\n"
        '"We demand all our people back," Volodymyr Zelenskyy told reporters in Kyiv.',
    },
    {
        "id": "courier-7",
        "published": "2025-05-24",
        "text": "Russia and Ukraine exchanged 390 prisoners on Friday, the Ukrainian defence ministry said.",
    },
)


@pytest.fixture(scope="session")
def records_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "news.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small_graph(records_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = tmp_path_factory.mktemp("graph") / "graph"
    report = run(records_file, graph=graph)
    assert report.documents == len(RECORDS) and not report.problems
    return graph


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    """Give the demo graph, built once for all tests."""
    with kg.build([ARTICLES], graph=tmp_path_factory.mktemp("demo") / "graph") as graph:
        yield graph
