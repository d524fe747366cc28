"""Several processes over the same function: each worker has its own pipeline, and what they make comes back in order.

A worker that dies or no longer answers costs only the document that did it: the others of its chunk are given, one by
one, to a new worker. A thread for each worker feeds it, so that the writing of one chunk holds no other up.
"""

from __future__ import annotations

import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING

from kg.errors import KgError, OutsideError
from kg.model import Document
from kg.runner.heap import held_apart
from kg.runner.limits import allowed
from kg.runner.report import Counts
from kg.runner.waiting import idle, in_order
from kg.runner.work import Columns, Made, Task, Worker, document_of, made_of, plain_of

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PATIENCE = 4.0
"""How many times longer than its processor time a chunk may take by the clock until its worker is ended."""
START = 300.0
"""Seconds that a worker has, besides, to start and to load its pipeline."""

_Rows = Sequence[Columns]
_Serve = Callable[["Connection", Task], None]
_Job = tuple[_Rows, "Future[list[Made]]"]


def _nothing(document: str) -> None:
    """Tell nobody."""


class Pool:
    """Worker processes; use as a context manager."""

    def __init__(self, task: Task, processes: int, *, serve: _Serve | None = None) -> None:
        """Start so many workers; each loads the pipeline when its first chunk comes. `serve` is what they run."""
        self._task = task
        self._serve = serve or _serve
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._keepers = [threading.Thread(target=self._keep, daemon=True) for _ in range(processes)]
        for keeper in self._keepers:
            keeper.start()

    def make(
        self,
        documents: Iterable[Document],
        *,
        before: Callable[[str], None] = _nothing,
        meanwhile: Callable[[], None] = idle,
    ) -> Iterator[Made]:
        """Yield what becomes of each document, in order; an interruption yields what is in work first."""
        return in_order(
            documents,
            workers=len(self._keepers),
            send=self._send,
            receive=lambda done: done.result(),
            withdraw=self._withdraw,
            before=before,
            meanwhile=meanwhile,
        )

    def _send(self, rows: _Rows) -> Future[list[Made]]:
        done: Future[list[Made]] = Future()
        self._jobs.put((rows, done))
        return done

    def _withdraw(self, waiting: deque[Future[list[Made]]]) -> None:
        """Take back what no worker has begun."""
        withdrawn = set()
        with suppress(queue.Empty):
            while job := self._jobs.get_nowait():
                withdrawn.add(job[1])
        kept = [one for one in waiting if one not in withdrawn]
        waiting.clear()
        waiting.extend(kept)

    def __enter__(self) -> Pool:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self._stopped.set()
        for _keeper in self._keepers:
            self._jobs.put(None)
        for keeper in self._keepers:
            keeper.join(timeout=30)

    def _keep(self) -> None:
        """Feed one worker until there is no more to do; replace it if it dies."""
        child = _Child(self._task, self._serve)
        try:
            while job := self._jobs.get():
                rows, done = job
                try:
                    done.set_result(self._answered(child, rows))
                except BaseException as error:
                    done.set_exception(error)
        finally:
            child.end()

    def _answered(self, child: _Child, rows: _Rows) -> list[Made]:
        try:
            return child.ask(rows, stopped=self._stopped)
        except _Lost as lost:
            if self._stopped.is_set():
                return []
            if len(rows) == 1:
                return [_blamed(rows[0], lost)]
        return [made for row in rows for made in self._answered(child, [row])]


class _Lost(Exception):
    """A worker that has died, or no longer answers."""


def _blamed(row: Columns, lost: _Lost) -> Made:
    remedy = "leave the text out, and report it with kg --debug build"
    return Made(row[0], "", b"", Counts(), f"the analysis {lost}", remedy, True)


class _Child:
    """One worker process, started when it is first asked."""

    def __init__(self, task: Task, serve: _Serve) -> None:
        self._task = task
        self._serve = serve
        self._started: tuple[Connection, _Process] | None = None
        self._is_new = True

    def ask(self, rows: _Rows, *, stopped: threading.Event) -> list[Made]:
        """Have rows worked on. Raises `_Lost` if the worker dies over it or takes too long, and what a task raises."""
        connection = self._connected()
        seconds = PATIENCE * sum(allowed(self._task.seconds, len(row[1])) for row in rows)
        left = seconds + (START if self._is_new else 0.0) if seconds else float("inf")
        try:
            connection.send(rows)
            while not connection.poll(min(left, 1.0)):
                left -= 1.0
                if left <= 0 or stopped.is_set():
                    self.end()
                    raise _Lost(f"did not answer for {seconds:,.0f} seconds")
            answer = connection.recv()
        except (EOFError, OSError) as error:
            code = self._exit_code()
            self.end()
            raise _Lost(f"ended its process ({code})") from error
        self._is_new = False
        if isinstance(answer, KgError):
            raise answer
        return [made_of(one) for one in answer]

    def end(self) -> None:
        """End the process, if there is one."""
        if self._started is not None:
            connection, process = self._started
            self._started = None
            connection.close()
            process.join(timeout=0.5)
            if process.is_alive():
                process.kill()
                process.join()
        self._is_new = True

    def _connected(self) -> Connection:
        if self._started is None:
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=self._serve, args=(theirs, self._task), daemon=True)
            try:
                process.start()
            except OSError as error:
                raise OutsideError(
                    f"no process can be started ({error})", where="this machine", remedy="use fewer --processes"
                ) from error
            theirs.close()
            self._started = ours, process
        return self._started[0]

    def _exit_code(self) -> str:
        if self._started is None:
            return "it is gone"
        process = self._started[1]
        process.join(timeout=5)
        code = process.exitcode
        if code is not None and code < 0:
            return f"signal {signal.Signals(-code).name}" if -code in signal.valid_signals() else f"signal {-code}"
        return f"exit code {code}"


def _serve(connection: Connection, task: Task) -> None:
    """What a worker process does: rows in, plain columns out, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what is finished and what is not
    worker = Worker(task)
    with held_apart(), suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            rows: list[Columns] = connection.recv()
            try:
                answer: object = [plain_of(made) for made in worker.make([*map(document_of, rows)])]
            except KgError as error:  # the pipeline itself: it concerns every document
                answer = error
            connection.send(answer)


if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess as _Process
