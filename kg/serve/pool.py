"""Worker processes and their limits: each does one job at a time, is killed at the limit, and is replaced."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

import kg
from kg.errors import LimitError
from kg.serve.messages import FRAME, READY, Job, Reply, framed, length

_PATIENCE = 10.0  # seconds that somebody may wait for a worker, even where a query may take less


class Pool:
    """A fixed number of workers; whoever comes while all are busy waits, but not for long."""

    def __init__(
        self, *, size: int, seconds: float, megabytes: int, nice: int = 0, spare: int = 0, pages: bool = True
    ) -> None:
        """Take how many jobs run at once, what one may take, and how far others go before them.

        `spare` workers more stand ready for when some are killed; with `pages` all that pages need is loaded before.
        """
        self.size = size
        self.seconds = seconds
        self.megabytes = megabytes
        self._limits = {"seconds": seconds, "megabytes": megabytes, "nice": nice, "pages": pages}
        self._count = size + spare
        self._turns = asyncio.Semaphore(size)
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the workers, and wait until the first of them is ready."""
        coming = [asyncio.ensure_future(self._add()) for _ in range(self._count)]
        self._tasks.update(coming)
        for task in coming:
            task.add_done_callback(self._tasks.discard)
        await asyncio.wait(coming, return_when=asyncio.FIRST_COMPLETED)

    async def run(self, job: Job) -> Reply:
        """Have a job done. Raises `LimitError` if it takes too long or too much, or no worker is free in that time."""
        try:
            worker = await asyncio.wait_for(self._turn(), max(self.seconds, _PATIENCE))
        except TimeoutError:
            raise LimitError(
                f"all {self.size} workers are busy", where="the server", remedy="try again in a moment"
            ) from None
        sound = False
        try:
            reply = await asyncio.wait_for(_asked(worker, job), self.seconds)
            sound = True
        except TimeoutError:
            raise LimitError(
                f"no answer within {self.seconds:g} s", where="the query", remedy="ask for less, or add a LIMIT"
            ) from None
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionError):
            raise LimitError(
                f"the answer needs more than {self.megabytes:,} MB of memory",
                where="the query",
                remedy="ask for less at once",
            ) from None
        finally:
            self._turns.release()
            if sound:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)
        return reply

    async def _turn(self) -> Process:
        await self._turns.acquire()
        try:
            return await self._idle.get()
        except asyncio.CancelledError:
            self._turns.release()
            raise

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in tuple(self._all):
            await _ended(worker)
        self._all.clear()

    def _replace(self, worker: Process) -> None:
        with suppress(ProcessLookupError):
            worker.kill()

        async def replaced() -> None:
            await _ended(worker)
            self._all.discard(worker)
            if not self._closed:
                await self._add()

        task = asyncio.ensure_future(replaced())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add(self) -> None:
        # the package that runs here, wherever it was found
        path = os.pathsep.join(filter(None, (str(Path(kg.__file__).parents[1]), os.environ.get("PYTHONPATH"))))
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "kg.serve.worker",
            json.dumps(self._limits),
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._all.add(worker)
        assert worker.stdout
        with suppress(asyncio.IncompleteReadError):  # it was ended before it had begun
            await worker.stdout.readexactly(len(READY))
            self._idle.put_nowait(worker)


async def _asked(worker: Process, job: Job) -> Reply:
    assert worker.stdin and worker.stdout
    worker.stdin.write(framed(job))
    await worker.stdin.drain()
    data = await worker.stdout.readexactly(length(await worker.stdout.readexactly(FRAME)))
    reply = pickle.loads(data)
    assert isinstance(reply, Reply)
    return reply


async def _ended(worker: Process) -> None:
    with suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()
