"""One document to the lines of its graph: the function that every engine runs, over plain columns.

What goes in and what comes out are tuples of strings and numbers, so that a process or a machine that is given them
needs nothing of this package to read them, and the same text gives the same lines wherever it is worked on.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KgError, from_outside
from kg.model import Document
from kg.runner.heap import let_go, settle
from kg.runner.limits import Overdue, allowed, limit
from kg.runner.lines import joined
from kg.runner.report import Counts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.pipeline import Begun

    _Parsed = tuple[Doc, Begun]

_LOG = logging.getLogger(__name__)

CHUNK_DOCUMENTS = 16
CHUNK_CHARACTERS = 40_000
"""Documents, and characters of them, that are handed to a worker at once."""
MANY = 500
"""Documents read beside which loading a pipeline is little."""
WORDS = 100_000
"""Words that a pipeline may know before it is loaded anew: spaCy keeps all that it meets, some 500 bytes each."""

Columns = tuple[str, str, str | None, str | None, str | None, str | None]
"""A document as a row: id, text, title, ISO date of publication, address, publisher."""


@dataclass(frozen=True, slots=True)
class Task:
    """What of a build concerns every document: base IRI, version, pipeline, folders of frames, tables, limits."""

    base: str
    version: str
    nlp: str | None = None
    frames: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    seconds: float = 0.0
    min_confidence: float = 0.0


class Made(NamedTuple):
    """What became of a document: the lines of its graph, in UTF-8 and joined by line feeds, or what was wrong.

    They are bytes and no string, in which one curly quotation mark would make every character take two of them.

    `blamed` says that the document is at fault, or this program with it, and not the machine.
    """

    id: str
    graph: str
    lines: bytes
    counts: Counts
    what: str = ""
    remedy: str = ""
    blamed: bool = False


Plain = tuple[str, str, bytes, tuple[object, ...], str, str, bool]
"""What became of a document, without a class of this package."""


def plain_of(made: Made) -> Plain:
    """Write what became of a document as plain columns."""
    return (*made[:3], tuple(made.counts), *made[4:])


def made_of(columns: Plain) -> Made:
    """Read what became of a document from plain columns."""
    id, graph, lines, counts, what, remedy, blamed = columns
    return Made(id, graph, lines, Counts(*counts), what, remedy, blamed)  # type: ignore[arg-type]


def row_of(document: Document) -> Columns:
    """Write a document as a row."""
    published = document.published.isoformat() if document.published else None
    return document.id, document.text, document.title, published, document.url, document.publisher


def document_of(row: Columns) -> Document:
    """Read a document from a row."""
    id, text, title, published, url, publisher = row
    return Document(id, text, title, date.fromisoformat(published) if published else None, url, publisher)


def chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut a stream of documents into pieces; a long one is a piece by itself."""
    piece: list[Document] = []
    size = 0
    for document in documents:
        if piece and (len(piece) >= CHUNK_DOCUMENTS or size + len(document.text) > CHUNK_CHARACTERS):
            yield piece
            piece, size = [], 0
        piece.append(document)
        size += len(document.text)
    if piece:
        yield piece


def task_of(
    nlp: str | Language | None,
    frames: tuple[Path, ...],
    knowledge: tuple[Path, ...],
    *,
    base: str = "",
    seconds: float = 0.0,
    min_confidence: float = 0.0,
) -> Task:
    """Check what concerns every document, and give it with the version that its quads carry.

    Raises what a malformed frame file or table raises, and `ModelError` for a pipeline that cannot be loaded: the
    shipped one is loaded when the first document needs it, another at once, for its version counts.
    """
    from kg import fingerprint
    from kg.entities.knowledge import digest
    from kg.language import load_nlp

    if frames or knowledge:  # what ships is sound, and where nothing is to be read, nobody needs it
        from kg import pipeline
        from kg.entities.knowledge import load

        pipeline.lexicon(frames)
        load(knowledge)
    loaded = load_nlp(nlp) if isinstance(nlp, str) else nlp
    extras = hashlib.sha256()
    if loaded is not None:
        extras.update("{lang}_{name}-{version}".format(**loaded.meta).encode())
    for folder in frames:
        for file in sorted(folder.glob("*.toml")):
            extras.update(file.read_bytes())
    extras.update(digest(knowledge).encode())
    if min_confidence:
        extras.update(f"{min_confidence:g}".encode())
    others = loaded is not None or frames or knowledge or min_confidence
    suffix = f"+{extras.hexdigest()[:12]}" if others else ""
    return Task(
        base=base,
        version=fingerprint.document_version() + suffix,
        nlp=nlp if isinstance(nlp, str) else None,
        frames=tuple(map(str, frames)),
        knowledge=tuple(map(str, knowledge)),
        seconds=seconds,
        min_confidence=min_confidence,
    )


class Worker:
    """Reads documents; holds the pipeline, loaded when the first document needs it."""

    def __init__(self, task: Task, nlp: Language | None = None) -> None:
        """Work on a task, with a pipeline that is loaded already, if there is one."""
        self.task = task
        self._nlp = nlp
        self._is_ours = nlp is None
        self._frames = tuple(map(Path, task.frames))
        self._knowledge = tuple(map(Path, task.knowledge))
        self._is_new = True
        self._count = 0

    def close(self) -> None:
        """Forget what was loaded here to read, if it has read so much that loading it anew is little beside it.

        What comes after reading is then done in less memory than reading took.
        """
        if self._is_ours and self._count >= MANY:
            self._forget()

    def _forget(self) -> None:
        from kg import pipeline

        self._nlp = None
        self._is_new = True
        pipeline.unload()
        let_go()

    def make(
        self, documents: Sequence[Document], *, before: Callable[[Document], None] | None = None
    ) -> Iterator[Made]:
        """Yield what becomes of each document, in order; one that fails is told and no more.

        Their language is analysed and their meaning read together, which is quicker; where that fails, each is tried by
        itself.
        """
        from kg.language.products import one_thread

        self._count += len(documents)
        if self._is_ours and self._nlp is not None and len(self._nlp.vocab.strings) > WORDS:
            self._forget()
        with ExitStack() as stack:
            stack.enter_context(one_thread())
            parsed: list[_Parsed | None] = [None] * len(documents)
            if len(documents) > 1:
                parsed = self._together(documents)
            for place, document in enumerate(documents):
                if before:
                    before(document)
                made = self._made(document, parsed, place)
                if self._is_new:
                    self._is_new = False
                    settle()  # pipeline, frames, tables: all is loaded now
                yield made

    def _language(self) -> Language:
        from kg.language import load_nlp

        if self._nlp is None:
            self._nlp = load_nlp(self.task.nlp)
        return self._nlp

    def _together(self, documents: Sequence[Document]) -> list[_Parsed | None]:
        from kg import pipeline
        from kg.language import analyse as parse

        nlp = self._language()
        seconds = sum(allowed(self.task.seconds, len(one.text)) for one in documents)
        try:
            with limit(seconds):
                docs = list(parse(nlp, [document.text for document in documents]))
            with limit(seconds):
                begun = pipeline.begin(documents, docs, frames=self._frames, knowledge=self._knowledge)
        except (Exception, Overdue):
            _LOG.debug("a chunk failed and is tried one by one", exc_info=True)
            return [None] * len(documents)
        return list(zip(docs, begun, strict=True))

    def _made(self, document: Document, parsed: list[_Parsed | None], place: int) -> Made:
        seconds = allowed(self.task.seconds, len(document.text))
        try:
            with limit(seconds):
                return self._analysed(document, parsed, place)
        except KgError as error:
            return Made(document.id, "", b"", Counts(), error.what, error.remedy, True)
        except Overdue:
            what = f"the analysis took more than {seconds:,.0f} seconds of the processor"
            remedy = "leave the text out or split it, or allow more with --document-seconds"
            return Made(document.id, "", b"", Counts(), what, remedy, True)
        except Exception as error:
            _LOG.debug("analysis of %r failed", document.id, exc_info=True)
            return _failed(error, document.id)

    def _analysed(self, document: Document, parsed: list[_Parsed | None], place: int) -> Made:
        from kg import pipeline
        from kg.language import analyse as parse
        from kg.rdf import doc_iri, quads

        found, parsed[place] = parsed[place], None  # a parse is large, and nobody needs it afterwards
        if found is None:
            [doc] = parse(self._language(), [document.text])
            begun = None
        else:
            doc, begun = found
        words = sum(not (token.is_punct or token.is_space) for token in doc)
        analysis = pipeline.analyse(
            document,
            doc,
            frames=self._frames,
            knowledge=self._knowledge,
            begun=begun,
            min_confidence=self.task.min_confidence,
        )
        del doc, begun, found  # of a long text each of these is hundreds of megabytes
        lines = quads(analysis, base=self.task.base, pipeline_version=self.task.version)
        counts = Counts.of(analysis, words=words)
        del analysis
        return Made(document.id, doc_iri(self.task.base, document.id), joined(lines), counts)


def _failed(error: Exception, document: str) -> Made:
    """Tell why an analysis failed: the machine refused something, or else it is our defect."""
    outside = from_outside(error)
    if outside is not None:
        what, remedy = f"the analysis failed, for {outside.what}", f"{outside.remedy}, and build again"
        return Made(document, "", b"", Counts(), what, remedy)
    what = f"the analysis failed ({type(error).__name__}: {error})".replace("\n", " ")
    return Made(document, "", b"", Counts(), what, "leave the text out, and report it with kg --debug build", True)
