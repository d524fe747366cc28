"""The whole extraction on short texts, with the shipped pipeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.language import analyse as parse
from kg.language import load_nlp
from kg.model import Analysis, Document
from kg.pipeline import analyse

Extract = Callable[[str], Analysis]


@pytest.fixture(scope="session")
def extract() -> Extract:
    """Text, as if published on Friday 20 June 2025, to what grammar and frames alone make of it."""
    nlp = load_nlp()

    def run(text: str) -> Analysis:
        [doc] = parse(nlp, [text])
        return analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc, meaning=False)

    return run
