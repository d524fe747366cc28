"""A Ray cluster over the same function (https://docs.ray.io): one actor for each process, each with its own pipeline.

Documents go and come as plain columns, in order, some chunks ahead of what is written. An actor whose machine is lost
is started anew elsewhere, and its chunk is worked on again; a document that ends its actor again and again is blamed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from typing import Any

from kg.errors import ExtraError, KgError, OutsideError
from kg.model import Document
from kg.runner.report import Counts
from kg.runner.waiting import idle, in_order
from kg.runner.work import Columns, Made, Plain, Task, Worker, document_of, made_of, plain_of

RESTARTS = 20
"""How often an actor is started anew."""
STARTS = 3
"""How often the start of a cluster is tried."""
PATIENCE = {"RAY_agent_register_timeout_ms": "120000", "RAY_raylet_start_wait_time_s": "120"}
"""How long the parts of a cluster that is started here wait for each other; Ray's own limits are for idle machines."""
TRIES = 2
"""How often a chunk is tried again whose actor is lost, before its documents are tried one by one."""


class Serving:
    """What an actor is: it reads rows and gives plain columns."""

    def __init__(self, task: tuple[Any, ...]) -> None:
        """Take a task as a tuple; the pipeline is loaded with the first chunk."""
        self._worker = Worker(Task(*task))

    def make(self, rows: list[Columns]) -> list[Plain] | tuple[str, str, str]:
        """Work on rows; where no document can be worked on at all, give what, where and remedy of the reason."""
        try:
            documents = [document_of(row) for row in rows]
            return [plain_of(made) for made in self._worker.make(documents)]
        except KgError as error:
            return (error.what, error.where, error.remedy)


class Cluster:
    """Actors of a Ray cluster; use as a context manager."""

    def __init__(self, task: Task, processes: int, *, address: str | None = None) -> None:
        """Join the cluster at `address` ("auto" finds one), or start one on this machine for as long as it is used."""
        self._task = task
        self._processes = max(1, processes)
        self._address = address
        self._started = False
        self._ray: Any = None
        self._actors: list[Any] = []

    def __enter__(self) -> Cluster:
        """Start the actors. Raises `ExtraError` without Ray, `OutsideError` if there is no such cluster."""
        try:
            import ray
        except ImportError:
            raise ExtraError(
                "the engine ray needs the package ray, which is not installed",
                where="--engine ray",
                remedy="install it with: pip install 'newskg[ray]'",
            ) from None
        self._ray = ray
        if not ray.is_initialized():
            self._join()
            self._started = True
        task = tuple(getattr(self._task, name) for name in self._task.__slots__)
        actor = ray.remote(num_cpus=1, max_restarts=RESTARTS, max_task_retries=TRIES)(Serving)
        self._actors = [actor.remote(task) for _ in range(self._processes)]
        return self

    def _join(self) -> None:
        """Join the cluster, or start one; a busy machine may need more than one try, and more than Ray's seconds."""
        if not self._address:
            for name, value in PATIENCE.items():
                os.environ.setdefault(name, value)
        quiet: dict[str, Any] = {"include_dashboard": False, "log_to_driver": False, "logging_level": "error"}
        local: dict[str, Any] = {} if self._address else {"num_cpus": self._processes}
        for tries in reversed(range(STARTS)):
            try:
                self._ray.init(address=self._address, **quiet, **local)
                return
            except Exception as error:  # Ray raises plain exceptions here
                self._ray.shutdown()
                if not tries:
                    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
                    raise OutsideError(
                        f"the Ray cluster cannot be used ({reason})",
                        where=self._address or "this machine",
                        remedy="check --address, or try again when the machine is less busy",
                    ) from error

    def __exit__(self, *_: object) -> None:
        """End the actors, and the cluster if it was started here."""
        for actor in self._actors:
            self._ray.kill(actor)
        if self._started:
            self._ray.shutdown()

    def make(
        self, documents: Iterable[Document], *, before: Callable[[str], None], meanwhile: Callable[[], None] = idle
    ) -> Iterator[Made]:
        """Yield what becomes of each document, in order; an interruption yields what is in work first."""
        turns = cycle(self._actors)
        return in_order(
            documents,
            workers=len(self._actors),
            send=lambda rows: (next(turns).make.remote(rows), rows),
            receive=lambda sent: self._answered(*sent),
            withdraw=lambda waiting: None,  # an actor has its next chunks already, and ends with them soon
            before=before,
            meanwhile=meanwhile,
        )

    def _answered(self, reference: Any, rows: list[Columns]) -> list[Made]:
        errors = self._ray.exceptions
        try:
            answer = self._ray.get(reference)
        except (errors.RayActorError, errors.WorkerCrashedError, errors.OutOfMemoryError) as error:
            if len(rows) > 1:
                return [made for row in rows for made in self._answered(self._actors[0].make.remote([row]), [row])]
            what = f"the analysis ended its process ({type(error).__name__})"
            return [Made(rows[0][0], "", b"", Counts(), what, "leave the text out, and report it", True)]
        if isinstance(answer, tuple):
            what, where, remedy = answer
            raise OutsideError(what, where=where, remedy=remedy)
        return [made_of(one) for one in answer]
