"""When something was wanted or agreed, which is not when what is wanted is to be. Told on Friday 20 June 2025."""

from __future__ import annotations

import pytest

from tests.meaning.reading import at, read


@pytest.mark.parametrize(
    ("text", "word", "time"),
    [
        ("The ministers called for elections to be held in March.", "called", None),
        ("Norway agreed to host the talks on 29 June.", "agreed", None),
        ("Kenya invited Chad to a summit in Nairobi on 3 July.", "invited", None),
        ("The bank promised to cut rates in May.", "promised", None),
        ("Chad proposed that the talks be held in Cairo on Friday.", "proposed", None),
        ("Egypt urged Hamas to answer by Sunday.", "urged", None),
        ("Norway agreed on Thursday to host the talks.", "agreed", "2025-06-19"),
        ("In May the ministers called for elections to be held in March.", "called", "2025-05"),
        ("Kenya offered Chad talks in May.", "offered", "2025-05"),
    ],
)
def test_a_day_of_what_is_wanted_is_not_that_of_the_wanting(text: str, word: str, time: str | None) -> None:
    told = at(read(text), text, word)
    assert told
    assert {event.time.begin if event.time else None for event in told} == {time}


def test_a_day_within_what_is_said_is_not_that_of_the_saying() -> None:
    told = read("Chad proposed that the talks be held in Cairo on Friday.").analysis.events
    assert [e.time for e in told if e.cls == "Statement"] == [None]
