"""A share with an article stands before a noun: "a 5 per cent pay rise" is a rise, and nobody pays."""

from __future__ import annotations

from collections.abc import Sequence

SHARES = frozenset({"cent", "percent", "%", "pct", "pc"})
NOMINAL = ("NOUN", "PROPN")


def mend_shares(head: list[int], dep: list[str], lower: Sequence[str], pos: list[str]) -> None:
    """Let the noun behind such a share take its place in the tree, in place.

    "A" or "an" never belongs to a share itself, so the noun right behind it, or behind one word more, has it; a word
    between that the parser takes for a verb ("pay") is part of that noun.
    """
    for share in range(2, len(head) - 1):
        if lower[share] not in SHARES or head[share] == share or not _has_article(head, lower, share):
            continue
        noun = share + 2 if share + 2 < len(head) and pos[share + 2] in NOMINAL else share + 1
        between = range(share + 1, noun)
        if pos[noun] not in NOMINAL or dep[noun] not in ("obj", "obl", "nsubj", "dep") or noun == head[share]:
            continue
        if any(pos[k] not in (*NOMINAL, "VERB", "ADJ") for k in between) or _is_above(
            head, (noun, *between), head[share]
        ):
            continue
        above, relation = head[share], dep[share]
        for k in range(share):
            if head[k] == share and dep[k] in ("det", "case", "amod", "nmod:poss"):
                head[k] = noun
        head[noun], dep[noun] = above, relation
        head[share], dep[share] = noun, "compound"
        for k in between:
            for below, top in enumerate(head):
                if top == k:
                    head[below] = noun
            head[k], dep[k] = noun, "amod" if pos[k] == "ADJ" else "compound"
            pos[k] = "NOUN" if pos[k] == "VERB" else pos[k]


def _is_above(head: Sequence[int], words: Sequence[int], below: int) -> bool:
    """Whether a token hangs, at whatever depth, on one of these."""
    while below not in words and head[below] != below:
        below = head[below]
    return below in words


def _has_article(head: Sequence[int], lower: Sequence[str], share: int) -> bool:
    return any(head[k] == share and lower[k] in ("a", "an") for k in range(max(0, share - 5), share))
