"""From a stream of documents to that of their graphs: what is unchanged or in quarantine is passed over."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from kg.model import Document
from kg.read import Problem
from kg.runner.engines import Engine
from kg.runner.lines import Lines
from kg.runner.quarantine import NAME, Quarantine
from kg.runner.report import Tally
from kg.runner.work import Made, Task
from kg.store import DocumentState, Store

_AGAIN = f"correct the text, or delete {NAME} in the graph directory to try it again"


class Making:
    """One run: counts and problems, and what is known of the documents that stand in the graph."""

    def __init__(
        self,
        tally: Tally,
        *,
        taken: Container[str] = (),
        progress: Callable[[int, str], None] | None = None,
    ) -> None:
        """Count into `tally`; `taken` are the ids that another file had before (`Ledger.taken`)."""
        self.tally = tally
        self._taken = taken
        self.problems: list[Problem] = []
        self._progress = progress
        self._manifest: Mapping[str, DocumentState] = {}
        self._task: Task | None = None
        self._quarantine: Quarantine | None = None
        self._hashes: dict[str, str] = {}

    def begin(self, store: Store, task: Task) -> None:
        """Learn what stands in the graph."""
        self._manifest = store.manifest()
        self._task = task
        self._quarantine = Quarantine(store.directory)

    @property
    def task(self) -> Task:
        """What concerns every document; there is none before `begin`."""
        assert self._task is not None
        return self._task

    def is_unchanged(self, document: Document) -> bool:
        """Whether the graph has a document just so; none is before `begin`."""
        if self._task is None:
            return False
        return self._manifest.get(document.id) == DocumentState(self._hash(document), self._task.version)

    def sound(self, found: Iterable[Document | Problem]) -> Iterator[Document]:
        """Yield the documents; what cannot be read is a problem, but not what is passed over."""
        for one in found:
            if isinstance(one, Problem):
                (self.tally.passed if one.passed else self.problems).append(one)
            else:
                yield one

    def graphs(
        self, documents: Iterable[Document], works: Engine, meanwhile: Callable[[], None]
    ) -> Iterator[tuple[str, Lines]]:
        """Yield the name and the lines of each document's graph; one that fails is a problem and no more."""
        for made in works.make(self._worth(documents), before=self._tell, meanwhile=meanwhile):
            if self._is_sound(made):
                yield made.graph, Lines(made.lines)
            del made  # of a long text the lines are hundreds of megabytes

    def _tell(self, document: str) -> None:
        if self._progress:
            self._progress(self.tally.documents + self.tally.skipped + self.tally.quarantined, document)

    def _worth(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Pass over documents that the store has just so, and those that would only fail again."""
        assert self._task is not None and self._quarantine is not None
        for document in documents:
            reason = self._quarantine.reason(document.id, self._hash(document), self._task)
            if self.is_unchanged(document):
                self.tally.skipped += 1
                del self._hashes[document.id]
            elif reason:
                self.tally.quarantined += 1
                self.problems.append(Problem(document.id, f"in quarantine, for {reason}", _AGAIN))
            else:
                yield document

    def _hash(self, document: Document) -> str:
        """The hash of a document's content, worked out once while it is on its way."""
        from kg.rdf.document import content_hash

        found = self._hashes.get(document.id)
        if found is None:
            found = self._hashes[document.id] = content_hash(document)
        return found

    def _is_sound(self, made: Made) -> bool:
        """Count a document, or tell what was wrong with it."""
        assert self._task is not None and self._quarantine is not None
        content = self._hashes.pop(made.id, "")
        if made.graph:
            self.tally.add(made.counts)
            if made.id in self._taken and made.id in self._manifest:
                self.tally.replaced.append(made.id)
            self._quarantine.drop(made.id)
            return True
        self.problems.append(Problem(made.id, made.what, made.remedy))
        if made.blamed:
            self.tally.quarantined += 1
            self._quarantine.add(made, content, self._task)
        return False
