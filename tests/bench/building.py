"""`python -m tests.bench.building [DOCUMENTS] [LARGER]`: what a build costs, as ratios of one run on one machine.

Documents are passages of `corpus/`, about 140 words each, repeated with a number before each where there are more than
it has. Costs are processor time, so that a busy machine changes little; only the gain of a second process is by the
clock. Each measurement is a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.soak.kills import sample


def spent() -> float:
    """Processor time of this process and of those it has ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def bare(news: Path, folder: Path) -> dict[str, Any]:
    """`nlp.pipe` alone."""
    from kg import load_nlp
    from kg.language.products import one_thread

    texts = [json.loads(line)["text"] for line in news.read_text(encoding="utf-8").splitlines()]
    nlp = load_nlp()
    with one_thread():
        list(nlp.pipe(texts[:2]))
        began = spent()
        words = sum(not (token.is_punct or token.is_space) for doc in nlp.pipe(texts, batch_size=16) for token in doc)
        return {"words": words, "seconds": spent() - began}


def warm(folder: Path) -> None:
    """Load all that a build loads once: pipeline, frames, tables of names and of offices, heads."""
    from kg.model import Document
    from kg.runner import run

    texts = ("Norway proposed talks to Chad.", "The French foreign minister rejected the offer of two million euros.")
    with tempfile.TemporaryDirectory(dir=folder) as name:
        documents = [Document(id=f"w{number}", text=text) for number, text in enumerate(texts)]
        run((), graph=Path(name) / "g", any_language=True, documents=documents)


def build(news: Path, folder: Path, processes: int = 1) -> dict[str, Any]:
    """A build from nothing to a published graph; of one process, loading is apart, as it is of `bare`."""
    from kg.runner import run

    if processes == 1:
        warm(folder)
    began, clock = spent(), time.perf_counter()
    report = run(news, graph=folder / f"g{processes}", any_language=True, processes=processes)
    assert not report.problems, report.problems[0]
    return {"words": report.words, "seconds": spent() - began, "clock": time.perf_counter() - clock}


def unresolved(news: Path, folder: Path) -> dict[str, Any]:
    """The same without who is who across documents."""
    from kg.runner import run

    warm(folder)
    began = spent()
    report = run(news, graph=folder / "unresolved", any_language=True, resolve=False)
    return {"words": report.words, "seconds": spent() - began}


def two(news: Path, folder: Path) -> dict[str, Any]:
    """A build with two processes."""
    return build(news, folder, processes=2)


def again(news: Path, folder: Path) -> dict[str, Any]:
    """The same build once more: everything is unchanged."""
    from kg.runner import run

    began = spent()
    report = run(news, graph=folder / "g1", any_language=True)
    assert report.documents == 0
    return {"documents": report.skipped, "seconds": spent() - began}


def load(news: Path, folder: Path) -> dict[str, Any]:
    """A bulk load of the graphs that the build made, without and with who is who."""
    from kg.runner.loading import load_shards
    from kg.store import open_reader

    with open_reader(folder / "g1") as reader, (folder / "all.nq").open("w", encoding="utf-8") as file:
        for graph in reader.documents().values():
            file.writelines(f"{line[:-2]} <{graph}> .\n" for line in reader.ntriples(graph).splitlines() if line)
    began, clock = spent(), time.perf_counter()
    found = load_shards([folder / "all.nq"], graph=folder / "loaded", resolve=False)
    first = {"quads": found.quads, "seconds": spent() - began, "clock": time.perf_counter() - clock}
    began = spent()
    load_shards([folder / "all.nq"], graph=folder / "decided")
    return {**first, "resolved": spent() - began}


STEPS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    one.__name__: one for one in (bare, build, unresolved, two, again, load)
}


def measured(step: str, news: Path, folder: Path) -> dict[str, Any]:
    """Run one step in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.building", "--step", step, str(news), str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    if done.returncode:
        sys.exit(done.stderr.strip() or f"{step} ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(documents: int, larger: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news = folder / "news.jsonl"
        sample(documents, news)
        at = {step: measured(step, news, folder) for step in STEPS}
        pipe = at["bare"]["words"] / at["bare"]["seconds"]

        def row(label: str, value: str, target: str = "") -> None:
            print(f"  {label:<58}{value:>14}{target:>12}")

        print(f"{documents} documents, {at['bare']['words']:,} words; processor time, in one run")
        row("bare nlp.pipe, words a second", f"{pipe:,.0f}")
        for step, label in (("build", "kg build"), ("unresolved", "kg build --no-resolve")):
            speed = at[step]["words"] / at[step]["seconds"]
            row(f"{label}, words a second", f"{speed:,.0f}")
            row(f"nlp.pipe to {label}", f"{pipe / speed:.2f}", "≤ 1.25" if step == "build" else "")
        row("two processes to one, by the clock", f"{at['build']['clock'] / at['two']['clock']:.2f}", "≥ 1.70")
        row("two processes to one, processor time", f"{at['two']['seconds'] / at['build']['seconds']:.2f}")
        row("unchanged, documents a second", f"{at['again']['documents'] / at['again']['seconds']:,.0f}", "≥ 2,000")
        row("kg load --no-resolve, quads a second", f"{at['load']['quads'] / at['load']['seconds']:,.0f}", "≥ 150,000")
        row("the same by the clock", f"{at['load']['quads'] / at['load']['clock']:,.0f}")
        row("kg load, quads a second", f"{at['load']['quads'] / at['load']['resolved']:,.0f}")
        row("peak of memory, MB", f"{at['build']['peak']:,.0f}")
        if larger > documents:
            sample(larger, news)
            grown = measured("build", news, folder / "larger")
            row(f"the same of {larger:,} documents, MB", f"{grown['peak']:,.0f}")
            row("memory of many to few", f"{grown['peak'] / at['build']['peak']:.2f}", "≤ 1.15")
            slower = (grown["seconds"] / grown["words"]) / (at["build"]["seconds"] / at["build"]["words"])
            row("time for a word, of many to few", f"{slower:.2f}", "1.00")


def main() -> None:
    if sys.argv[1:2] == ["--step"]:
        step, news, folder = sys.argv[2:]
        Path(folder).mkdir(exist_ok=True)
        found = STEPS[step](Path(news), Path(folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**found, "peak": peak}))
        return
    numbers = [int(one) for one in sys.argv[1:]]
    table(*(numbers + [300, 0][len(numbers) :])[:2])


if __name__ == "__main__":
    main()
