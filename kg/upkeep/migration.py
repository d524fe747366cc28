"""A graph of another version, read anew from the texts that it holds: their files need not be there any more."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from kg import vocab
from kg.errors import InputError
from kg.model import Document
from kg.runner import BuildReport, run
from kg.runner.paths import Paths, as_paths
from kg.store import JOURNAL, Reader, load_sources, open_reader, save_sources, tables_kept
from kg.store.directory import HEADER

_ID, _TEXT, _ISSUED = vocab.DCTERMS + "identifier", vocab.NIF + "isString", vocab.DCTERMS + "issued"
_TITLE, _URL, _PUBLISHER = vocab.DCTERMS + "title", vocab.SCHEMA + "url", vocab.DCTERMS + "publisher"
_ABOUT = (_ID, _TEXT, _ISSUED, _TITLE, _URL, _PUBLISHER)


def migrate(
    directory: str | Path,
    into: str | Path,
    *,
    nlp: str | None = None,
    frames: Paths = (),
    min_confidence: float = 0.0,
    processes: int = 1,
    progress: Callable[[int, str], None] | None = None,
) -> BuildReport:
    """Build another graph from the documents of one, with this version; the one it is made of stays as it is.

    Tables of names, decisions of a person and where documents came from are taken over. Another pipeline, folders of
    frames and what was to be left out are not kept in a graph: `nlp`, `frames` and `min_confidence` say them again, as
    in `kg.build`. An interrupted migration goes on.

    Raises `StoreError` for a graph whose form this version does not know: it names the command that rebuilds it; and
    `InputError` if `into` is the graph itself.
    """
    source, target = Path(directory), Path(into)
    if target.exists() and source.exists() and target.samefile(source):
        raise InputError("a graph is not migrated into itself", where=str(target), remedy="name another directory")
    build = partial(
        run,
        (),
        graph=target,
        knowledge=tables_kept(source),
        nlp=nlp,
        frames=as_paths(frames),
        min_confidence=min_confidence,
    )
    with closing(open_reader(source)) as reader:
        report = build(
            base=None if (target / HEADER).exists() else reader.base,
            documents=documents_of(reader),
            resolve=False,
            processes=processes,
            progress=progress,
        )
    if (source / JOURNAL).is_file() and not (target / JOURNAL).exists():
        shutil.copy2(source / JOURNAL, target / JOURNAL)
    save_sources(target, *load_sources(source))
    return replace(report, lost=build(documents=()).lost)


def documents_of(reader: Reader) -> Iterator[Document]:
    """Yield the documents that a graph holds, as they were read."""
    for name, graph in reader.documents().items():
        told = reader.facts(graph, _ABOUT)
        text, title, issued, url, publisher = (
            next((term.value for term in told[one].get(graph, ())), None)
            for one in (_TEXT, _TITLE, _ISSUED, _URL, _PUBLISHER)
        )
        if text is not None:
            yield Document(name, text, title, date.fromisoformat(issued[:10]) if issued else None, url, publisher)
