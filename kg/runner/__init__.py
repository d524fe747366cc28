"""From inputs to a published graph: what to read anew, batches, progress, and what was found."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.digest import publish
from kg.errors import InputError
from kg.graph import Graph
from kg.model import Document
from kg.rdf.iris import checked_base
from kg.read import Ledger, Problem, read
from kg.runner.batches import EACH, Batch, anew, write_in_batches
from kg.runner.deciding import Deciding
from kg.runner.engines import Engine, engine_for
from kg.runner.heap import held_apart
from kg.runner.limits import DOCUMENT_SECONDS
from kg.runner.making import Making
from kg.runner.paths import Paths, as_paths, many
from kg.runner.removing import remove, take_out
from kg.runner.report import BuildReport, Tally
from kg.runner.work import Task, task_of
from kg.store import create_or_open, load_sources, open_reader, save_sources

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.store import Store

__all__ = ["BuildReport", "BuiltGraph", "build", "remove", "run"]

_PRUNED = "check the paths, or take documents out with kg remove"

Progress = Callable[[int, str], None]
"""Called for each document that is analysed, with the number of documents done so far and its id."""


class BuiltGraph(Graph):
    """The graph just built, open for questions; `report` tells of the run that built it."""

    report: BuildReport


def build(
    paths: Paths,
    *,
    graph: str | os.PathLike[str],
    published: date | str | None = None,
    nlp: str | Language | None = None,
    base: str | None = None,
    any_language: bool = False,
    fields: Mapping[str, str] | None = None,
    frames: Paths = (),
    knowledge: Paths = (),
    resolve: bool = True,
    prune: bool = False,
    engine: str = "local",
    processes: int = 1,
    address: str | None = None,
    seconds: float = DOCUMENT_SECONDS,
    min_confidence: float = 0.0,
    progress: Progress | None = None,
) -> BuiltGraph:
    """Read texts into a graph directory, which is made if there is none, and open it.

    The address of a SPARQL store, as in "http://localhost:7878", has the graph built in a working copy and sent there
    (`kg.runner.working`); the graph that is given is the one there. Takes what `run` takes. What could not be read is
    told in `.report.problems`; the other documents are built. Raises what `run` raises, and `InputError` if nothing
    could be read and there is no graph to open either.
    """
    from kg.runner.working import working_copy

    with working_copy(graph) as directory:
        report = run(
            paths,
            graph=directory,
            published=published,
            nlp=nlp,
            base=base,
            any_language=any_language,
            fields=fields,
            frames=frames,
            knowledge=knowledge,
            resolve=resolve,
            prune=prune,
            engine=engine,
            processes=processes,
            address=address,
            seconds=seconds,
            min_confidence=min_confidence,
            progress=progress,
        )
        left_out = (*report.problems, *report.passed)
        if left_out and not directory.exists():
            first = left_out[0]
            raise InputError(f"nothing could be read ({first.what})", where=first.where, remedy=first.remedy)
    built = BuiltGraph(open_reader(os.fspath(graph)))
    built.report = report
    return built


def run(
    paths: Paths,
    *,
    graph: str | os.PathLike[str],
    published: date | str | None = None,
    nlp: str | Language | None = None,
    base: str | None = None,
    any_language: bool = False,
    fields: Mapping[str, str] | None = None,
    frames: Paths = (),
    knowledge: Paths = (),
    resolve: bool = True,
    prune: bool = False,
    engine: str = "local",
    processes: int = 1,
    address: str | None = None,
    seconds: float = DOCUMENT_SECONDS,
    min_confidence: float = 0.0,
    progress: Progress | None = None,
    documents: Iterable[Document] | None = None,
) -> BuildReport:
    """Read files and folders into the graph directory `graph`, publish it, and report.

    `published` is the date of texts that bring none, `nlp` another spaCy pipeline, or its name; `frames` are folders of
    frame files, `knowledge` CSV tables of names that win over the shipped ones, `base` is what data IRIs begin with,
    `any_language` reads texts that are not English, too, `fields` says which columns of tables stand for text, id,
    title, published, url and publisher. A document that stands in the graph with the same content, read with the same
    settings, is not read again; with `prune`, those that are not among the input any more are taken out. An interrupted
    run leaves the graph as it was published before; the next run goes on where it stopped. `processes` above 1 has so
    many workers beside this process (by "spawn", so a script needs its `if __name__ == "__main__"`); the graph is the
    same to the byte. `engine` "ray" has them on a Ray cluster, at `address` or on this machine. A text may take
    `seconds` of the processor for each 100,000 characters begun, 0 for no limit; one that takes longer, fails or ends
    its worker is noted in `quarantine.jsonl` and not tried again as it is. What was read with less than
    `min_confidence`, from 0 to 1, is left out. `documents` that are given are taken as they are, in place of paths.

    Raises `StoreError`, `ModelError`, `FrameError` or `InputError` where no document at all could be built.
    """
    began = time.monotonic()
    if base is not None:
        checked_base(base)
    ledger = Ledger(*load_sources(Path(graph)))
    making = Making(Tally(), taken=ledger.taken, progress=progress)
    again = documents is not None
    if documents is None:
        reading = partial(read, published=published, any_language=any_language, fields=fields)
        documents = making.sound(reading(many(paths), ledger=ledger, accepted=making.is_unchanged))
    documents = iter(documents)
    first = next(documents, None)
    removed: tuple[str, ...] = ()
    if first is not None or again:
        tables = as_paths(knowledge)
        task = task_of(nlp, as_paths(frames), tables, seconds=seconds, min_confidence=min_confidence)
        works = engine_for(engine, processes=processes, address=address, nlp=nlp)
        with held_apart(), create_or_open(Path(graph), base=base, pipeline_version=task.version) as store:
            making.begin(store, replace(task, base=store.base))
            stream = chain([first] if first else [], documents)
            removed = _build(store, making, stream, works, ledger, tables, resolve=resolve, prune=prune)
    elif prune:
        making.problems.append(Problem("--prune", "nothing of the input can be read, so nothing is taken out", _PRUNED))
    return making.tally.report(making.problems, removed, time.monotonic() - began)


def _build(
    store: Store,
    making: Making,
    documents: Iterator[Document],
    works: Callable[[Task], AbstractContextManager[Engine]],
    ledger: Ledger,
    tables: tuple[Path, ...],
    *,
    resolve: bool,
    prune: bool,
) -> tuple[str, ...]:
    """Write the graphs of documents, take out those that are gone, decide, and publish; give those taken out."""
    from kg.resolve.building import is_unfinished

    unfinished = is_unfinished(store, resolve=resolve)
    deciding = Deciding(store, tables, resolve=resolve, all_anew=unfinished)
    removed: tuple[str, ...] = ()
    with works(making.task) as engine:
        graphs = making.graphs(documents, engine, deciding.meanwhile)
        write_in_batches(graphs, _writer(store, ledger, deciding.changed))
    save_sources(store.directory, *ledger.news())
    if prune:
        removed = ledger.gone(store.documents())
        deciding.changed += take_out(store, removed)
    if making.tally.documents or removed or unfinished:
        anew(store, len(deciding.changed))
        deciding.decide()
        anew(store, len(deciding.changed))
        publish(store)
    making.tally.lost = deciding.lost
    return removed


def _writer(store: Store, ledger: Ledger, changed: list[str]) -> Callable[[Batch], None]:
    def write(batch: Batch) -> None:
        save_sources(store.directory, *ledger.news())
        store.write_documents(batch)
        before = len(changed)
        changed.extend(name for name, _ in batch)
        if before // EACH < len(changed) // EACH:
            anew(store, EACH)

    return write
