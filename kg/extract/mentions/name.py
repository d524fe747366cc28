"""A proper name as it is found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType, Known


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name by its first and last token; `title` is the first token of the title before it, if any."""

    first: int
    last: int
    type: EntityType | None
    known: tuple[Known, ...] = ()
    title: int | None = None
