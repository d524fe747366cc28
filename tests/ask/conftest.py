"""A graph of each corpus, and the pipeline that takes questions apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

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


@pytest.fixture(scope="module")  # each open graph takes fifteen files, and the corpora take 840
def graph_of(
    tmp_path_factory: pytest.TempPathFactory, nlp: Language
) -> Iterator[Callable[[Mapping[str, str]], kg.Graph]]:
    """What builds a graph of texts by the names of their files; it is closed when the tests of a file are done."""
    with ExitStack() as opened:

        def build(texts: Mapping[str, str]) -> kg.Graph:
            folder = tmp_path_factory.mktemp("texts")
            for name, text in texts.items():
                (folder / name).write_text(text, encoding="utf-8")
            return opened.enter_context(kg.build([folder], graph=folder / "graph", nlp=nlp))

        yield build
