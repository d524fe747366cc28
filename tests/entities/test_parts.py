"""Parts of states that share their names with towns, and bodies of the world told short."""

from __future__ import annotations

import pytest

from kg.entities.identity import Actor
from kg.entities.linking_parts import is_told_as_part, told_parts, without_noun
from tests.entities.test_homes import PLACE, around, linked
from tests.entities.test_linking import actor


def place(label: str, *names: str) -> Actor:
    return actor(1, label, PLACE, names=names or (label,), document=0)


@pytest.mark.parametrize(
    ("label", "name", "state", "id"),
    [
        ("Kandahar", "southern Kandahar province", "Afghanistan", "Q173808"),
        ("Kandahar", "Kandahar", "Afghanistan", "Q45604"),
        ("Anbar province", "restive Anbar province", "Iraq", "Q187334"),
        ("Larkmoor province", "Larkmoor province", "Iraq", ""),
    ],
)
def test_the_noun_tells_the_province_from_its_town(label: str, name: str, state: str, id: str) -> None:
    assert linked(place(label, name), *around(state)) == id


def test_a_name_that_is_also_told_without_the_noun_is_the_town() -> None:
    assert not is_told_as_part("Kandahar", ("Kandahar province", "Kandahar"))
    assert is_told_as_part("Kandahar", ("Kandahar province", "the Kandahar Province"))
    assert not is_told_as_part("Kandahar", ()) and without_noun("Anbar") == ""


@pytest.mark.parametrize(
    ("description", "id"),
    [
        ("the junior Senator from New York", "Q1384"),
        ("New York Governor", "Q1384"),
        ("the mayor of New York", "Q60"),
    ],
)
def test_senators_and_governors_are_those_of_a_state(description: str, id: str) -> None:
    somebody = actor(2, "Ada Larkmoor", document=0, described=(description,))
    assert linked(place("New York"), somebody, *around("United States")) == id


def test_only_offices_of_parts_tell_a_part() -> None:
    assert told_parts(["the Senator from New York and the Governor of Ohio"]) == {"new york", "ohio"}
    assert told_parts(["a resident of New York", "the mayor of Ohio", "senators from both parties"]) == frozenset()


def test_a_capital_with_a_larger_namesake_names_no_state() -> None:
    assert linked(place("Victoria"), *around("Australia")) == "Q36687"
    assert linked(place("Victoria"), *around("Seychelles")) == "Q3940"


def test_the_security_council_is_that_of_the_united_nations_where_these_are_named() -> None:
    council = actor(1, "Security Council", "Organization", document=0)
    nations = actor(2, "United Nations", "Organization", document=0)
    assert linked(council, nations, *around("Lebanon")) == "Q37470"
    assert linked(council, *around("Lebanon")) == ""
