"""Ranks between a body's name and a person's: parsers take the body for the head of both, and grammar does not.

`head` and `dep` are changed in place.
"""

from __future__ import annotations

from collections.abc import Sequence


def mend_ranks(head: list[int], dep: list[str], pos: Sequence[str]) -> None:
    """Mend the tree where a rank stands between two names without a comma."""
    below: dict[int, list[int]] = {}
    for i, above in enumerate(head):
        if above != i:
            below.setdefault(above, []).append(i)
    for person, relation in enumerate(dep):
        if relation in ("appos", "iobj", "obj"):
            _head_ranks(person, head, dep, pos, below)


def _head_ranks(
    person: int,
    head: list[int],
    dep: list[str],
    pos: Sequence[str],
    below: dict[int, list[int]],
) -> None:
    """ "the U.S. Army Lt. Col. Ann Roe": without a comma the body before a rank only says whose officer it is."""
    own = below.get(person, [])
    ranks = [k for k in own if k < person and dep[k] == "nmod:desc"]
    body = min([*ranks, *(k for rank in ranks for k in below.get(rank, []))], default=0) - 1
    if body < 0 or pos[person] != "PROPN" or pos[body] != "PROPN":
        return
    if head[person] != body and not (dep[body] == dep[person] and head[body] == head[person]):
        return
    head[person], dep[person] = person if head[body] == body else head[body], dep[body]
    for k in below.get(body, []):
        if k != person and (dep[k] in ("det", "case", "punct", "cc", "mark") or k > person):
            head[k] = person
    head[body], dep[body] = person, "compound"
