"""A text read with all that its records were decided by, and the events of one of its words."""

from __future__ import annotations

from datetime import date

from kg.language import analyse as parse
from kg.language import load_nlp
from kg.model import Document, Event
from kg.pipeline import Traced, trace


def read(text: str) -> Traced:
    """Read a text that was published on 20 June 2025."""
    [doc] = parse(load_nlp(), [text])
    return trace(Document(id="t", text=text, published=date(2025, 6, 20)), doc)


def at(traced: Traced, text: str, word: str) -> list[Event]:
    """The events, but for statements, of the first word that begins so."""
    return [e for e in traced.analysis.events if e.trigger.begin == text.index(word) and e.cls != "Statement"]
