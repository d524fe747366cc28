"""How long one document may take, counted in processor time, so that a busy machine changes no result."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

DOCUMENT_SECONDS = 120.0
"""Seconds of the processor that a text may take for each `PER` characters begun."""
PER = 100_000


class Overdue(BaseException):
    """A document took longer than it may; no `Exception`, so that no library on the way takes it for one of its own."""


def allowed(seconds: float, characters: int) -> float:
    """Give the time that a text of so many characters may take, 0 for no limit."""
    return seconds * max(1, -(-characters // PER))


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raise `Overdue` when so many seconds of processor time are spent; 0 is no limit.

    It works in the main thread of a process and where the system has such a timer; elsewhere nothing is limited. What
    spends no time, or never returns to Python, is ended by the pool that watches its workers from outside.
    """
    if seconds <= 0 or not hasattr(signal, "SIGVTALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise Overdue

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
