"""Textbook examples with values worked out by hand."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from tests.coref.metrics import Counts, Partition, b_cubed, best_assignment, ceaf_e, conll, mentions, muc, score

KEY: Partition = [set("abc"), set("defg")]
RESPONSE: Partition = [set("ab"), set("cd"), set("fghi")]
"""The example of Pradhan et al. 2014, section 4: e is missed, h and i are spurious."""


def rounded(counts: Counts) -> tuple[float, float, float]:
    return round(counts.recall, 2), round(counts.precision, 2), round(counts.f1, 2)


def test_the_example_of_the_reference_scorer() -> None:
    assert rounded(muc(KEY, RESPONSE)) == (0.40, 0.40, 0.40)
    assert rounded(b_cubed(KEY, RESPONSE)) == (0.42, 0.50, 0.45)
    assert rounded(ceaf_e(KEY, RESPONSE)) == (0.65, 0.43, 0.52)
    assert rounded(mentions(KEY, RESPONSE)) == (0.86, 0.75, 0.80)


@pytest.mark.parametrize(
    ("response", "shares"),
    [([set("12345"), set("6789ABC")], 0.76), ([set("1234589ABC"), set("67")], 0.58)],
)
def test_precision_of_bagga_and_baldwin(response: Partition, shares: float) -> None:
    """Joining a small chain with a large one is one wrong link, and so is joining two large ones: B³ sees more."""
    key: Partition = [set("12345"), set("67"), set("89ABC")]
    assert rounded(muc(key, response)) == (1.0, 0.9, 0.95)
    assert (b_cubed(key, response).recall, round(b_cubed(key, response).precision, 2)) == (1.0, shares)


def test_one_chain_and_no_chain_at_all() -> None:
    key: Partition = [set("ab"), set("cd")]
    assert (muc(key, []).f1, b_cubed(key, []).f1, ceaf_e(key, []).f1) == (0.0, 0.0, 0.0)
    assert (muc([], key).f1, b_cubed([], key).f1, ceaf_e([], key).f1) == (0.0, 0.0, 0.0)
    whole = [set("abcd")]
    assert rounded(muc(key, whole)) == (1.0, 0.67, 0.8)
    assert rounded(b_cubed(key, whole)) == (1.0, 0.5, 0.67)
    assert rounded(ceaf_e(key, whole)) == (0.33, 0.67, 0.44)


def test_documents_add_up_before_they_are_divided() -> None:
    both = score([(KEY, RESPONSE), ([set("xy")], [set("xy")])])
    assert (both["MUC"].found, both["MUC"].wanted) == (3, 6)
    assert both["CEAF-e"].recall == pytest.approx(2.3 / 3)
    assert conll(both) == pytest.approx(sum(both[name].f1 for name in ("MUC", "B³", "CEAF-e")) / 3)


def test_the_assignment_is_the_best_of_all() -> None:
    dice = random.Random(5)
    for rows, columns in [(1, 1), (2, 4), (4, 2), (5, 5), (3, 6)]:
        weights = [[dice.random() for _ in range(columns)] for _ in range(rows)]
        wide = weights if rows <= columns else [list(column) for column in zip(*weights, strict=True)]
        orders = permutations(range(max(rows, columns)), min(rows, columns))
        best = max(sum(row[j] for row, j in zip(wide, order, strict=True)) for order in orders)
        assert best_assignment(weights) == pytest.approx(best)
    assert best_assignment([]) == 0.0
