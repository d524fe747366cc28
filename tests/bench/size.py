"""`python -m tests.bench.size [SIZE…] [PLOT.png]`: what a build costs by the number of documents: is it linear?

Documents are made up: two short sentences about two of ten states and a minister whom one document in 97 names, so
that what each document costs besides its words weighs most. Each size is a build from nothing in a process of its own.
Told are processor time for a document, the peak of memory, the size of the store and of the index of decisions, how
many unchanged documents a second a second run passes over, and the slowest of the contract's queries with a filter.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = (100, 1_000, 5_000, 20_000)
STATES = "Norway Chile Kenya Japan Brazil Turkey Egypt Canada Poland Ghana".split()
DEEDS = ("proposed talks with", "rejected a plan of", "signed an accord with", "accused envoys of", "offered aid to")
CONTRACT = ("who-proposed-what", "what-outcome-followed", "who-said-what", "what-happened", "who-is-involved")
MINISTERS = [
    f"{one}{other}" for one in "Bal Dor Fen Gar Hol Jas Kel Lum Mor Nev".split() for other in "an ek in or us".split()
]


def note(number: int) -> dict[str, str]:
    """One document."""
    one, other = STATES[number % 10], STATES[(number // 10) % 10]
    other = other if other != one else STATES[(number + 3) % 10]
    who = f"Ada {MINISTERS[number % 97 % len(MINISTERS)]}{'son' if number % 97 >= len(MINISTERS) else ''}"
    deed = f"{one} {DEEDS[number % 5]} {other} on border post {number}."
    text = f"{deed} Minister {who} of {one} said that the sides would meet."
    day = f"20{10 + number % 15}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {"id": f"note-{number:06}", "text": text, "published": day}


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def size_of(path: Path) -> float:
    """Megabytes of a file or of all files in a folder."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files) / 1e6


def measure(size: int, folder: Path) -> dict[str, float]:
    """Build so many documents, build them again, and ask."""
    import kg
    from kg.runner import run
    from kg.store import INDEX

    news, graph = folder / "news.jsonl", folder / "graph"
    with news.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(note(number))}\n" for number in range(size))
    kg.load_nlp()
    began = spent()
    report = run(news, graph=graph)
    assert report.documents == size, report
    built = spent() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = spent()
    assert run(news, graph=graph).skipped == size
    again = spent() - began
    asked = questions_of(graph, size)
    return {
        "seconds": built,
        "ms": 1000 * built / size,
        "peak": peak,
        "store": size_of(graph / "store"),
        "index": size_of(graph / INDEX),
        "unchanged": size / again,
        **asked,
    }


def questions_of(graph: Path, size: int) -> dict[str, float]:
    """Milliseconds of processor time of each contract query with its document or actor, the best of three."""
    import kg
    from kg.questions import questions

    found = {}
    with kg.open(graph) as opened:
        for question in questions():
            if question.name in CONTRACT:
                names = {param.name for param in question.params}
                filters: list[tuple[str, str]] = [("document", note(size // 2)["id"])] if "document" in names else []
                person = next((param.name for param in question.params if param.type == "name"), "")
                filters += [(person, f"Ada {MINISTERS[7]}")] if person else []
                for name, value in filters:
                    took = []
                    for _ in range(3):
                        began = time.process_time()
                        opened.query(question, **{name: value})  # type: ignore[arg-type]
                        took.append(time.process_time() - began)
                    found[f"{question.name}, {name}"] = 1000 * min(took)
    return found


def measured(size: int) -> dict[str, float]:
    """Measure one size in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.size", "--one", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip())
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def draw(found: dict[int, dict[str, float]], target: Path) -> None:
    """Draw time, sizes and the slowest query over the number of documents."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    sizes = list(found)
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    left.plot(sizes, [found[size]["seconds"] for size in sizes], "o-")
    left.set(title="Build", xlabel="documents", ylabel="seconds of processor time")
    for name in ("store", "index"):
        middle.plot(sizes, [found[size][name] for size in sizes], "o-", label=name)
    middle.set(title="Disk", xlabel="documents", ylabel="MB")
    middle.legend()
    for name in (name for name in found[sizes[-1]] if ", " in name):
        right.plot(sizes, [found[size][name] for size in sizes], "o-", label=name)
    right.set(title="Contract queries with a filter", xlabel="documents", ylabel="ms of processor time", xscale="log")
    right.legend(fontsize=6)
    for one in (left, middle):
        one.set(xlim=0, ylim=0)
    right.set(ylim=0)
    figure.savefig(target, dpi=120)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(int(sys.argv[2]), Path(folder))))
        return
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()] or list(SIZES)
    found: dict[int, dict[str, Any]] = {}
    columns = ("s", "ms each", "peak MB", "store MB", "index MB", "unchanged/s", "query ms")
    print(f"{'documents':>10}" + "".join(f"{one:>13}" for one in columns))
    for size in sizes:
        found[size] = row = measured(size)
        slowest = max(value for name, value in row.items() if ", " in name)
        cells = [row[one] for one in ("seconds", "ms", "peak", "store", "index", "unchanged")]
        print(f"{size:>10,}" + "".join(f"{one:>13,.1f}" for one in (*cells, slowest)), flush=True)
    for name in (name for name in found[sizes[-1]] if ", " in name):
        print(f"  {name:<40}" + "".join(f"{found[size][name]:>9.1f}" for size in sizes) + "  ms")
    for target in (one for one in sys.argv[1:] if one.endswith(".png")):
        draw(found, Path(target))


if __name__ == "__main__":
    main()
