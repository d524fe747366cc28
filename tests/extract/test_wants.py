"""Initiatives in whole phrases, one for each thing of a list; times that are carried on, places within places."""

from __future__ import annotations

import pytest

from kg.model import Role
from tests.extract.conftest import Extract


def wants(extract: Extract, text: str, word: str) -> list[str]:
    found = extract(text).events
    return [e.content_text for e in found if e.kind is not None and text[e.trigger.begin : e.trigger.end] == word]


@pytest.mark.parametrize(
    ("text", "word", "things"),
    [
        (
            "The miners' demands include higher pay, an inquiry into the fire and safer shafts.",
            "demands",
            ["higher pay", "an inquiry into the fire", "safer shafts"],
        ),
        (
            "The students' demands have grown to lower fees, a new rector, and the release of nine classmates.",
            "demands",
            ["lower fees", "a new rector", "the release of nine classmates"],
        ),
        ("The guerrillas' main demand is the release of their leader.", "demand", ["the release of their leader"]),
        # a list of one is no list, nor is one thing with its apposition
        ("The nurses' demands include a pay rise.", "demands", ["a pay rise"]),
        # one plea for two things stays one where a single noun tells it
        (
            "The envoy's request includes a truce, a corridor and fuel.",
            "request",
            ["a truce, a corridor and fuel"],
        ),
    ],
)
def test_each_thing_of_a_list_is_wanted_by_itself(extract: Extract, text: str, word: str, things: list[str]) -> None:
    assert wants(extract, text, word) == things


@pytest.mark.parametrize(
    ("text", "word", "content"),
    [
        ("Norway proposed a treaty to protect the strait.", "proposed", "a treaty to protect the strait"),
        ("Norway proposed an amendment to a law to tax fuel.", "proposed", "an amendment to a law to tax fuel"),
        # somebody who is asked is no part of what is wanted
        ("Norway asked the union to end the strike.", "asked", "end the strike"),
        # what is opened within is closed there
        ('Norway asked the union to end the strike "at once".', "asked", 'end the strike "at once"'),
        ("Norway asked the union to pay a fine of 50m naira ($3,000).", "asked", "pay a fine of 50m naira ($3,000)"),
    ],
)
def test_content_begins_with_its_noun(extract: Extract, text: str, word: str, content: str) -> None:
    assert wants(extract, text, word) == [content]


@pytest.mark.parametrize(
    ("text", "word", "begin"),
    [
        ("Police raided the office on Monday. They arrested nine people.", "arrested", "2025-06-16"),
        ("Police raided the office on Monday, and soldiers arrested nine people.", "arrested", "2025-06-16"),
        # what tells no event moves the story on, too
        ("On Tuesday the minister flew home. Police arrested nine people.", "arrested", "2025-06-17"),
        # another tense leaves the story
        ("Police raided the office on Monday. They had arrested nine people before.", "arrested", None),
        ("Police raided the office on Monday. They have arrested nine people.", "arrested", None),
        # as do words of somebody else, and what is only supposed
        ("Police raided the office on Monday. “They arrested nine people,” the owner said.", "arrested", None),
        ("Police raided the office on Monday. They did it because rebels attacked a bank.", "attacked", None),
        # what came before or after it was at another time
        ("Police raided the office on Monday. The mayor resigned after they arrested his aide.", "arrested", None),
        # nothing is carried backwards
        ("Police arrested nine people. They raided the office on Monday.", "arrested", None),
    ],
)
def test_the_story_goes_on_at_the_time_last_named(extract: Extract, text: str, word: str, begin: str | None) -> None:
    [event] = [
        e for e in extract(text).events if text[e.trigger.begin : e.trigger.end] == word and e.cls != "Statement"
    ]
    assert (event.time.begin if event.time is not None else None) == begin


def test_a_described_place_lies_in_the_one_it_names(extract: Extract) -> None:
    text = "Gunmen shot a judge outside Lima's main prison on Monday."
    [event] = [e for e in extract(text).events if e.plover == "ASSAULT"]
    assert [p.text for p in event.participants if p.role is Role.PLACE] == ["Lima's main prison", "Lima"]
