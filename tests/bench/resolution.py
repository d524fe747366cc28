"""`python -m tests.bench.resolution [--people] [LARGEST] [PLOT.png]`: what one more document costs, by size of graph.

Synthetic documents of four events each, twenty a day, about forty states and eighty cities. At each size, some
documents are added one by one, and the time of the resolution is told apart: who is who and the rest. With `--people`
each document also names four of 2,000 people whom no table knows, the most frequent in every tenth document.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from kg.resolve import people as actors
from kg.resolve import resolve
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


_FIRST = """Adu Bekir Corin Davit Edra Farid Gisa Henrik Ilja Jomo Katya Lupe Marek Nadia Oskar Pilar Quent Rasim Selma
Tibor""".split()
_STEMS = [f"{a}{b}" for a in "Bra Dim Gal Hor Kel Mus Nol Pre Tav Vash".split() for b in "be do gi la mu".split()]
_LAST = [f"{stem}{end}" for stem in _STEMS for end in ("nov", "stad")]
PEOPLE = tuple(f"{first} {last}" for first in _FIRST for last in _LAST)
"""2,000 people whom no table knows."""
_WEIGHTS = tuple(1 / (10 + rank) for rank in range(len(PEOPLE)))


def documents(*, people: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Graphs without end, the same in every run."""
    dice = random.Random(5)
    number = 0
    while True:
        day = date(2015, 1, 1) + timedelta(days=number // A_DAY)
        named = dict.fromkeys(dice.choices(PEOPLE, _WEIGHTS, k=4)) if people else ()
        yield document(number, day, dice, people=list(named))
        number += 1


def document(number: int, day: date, dice: random.Random, *, people: Sequence[str] = ()) -> tuple[str, list[str]]:
    """One document; every eighth of its people goes by the surname alone, every eighth with an office."""
    people = [_called(one, dice) for one in people]
    sentences, facts = [f"Here is {name}." for name in people], []
    for k, (cls, verb) in enumerate(_KINDS):
        one, other = dice.sample(_STATES, 2)
        city = f"{dice.choice(_STATES)} City {k}{dice.randrange(2)}"
        noise = "".join(dice.choice("abcdefghij") for _ in range(8))
        sentences.append(f"In event {k} of {number} {noise}, {one} {verb} {other} at {city}.")
        facts.append((cls, f"{one} {verb}", one, other, city))
    page = Page(f"d{number:06}", " ".join(sentences), issued=day.isoformat())
    for name in people:
        page.actor("Person", name)
    for sentence, (cls, trigger, one, other, city) in zip(sentences[len(people) :], facts, strict=True):
        roles = {
            "agent": page.actor("GeopoliticalEntity", one, f"{one} {trigger.split()[1]}"),
            "recipient": page.actor("GeopoliticalEntity", other, f"{other} at {city}"),
            "place": page.actor("GeopoliticalEntity", city, f"at {city}"),
        }
        page.event(cls, trigger, sentence, time=(day - timedelta(days=1)).isoformat(), label=sentence, **roles)
    return page.graph()


def _called(name: str, dice: random.Random) -> str:
    way = dice.randrange(8)
    return name.split()[1] if way == 0 else f"Finance Minister {name}" if way == 1 else name


def measure(largest: int, directory: Path, *, people: bool = False) -> Iterator[tuple[int, float, float, float]]:
    """Give size, seconds per added document without and with who is who, and megabytes of memory at most."""
    source = documents(people=people)
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
    update = actors.update

    def timed(*args: object, **options: object) -> set[str]:
        nonlocal spent
        began = time.process_time()
        try:
            return update(*args, **options)  # type: ignore[arg-type]
        finally:
            spent += time.process_time() - began

    actors.update = timed  # type: ignore[assignment]
    try:
        store.write_documents([graph])
        began = time.process_time()
        resolve(store, gazetteer=GAZETTEER, documents=[graph[0]])
        whole = time.process_time() - began
    finally:
        actors.update = update
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
    arguments = [one for one in sys.argv[1:] if one != "--people"]
    largest = int(arguments[0]) if arguments else SIZES[-1]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        print("documents  ms/document  with who is who  memory MB")
        for size, events, whole, memory in measure(largest, Path(folder) / "graph", people="--people" in sys.argv):
            rows.append((size, events, whole, memory))
            print(f"{size:>9,}{1000 * events:>13.1f}{1000 * whole:>17.1f}{memory:>11.0f}", flush=True)
            if len(arguments) > 1:
                plot(rows, Path(arguments[1]))


if __name__ == "__main__":
    main()
