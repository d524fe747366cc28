"""`python -m tests.bench.resolution [LARGEST] [PLOT.png]`: what one more document costs, by the size of the graph.

Synthetic documents of four events each, twenty a day, about forty states and eighty cities. At each size, some
documents are added one by one, and the time of the resolution is told apart: who is who and the rest.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from kg.resolve import people, resolve
from kg.store import Store, create_or_open
from tests.store.synthetic import GAZETTEER, Page

SIZES = (250, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
BATCH = 500
ONE_BY_ONE = 15
A_DAY = 20
_KINDS = (("Meeting", "met"), ("Attack", "struck"), ("Aid", "supplied"), ("Protest", "protested"))
_STATES = [
    f"{name}land" for name in "Nor Sud Est Wes Hol Mor Gal Ker Var Tol Bel Dor Fal Hin Jur Kal Lom Mir Nev Ost".split()
]
_STATES += [name.replace("land", "ia") for name in _STATES]


def documents() -> Iterator[tuple[str, list[str]]]:
    """Graphs without end, the same in every run."""
    dice = random.Random(5)
    number = 0
    while True:
        day = date(2015, 1, 1) + timedelta(days=number // A_DAY)
        yield document(number, day, dice)
        number += 1


def document(number: int, day: date, dice: random.Random) -> tuple[str, list[str]]:
    sentences, facts = [], []
    for k, (cls, verb) in enumerate(_KINDS):
        one, other = dice.sample(_STATES, 2)
        city = f"{dice.choice(_STATES)} City {k}{dice.randrange(2)}"
        noise = "".join(dice.choice("abcdefghij") for _ in range(8))
        sentences.append(f"In event {k} of {number} {noise}, {one} {verb} {other} at {city}.")
        facts.append((cls, f"{one} {verb}", one, other, city))
    page = Page(f"d{number:06}", " ".join(sentences), issued=day.isoformat())
    for sentence, (cls, trigger, one, other, city) in zip(sentences, facts, strict=True):
        roles = {
            "agent": page.actor("GeopoliticalEntity", one, f"{one} {trigger.split()[1]}"),
            "recipient": page.actor("GeopoliticalEntity", other, f"{other} at {city}"),
            "place": page.actor("GeopoliticalEntity", city, f"at {city}"),
        }
        page.event(cls, trigger, sentence, time=(day - timedelta(days=1)).isoformat(), label=sentence, **roles)
    return page.graph()


def measure(largest: int, directory: Path) -> Iterator[tuple[int, float, float, float]]:
    """Give size, seconds per added document without and with who is who, and megabytes of memory at most."""
    source = documents()
    with create_or_open(directory) as store:
        filled = 0
        for size in (size for size in SIZES if size <= largest):
            while filled < size:
                batch = list(islice(source, min(BATCH, size - filled)))
                store.write_documents(batch)
                resolve(store, gazetteer=GAZETTEER, documents=[name for name, _ in batch])
                store.publish()
                filled += len(batch)
            events, whole = zip(*(_add(store, next(source)) for _ in range(ONE_BY_ONE)), strict=True)
            filled += ONE_BY_ONE
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yield size, sorted(events)[ONE_BY_ONE // 2], sorted(whole)[ONE_BY_ONE // 2], memory


def _add(store: Store, graph: tuple[str, list[str]]) -> tuple[float, float]:
    spent = 0.0
    update = people.update

    def timed(*args: object, **options: object) -> set[str]:
        nonlocal spent
        began = time.process_time()
        try:
            return update(*args, **options)  # type: ignore[arg-type]
        finally:
            spent += time.process_time() - began

    people.update = timed  # type: ignore[assignment]
    try:
        store.write_documents([graph])
        began = time.process_time()
        resolve(store, gazetteer=GAZETTEER, documents=[graph[0]])
        whole = time.process_time() - began
    finally:
        people.update = update
    return whole - spent, whole


def plot(rows: list[tuple[int, float, float, float]], file: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    sizes = [row[0] for row in rows]
    figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    axes.plot(sizes, [1000 * row[1] for row in rows], marker="o", label="which event is which, copies and writing")
    axes.plot(sizes, [1000 * row[2] for row in rows], marker="s", linestyle="--", label="with who is who")
    axes.set(xscale="log", ylim=(0, None), xlabel="documents in the graph", ylabel="ms of processor per added document")
    axes.set_title("Resolution: what one more document costs")
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.savefig(file, dpi=120)
    pyplot.close(figure)


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        print("documents  ms/document  with who is who  memory MB")
        for size, events, whole, memory in measure(largest, Path(folder) / "graph"):
            rows.append((size, events, whole, memory))
            print(f"{size:>9,}{1000 * events:>13.1f}{1000 * whole:>17.1f}{memory:>11.0f}", flush=True)
            if len(sys.argv) > 2:
                plot(rows, Path(sys.argv[2]))


if __name__ == "__main__":
    main()
