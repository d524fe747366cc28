"""From inputs to a published graph: what to read anew, batches, progress, and what was found."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, KgError
from kg.graph import Graph
from kg.model import Analysis, Document, Status
from kg.read import Problem, read
from kg.store import DocumentState, create_or_open, open_reader

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.store import Store

BATCH_DOCUMENTS = 64
BATCH_CHARACTERS = 1_000_000
"""A batch is written, by one atomic insertion, when it has so many documents or characters."""

_LOG = logging.getLogger(__name__)

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Progress = Callable[[int, str], None]
"""Called before each document that is analysed, with the number of documents done so far and its id."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one run read and found.

    `documents` were analysed, `skipped` stand in the graph already, unchanged, `problems` were left out. `events` maps
    ontology class to number, statements not among them; `proposals` maps status to number, one for each addressee of an
    initiative; `actors` counts chains of mentions that are somebody or something of a known type. `words` is the
    length of the texts analysed, `seconds` the time of the whole run.
    """

    documents: int = 0
    skipped: int = 0
    problems: tuple[Problem, ...] = ()
    words: int = 0
    events: Mapping[str, int] = field(default_factory=dict)
    statements: int = 0
    proposals: Mapping[str, int] = field(default_factory=dict)
    actors: int = 0
    seconds: float = 0.0


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
    progress: Progress | None = None,
) -> BuildReport:
    """Read files and folders into the graph directory `graph`, publish it, and report.

    `published` is the date of texts that bring none, `nlp` another spaCy pipeline, or its name; `frames` are folders
    with further frame files, `knowledge` CSV tables of names that win over the shipped ones, `base` is what data IRIs
    begin with, `any_language` reads texts that are not English, too. A document that stands in the graph with the same
    content, read by the same pipeline with the same frames and tables, is not read again. An interrupted run leaves
    the graph as it was published before; the next run goes on where it stopped.

    Raises `StoreError`, `ModelError`, `FrameError` or `InputError` where no document at all could be built.
    """
    began = time.monotonic()
    if base is not None:
        from kg.rdf.iris import checked_base

        checked_base(base)
    problems: list[Problem] = []
    documents = _sound(read(_many(paths), published=published, any_language=any_language), problems)
    first = next(documents, None)
    tally = _Tally()
    if first is not None:
        tables = tuple(Path(one) for one in _many(knowledge))
        analyse, version = _analyser(nlp, tuple(Path(one) for one in _many(frames)), tables)
        with create_or_open(Path(graph), base=base, pipeline_version=version) as store:
            unfinished = _is_unfinished(store, resolve=resolve)
            written: list[str] = []
            stream = _changed(chain([first], documents), store.manifest(), version, tally)
            for batch in _batches(_quads(stream, analyse, store.base, version, tally, problems, progress)):
                store.write_documents(batch)
                written.extend(name for name, _ in batch)
            if tally.documents or unfinished:
                from kg.resolve.building import after_build

                after_build(store, tables, None if unfinished else written, resolve=resolve)
                store.publish()
    return BuildReport(
        documents=tally.documents,
        skipped=tally.skipped,
        problems=tuple(problems),
        words=tally.words,
        events=dict(sorted(tally.events.items())),
        statements=tally.statements,
        proposals={status.value: tally.proposals[status] for status in Status if tally.proposals[status]},
        actors=tally.actors,
        seconds=time.monotonic() - began,
    )


def _is_unfinished(store: Store, *, resolve: bool) -> bool:
    """Whether what readers see is not all that was written or decided by a person, or is damaged."""
    from kg.rdf.iris import identity_iri
    from kg.resolve.building import is_behind

    undecided = resolve and (identity_iri(store.base) not in store.graphs() or is_behind(store.directory))
    return not store.is_published or undecided


@dataclass(slots=True)
class _Tally:
    documents: int = 0
    skipped: int = 0
    words: int = 0
    events: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    proposals: Counter[Status] = field(default_factory=Counter)
    actors: int = 0

    def add(self, analysis: Analysis, words: int) -> None:
        self.documents += 1
        self.words += words
        self.events.update(event.cls for event in analysis.events if event.cls != "Statement")
        self.statements += sum(event.cls == "Statement" for event in analysis.events)
        self.proposals.update(one.status for one in analysis.dispositions)
        decided = {one.initiative for one in analysis.dispositions}
        self.proposals[Status.UNKNOWN] += sum(
            event.kind is not None and event.index not in decided for event in analysis.events
        )
        self.actors += sum(chain.type is not None for chain in analysis.chains)


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
    documents: Iterable[Document], manifest: Mapping[str, DocumentState], version: str, tally: _Tally
) -> Iterator[Document]:
    """Pass over documents that the store has just so."""
    from kg.rdf import content_hash

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
    tally: _Tally,
    problems: list[Problem],
    progress: Progress | None,
) -> Iterator[tuple[Document, tuple[str, list[str]]]]:
    """Yield each document with the name and the lines of its graph; one that fails is a problem and no more."""
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
            what = f"the analysis failed ({type(error).__name__}: {error})".replace("\n", " ")
            problems.append(Problem(document.id, what, "leave the text out, and report it with kg --debug build"))
        else:
            tally.add(analysis, words)
            yield document, (doc_iri(base, document.id), lines)


def _batches(
    built: Iterable[tuple[Document, tuple[str, list[str]]]],
) -> Iterator[list[tuple[str, list[str]]]]:
    batch: list[tuple[str, list[str]]] = []
    characters = 0
    for document, graph in built:
        batch.append(graph)
        characters += len(document.text)
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
