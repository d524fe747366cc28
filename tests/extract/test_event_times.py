"""When events were: which time of a sentence is theirs, and whether it lies behind or ahead. Told on Friday 20 June."""

from __future__ import annotations

import pytest

from kg.model import Event
from tests.extract.conftest import Extract


def told(extract: Extract, text: str, word: str) -> Event:
    events = [e for e in extract(text).events if text[e.trigger.begin : e.trigger.end] == word and e.cls != "Statement"]
    assert events, f"no event of {word!r}"
    return events[0]


@pytest.mark.parametrize(
    ("text", "word", "time", "factuality"),
    [
        # a time is fixed for what is to come
        ("The second round of the talks is scheduled for Monday.", "talks", "2025-06-23", "future"),
        ("Envoys left before the talks scheduled for Sunday.", "talks", "2025-06-22", "future"),
        ("A meeting with Peru was set for Tuesday.", "meeting", "2025-06-24", "future"),
        # captions and headlines tell in the present what happened; timetables do not
        ("Farmers block a road near Lyon on Thursday.", "block", "2025-06-19", "happened"),
        ("Troops shell Basra on Tuesday.", "shell", "2025-06-17", "happened"),
        ("The president meets Peru's envoy on Monday.", "meets", "2025-06-23", "future"),
        ("Farmers are blocking the road on Monday.", "blocking", "2025-06-23", "future"),
        # when it was proposed is not when it is to be
        ("Kenya offered talks to Chad in May.", "offered", "2025-05", "happened"),
        ("Kenya offered talks to Chad in May.", "talks", None, "hypothetical"),
        ("Norway proposed a truce to Mali on 2 June.", "truce", None, "hypothetical"),
        # nor is a term for what is wanted, or the day of what is offered, that of the asking
        ("Egypt urged Hamas to answer by Sunday.", "urged", None, "happened"),
        ("The union threatened to strike on Thursday.", "threatened", None, "happened"),
        ("Norway offered to host the talks on 29 June.", "offered", None, "happened"),
        ("Norway offered on 9 June to host the talks.", "offered", "2025-06-09", "happened"),
        ("On Thursday the union threatened to strike.", "threatened", "2025-06-19", "happened"),
        # a month right before a name
        ("In May Peru proposed talks to Chile.", "proposed", "2025-05", "happened"),
        ("In June Peru proposed talks to Chile.", "proposed", "2025-06", "happened"),
        ("In April President Ruto met Museveni.", "met", "2025-04", "happened"),
        # none between, so of no day since
        ("It was the first meeting between Kenya and Chad since the autumn of 2021.", "meeting", None, "happened"),
        ("It was the deadliest attack on Goma since May.", "attack", None, "happened"),
        # a day within a noun phrase is that noun's
        ("Mali condemned Sunday's attack on Goma.", "condemned", None, "happened"),
        ("Mali condemned Sunday's attack on Goma.", "attack", "2025-06-15", "happened"),
        ("Kenya imposed a Sunday trade ban on Chad.", "ban", None, "happened"),
        ("The army attacked Goma every Friday.", "attacked", None, "happened"),
        # a participle goes along with its verb, unless it says before or after
        ("Rebels attacked Goma on 8 June, killing twelve guards.", "killing", "2025-06-08", "happened"),
        ("Rebels attacked Goma, killing twelve guards on 8 June.", "attacked", "2025-06-08", "happened"),
        ("After killing twelve guards, rebels attacked Goma on 8 June.", "killing", None, "happened"),
        # what is done is done by the day of publication
        ("Malta had freed the crew by 1 July.", "freed", "2024-07-01", "happened"),
        ("Kenya asked Chad to leave Goma on 3 July.", "asked", None, "happened"),
        ("Malta will free the crew by 1 July.", "free", "2025-07-01", "future"),
        # what holds until a day holds until one that is still to come
        ("Kenya has banned rallies until Monday.", "banned", "2025-06-23", "happened"),
        ("Kenya had banned rallies until Monday.", "banned", "2025-06-16", "happened"),
        # in figures
        ("Malta attacked the port on 19-Nov-12.", "attacked", "2012-11-19", "happened"),
        ("Malta attacked the port on 16/04/2024.", "attacked", "2024-04-16", "happened"),
    ],
)
def test_event_has_its_own_time(extract: Extract, text: str, word: str, time: str | None, factuality: str) -> None:
    event = told(extract, text, word)
    assert (event.time.begin if event.time else None) == time
    assert event.factuality == factuality


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Ana Ruiz says she will resign by 27 July.", None),
        ("Ana Ruiz said on Monday she had sold the boat.", "2025-06-16"),
        ("Ana Ruiz said on Monday she would sell the boat on 3 July.", "2025-06-16"),
    ],
)
def test_what_was_said_has_the_day_of_the_saying(extract: Extract, text: str, time: str | None) -> None:
    [said] = [e for e in extract(text).events if e.cls == "Statement"]
    assert (said.time.begin if said.time else None) == time
