"""What stays loaded is left to itself: Python's collector of cycles walks over all that lives again and again.

A pipeline with its tables is millions of objects that never go while documents are read, and the texts' own objects go
without the collector. The same is recommended for servers that load much and then work
(https://docs.python.org/3/library/gc.html#gc.freeze).
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_state = {"held": False}
_SELDOM = (50_000, 20, 100)
"""Objects come, and collections of each generation, before the collector looks again: records of a text are trees."""


@contextmanager
def held_apart() -> Iterator[None]:
    """While this lasts, what `settle` finds is passed over by the collector; afterwards it is as it was.

    Nothing is done where somebody else has set objects apart already: they are not ours to give back.
    """
    if _state["held"] or gc.get_freeze_count():
        yield
        return
    _state["held"] = True
    often = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*often)
        _state["held"] = False
        gc.unfreeze()


def settle() -> None:
    """Set apart all that lives now, within `held_apart`; called when a worker has loaded what it needs."""
    if _state["held"]:
        gc.freeze()


def let_go() -> None:
    """Have the collector look once at all that was set apart, so that what nobody holds any more is free."""
    if _state["held"]:
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def give_back() -> None:
    """Give the system back what is free of the memory of C libraries; the GNU library keeps it by itself, in pieces.

    One step of a build does not use the pieces of the one before, so that without this the process holds both. It
    takes milliseconds; other C libraries have no such call, and give back by themselves.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
