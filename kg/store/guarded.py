"""Work in a process of its own, with limits of memory and time.

Within one process nothing can be refused that RocksDB or a join asks for: a failed allocation ends everything. Where
the system has no fork (Windows), the work runs here and without limits.
"""

from __future__ import annotations

import errno
import faulthandler
import os
import pickle
import selectors
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from kg.errors import KgError, QueryError, from_outside

MEGABYTES = 4_096
"""What a query may take besides what the process has, unless it is told otherwise."""


class Limits(NamedTuple):
    """What a query may take: memory, and time and rows of its answer if there are limits of these."""

    megabytes: int = MEGABYTES
    seconds: float | None = None
    rows: int | None = None


_T = TypeVar("_T")
_PIECE = 1 << 20
_GRACE = 5.0  # seconds


def in_child(work: Callable[[], _T], *, where: str, megabytes: int = MEGABYTES, seconds: float | None = None) -> _T:
    """Run `work` in a child and give what it gives, which has to be picklable.

    What it raises of `KgError` is raised here, and anything else as one. Raises `QueryError` naming `where` if it needs
    more memory or time. The child is ended if this process is interrupted.
    """
    if not hasattr(os, "fork"):
        return work()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _run(work, write, where, megabytes, seconds)
    os.close(write)
    ended = False
    try:
        data = _received(read, None if seconds is None else time.monotonic() + seconds)
        ended = data is not None
    finally:
        os.close(read)
        if not ended:
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if data is None:
        raise QueryError(
            f"no answer within {seconds:g} second{'' if seconds == 1 else 's'}",
            where=where,
            remedy="ask for less, or allow more time (kg query --timeout)",
        )
    if not data:
        raise QueryError(
            f"the answer needs more than {megabytes:,} MB of memory", where=where, remedy="ask for less at once"
        )
    value, error = pickle.loads(data)
    if error is not None:
        raise error
    return value  # type: ignore[no-any-return]


def _run(work: Callable[[], object], write: int, where: str, megabytes: int, seconds: float | None) -> None:
    """Be the child: never return."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells both, and the parent ends this one
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # what the parent does about it is not for its child to do
        if seconds is not None:  # if the parent is killed nobody else would
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the allocator's last words are of no use to anybody
        import resource  # not there on Windows, as fork is not

        most = _held() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            told: tuple[object, KgError | None] = (work(), None)
        except Exception as error:
            told = (None, _told(error, where))
        with os.fdopen(write, "wb") as file:
            pickle.dump(told, file, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _told(error: Exception, where: str) -> KgError:
    """Give as one of ours whatever was raised; silence tells that memory was lacking."""
    if isinstance(error, KgError):
        return error
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        raise error
    what = f"the query cannot be evaluated ({type(error).__name__}: {error})"
    return from_outside(error) or QueryError(what, where=where, remedy="simplify it, or report it")


def _held() -> int:
    """Give the bytes that count already, for the child begins with all that its parent has."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0  # where the system does not tell


def _received(read: int, until: float | None) -> bytes | None:
    """Give all that comes until the other end is closed, None if that takes too long."""
    pieces: list[bytes] = []
    with selectors.DefaultSelector() as coming:  # select(2) knows no file beyond the 1,024th that a process has open
        coming.register(read, selectors.EVENT_READ)
        while True:
            left = None if until is None else until - time.monotonic()
            if left is not None and (left <= 0 or not coming.select(left)):
                return None
            piece = os.read(read, _PIECE)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
