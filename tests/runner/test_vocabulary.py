"""The words that spaCy has met are bounded: a pipeline that knows too many is loaded anew, and reads the same."""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import pytest

import kg.language
from kg.language import load_nlp
from kg.model import Document
from kg.runner import work
from kg.runner.work import Worker, task_of

TEXTS = ("Norway's envoy Ulda {0}mark asked Chad to host {0}ville talks.", "{0}istan refused on Monday.")
WORDS = ("Zorbl", "Qwandr", "Vexil")


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker whose pipeline may learn a few words, and no other's pipeline touched by it."""
    kept = load_nlp()
    found = Worker(task_of(None, (), (), base="https://example.org/"))
    list(found.make(_documents("Norway")))
    monkeypatch.setattr(work, "WORDS", len(kept.vocab.strings) + 4)
    yield found
    kg.language.unload()


def _documents(word: str) -> list[Document]:
    return [Document(f"{word}-{at}.txt", text.format(word)) for at, text in enumerate(TEXTS)]


def _read(worker: Worker, word: str) -> list[bytes]:
    return [made.lines for made in worker.make(_documents(word))]


def test_a_pipeline_that_knows_many_words_is_loaded_anew(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    first = weakref.ref(load_nlp())
    told = {word: _read(worker, word) for word in WORDS}
    later = load_nlp()
    assert first() is not later and "Zorblmark" not in later.vocab.strings
    monkeypatch.setattr(work, "WORDS", 10**9)
    assert {word: _read(worker, word) for word in WORDS} == told and load_nlp() is later


def test_a_pipeline_of_the_caller_is_left_as_it_is(worker: Worker) -> None:
    nlp = load_nlp()
    own = Worker(worker.task, nlp)
    for word in WORDS:
        assert all(_read(own, word))
    assert load_nlp() is nlp and "Zorblmark" in nlp.vocab.strings
