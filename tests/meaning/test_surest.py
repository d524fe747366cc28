"""What `--min-confidence` leaves out of a document's records, and that nothing else goes with it."""

from __future__ import annotations

import pytest

from kg.extract.surest import surest
from kg.model import Analysis
from tests.meaning.reading import read

TEXT = (
    "Norway offered the rebels a truce on Monday. The rebels rejected the offer a day later, and there was talk of a "
    "new round. Shelling killed three people in the town. The minister hopes that a deal is possible, and observers "
    "see a chance for a swap. The army could be preparing a retreat."
)


@pytest.fixture(scope="module")
def whole() -> Analysis:
    return read(TEXT).analysis


def told(analysis: Analysis) -> list[tuple[str, str]]:
    return [(event.cls, TEXT[event.trigger.begin : event.trigger.end]) for event in analysis.events]


@pytest.mark.parametrize("least", [0.5, 0.7, 0.9, 1.0])
def test_what_is_less_sure_goes_and_the_rest_stays_as_it_is(whole: Analysis, least: float) -> None:
    kept = surest(whole, min_confidence=least)
    sure = [one for one in whole.events if one.confidence is None or one.confidence >= least]
    assert len(sure) < len(whole.events)
    assert [(one.trigger, one.cls, one.participants) for one in kept.events] == [
        (one.trigger, one.cls, one.participants) for one in sure
    ]
    assert [one.index for one in kept.events] == list(range(len(sure)))
    assert (kept.mentions, kept.chains, kept.sentences) == (whole.mentions, whole.chains, whole.sentences)


def test_links_and_statuses_point_at_what_is_left(whole: Analysis) -> None:
    [status] = whole.dispositions
    kept = surest(whole, min_confidence=0.5)
    [same] = kept.dispositions
    assert status.response is not None and same.response is not None
    for before, after in ((status.initiative, same.initiative), (status.response, same.response)):
        assert whole.events[before].trigger == kept.events[after].trigger


def test_a_status_goes_with_the_event_that_it_stands_on(whole: Analysis) -> None:
    [status] = whole.dispositions
    assert status.response is not None
    answer = whole.events[status.response]
    assert answer.confidence is not None and answer.confidence < 1
    assert surest(whole, min_confidence=1.0).dispositions == ()


def test_nothing_goes_where_nothing_is_asked(whole: Analysis) -> None:
    assert surest(whole, min_confidence=0.0) == whole
