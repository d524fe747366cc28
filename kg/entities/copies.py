"""Near-duplicate texts: wire stories that several outlets print, found by sketches and never by comparing all with all.

A text is the set of its runs of `SHINGLE` words. Its sketch keeps, for each of `ROWS * BANDS` fixed hash functions, the
least hash of that set, so that two sketches agree in as many places as the sets have in common (MinHash: A. Broder,
"On the resemblance and containment of documents", 1997). Texts that agree in one band of a sketch are compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]

SHINGLE = 4
ROWS = 4
BANDS = 24
LEAST_WORDS = 40
"""A text of fewer words is never a copy: short notices of one thing look alike."""
ALIKE = 0.55
"""Texts are copies if their sketches agree in at least this share of their places."""

_WORD = re.compile(r"\w+")


def sketch(text: str) -> tuple[int, ...]:
    """Give the sketch of a text, `ROWS * BANDS` numbers below 2 ** 32; () for a text too short to compare.

    Case and punctuation do not count. Linear in the text.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < LEAST_WORDS:
        return ()
    import numpy as np

    factors, offsets = _functions()
    runs = sorted({" ".join(words[k : k + SHINGLE]) for k in range(len(words) - SHINGLE + 1)})
    digests = b"".join(hashlib.blake2b(run.encode(), digest_size=4).digest() for run in runs)
    hashes = np.frombuffer(digests, dtype="<u4").astype(np.uint64)
    # (a * x + b) mod 2 ** 64, upper half: multiply-shift hashing, exact in 64 bits
    mixed = (factors[:, None] * hashes[None, :] + offsets[:, None]) >> np.uint64(32)
    return tuple(mixed.min(axis=1).tolist())


def bands(sketch: Sequence[int]) -> tuple[str, ...]:
    """Give the keys under which a text is found; copies almost always share one."""
    return tuple(
        f"{band}:" + ".".join(f"{value:x}" for value in sketch[band * ROWS : (band + 1) * ROWS])
        for band in range(len(sketch) // ROWS)
    )


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate the share of runs of words that two texts have in common, 0 to 1."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def original_of(document: str, issued: str, alike: Mapping[str, str]) -> tuple[str, bool] | None:
    """Give the document that another copies and whether that came out earlier; None if it copies none.

    `alike` maps the documents that it is nearly equal to, to their days. Of several, the earliest is the original; of
    texts of one day, or without one, the first by name stands for all, and which copies which is not known.
    """
    dated = sorted((day, name) for name, day in alike.items() if day and issued and day < issued)
    if dated:
        return dated[0][1], True
    same = sorted(name for name, day in alike.items() if not (day and issued and day != issued))
    return (same[0], False) if same and same[0] < document else None


def copies(texts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Give the pairs of near-duplicates among a few texts, sorted: what an index does for many."""
    sketches = {name: sketch(text) for name, text in sorted(texts.items())}
    blocks: dict[str, list[str]] = {}
    for name, one in sketches.items():
        for key in bands(one):
            blocks.setdefault(key, []).append(name)
    pairs = {(a, b) for block in blocks.values() for a in block for b in block if a < b}
    return sorted((a, b) for a, b in pairs if likeness(sketches[a], sketches[b]) >= ALIKE)


@lru_cache(maxsize=1)
def _functions() -> tuple[Numbers, Numbers]:
    """Fixed odd factors and offsets, from a hash of their number."""
    import numpy as np

    numbers = [
        int.from_bytes(hashlib.blake2b(str(k).encode(), digest_size=8).digest(), "little")
        for k in range(2 * ROWS * BANDS)
    ]
    factors = [number | 1 for number in numbers[: ROWS * BANDS]]
    return np.array(factors, dtype=np.uint64), np.array(numbers[ROWS * BANDS :], dtype=np.uint64)
