"""What is loaded is set apart from the collector of cycles for as long as documents are read, and given back."""

from __future__ import annotations

import ctypes
import gc
import resource
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.language import load_nlp
from kg.model import Document
from kg.runner import work
from kg.runner.engines import engine_for
from kg.runner.heap import give_back, held_apart, settle
from kg.runner.work import Task


@pytest.fixture(autouse=True)
def nothing_apart() -> Iterator[None]:
    """Begin and end without anything set apart."""
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_lives_is_set_apart_and_given_back() -> None:
    with held_apart():
        assert not gc.get_freeze_count()
        settle()
        assert gc.get_freeze_count() > 1_000
    assert not gc.get_freeze_count()


def test_it_is_given_back_after_an_error_too() -> None:
    with pytest.raises(KeyError), held_apart():
        settle()
        raise KeyError
    assert not gc.get_freeze_count()


def test_nothing_is_set_apart_outside_nor_given_back_that_others_set_apart() -> None:
    settle()
    assert not gc.get_freeze_count()
    gc.freeze()
    with held_apart():
        settle()
    assert gc.get_freeze_count()


def test_one_within_another_leaves_it_to_the_outer_one() -> None:
    with held_apart():
        with held_apart():
            settle()
        assert gc.get_freeze_count()
    assert not gc.get_freeze_count()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="tells of memory as Linux does")
def test_memory_that_is_free_goes_back() -> None:
    if not hasattr(ctypes.CDLL(None), "malloc_trim"):
        pytest.skip("this is not the GNU C library, which alone has the call")
    held = [bytes(100_000) for _ in range(1_000)]  # below what the library takes from the system by itself
    kept = held[::100]
    del held
    before = _resident()
    give_back()
    assert len(kept) == 10
    assert _resident() < before - 50_000_000


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def test_the_pipeline_is_let_go_after_many_documents_and_is_loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [Document("a", "Norway proposed talks to Chad."), Document("b", "Chad rejected the proposal.")]

    def made() -> list[bytes]:
        with held_apart(), engine_for("local", processes=1, address=None, nlp=None)(Task("urn:", "v")) as here:
            return [one.lines for one in here.make(texts, before=str)]

    before = load_nlp()
    lines = made()
    assert load_nlp() is before, "two documents are not many"
    monkeypatch.setattr(work, "MANY", 2)
    assert made() == lines
    again = load_nlp()
    assert again is not before
    gone = weakref.ref(again)
    del again
    assert made() == lines
    gc.collect()
    assert gone() is None
