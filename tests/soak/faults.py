"""`python -m tests.soak.faults`: a disk that is full at every size, and two builds at once, for real.

The disk is a file system of its own where this process may mount one (as root on Linux), and else a limit on the size
of files. Whatever fails is told in one sentence; when there is room again the same build gives the undisturbed graph.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.soak.kills import command, digest, sample


def limited(megabytes: float) -> None:
    size = int(megabytes * 1_000_000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def mounted(folder: Path, megabytes: int) -> bool:
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    return subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0


def full(news: Path, folder: Path, wanted: str) -> int:
    """Build on disks of 1 MB and more, each too small, then make room; give how often a build was refused."""
    disk = folder / "disk"
    if not mounted(disk, 1):
        print("no file system can be mounted here: only the size of files is limited")
        return 0
    refused = 0
    try:
        graph = disk / "graph"
        for megabytes in (1, 2, 3, 5, 8, 12, 16, 24, 32, 64, 128, 256):
            subprocess.run(["mount", "-o", f"remount,size={megabytes}m", str(disk)], check=True)
            done = subprocess.run(command(news, graph, 1), capture_output=True, text=True, check=False)
            if done.returncode == 0:
                break
            refused += 1
            told = [line for line in done.stderr.splitlines() if "documents read" not in line]
            assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
            assert told and "defect" not in done.stderr, done.stderr
        assert digest(graph) == wanted, "a build on a disk that was full gave another graph"
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    return refused


def too_large(news: Path, folder: Path, wanted: str) -> int:
    """The same with a limit on the size of every file."""
    graph = folder / "limited"
    refused = 0
    for megabytes in (0.02, 0.05, 0.1, 0.3, 1, 1000):
        arguments = command(news, graph, 1)
        done = subprocess.run(
            arguments, capture_output=True, text=True, check=False, preexec_fn=lambda size=megabytes: limited(size)
        )
        if done.returncode == 0:
            break
        refused += 1
        assert "Traceback" not in done.stderr, done.stderr
    subprocess.run(command(news, graph, 1), check=True, capture_output=True)
    assert digest(graph) == wanted
    return refused


def together(news: Path, folder: Path, wanted: str) -> None:
    """Start two builds of one graph at once: one is refused in a sentence, or waits its turn by being run again."""
    graph = folder / "both"
    runs = [
        subprocess.Popen(command(news, graph, 1), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [run.communicate() for run in runs]
    codes = sorted(run.returncode for run in runs)
    assert codes in ([0, 0], [0, 2]), (codes, told)
    assert codes == [0, 0] or any("another process is writing this graph" in err for _, err in told), told
    subprocess.run(command(news, graph, 1), check=True, capture_output=True)
    assert digest(graph) == wanted


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news = folder / "news.jsonl"
        sample(documents, news)
        subprocess.run(command(news, folder / "calm", 1), check=True, stdout=subprocess.DEVNULL)
        wanted = digest(folder / "calm")
        together(news, folder, wanted)
        print("two builds at once: one writes, the other is told; the graph is whole", flush=True)
        print(f"disk full: refused {full(news, folder, wanted)} times, then whole", flush=True)
        print(f"files limited in size: refused {too_large(news, folder, wanted)} times, then whole", flush=True)


if __name__ == "__main__":
    main()
