"""What is said to be another happening is never one with the first; what is told again is."""

from __future__ import annotations

from datetime import date

import pytest

from kg.language import analyse as parse
from kg.language import load_nlp
from kg.model import Document, Event
from kg.pipeline import analyse


def tellings(text: str, word: str) -> list[Event]:
    """The events that a word tells; tellings of one happening are one event with several sentences."""
    [doc] = parse(load_nlp(), [text])
    events = analyse(Document(id="t", text=text, published=date(2025, 6, 20)), doc).events
    return [e for e in events if text[e.trigger.begin : e.trigger.end] == word and e.cls != "Statement"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gunmen stormed a bank in Lagos. Other gunmen stormed a bank in the city and killed a clerk.", "stormed"),
        ("A drone struck an oil depot in Tver. A second drone struck the depot an hour later.", "struck"),
        ("The two leaders met in Oslo. They met again in Bern.", "met"),
        ("Israel struck Tyre. A week later Israel struck Tyre.", "struck"),
        ("Egypt offered a truce to Hamas. A week later Egypt offered another truce to Hamas.", "offered"),
        ("Peru proposed talks to Chile in March. In May Peru proposed talks to Chile.", "proposed"),
        ("Turkey proposed a meeting in April. Turkey had proposed a similar meeting in January.", "proposed"),
        ("Mali rejected the offer. Mali rejected a new offer in June.", "rejected"),
    ],
)
def test_another_one_is_not_the_first(text: str, word: str) -> None:
    assert [len(e.evidence) for e in tellings(text, word)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gunmen stormed a bank in Lagos on Monday. The gunmen who stormed the bank fled on motorcycles.", "stormed"),
        ("Kenya proposed a truce on Monday. Kenya proposed the truce at a meeting in Nairobi.", "proposed"),
        ("Peru proposed new talks to Chile. Peru proposed the talks to Chile in Lima.", "proposed"),
    ],
)
def test_what_is_told_again_is_one(text: str, word: str) -> None:
    assert max(len(e.evidence) for e in tellings(text, word)) == 2
