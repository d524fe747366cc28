"""`python -m tests.bench.frequent [LARGEST]`: what one more document of a name costs, by how many have it already.

The name is in no table. Beside it, for comparison, the same documents with a name of its own for each: what is dearer
there, too, is the size of the graph and not that of the group. Documents are those of `tests/resolve/test_frequent.py`:
every fourth has the surname alone, every fourth an office before the name. Milliseconds of the processor, the median of
sixteen documents added one by one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from kg.resolve import resolve
from kg.store import Store, create_or_open
from tests.resolve.test_frequent import variety
from tests.store.synthetic import GAZETTEER

SIZES = (500, 1_000, 2_000, 5_000, 10_000)
BATCH = 250
ONE_BY_ONE = 16
_SYLLABLES = "ba de fi go hu ja ke li mo nu pa re si to vu za".split()


def named(number: int, *, rare: bool) -> tuple[str, list[str]]:
    """Give the document of a number; a rare name has a surname of its own, with the number's digits as syllables."""
    if not rare:
        return variety(number)
    return variety(number, surname="".join(_SYLLABLES[int(digit, 16)] for digit in f"{number:04x}").capitalize())


def measure(store: Store, largest: int, *, rare: bool) -> list[tuple[int, float]]:
    """Give sizes with the seconds that one more document costs there."""
    filled = 0
    rows = []
    for size in (size for size in SIZES if size <= largest):
        while filled < size:
            batch = [named(number, rare=rare) for number in range(filled, min(size, filled + BATCH))]
            store.write_documents(batch)
            resolve(store, gazetteer=GAZETTEER, documents=[name for name, _ in batch])
            filled += len(batch)
        rows.append((size, median(_add(store, named(filled + k, rare=rare)) for k in range(ONE_BY_ONE))))
        filled += ONE_BY_ONE
    return rows


def _add(store: Store, graph: tuple[str, list[str]]) -> float:
    store.write_documents([graph])
    began = time.process_time()
    resolve(store, gazetteer=GAZETTEER, documents=[graph[0]])
    return time.process_time() - began


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for rare in (False, True):
            with create_or_open(Path(folder) / str(rare)) as store:
                found.append(measure(store, largest, rare=rare))
    print("documents  one name in all, ms  each its own name, ms")
    for (size, frequent), (_, rare) in zip(*found, strict=True):
        print(f"{size:>9,}{1000 * frequent:>21.1f}{1000 * rare:>23.1f}")


if __name__ == "__main__":
    main()
