"""`python -m tests.soak.fuzz [READ] [BUILT] [SEED]`: strange inputs of every kind; no traceback, no hang, no loss.

READ inputs that Hypothesis draws (`tests.soak.strange`) are read, each beside a sound text that has to come out whole,
as have the sound records of the same file. BUILT more go the whole way: built by `kg build`, forty at a time, after
which the graph holds every text that was read, and `kg check` and the shapes find nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings

from kg.model import Document
from kg.read import Problem, read
from tests.read.making import TEXT
from tests.soak.strange import ANY, TEXTS, Strange

LIMIT, EACH = 20.0, 10.0
"""Seconds of the processor that one input may take to be read, and for each MB of it besides."""
STUCK = 600
"""Seconds after which nothing comes any more: it waits for something that never comes."""
TOGETHER = 40
"""Inputs of one build."""
_WORDS_OF_A_DEFECT = ("Traceback", "defect of newskg", "the reader failed", "Segmentation fault")


class Hang(BaseException):
    """An input takes too long; no reader may take this for its own trouble."""


@contextmanager
def bounded(megabytes: float) -> Iterator[None]:
    """Raise `Hang` in what takes too long, of the processor or by the clock."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, stop), signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT + EACH * megabytes)
    signal.setitimer(signal.ITIMER_REAL, STUCK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])


def once(folder: Path, one: Strange) -> tuple[list[Document], list[Problem]]:
    """Read an input beside a sound text; give what was read besides that, and what was told."""
    one.write(folder / "strange")
    sound = folder / "sound.txt"
    sound.write_text(TEXT, encoding="utf-8")
    with bounded(sum(len(data) for data in one.files.values()) / 1e6):
        found = list(read([folder / "strange", sound], fields={"text": "body"} if one.kind == "damaged .csv" else None))
    documents = [each for each in found if isinstance(each, Document) and each.id != str(sound)]
    problems = [each for each in found if isinstance(each, Problem)]
    assert [each.text for each in found if isinstance(each, Document) and each.id == str(sound)] == [TEXT], "lost"
    for problem in problems:
        assert str(problem).endswith(".") and "\n" not in str(problem) and str(problem).isprintable(), ascii(problem)
    for document in documents:
        assert document.text.strip()
        document.text.encode(), document.id.encode()
    texts = {document.text for document in documents}
    assert texts.issuperset(one.kept), "what was sound beside it is lost"
    assert len({document.id for document in documents}) == len(documents), "two documents have one id"
    assert documents or problems, "nothing was read and nothing told"
    if one.exact:
        assert one.exact in texts or problems, "the text came out as another, and nothing was told"
    return documents, problems


def remove(folder: Path) -> None:
    """Take a folder away, those in it too that nobody may enter."""
    for root, folders, _ in os.walk(folder):
        for name in folders:
            if not os.path.islink(path := os.path.join(root, name)):
                os.chmod(path, 0o700)
    shutil.rmtree(folder)


def reading(number: int, seeds: int, folder: Path) -> Counter[str]:
    """Read so many inputs; give how many of each kind, and what came of them."""
    told: Counter[str] = Counter()

    def check(one: Strange) -> None:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            inside = Path(place, "inside")
            inside.mkdir()
            try:
                documents, problems = once(inside, one)
            finally:
                remove(inside)
        told["inputs"] += 1
        told[f"kind {one.kind.split('.')[0].split(' of ')[0].strip()}"] += 1
        told["documents"] += len(documents)
        told["problems"] += len(problems)
        told["readers that failed"] += sum("the reader failed" in str(problem) for problem in problems)
        for problem in problems:
            if "the reader failed" in str(problem):
                print(f"  {one.kind}: {str(problem)[-160:]}", flush=True)
        if not told["inputs"] % 500:
            print(f"{told['inputs']} inputs, {told['documents']} documents, {told['problems']} told", flush=True)

    drawn(check, ANY, number, seeds)
    return told


def drawn(check: Callable[[Strange], None], inputs: object, number: int, seeds: int) -> None:
    """Have Hypothesis draw so many inputs for a check; the first that fails is told, and drawn again by its seed."""
    plain = settings(
        max_examples=number,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        report_multiple_bugs=False,
    )
    plain(seed(seeds)(given(inputs)(check)))()  # type: ignore[arg-type]


def built(number: int, seeds: int, folder: Path) -> Counter[str]:
    """Build so many inputs, some together; give what came of them."""
    told: Counter[str] = Counter()
    waiting: list[Strange] = []

    def check(one: Strange) -> None:
        waiting.append(one)
        if len(waiting) == TOGETHER:
            whole(waiting, folder / str(told["builds"]), told)
            told["builds"] += 1
            waiting.clear()

    drawn(check, TEXTS, number, seeds)
    if waiting:
        whole(waiting, folder / "rest", told)
    return told


def whole(inputs: list[Strange], folder: Path, told: Counter[str]) -> None:
    """Build inputs into one graph: what is read is in it, it is sound, and nothing was said that a user cannot read."""
    from kg.store import open_reader
    from kg.upkeep import check

    for number, one in enumerate(inputs):
        one.write(folder / "news" / f"{number:02}")
    graph = folder / "graph"
    arguments = ["build", str(folder / "news"), "--graph", str(graph), "--any-language", "--document-seconds", "60"]
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
        errors="backslashreplace",
    )
    assert done.returncode in (0, 1, 2), (folder, done.returncode, done.stderr[-2000:])
    defects = [word for word in _WORDS_OF_A_DEFECT if word in done.stderr]
    assert not defects, (folder, [done.stderr[max(0, done.stderr.find(one) - 600) :][:1600] for one in defects])
    found = list(read([folder / "news"], any_language=True))
    texts = {document.id: document.text for document in found if isinstance(document, Document)}
    quarantine = graph / "quarantine.jsonl"
    records = [json.loads(line) for line in quarantine.read_text().splitlines()] if quarantine.exists() else []
    assert all(record["overdue"] for record in records), (folder, records)
    quarantined = len(records)
    with open_reader(graph) as reader:
        rows = reader.query("SELECT ?id ?text WHERE { ?doc dcterms:identifier ?id ; nif:isString ?text }").rows
        built = {name.value: text.value for name, text in rows if name and text}
    lost = texts.keys() - built.keys()
    assert len(lost) == quarantined, (folder, sorted(lost)[:5], quarantined)
    assert all(texts[name] == text for name, text in built.items()), (folder, "a text was stored as another")
    wrong = [str(one) for one in check(graph, shapes=True)]
    assert not wrong, (folder, wrong[:3])
    told["inputs"] += len(inputs)
    told["documents"] += len(built)
    told["quarantined"] += quarantined
    told["seconds"] += round(time.monotonic() - began)
    print(f"{told['inputs']} built: {told['documents']} documents, {quarantined} in quarantine", flush=True)
    remove(folder)


def main() -> None:
    """Read, then build."""
    some, more, seeds = ([int(one) for one in sys.argv[1:]] + [9_000, 1_000, 1][len(sys.argv) - 1 :])[:3]
    with tempfile.TemporaryDirectory() as name:
        if some:
            found = reading(some, seeds, Path(name))
            kinds = ", ".join(
                f"{number} {kind[5:]}" for kind, number in found.most_common() if kind.startswith("kind ")
            )
            print(f"{found['inputs']} inputs read ({kinds}): {dict(found)}")
        if more:
            print(f"{more} inputs built: {dict(built(more, seeds + 1, Path(name)))}")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
