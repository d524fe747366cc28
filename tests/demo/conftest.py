"""The demo graph, built once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

ARTICLES = Path(__file__).parents[2] / "examples" / "istanbul" / "articles.jsonl"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    with kg.build([ARTICLES], graph=tmp_path_factory.mktemp("demo") / "graph") as graph:
        yield graph
