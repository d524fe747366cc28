"""The cost of a word does not depend on how long its document is."""

from __future__ import annotations

from tests.bench.growth import STATIONS, articles, of_length, steps, words_of


def test_a_word_costs_the_same_in_a_long_document() -> None:
    docs = articles()
    costs = []
    for size in (1_000, 6_000):
        doc = of_length(docs, size)
        assert size <= words_of(doc) < size + 1_000
        taken = min((steps(doc) for _ in range(2)), key=lambda one: sum(one.values()))
        assert list(taken) == [*STATIONS, "rdf"]
        costs.append(sum(taken.values()) / words_of(doc))
    assert costs[1] < 2.5 * costs[0], "growing with the square of the length it would be six times"


def test_joined_articles_are_one_text() -> None:
    docs = articles()
    doc = of_length(docs, 2_000)
    assert doc.text.startswith(docs[0].text) and doc.text.count(docs[0].text) == 2
