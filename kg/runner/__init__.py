"""From inputs to a published graph: what to read anew, batches, progress, and what was found."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, KgError, from_outside
from kg.graph import Graph
from kg.model import Analysis, Document
from kg.read import Ledger, Problem, read
from kg.runner.batches import Batch, write_in_batches
from kg.runner.removing import remove, take_out
from kg.runner.report import BuildReport, Tally
from kg.store import DocumentState, create_or_open, load_sources, open_reader, save_sources

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.store import Store

__all__ = ["BuildReport", "BuiltGraph", "build", "remove", "run"]

_LOG = logging.getLogger(__name__)

_PRUNED = "check the paths, or take documents out with kg remove"

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Progress = Callable[[int, str], None]
"""Called before each document that is analysed, with the number of documents done so far and its id."""


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
    frames: Paths = (),
    knowledge: Paths = (),
    resolve: bool = True,
    prune: bool = False,
    progress: Progress | None = None,
) -> BuiltGraph:
    """Read texts into a graph directory, which is made if there is none, and open it.

    Takes what `run` takes. What could not be read is told in `.report.problems`; the other documents are built. Raises
    what `run` raises, and `InputError` if nothing could be read and there is no graph to open either.
    """
    report = run(
        paths,
        graph=graph,
        published=published,
        nlp=nlp,
        base=base,
        any_language=any_language,
        frames=frames,
        knowledge=knowledge,
        resolve=resolve,
        prune=prune,
        progress=progress,
    )
    if report.problems and not Path(graph).exists():
        first = report.problems[0]
        raise InputError(f"nothing could be read ({first.what})", where=first.where, remedy=first.remedy)
    built = BuiltGraph(open_reader(Path(graph)))
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
    frames: Paths = (),
    knowledge: Paths = (),
    resolve: bool = True,
    prune: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Read files and folders into the graph directory `graph`, publish it, and report.

    `published` is the date of texts that bring none, `nlp` another spaCy pipeline, or its name; `frames` are folders
    with further frame files, `knowledge` CSV tables of names that win over the shipped ones, `base` is what data IRIs
    begin with, `any_language` reads texts that are not English, too. A document that stands in the graph with the same
    content, read by the same pipeline with the same frames and tables, is not read again; with `prune`, those that are
    not among the input any more are taken out. An interrupted run leaves the graph as it was published before; the next
    run goes on where it stopped.

    Raises `StoreError`, `ModelError`, `FrameError` or `InputError` where no document at all could be built.
    """
    began = time.monotonic()
    if base is not None:
        from kg.rdf.iris import checked_base

        checked_base(base)
    problems: list[Problem] = []
    ledger = Ledger(*load_sources(Path(graph)))
    found = read(_many(paths), published=published, any_language=any_language, ledger=ledger)
    documents = _sound(found, problems)
    first = next(documents, None)
    tally = Tally()
    removed: tuple[str, ...] = ()
    if first is not None:
        tables = tuple(Path(one) for one in _many(knowledge))
        analyse, version = _analyser(nlp, tuple(Path(one) for one in _many(frames)), tables)
        with create_or_open(Path(graph), base=base, pipeline_version=version) as store:
            unfinished = _is_unfinished(store, resolve=resolve)
            changed: list[str] = []
            stream = _changed(chain([first], documents), store.manifest(), version, tally)
            write_in_batches(
                _quads(stream, analyse, store.base, version, tally, problems, progress), _writer(store, ledger, changed)
            )
            save_sources(store.directory, *ledger.news())
            if prune:
                removed = ledger.gone(store.documents())
                changed += take_out(store, removed)
            if tally.documents or removed or unfinished:
                from kg.resolve.building import after_build

                after_build(store, tables, None if unfinished else changed, resolve=resolve)
                store.publish()
    elif prune:
        problems.append(Problem("--prune", "nothing of the input can be read, so nothing is taken out", _PRUNED))
    return tally.report(problems, removed, time.monotonic() - began)


def _writer(store: Store, ledger: Ledger, changed: list[str]) -> Callable[[Batch], None]:
    def write(batch: Batch) -> None:
        save_sources(store.directory, *ledger.news())
        store.write_documents(batch)
        changed.extend(name for name, _ in batch)

    return write


def _is_unfinished(store: Store, *, resolve: bool) -> bool:
    """Whether what readers see is not all that was written or decided by a person, or is damaged."""
    from kg.rdf.iris import identity_iri
    from kg.resolve.building import is_behind

    undecided = resolve and (identity_iri(store.base) not in store.graphs() or is_behind(store.directory))
    return not store.is_published or undecided


_Analyse = Callable[[Document], tuple[Analysis, int]]


def _many(paths: Paths) -> tuple[str | os.PathLike[str], ...]:
    return (paths,) if isinstance(paths, str | os.PathLike) else tuple(paths)


def _sound(found: Iterable[Document | Problem], problems: list[Problem]) -> Iterator[Document]:
    for one in found:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            yield one


def _changed(
    documents: Iterable[Document], manifest: Mapping[str, DocumentState], version: str, tally: Tally
) -> Iterator[Document]:
    """Pass over documents that the store has just so."""
    from kg.rdf.document import content_hash

    for document in documents:
        if manifest.get(document.id) == DocumentState(content_hash(document), version):
            tally.skipped += 1
        else:
            yield document


def _analyser(
    nlp: str | Language | None, frames: tuple[Path, ...], knowledge: tuple[Path, ...]
) -> tuple[_Analyse, str]:
    """Give the function from document to records and number of words, and the version that its quads carry.

    The shipped pipeline is loaded when the first document needs it, another at once, for its version counts.
    """
    from kg import pipeline
    from kg.entities.knowledge import digest, load
    from kg.language import analyse as parse
    from kg.language import load_nlp

    pipeline.lexicon(frames)  # a malformed frame file or table concerns every document
    load(knowledge)
    loaded = load_nlp(nlp) if isinstance(nlp, str) else nlp

    def analyse(document: Document) -> tuple[Analysis, int]:
        [doc] = parse(loaded or load_nlp(), [document.text])
        words = sum(not (token.is_punct or token.is_space) for token in doc)
        return pipeline.analyse(document, doc, frames=frames, knowledge=knowledge), words

    extras = hashlib.sha256()
    if loaded is not None:
        extras.update("{lang}_{name}-{version}".format(**loaded.meta).encode())
    for folder in frames:
        for file in sorted(folder.glob("*.toml")):
            extras.update(file.read_bytes())
    extras.update(digest(knowledge).encode())
    suffix = f"+{extras.hexdigest()[:12]}" if loaded is not None or frames or knowledge else ""
    return analyse, pipeline.version() + suffix


def _quads(
    documents: Iterable[Document],
    analyse: _Analyse,
    base: str,
    version: str,
    tally: Tally,
    problems: list[Problem],
    progress: Progress | None,
) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the lines of each document's graph; one that fails is a problem and no more."""
    from kg.rdf import doc_iri, quads

    for document in documents:
        if progress:
            progress(tally.documents, document.id)
        try:
            analysis, words = analyse(document)
            lines = quads(analysis, base=base, pipeline_version=version)
        except KgError as error:
            problems.append(Problem.of(error, where=document.id))
        except Exception as error:
            _LOG.debug("analysis of %r failed", document.id, exc_info=True)
            problems.append(_failed(error, document.id))
        else:
            tally.add(analysis, words)
            del analysis  # of a long text, it is large, and nobody needs it while the lines are written
            yield doc_iri(base, document.id), lines


def _failed(error: Exception, document: str) -> Problem:
    """Tell why an analysis failed: the machine refused something, or else it is our defect."""
    outside = from_outside(error)
    if outside is not None:
        return Problem(document, f"the analysis failed, for {outside.what}", f"{outside.remedy}, and build again")
    what = f"the analysis failed ({type(error).__name__}: {error})".replace("\n", " ")
    return Problem(document, what, "leave the text out, and report it with kg --debug build")
