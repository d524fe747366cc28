"""`python -m tests.soak.kills [KILLS] [DOCUMENTS] [PROCESSES]`: builds that are killed at random moments, and resumed.

Documents of the corpus are built once undisturbed. Then the same build is killed by SIGKILL again and again, each time
after a random part of the time that it still needs, resolution and publishing among it, and at last finished. The
dumps have to be equal to the byte, the check finds nothing, and readers see a whole state after each kill.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.errors import StoreError
from kg.store import open_reader
from kg.upkeep import check

CORPUS = Path(__file__).parents[2] / "corpus"


def sample(documents: int, target: Path) -> None:
    """Write so many passages of the corpus as JSON Lines; where it has fewer, again with a number before each."""
    rows = []
    for name in ("newswire-train", "wikinews-train", "more-train", "newswire-dev", "more-dev"):
        with gzip.open(CORPUS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows += [json.loads(line) for line in file]
    with target.open("w", encoding="utf-8") as file:
        for number in range(documents):
            row = rows[number % len(rows)]
            turn = number // len(rows)
            text = row["text"] if not turn else f"Report {turn} of {number}. {row['text']}"
            day = row.get("published") or f"20{10 + number % 15}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            file.write(json.dumps({"id": f"{number:06}", "text": text, "published": day}) + "\n")


def command(news: Path, graph: Path, processes: int) -> list[str]:
    build = ["build", str(news), "--graph", str(graph), "--any-language", "--processes", str(processes)]
    return [sys.executable, "-m", "kg", *build]


def digest(graph: Path) -> str:
    with open_reader(graph) as reader:
        return hashlib.sha256(reader.nquads().encode()).hexdigest()


def killed(arguments: list[str], after: float) -> bool:
    """Run a build and kill it with its workers after so many seconds; False if it ended before."""
    with subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return True
    return False


def main() -> None:
    kills, documents, processes = ([int(one) for one in sys.argv[1:]] + [50, 2000, 1][len(sys.argv) - 1 :])[:3]
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        news, calm, graph = (Path(folder) / name for name in ("news.jsonl", "calm", "graph"))
        sample(documents, news)
        began = time.monotonic()
        subprocess.run(command(news, calm, 1), check=True, stdout=subprocess.DEVNULL)
        whole = time.monotonic() - began
        wanted = digest(calm)
        print(f"{documents} documents built in {whole:.0f} s undisturbed", flush=True)
        done = finished = unread = 0
        while done < kills:
            # early and late alike: the reading is resumed, so later kills meet resolution and publishing
            if killed(command(news, graph, processes), dice.uniform(0.5, max(4.0, 1.5 * whole / max(1, kills / 4)))):
                done += 1
            else:
                finished += 1
                if finished % 2:  # it was finished: from here it begins anew, so that kills meet every phase
                    assert digest(graph) == wanted, "a resumed build gave another graph"
                    shutil.rmtree(graph)
            try:
                if graph.exists():
                    with open_reader(graph) as reader:
                        len(reader)
            except StoreError as error:
                unread += 1
                assert "no finished build" in str(error) or "no graph" in str(error), error
        subprocess.run(command(news, graph, processes), check=True, stdout=subprocess.DEVNULL)
        assert digest(graph) == wanted, "the dump is not that of an undisturbed build"
        found = list(check(graph, shapes=False))
        assert not found, found
        print(f"{done} kills, {finished} builds finished between them, {unread} met nothing published: equal dumps")


if __name__ == "__main__":
    main()
