"""A graph of each corpus, and the pipeline that takes questions apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from spacy.language import Language

import kg
from tests.ask.scoring import CORPORA


@pytest.fixture(scope="session")
def nlp() -> Language:
    return kg.load_nlp()


OPEN = 8
"""Graphs of corpora that are open at a time: each takes fifteen files, and there are sixty."""


class Graphs(dict[str, kg.Graph]):
    """A graph of each corpus, built when it is first asked for; those that were opened last are open."""

    def __init__(self, folder: Path, nlp: Language) -> None:
        super().__init__()
        self.folder, self.nlp = folder, nlp

    def __missing__(self, name: str) -> kg.Graph:
        place = self.folder / name
        if len(self) >= OPEN:
            self.pop(next(iter(self))).close()
        self[name] = kg.open(place) if place.exists() else kg.build([CORPORA[name]], graph=place, nlp=self.nlp)
        return self[name]


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Iterator[dict[str, kg.Graph]]:
    opened = Graphs(tmp_path_factory.mktemp("ask"), nlp)
    yield opened
    for graph in opened.values():
        graph.close()


@pytest.fixture(scope="module")
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
