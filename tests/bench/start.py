"""`python -m tests.bench.start`: how long the program takes to answer, as whole processes, best of five."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.store.synthetic import corridor, published


def seconds(*args: str) -> float:
    """Give the best of five whole processes; the first may read from a cold disk."""
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", *args], check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    return min(took)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        graph = published(Path(folder) / "graph", *(corridor(f"d{n}") for n in range(50)))
        print("From the command to its answer:")
        print(f"  {'kg --help':<32}{seconds('--help'):>6.2f} s")
        print(
            f"  {'kg query, fifty documents':<32}{seconds('query', 'who-proposed-what', '--graph', str(graph)):>6.2f} s"
        )


if __name__ == "__main__":
    main()
