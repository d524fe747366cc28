"""Some rows of an answer for each article, so that a short table is not all of one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import zip_longest


def by_turns(keys: Sequence[Hashable], number: int) -> list[int]:
    """Choose so many positions, one of each key in turn; they come in their own order.

    >>> by_turns(["a", "a", "a", "a", "b", "c", "c"], 5)
    [0, 1, 4, 5, 6]
    """
    groups: dict[Hashable, list[int]] = {}
    for at, key in enumerate(keys):
        groups.setdefault(key, []).append(at)
    turns = (at for turn in zip_longest(*groups.values()) for at in turn if at is not None)
    return sorted(at for at, _ in zip(turns, range(number), strict=False))
