"""Where documents are worked on: in this process, in several, or on a Ray cluster; the same function everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from kg.errors import InputError
from kg.model import Document
from kg.runner.pool import Pool
from kg.runner.waiting import idle
from kg.runner.work import Made, Task, Worker, chunks

if TYPE_CHECKING:
    from spacy.language import Language

ENGINES = ("local", "ray")


class Engine(Protocol):
    """What works on documents."""

    def make(
        self, documents: Iterable[Document], *, before: Callable[[str], None], meanwhile: Callable[[], None] = idle
    ) -> Iterator[Made]:
        """Yield what becomes of each document, in order; `before` is told the id of each.

        `meanwhile` is called again and again where others work, so that this process has time for something else.
        """


class Here:
    """This process alone."""

    def __init__(self, task: Task, nlp: Language | None = None) -> None:
        """Work on a task, with a pipeline that is loaded already, if there is one."""
        self._worker = Worker(task, nlp)

    def make(
        self, documents: Iterable[Document], *, before: Callable[[str], None], meanwhile: Callable[[], None] = idle
    ) -> Iterator[Made]:
        """Work on one document after the other; there is no time for anything else."""
        for piece in chunks(documents):
            yield from self._worker.make(piece, before=lambda document: before(document.id))

    def __enter__(self) -> Here:
        """Use as a context manager, as the others are."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the pipeline go."""
        self._worker.close()


def engine_for(
    name: str, *, processes: int, address: str | None, nlp: str | Language | None
) -> Callable[[Task], AbstractContextManager[Engine]]:
    """Give what makes the engine of a name for a task. Raises `InputError` for one that is unknown or cannot be."""
    loaded = None if isinstance(nlp, str) else nlp
    if name not in ENGINES:
        raise InputError("this engine is unknown", where=f"engine {name!r}", remedy=f"use one of {', '.join(ENGINES)}")
    if (name != "local" or processes > 1) and loaded is not None:
        raise InputError(
            "a pipeline that is loaded already stays in its process", where="nlp", remedy="give its name or folder"
        )

    def make(task: Task) -> AbstractContextManager[Engine]:
        if name == "ray":
            from kg.runner.cluster import Cluster

            return Cluster(task, processes, address=address)
        return Pool(task, processes) if processes > 1 else Here(task, loaded)

    return make
