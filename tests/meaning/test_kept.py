"""Which readings become events: doubt costs more where they code somebody's deed, and none needs a word list."""

from __future__ import annotations

import pytest

from tests.meaning.reading import at, read


@pytest.mark.parametrize(
    ("text", "word", "kind", "content"),
    [
        ("Proposals to reform the courts are under discussion.", "Proposals", "propose", "reform the courts"),
        ("A bill to tax fuel is expected to go before parliament next week.", "bill", "plan", "tax fuel"),
        # the copula says what it consists of, but not with a preposition
        ("The proposal is a ceasefire of thirty days.", "proposal", "propose", "a ceasefire of thirty days"),
    ],
)
def test_a_noun_that_says_what_is_wanted_is_an_initiative_without_anybody_who_made_it(
    text: str, word: str, kind: str, content: str
) -> None:
    [event] = at(read(text), text, word)
    assert event.kind == kind
    assert event.content_text == content
    assert not event.participants


def test_what_a_bill_would_do_begins_after_its_whole_phrase() -> None:
    text = "The bill in question would allow fugitives to be moved to the mainland. The bill was dropped on Friday."
    [bill] = at(read(text), text, "bill")
    assert bill.content_text == "would allow fugitives to be moved to the mainland"


def test_what_is_of_no_type_is_told_from_lower_odds_than_a_deed() -> None:
    text = "The home team won the cup final on Sunday."
    traced = read(text)
    assert traced.readings is not None
    [reading] = [r for r in traced.readings.events if r.trigger.begin == text.index("won")]
    assert reading.type == "OTHER"
    assert 0.4 < reading.confidence < 0.75
    [event] = at(traced, text, "won")
    assert (event.cls, event.plover) == ("Happening", None)


def test_verbs_of_one_sentence_are_so_many_events() -> None:
    text = "The army attacked the town, shelling its market and bombing the bridge in the same attack."
    traced = read(text)
    assert traced.readings is not None
    assert any(link.kind == "same" for link in traced.readings.links)
    words = [at(traced, text, word) for word in ("attacked", "shelling", "bombing")]
    assert all(len(found) == 1 for found in words)
