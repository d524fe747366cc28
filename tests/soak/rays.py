"""`python -m tests.soak.rays [WORKERS] [DRIVERS] [DOCUMENTS]`: a Ray cluster whose actors and driver are killed.

Shards are made on a local cluster. One actor's process after another is killed by SIGKILL at random moments until
WORKERS are, the process that drives DRIVERS times between them; the same command goes on each time. In the end every
shard has to be equal to the byte to what this machine makes without Ray, and no document may be blamed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.kills import sample

EACH = 10
"""Documents of a shard."""
ACTOR = "ray::Serving"
PAUSE = (4.0, 24.0)
"""Seconds between two kills: an actor loads its pipeline first, and a document whose actor dies thrice is blamed."""


def parents() -> dict[int, int]:
    """Process → its parent, as /proc tells."""
    found = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                found[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue  # it has ended in between
    return found


def actors(driver: int) -> list[int]:
    """The processes of the actors of a driver's own cluster, and of no other that runs here."""
    above = parents()
    found = []
    for process in above:
        at: int | None = process
        while at and at != driver:
            at = above.get(at)
        if at == driver:
            try:
                name = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if name.startswith(ACTOR):
                found.append(process)
    return sorted(found)


def command(news: Path, into: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "kg", "shard", str(news), "--into", str(into), "--each", str(EACH), *more]


def main() -> None:
    workers, drivers, documents = ([int(one) for one in sys.argv[1:]] + [20, 3, 400][len(sys.argv) - 1 :])[:3]
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news, near, far = folder / "news.jsonl", folder / "near", folder / "far"
        sample(documents, news)
        subprocess.run(command(news, near, "--any-language"), check=True, stdout=subprocess.DEVNULL)
        killed = ended = runs = 0
        finished = False
        while not finished or killed < workers or ended < drivers:
            if finished:
                for shard in sorted(far.glob("*"))[: EACH * 2]:
                    shard.unlink()  # everything is there: from here some is made again
            runs += 1
            ray = command(news, far, "--any-language", "--engine", "ray", "--processes", "2")
            with subprocess.Popen(ray, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
                began = time.monotonic()
                fatal = dice.uniform(10, 40) if ended < drivers and runs % 2 == 0 else float("inf")
                while process.poll() is None:
                    time.sleep(dice.uniform(*PAUSE))
                    if time.monotonic() - began > fatal and len(list(far.glob("*.jsonl"))):
                        process.kill()
                        ended += 1
                        break
                    living = actors(process.pid)
                    if living and killed < workers:
                        os.kill(dice.choice(living), signal.SIGKILL)
                        killed += 1
                _, told = process.communicate()
            finished = process.returncode == 0
            assert finished or process.returncode == -signal.SIGKILL, told
        for shard in sorted(near.iterdir()):
            assert (far / shard.name).read_bytes() == shard.read_bytes(), f"{shard.name} differs"
        assert len(list(far.glob("*.nq.gz"))) == len(list(near.glob("*.nq.gz")))
        print(f"{killed} actors and {ended} drivers killed in {runs} runs over {documents} documents: equal shards")


if __name__ == "__main__":
    main()
