"""How cost grows: ratios of processor time, so that neither a slow nor a busy machine makes a test fail."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType


def growth(run: Callable[[int], object], short: int, long: int, *, rounds: int = 3) -> float:
    """How many times longer `run(long)` takes than `run(short)`, each the best of some rounds taken in turn."""
    run(short)  # what is loaded or cached once is done here
    best = {short: float("inf"), long: float("inf")}
    for _ in range(rounds):
        for size in best:
            began = time.process_time()
            run(size)
            best[size] = min(best[size], time.process_time() - began)
    return best[long] / max(best[short], 0.002)


def calls(run: Callable[[], object]) -> int:
    """How many calls of Python functions something takes: the same on any machine."""
    number = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return number
