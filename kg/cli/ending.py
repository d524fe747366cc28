"""Being ended from outside: what a service manager or `kill` asks for is answered like Ctrl-C, not by dying at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED, GONE, TERMINATED = 130, 141, 143
"""Exit codes, as shells give them: 128 and the number of the signal."""


class Terminated(KeyboardInterrupt):
    """SIGTERM came. It is an interrupt, so that whoever keeps what is done on Ctrl-C does so here, too."""


@contextmanager
def terminable() -> Iterator[None]:
    """Have SIGTERM raise `Terminated` in the main thread while this lasts."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def code_of(error: BaseException) -> int:
    """Give the exit code of an interrupt; click wraps the one that came, and older ones do not name it as the cause."""
    came = error.__cause__ or error.__context__
    return TERMINATED if isinstance(error, Terminated) or isinstance(came, Terminated) else INTERRUPTED
