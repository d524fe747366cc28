"""Worker processes and their limits: each does one job at a time, is killed at the limit, and is replaced."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import kg
from kg.errors import LimitError
from kg.serve.messages import FRAME, READY, Job, Reply, framed, length

_QUICK = 1.0  # seconds within which nearly all is done
_BUSY = 4  # how much longer that may take on a busy machine
_PATIENCE = 10.0  # seconds that somebody may wait for a worker, even where a query may take less
_CROWD = 30.0  # and where all that others ask for is quick, for as long as nothing gets done meanwhile


class Pool:
    """A fixed number of workers; whoever comes while all are busy waits, but not for long.

    Where it is not `strict`, a job may take so many seconds of the processor, and some times as long by the clock: on a
    busy machine it only waits, and whoever waits for it waits as long as others get done.

    There are two lanes. Each job begins in the quick one; what is not done within a second goes on in the slow one.
    Where `strict`, it does so behind all others of the processor, and where that lane is full it ends, and begins again
    when there is room in it: so jobs without end hold up nobody but each other.
    """

    def __init__(
        self, *, size: int, seconds: float, megabytes: int, nice: int = 0, spare: int = 0, strict: bool = False
    ) -> None:
        """Take how many jobs run at once, what one may take, and how far others go before them.

        `spare` workers more stand ready for when some are killed. Where it is not strict, all that pages need is loaded
        before.
        """
        self.size = size
        self.seconds = seconds
        self.megabytes = megabytes
        self.strict = strict
        self.patience = seconds if strict else seconds * _BUSY
        self._limits = {"seconds": self.patience, "megabytes": megabytes, "nice": nice, "pages": not strict}
        self._done = 0
        slow = max(1, size // 2)
        self._count = size + slow + spare
        self._quick = asyncio.Semaphore(size)
        self._slow = asyncio.Semaphore(slow)
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
            async with self._turn(self._quick, max(self.seconds, _PATIENCE if self.strict else _CROWD)) as turn:
                begun, taken = time.monotonic(), _processor(turn.worker.pid)
                turn.asking = asyncio.ensure_future(_asked(turn.worker, job))
                await turn.quick(self.seconds)
                if not turn.asking.done() and not self._slow.locked():
                    await self._slow.acquire()  # at once
                    turn.moved(self._slow, behind=self.strict)
                if turn.asking.done() or not self.strict or turn.lane is self._slow:
                    return await turn.answer(begun + self.patience, taken + self.seconds)
            async with self._turn(self._slow, self.seconds) as turn:
                turn.asking = asyncio.ensure_future(_asked(turn.worker, job))
                turn.moved(self._slow, behind=True)
                return await asyncio.wait_for(turn.asking, self.seconds)
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

    @asynccontextmanager
    async def _turn(self, lane: asyncio.Semaphore, seconds: float) -> AsyncIterator[_Turn]:
        """Wait for a place in a lane and a worker; both are free again at the end, or the worker is replaced.

        Raises `LimitError` if nothing is free within so many seconds.
        """
        try:
            worker = await self._free(lane, seconds)
        except TimeoutError:
            raise LimitError(
                f"all {self.size} workers are busy", where="the server", remedy="try again in a moment"
            ) from None
        turn = _Turn(worker, lane)
        try:
            yield turn
        finally:
            self._done += 1
            turn.lane.release()
            if turn.is_sound and not self._closed:
                self._idle.put_nowait(worker)
            else:
                turn.ended()
                self._replace(worker)

    async def _free(self, lane: asyncio.Semaphore, seconds: float) -> Process:
        """Wait for a worker; where it is not strict also longer, while others get done what they asked for before.

        Raises `TimeoutError`.
        """
        until = time.monotonic() + seconds * (_BUSY - 0.5)
        waiting = asyncio.ensure_future(self._taken(lane))
        while True:
            done = self._done
            try:
                return await asyncio.wait_for(asyncio.shield(waiting), seconds)
            except asyncio.CancelledError:
                if waiting.done() and not waiting.cancelled():
                    self._idle.put_nowait(waiting.result())
                    lane.release()
                waiting.cancel()
                raise
            except TimeoutError:
                if not waiting.done() and (self.strict or done == self._done or time.monotonic() >= until):
                    waiting.cancel()
                    raise

    async def _taken(self, lane: asyncio.Semaphore) -> Process:
        await lane.acquire()
        try:
            return await self._idle.get()
        except asyncio.CancelledError:
            lane.release()
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


class _Turn:
    """The place of a job in a lane, with the worker that does it."""

    def __init__(self, worker: Process, lane: asyncio.Semaphore) -> None:
        self.worker = worker
        self.lane = lane
        self.asking: asyncio.Future[Reply] | None = None
        self._lowered = False

    async def quick(self, seconds: float) -> None:
        """Wait until it is answered, or has taken a second of the processor, which on a busy machine is longer."""
        assert self.asking is not None
        begun, until = _processor(self.worker.pid), time.monotonic() + min(seconds, _BUSY * _QUICK)
        wait = min(seconds, _QUICK)
        while not self.asking.done() and time.monotonic() < until:
            await asyncio.wait([self.asking], timeout=wait)
            if _processor(self.worker.pid) - begun >= _QUICK * 0.9:
                return
            wait = _QUICK / 4

    async def answer(self, until: float, most: float) -> Reply:
        """Wait for the answer until then, or until the worker's processor time is so much. Raises `TimeoutError`."""
        assert self.asking is not None
        while not self.asking.done():
            left = until - time.monotonic()
            used = most - _processor(self.worker.pid)
            if left <= 0 or used <= 0:
                raise TimeoutError
            await asyncio.wait([self.asking], timeout=max(0.001, min(left, used)))
        return self.asking.result()

    def moved(self, lane: asyncio.Semaphore, *, behind: bool) -> None:
        """Go on in another lane, or `behind` all others of the processor, from where a worker cannot come back."""
        if lane is not self.lane:
            self.lane.release()
            self.lane = lane
        if not behind:
            return
        self._lowered = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self.worker.pid, 19)

    def ended(self) -> None:
        """Wait no longer for an answer."""
        if self.asking is not None:
            self.asking.add_done_callback(lambda done: done.cancelled() or done.exception())
            self.asking.cancel()

    @property
    def is_sound(self) -> bool:
        """Whether the worker has answered, and can take the next job as this one."""
        done = self.asking is not None and self.asking.done() and not self.asking.cancelled()
        return bool(done and self.asking and self.asking.exception() is None and not self._lowered)


def _processor(process: int) -> float:
    """Give the seconds of the processor that a process has taken; of time, where that is not told."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return time.monotonic()


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
