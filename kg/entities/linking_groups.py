"""Grouping of nodes by pairwise decisions: best first, with pairs that must stay apart, whatever the order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Join:
    """Two nodes that are one thing, how sure that is (0 to 1), the rule, and what it rests on."""

    one: int
    other: int
    confidence: float
    reason: str
    evidence: str = ""


@dataclass(slots=True)
class Groups:
    """Disjoint sets of the numbers 0 to `size` - 1."""

    size: int
    parent: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parent = list(range(self.size))

    def root(self, node: int) -> int:
        """The smallest number of the set that `node` is in."""
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def unite(self, one: int, other: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.root(one), self.root(other)))
        self.parent[high] = low


def grouped(size: int, joins: Iterable[Join], apart: Iterable[tuple[int, int]]) -> tuple[Groups, list[Join]]:
    """Unite nodes, surest joins first, and give the joins that held.

    All joins of one confidence are tried together. A set that would then hold a pair that must stay apart falls back
    into the sets it came from, for nothing tells which of the joins is wrong. So no order of the input matters.
    """
    groups = Groups(size)
    apart = list(apart)
    levels: dict[float, list[Join]] = defaultdict(list)
    for join in joins:
        levels[join.confidence].append(join)
    held: list[Join] = []
    for confidence in sorted(levels, reverse=True):
        tried = Groups(size, [])
        tried.parent = list(groups.parent)
        for join in levels[confidence]:
            tried.unite(join.one, join.other)
        broken = {tried.root(one) for one, other in apart if tried.root(one) == tried.root(other)}
        for join in levels[confidence]:
            if tried.root(join.one) not in broken:
                groups.unite(join.one, join.other)
                held.append(join)
    return groups, held
