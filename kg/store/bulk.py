"""N-Quads text into the database as tables: pieces of it at once, each read and sorted on a processor of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pyoxigraph as ox


def bulk_load(database: ox.Store, pieces: Sequence[bytes]) -> Exception | None:
    """Take in pieces of N-Quads, each all at once and in a thread of its own; give the failure of the first that fails.

    The library lets other threads run while it loads, and takes in tables of several threads by itself, too. Blank
    nodes are each piece's own. A `SyntaxError` has the line in its `text`; the other pieces are taken in nevertheless.
    The failure is given and not raised, since its traceback would hold the database, and with it the lock.
    """
    load = partial(_failure, partial(database.bulk_load, format=ox.RdfFormat.N_QUADS))
    if len(pieces) < 2:
        failures = [load(piece) for piece in pieces]
    else:
        with ThreadPoolExecutor(len(pieces)) as threads:  # an interruption waits here for what is in work
            failures = list(threads.map(load, pieces))
    return next((failure for failure in failures if failure is not None), None)


def checked(pieces: Sequence[bytes]) -> Exception | None:
    """Give the failure that `bulk_load` would give for pieces of N-Quads that are malformed; nothing is taken in."""
    return next((failure for piece in pieces if (failure := _failure(_read, piece)) is not None), None)


def _read(piece: bytes) -> None:
    deque(ox.parse(piece, format=ox.RdfFormat.N_QUADS), maxlen=0)


def _failure(load: Callable[[bytes], None], piece: bytes) -> Exception | None:
    try:
        load(piece)
    except Exception as error:
        if isinstance(error, SyntaxError) and error.lineno:
            error.text = b"".join(piece.split(b"\n", error.lineno)[error.lineno - 1 : error.lineno]).decode()
        return error.with_traceback(None)
    return None
