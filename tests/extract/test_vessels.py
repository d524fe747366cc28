"""Ships by name: no person, no place, and nobody whom the tables know."""

from __future__ import annotations

import pytest

from kg import pipeline
from kg.language import analyse, load_nlp
from kg.model import Document, EntityType


def types(text: str) -> dict[str, EntityType | None]:
    """The type of every thing that a text names, by its words."""
    [doc] = analyse(load_nlp(), [text])
    found = pipeline.analyse(Document(id="x", text=text), doc, meaning=False)
    return {
        found.mentions[i].text: chain.type
        for chain in found.chains
        for i in chain.mentions
        if found.mentions[i].kind.value == "name"
    }


@pytest.mark.parametrize(
    ("text", "ship"),
    [
        ("The tanker Marlin Luanda burned for hours. Rescuers reached the Marlin Luanda at dawn.", "Marlin Luanda"),
        ("The frigate Admiral Essen fired missiles on Friday. The Essen then returned to port.", "The Essen"),
        ("The aircraft carrier Dwight D. Eisenhower left the Red Sea on Monday.", "Dwight D. Eisenhower"),
        ("The USS Carney shot down two drones over the Red Sea.", "The USS Carney"),
        ("The ferry “Estonia” sank in a storm.", "Estonia"),
    ],
)
def test_a_ship_is_neither_a_person_nor_a_place(text: str, ship: str) -> None:
    found = types(text)
    assert found[ship] is None, found
    assert found.get("the Red Sea", EntityType.LOC) is EntityType.LOC


def test_what_owns_or_takes_a_ship_is_what_it_is() -> None:
    found = types(
        "The tanker Iran seized in May is still in port. The navy of Iran said that the ship belongs to Lebanon. "
        "Admiral Igor Petrov visited Essen on Monday."
    )
    assert found["Iran"] is EntityType.GPE and found["Lebanon"] is EntityType.GPE
    assert found["Admiral Igor Petrov"] is EntityType.PERSON and found["Essen"] is EntityType.GPE
