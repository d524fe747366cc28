"""`python -m tests.soak.kills [KILLS] [DOCUMENTS] [PROCESSES]`: builds killed at random moments, and resumed.

Documents of two sentences (`tests.bench.notes`) are built once undisturbed, and some of what was read is corrected.
Then the same commands are killed by SIGKILL with all their workers, each at a random moment: two fifths of the kills
while documents are read (or before), a fifth each in the midst of deciding, of publishing and of a correction. After
each the same command is given again. What readers see after a kill has to be a state that was published, to the byte,
and the dump in the end that of what was never disturbed; `kg check` has nothing to tell.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.errors import StoreError
from kg.store import INDEX, open_reader
from kg.upkeep import check
from tests.bench.notes import MINISTERS, STATES, note, write
from tests.soak.phased import DECIDING, LOADING, PUBLISHING, READING, RECORDING, Run, watched

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
    """A build of passages, as a command of the shell."""
    return [sys.executable, "-m", "kg", *building(news, graph, processes)]


def building(news: Path, graph: Path, processes: int) -> list[str]:
    """The arguments of `kg` for a build."""
    return ["build", str(news), "--graph", str(graph), "--any-language", "--processes", str(processes)]


def corrections(documents: int) -> list[list[str]]:
    """What a person corrects: types of single events, a status, and types of actors that many documents name."""
    found = []
    for number in range(2, min(documents, 30), 5):  # "signed an accord with"
        at = note(number)["text"].index("accord")
        found.append([f"{note(number)['id']}/event/{at}-{at + len('accord')}", "type", "Meeting"])
    at = note(0)["text"].index("proposed")
    found.append([f"{note(0)['id']}/event/{at}-{at + len('proposed')}", "status", "accepted"])
    found += [[f"Ada {name}", "type", "Organization"] for name in MINISTERS[:3]]
    found += [[name, "type", "Organization"] for name in STATES[:2]]
    return found


def digest(graph: Path) -> str:
    """A checksum of the sorted dump of what readers see."""
    with open_reader(graph) as reader:
        return hashlib.sha256(reader.nquads().encode()).hexdigest()


class Kills:
    """One graph that is killed again and again: how often, in which phase, and how often it was too late for that."""

    def __init__(self, graph: Path, states: Sequence[str], dice: random.Random) -> None:
        """`states` are the checksums of what the undisturbed graph published, one after the other."""
        self.graph, self.states, self.dice = graph, states, dice
        self.hits: Counter[str] = Counter()
        self.late = self.unread = 0

    def kill(self, arguments: Sequence[str], phase: str, most: float, seen: Sequence[str]) -> Run:
        """Kill a command up to `most` seconds after a phase began; readers may see only states that are `seen`."""
        run = watched(arguments, phase=phase, after=self.dice.uniform(0, most))
        assert run.code in (0, -9), f"{arguments}: code {run.code}"
        if run.code:
            self.hits[run.last] += 1
        else:
            self.late += 1
        if run.code and self.graph.exists():
            try:
                assert digest(self.graph) in seen, f"killed while {run.last}, readers see what was never published"
            except StoreError as error:
                assert "no finished build" in str(error) or "no graph" in str(error), error
                assert len(seen) == len(self.states), "what was published cannot be read any more"
                self.unread += 1
        return run

    def build(self, number: int, arguments: Sequence[str], calm: Run) -> None:
        """So many kills of a build from nothing, from its start to the end of its reading."""
        loading, reading = calm.began(READING), calm.began(DECIDING) - calm.began(READING)
        sooner = self.late
        while sum(self.hits.values()) < number:
            begins, before = self.dice.choice(((LOADING, loading), (READING, 0.0), (READING, 0.0)))
            run = self.kill(arguments, begins, before + max(1.0, 3 * reading / number), self.states)
            if not run.code:
                assert digest(self.graph) == self.states[0], "a resumed build gave another graph"
                shutil.rmtree(self.graph)
        self.late = sooner  # a build that was at its end is no kill that came too late
        self.finish(arguments, self.states[0])

    def phase(self, number: int, arguments: Sequence[str], phase: str, most: float) -> None:
        """So many kills from the beginning of a phase of deciding all anew, as for a graph without its index."""
        done = 0
        while done < number:
            (self.graph / INDEX).unlink(missing_ok=True)
            done += self.kill(arguments, phase, most, self.states[:1]).code != 0
        self.finish(arguments, self.states[0])

    def correct(self, number: int, build: Sequence[str], steps: Sequence[tuple[list[str], Run]]) -> None:
        """Kill corrections, each until it was killed in time; then a build, or the command again, finishes it."""
        killed = 0
        for at, (arguments, calm) in enumerate(steps):
            most = calm.seconds - calm.began(RECORDING)
            for _ in range(3 * number):
                if killed * len(steps) >= number * (at + 1):
                    break
                run = self.kill(arguments, RECORDING, most, self.states[at : at + 2])
                killed += run.code != 0
                if at % 2:  # a build takes up what was recorded, too
                    self.finish(build, *self.states[at : at + 2])
            self.finish(arguments, self.states[at + 1])

    def finish(self, arguments: Sequence[str], *wanted: str) -> None:
        """Give a command again and let it end."""
        run = watched(arguments)
        assert run.code == 0, f"{arguments}: code {run.code}"
        assert digest(self.graph) in wanted, "the dump is not that of an undisturbed graph"


def undisturbed(
    build: Sequence[str], correct: Sequence[Callable[[Path], list[str]]], graph: Path
) -> tuple[Run, list[Run], list[str]]:
    """Build and correct once: how each command went and what readers saw after it."""
    runs, states = [], []
    for arguments in (build, *(one(graph) for one in correct)):
        runs.append(watched(arguments))
        assert runs[-1].code == 0, f"{arguments}: code {runs[-1].code}"
        states.append(digest(graph))
    return runs[0], runs[1:], states


def main() -> None:
    kills, documents, processes = ([int(one) for one in sys.argv[1:]] + [50, 2000, 1][len(sys.argv) - 1 :])[:3]
    with tempfile.TemporaryDirectory() as folder:
        news, calm, graph = (Path(folder) / name for name in ("news.jsonl", "calm", "graph"))
        write(documents, news)
        given = corrections(documents)
        correct = [lambda at, one=one: ["correct", *one, "--graph", str(at)] for one in given]
        first, runs, states = undisturbed(building(news, calm, 1), correct, calm)
        deciding, publishing = first.began(PUBLISHING) - first.began(DECIDING), first.seconds - first.began(PUBLISHING)
        print(
            f"{documents} documents built undisturbed in {first.seconds:.0f} s, {deciding:.1f} of it deciding and "
            f"{publishing:.1f} publishing; {len(given)} corrections",
            flush=True,
        )
        shutil.rmtree(calm)
        build = building(news, graph, processes)
        killing = Kills(graph, states, random.Random(7))
        fifth = max(1, kills // 5)
        killing.build(kills - 3 * fifth, build, first)
        print(f"killed while reading: {dict(killing.hits)}", flush=True)
        killing.phase(fifth, build, DECIDING, deciding)
        print(f"and while deciding: {dict(killing.hits)}", flush=True)
        killing.phase(fifth, build, PUBLISHING, publishing)
        print(f"and while publishing: {dict(killing.hits)}", flush=True)
        killing.correct(fifth, build, [(one(graph), run) for one, run in zip(correct, runs, strict=True)])
        assert digest(graph) == states[-1]
        found = list(check(graph, shapes=False))
        assert not found, found
        told = ", ".join(f"{number} while {phase}" for phase, number in killing.hits.items())
        print(
            f"{sum(killing.hits.values())} kills ({told}), {killing.late} came too late, {killing.unread} met nothing "
            "published: equal dumps, nothing found by the check"
        )


if __name__ == "__main__":
    main()
