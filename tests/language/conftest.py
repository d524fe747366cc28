"""The shipped pipeline, loaded once for all tests here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.language import load_nlp

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_nlp()
