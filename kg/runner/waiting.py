"""Chunks of documents sent out ahead and taken back in order: the one loop of everything that works elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from kg.model import Document
from kg.runner.work import Columns, Made, chunks, row_of

AHEAD = 3
"""Chunks in work or waiting, for each worker: memory stays bounded, and nobody waits for the slowest."""

_Sent = TypeVar("_Sent")


def idle() -> None:
    """Have nothing to do but wait."""


def in_order(
    documents: Iterable[Document],
    *,
    workers: int,
    send: Callable[[list[Columns]], _Sent],
    receive: Callable[[_Sent], list[Made]],
    withdraw: Callable[[deque[_Sent]], None],
    before: Callable[[str], None],
    meanwhile: Callable[[], None],
) -> Iterator[Made]:
    """Yield what becomes of each document, in order; `before` is told the id of each.

    `send` has a chunk of rows worked on and returns at once, `receive` waits for what became of one; `meanwhile` is
    what there is to do here when all have their work. An interruption, of `meanwhile`, too, is answered by what is in
    work already, which is then yielded, and only then goes on its way: `withdraw` takes out of the line what nobody
    has begun. A second one goes on its way at once.
    """
    waiting: deque[_Sent] = deque()
    pieces = chunks(documents)
    interrupted: KeyboardInterrupt | None = None
    while True:
        try:
            while interrupted is None and len(waiting) < AHEAD * workers and (piece := next(pieces, None)):
                waiting.append(send([row_of(one) for one in piece]))
            if not waiting:
                break
            if interrupted is None:
                meanwhile()
            made = receive(waiting[0])
        except KeyboardInterrupt as error:
            if interrupted is not None:
                raise
            interrupted = error
            withdraw(waiting)
            continue
        waiting.popleft()
        for one in made:
            before(one.id)
            yield one
    if interrupted is not None:
        raise interrupted
