"""MUC, B³, CEAF-e and their mean by the definitions of the reference scorer.

The reference is Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions": a mention that only one
side has counts as missed or spurious, and nothing is added to either side. Several documents are scored together by
adding numerators and denominators, as the reference scorer does.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Partition = Sequence[AbstractSet[Hashable]]


@dataclass(frozen=True, slots=True)
class Counts:
    """What recall and precision are made of; counts of several documents add up."""

    found: float
    wanted: float
    right: float
    given: float

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found,
            self.wanted + other.wanted,
            self.right + other.right,
            self.given + other.given,
        )

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


NONE = Counts(0, 0, 0, 0)


def mentions(key: Partition, response: Partition) -> Counts:
    """How many mentions both sides have, whatever their chains."""
    wanted = {m for chain in key for m in chain}
    given = {m for chain in response for m in chain}
    both = len(wanted & given)
    return Counts(both, len(wanted), both, len(given))


def muc(key: Partition, response: Partition) -> Counts:
    """Links: a chain of n mentions that the other side cuts into p parts keeps n - p of its n - 1 links."""
    found, wanted = _links(key, response)
    right, given = _links(response, key)
    return Counts(found, wanted, right, given)


def _links(chains: Partition, others: Partition) -> tuple[int, int]:
    home = {m: k for k, other in enumerate(others) for m in other}
    kept = 0
    for chain in chains:
        parts = {home[m] for m in chain if m in home}
        kept += len(chain) - len(parts) - sum(m not in home for m in chain)
    return kept, sum(len(chain) - 1 for chain in chains)


def b_cubed(key: Partition, response: Partition) -> Counts:
    """Mentions: for each, how much of its chain the other side's chain holds."""
    found, wanted = _shares(key, response)
    right, given = _shares(response, key)
    return Counts(found, wanted, right, given)


def _shares(chains: Partition, others: Partition) -> tuple[float, int]:
    shared = sum(len(chain & other) ** 2 / len(chain) for chain in chains for other in others)
    return shared, sum(len(chain) for chain in chains)


def ceaf_e(key: Partition, response: Partition) -> Counts:
    """Entities: chains aligned one to one for the greatest sum of 2|K ∩ R| / (|K| + |R|)."""
    alike = [[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]
    best = best_assignment(alike)
    return Counts(best, len(key), best, len(response))


def best_assignment(weights: Sequence[Sequence[float]]) -> float:
    """The greatest sum of weights, at most one from each row and each column: the Hungarian method in O(n³)."""
    size = max(len(weights), max((len(row) for row in weights), default=0))
    cost = [[-w for w in row] + [0.0] * (size - len(row)) for row in weights]
    cost += [[0.0] * size for _ in range(size - len(cost))]
    by_row, by_column = [0.0] * (size + 1), [0.0] * (size + 1)
    owner = [0] * (size + 1)  # row of each column, both counted from 1; column 0 is where a row begins its search
    for row in range(1, size + 1):
        owner[0] = row
        for column, before in _augment(cost, owner, by_row, by_column):
            owner[column] = owner[before]
    return -sum(cost[owner[j] - 1][j - 1] for j in range(1, size + 1))


def _augment(
    cost: Sequence[Sequence[float]], owner: Sequence[int], by_row: list[float], by_column: list[float]
) -> list[tuple[int, int]]:
    """The cheapest way to a free column, as pairs of a column and the column that its new row comes from."""
    size = len(cost)
    slack, way = [float("inf")] * (size + 1), [0] * (size + 1)
    done = [False] * (size + 1)
    at = 0
    while owner[at]:
        done[at] = True
        row = owner[at]
        for j in range(1, size + 1):
            reduced = cost[row - 1][j - 1] - by_row[row] - by_column[j]
            if not done[j] and reduced < slack[j]:
                slack[j], way[j] = reduced, at
        nearest = min((j for j in range(1, size + 1) if not done[j]), key=lambda j: slack[j])
        step = slack[nearest]
        for j in range(size + 1):
            if done[j]:
                by_row[owner[j]] += step
                by_column[j] -= step
            else:
                slack[j] -= step
        at = nearest
    path = []
    while at:
        path.append((at, way[at]))
        at = way[at]
    return path


METRICS = {"mentions": mentions, "MUC": muc, "B³": b_cubed, "CEAF-e": ceaf_e}
CONLL = ("MUC", "B³", "CEAF-e")


def score(documents: Iterable[tuple[Partition, Partition]]) -> dict[str, Counts]:
    """Every measure over (key, response) of each document."""
    totals = dict.fromkeys(METRICS, NONE)
    for key, response in documents:
        for name, measure in METRICS.items():
            totals[name] += measure(key, response)
    return totals


def conll(scores: dict[str, Counts]) -> float:
    """The mean F1 of MUC, B³ and CEAF-e, known as CoNLL F1."""
    return sum(scores[name].f1 for name in CONLL) / len(CONLL)
