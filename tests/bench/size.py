"""`python -m tests.bench.size [SIZE…] [RESULTS.json] [PLOT.png] [FOLDER]`: what a build costs by its documents.

Documents are those of `tests.bench.notes`. Each size is a build from nothing in a process of its own. Told are
processor time for a document, the peak of memory, the size of the store and of the index of decisions, how many
unchanged documents a second a second run passes over, and the contract's questions with a filter
(`tests.bench.contract`, which asks graphs again that FOLDER keeps). Results are added to those of RESULTS.json.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import contract
from tests.bench.notes import write

SIZES = (100, 1_000, 5_000, 20_000)


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

    news, graph = folder / f"{size}.jsonl", folder / str(size)
    write(size, news)
    kg.load_nlp()
    began = spent()
    report = run(news, graph=graph)
    assert report.documents == size, report
    built = spent() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = spent()
    assert run(news, graph=graph).skipped == size
    again = spent() - began
    return {
        "seconds": built,
        "ms": 1000 * built / size,
        "peak": peak,
        "store": size_of(graph / "store"),
        "index": size_of(graph / INDEX),
        "unchanged": size / again,
        **contract.measured(graph),
    }


def measured(size: int, folder: Path) -> dict[str, float]:
    """Measure one size in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.size", "--one", str(size), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip())
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def draw(found: dict[int, dict[str, float]], target: Path) -> None:
    """Draw time, memory, sizes and queries over the number of documents."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    sizes = sorted(found)
    figure, ((build, memory), (disk, asked)) = plt.subplots(2, 2, figsize=(10, 7), layout="constrained")
    build.plot(sizes, [found[size]["seconds"] for size in sizes], "o-")
    build.set(title="Time of a build", ylabel="seconds of processor time")
    memory.plot(sizes, [found[size]["peak"] for size in sizes], "o-")
    memory.set(title="Memory of a build", ylabel="peak, MB")
    for name in ("store", "index"):
        disk.plot(sizes, [found[size][name] for size in sizes], "o-", label=name)
    disk.set(title="Disk", ylabel="MB")
    disk.legend()
    larger = [size for size in sizes if size >= 1_000]
    names = sorted((name for name in found[sizes[-1]] if ", " in name), key=lambda one: -found[sizes[-1]][one])
    late = [name for name in names if found[sizes[-1]][name] > contract.MOST]
    for at, name in enumerate(names):
        slow = name in late
        label = name if slow else ("others" if late else "each of them") if at == len(late) else None
        mark = "osv^D<>pP*Xh"[at % 12] if slow else "."
        colour = None if slow else "lightgrey"
        values = [found[size][name] for size in larger]
        asked.plot(larger, values, f"{mark}-", color=colour, label=label, markersize=4)
    asked.axhline(contract.MOST, color="black", linestyle=":", linewidth=1)
    asked.set(title="Contract questions with a filter", ylabel="ms of processor time", yscale="log")
    figure.legend(*asked.get_legend_handles_labels(), loc="outside lower right", ncols=4, fontsize=7)
    for one in (build, memory, disk, asked):
        one.set(xlim=0, xlabel="documents")
    for one in (build, memory, disk):
        one.set(ylim=0)
    figure.savefig(target, dpi=110)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]), Path(sys.argv[3]))))
        return
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()]
    results = next((Path(one) for one in sys.argv[1:] if one.endswith(".json")), None)
    plot = next((Path(one) for one in sys.argv[1:] if one.endswith(".png")), None)
    kept = next((Path(one) for one in sys.argv[1:] if not one.isdigit() and not one.endswith((".json", ".png"))), None)
    found: dict[int, dict[str, Any]] = {}
    if results is not None and results.exists():
        found = {int(size): row for size, row in json.loads(results.read_text()).items()}
    columns = ("s", "ms each", "peak MB", "store MB", "index MB", "unchanged/s", "query ms")
    print(f"{'documents':>10}" + "".join(f"{one:>13}" for one in columns))
    for size in sizes or ([] if found else SIZES):
        with tempfile.TemporaryDirectory() as folder:
            found[size] = measured(size, kept or Path(folder))
        if results is not None:
            results.write_text(json.dumps(found, indent=1) + "\n")
        row = found[size]
        slowest = max(value for name, value in row.items() if ", " in name)
        cells = [row[one] for one in ("seconds", "ms", "peak", "store", "index", "unchanged")]
        print(f"{size:>10,}" + "".join(f"{one:>13,.1f}" for one in (*cells, slowest)), flush=True)
    asked = {f"{size:,}": {name: ms for name, ms in found[size].items() if ", " in name} for size in sorted(found)}
    print("\n".join(contract.table(asked)))
    if plot is not None:
        draw(found, plot)


if __name__ == "__main__":
    main()
