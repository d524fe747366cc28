"""Documents to files of N-Quads, each of some documents: what many machines write and `kg load` takes in.

`000000.nq.gz` has the graphs of the first documents, one after the other, `000000.jsonl` one record a document. A shard
appears when it is whole, its records last, so a run that is broken off costs only what was unfinished.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

from kg.model import Document
from kg.rdf import content_hash, doc_iri
from kg.read import Problem, read
from kg.runner.engines import Engine, engine_for
from kg.runner.heap import held_apart
from kg.runner.limits import DOCUMENT_SECONDS
from kg.runner.paths import Paths, as_paths, many
from kg.runner.quarantine import OVERDUE, is_more
from kg.runner.report import BuildReport, Tally
from kg.runner.work import Made, Task, task_of
from kg.store import write_atomically
from kg.vocab import BASE

SHARD = 1_000
"""Documents of a shard."""

Row = dict[str, object]
"""What is noted of a document."""


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

    A shard that is there, of the same documents, base and version, is passed over, unless a document in it is worth
    another try, because the machine failed it or it may take more time now. Shards beyond the last one are removed.
    What could not be read is told in `problems`; documents that could not be analysed are noted in the records of their
    shard, too, and told each time.
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
    documents = _sound(
        read(many(paths), published=published, any_language=any_language, fields=fields), problems, tally
    )
    with held_apart(), engine_for(engine, processes=processes, address=address, nlp=nlp)(task) as works:
        number = 0
        while some := list(islice(documents, each)):
            _shard(folder / f"{number:06}", some, works, task, tally, problems, progress)
            number += 1
    if number:
        _remove_from(folder, number)
    return tally.report(problems, (), 0.0)


def _sound(found: Iterable[Document | Problem], problems: list[Problem], tally: Tally) -> Iterator[Document]:
    for one in found:
        if isinstance(one, Problem):
            (tally.passed if one.passed else problems).append(one)
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
    rows = _recorded(records)
    if quads.is_file() and _is_whole(rows, hashes, task) and _is_of(quads, rows, task.base):
        failed = [row for row in rows if "failed" in row]
        tally.skipped += len(rows) - len(failed)
        tally.quarantined += len(failed)
        problems += [Problem(str(row["id"]), str(row["failed"]), str(row["remedy"])) for row in failed]
        return
    records.unlink(missing_ok=True)

    def before(document: str) -> None:
        if progress:
            progress(tally.documents + tally.skipped + tally.quarantined, document)

    told: list[Row] = []
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


def _record(made: Made, content: str, task: Task) -> Row:
    record: Row = {"id": made.id, "hash": content, "version": task.version}
    if made.graph:
        return {**record, "words": made.counts.words}
    why = {"failed": made.what, "remedy": made.remedy, "blamed": made.blamed, "seconds": task.seconds}
    return {**record, **why}


def _recorded(records: Path) -> list[Row]:
    """Give the records of a shard, none if it is not whole."""
    try:
        rows = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return []
    return rows if all(isinstance(row, dict) and {"id", "hash", "version"} <= row.keys() for row in rows) else []


def _is_whole(rows: list[Row], hashes: dict[str, str], task: Task) -> bool:
    """Whether records are those of just these documents, and none is worth another try."""
    return {row["id"]: row["hash"] for row in rows} == hashes and not any(
        row["version"] != task.version or _is_worth_trying(row, task) for row in rows
    )


def _is_worth_trying(row: Row, task: Task) -> bool:
    if "failed" not in row:
        return False
    return not row.get("blamed") or (str(row["failed"]).startswith(OVERDUE) and is_more(task, row))


def _is_of(quads: Path, rows: list[Row], base: str) -> bool:
    """Whether the IRIs of a shard begin with a base; where no document was read, there are none."""
    first = next((str(row["id"]) for row in rows if "failed" not in row), None)
    if first is None:
        return True
    try:
        with gzip.open(quads, "rt", encoding="utf-8") as lines:
            return next(lines, "").endswith(f" <{doc_iri(base, first)}> .\n")
    except (OSError, EOFError, ValueError, zlib.error):
        return False


def _remove_from(folder: Path, number: int) -> None:
    """Remove the shards from this number on, of a run that made more of them; they are numbered without a gap."""
    while True:
        quads, records = folder / f"{number:06}.nq.gz", folder / f"{number:06}.jsonl"
        ours = bool(_recorded(records))
        if not (ours or quads.exists()):
            return
        quads.unlink(missing_ok=True)
        if ours:
            records.unlink()
        number += 1
