"""A graph of each corpus, and the pipeline that takes questions apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.language import Language

import kg
from tests.ask.scoring import CORPORA


@pytest.fixture(scope="session")
def nlp() -> Language:
    return kg.load_nlp()


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Iterator[dict[str, kg.Graph]]:
    folder = tmp_path_factory.mktemp("ask")
    opened: dict[str, kg.Graph] = {
        name: kg.build([path], graph=folder / name, nlp=nlp) for name, path in CORPORA.items()
    }
    yield opened
    for graph in opened.values():
        graph.close()
