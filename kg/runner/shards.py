"""Documents to files of N-Quads, each of some documents: what many machines write and `kg load` takes in.

`000000.nq.gz` has the graphs of the first documents, one after the other, `000000.jsonl` one record a document. A shard
appears when it is whole, its records last, so a run that is broken off costs only what was unfinished.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

from kg.model import Document
from kg.rdf import content_hash
from kg.read import Problem, read
from kg.runner.engines import Engine, engine_for
from kg.runner.heap import held_apart
from kg.runner.limits import DOCUMENT_SECONDS
from kg.runner.paths import Paths, as_paths, many
from kg.runner.report import BuildReport, Tally
from kg.runner.work import Made, Task, task_of
from kg.store import write_atomically
from kg.vocab import BASE

SHARD = 1_000
"""Documents of a shard."""


def write_shards(
    paths: Paths,
    *,
    into: str | os.PathLike[str],
    each: int = SHARD,
    base: str = BASE,
    published: date | str | None = None,
    nlp: str | None = None,
    any_language: bool = False,
    fields: Mapping[str, str] | None = None,
    frames: Paths = (),
    knowledge: Paths = (),
    engine: str = "local",
    processes: int = 1,
    address: str | None = None,
    seconds: float = DOCUMENT_SECONDS,
    min_confidence: float = 0.0,
    progress: Callable[[int, str], None] | None = None,
) -> BuildReport:
    """Read texts into shards of `each` documents in the folder `into`; takes what `kg.runner.run` takes otherwise.

    A shard that is there, of the same documents and version, is passed over. What could not be read is told in
    `problems`; documents that could not be analysed are noted in the records of their shard, too.
    """
    folder = Path(into)
    folder.mkdir(parents=True, exist_ok=True)
    task = task_of(
        nlp,
        as_paths(frames),
        as_paths(knowledge),
        base=base,
        seconds=seconds,
        min_confidence=min_confidence,
    )
    problems: list[Problem] = []
    tally = Tally()
    documents = _sound(read(many(paths), published=published, any_language=any_language, fields=fields), problems)
    with held_apart(), engine_for(engine, processes=processes, address=address, nlp=nlp)(task) as works:
        number = 0
        while some := list(islice(documents, each)):
            _shard(folder / f"{number:06}", some, works, task, tally, problems, progress)
            number += 1
    return tally.report(problems, (), 0.0)


def _sound(found: Iterable[Document | Problem], problems: list[Problem]) -> Iterator[Document]:
    for one in found:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            yield one


def _shard(
    path: Path,
    documents: list[Document],
    works: Engine,
    task: Task,
    tally: Tally,
    problems: list[Problem],
    progress: Callable[[int, str], None] | None,
) -> None:
    records, quads = path.with_suffix(".jsonl"), path.with_suffix(".nq.gz")
    hashes = {document.id: content_hash(document) for document in documents}
    if quads.is_file() and _recorded(records) == (task.version, hashes):
        tally.skipped += len(documents)
        return
    records.unlink(missing_ok=True)

    def before(document: str) -> None:
        if progress:
            progress(tally.documents + tally.skipped + tally.quarantined, document)

    told: list[dict[str, object]] = []
    temporary = quads.with_name(f"{quads.name}.new")
    with temporary.open("wb") as file:
        # no name and no time in it: equal shards are equal to the byte
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=1) as packed:
            for made in works.make(documents, before=before):
                told.append(_record(made, hashes[made.id], task))
                if made.graph:
                    packed.write(made.lines)
                    packed.write(b"\n")
                    tally.add(made.counts)
                else:
                    tally.quarantined += made.blamed
                    problems.append(Problem(made.id, made.what, made.remedy))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(quads)
    write_atomically(records, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told))


def _record(made: Made, content: str, task: Task) -> dict[str, object]:
    record: dict[str, object] = {"id": made.id, "hash": content, "version": task.version}
    return {**record, "words": made.counts.words} if made.graph else {**record, "failed": made.what}


def _recorded(records: Path) -> tuple[str, dict[str, str]]:
    """Version and hashes of the documents of a shard, nothing if it is not whole."""
    try:
        rows = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
        versions = {row["version"] for row in rows}
        return (versions.pop() if len(versions) == 1 else ""), {row["id"]: row["hash"] for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return "", {}
