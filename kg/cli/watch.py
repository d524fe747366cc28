"""What a long build shows while it runs: how many documents of how many, how fast, and how long it will take yet."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.runner import Progress

_EVERY = 10.0  # seconds between two lines where no bar can be drawn
_LATELY = 60.0  # seconds over which the rate is taken


class Watch:
    """Counts documents as they come; `expected` is their number, None where it is not known before."""

    def __init__(self, expected: int | None = None) -> None:
        """Begin at nothing."""
        self.expected = expected
        self.done = 0
        self.name = ""
        self._steps: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def step(self, done: int, name: str) -> None:
        """Note that `done` documents are done and which one is in work."""
        now = time.monotonic()
        self.done, self.name = done, name
        self._steps.append((now, done))
        while len(self._steps) > 2 and now - self._steps[0][0] > _LATELY:
            self._steps.popleft()

    def rate(self) -> float:
        """Give the documents a second of the last minute."""
        (began, first), (now, last) = self._steps[0], self._steps[-1]
        return (last - first) / (now - began) if now > began else 0.0

    def left(self) -> str:
        """Give the time that is left, as in 1:05:09, "" where it cannot be known."""
        rate = self.rate()
        if self.expected is None or rate <= 0:
            return ""
        seconds = round(max(0, self.expected - self.done) / rate)
        hours, minutes = seconds // 3600, seconds // 60 % 60
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"

    def line(self) -> str:
        """Tell all of it in one line, without the name."""
        of = f" of {self.expected}" if self.expected is not None else ""
        parts = [f"{self.done}{of} documents read"]
        if self.rate() > 0:
            parts.append(f"{self.rate():.1f} a second")
        if self.left():
            parts.append(f"{self.left()} left")
        return ", ".join(parts)

    def stopped(self) -> str:
        """Tell where a run was stopped, in brackets; "" before the first document."""
        from kg.read.problem import in_one_line

        return f" ({self.line()}; it stopped at {in_one_line(self.name)})" if self.name else ""

    @contextmanager
    def shown(self, paths: Sequence[str]) -> Iterator[Progress]:
        """Show a bar on a terminal, and else a line now and then, on standard error."""
        from kg.read.counting import expected

        self.expected = expected(paths)
        if not sys.stderr.isatty():
            yield self.lines()
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        from kg.read.problem import in_one_line

        columns = (BarColumn(), TextColumn("{task.fields[told]}"), TextColumn("{task.description}"))
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=self.expected, told="")

            def progress(done: int, name: str) -> None:
                self.step(done, name)
                shown = in_one_line(name).replace("[", r"\[")
                bar.update(task, completed=done, description=shown, told=self.line())

            yield progress

    def lines(self) -> Progress:
        """Give the function that prints a line every ten seconds."""
        from kg.read.problem import in_one_line

        told = time.monotonic()

        def progress(done: int, name: str) -> None:
            nonlocal told
            self.step(done, name)
            if time.monotonic() - told >= _EVERY:
                told = time.monotonic()
                click.echo(f"{self.line()}, now {in_one_line(name)}", err=True)

        return progress
