"""`python -m tests.soak.phased PIPE VERB…`: `kg` as it is, saying into a pipe when a phase begins.

So a test can kill it in the midst of a phase that takes a second of a build of minutes. `watched` runs it like that.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

LOADING, READING, DECIDING, PUBLISHING, RECORDING = "loading", "reading", "deciding", "publishing", "recording"


class Run(NamedTuple):
    """How a command went: its exit code, negative if it was killed, and its phases, each with the second it began."""

    code: int
    phases: tuple[tuple[str, float], ...]
    seconds: float

    @property
    def last(self) -> str:
        """The phase in which it ended."""
        return self.phases[-1][0]

    def began(self, phase: str) -> float:
        """When a phase began for the first time, in seconds after the start."""
        return next(second for name, second in self.phases if name == phase)


def watched(arguments: Sequence[str], *, phase: str = LOADING, after: float = float("inf")) -> Run:
    """Run `kg` with these arguments and kill it, with its workers, so many seconds after a phase began."""
    reads, writes = os.pipe()
    command = [sys.executable, "-m", "tests.soak.phased", str(writes), *arguments]
    phases = [(LOADING, 0.0)]
    began = time.monotonic()
    due = began + after if phase == LOADING else float("inf")
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, pass_fds=[writes], start_new_session=True) as process:
        os.close(writes)
        with os.fdopen(reads, "rb", buffering=0) as pipe:
            while True:
                left = due - time.monotonic()
                if left <= 0:
                    os.killpg(process.pid, signal.SIGKILL)
                    break
                if not select.select([pipe], [], [], min(left, 3600))[0]:
                    continue
                said = pipe.read(4096)
                if not said:
                    break
                now = time.monotonic()
                phases += [(name, now - began) for name in said.decode().split()]
                if due == float("inf") and phase in said.decode().split():
                    due = now + after
        code = process.wait()
    return Run(code, tuple(phases), time.monotonic() - began)


def announce(pipe: int, owner: Any, name: str, phase: str) -> None:
    """Have a function say its phase before it runs."""
    inner: Callable[..., Any] = getattr(owner, name)

    def outer(*args: Any, **options: Any) -> Any:
        os.write(pipe, f"{phase}\n".encode())
        return inner(*args, **options)

    setattr(owner, name, outer)


def main() -> None:
    """Be `kg`."""
    from kg import cli, resolve
    from kg.resolve import building, journal
    from kg.store import Store

    pipe = int(sys.argv[1])
    announce(pipe, Store, "keep", READING)
    announce(pipe, building, "after_build", DECIDING)
    announce(pipe, resolve, "resolve", DECIDING)
    announce(pipe, Store, "publish", PUBLISHING)
    announce(pipe, journal, "append", RECORDING)
    cli.main(sys.argv[2:])


if __name__ == "__main__":
    main()
