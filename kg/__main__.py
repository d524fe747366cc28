"""`python -m kg` is `kg`. A Ctrl-C while its modules are still being imported ends it with a word, too."""

from __future__ import annotations

import os
import signal
from types import FrameType

_INTERRUPTED = 130  # as in `kg.cli.ending`, which is not there yet


def main() -> None:
    """Import the command line and run it."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # a process in the background may have been told to ignore it
        signal.signal(signal.SIGINT, _end)
    from kg.cli import main as run

    try:
        if before is signal.default_int_handler:
            signal.signal(signal.SIGINT, before)
        run()
    except KeyboardInterrupt:  # before the command line is ready to answer it, or after
        _end(signal.SIGINT, None)


def _end(_number: int, _frame: FrameType | None) -> None:
    os.write(2, b"Interrupted.\n")
    os._exit(_INTERRUPTED)  # nothing is open yet, and an exception would come out of half a module


if __name__ == "__main__":
    main()
