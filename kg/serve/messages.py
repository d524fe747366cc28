"""What passes between the server and its workers: jobs one way, replies the other, as framed pickles on pipes."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass, field
from pathlib import Path

from kg.store.answering import Asked

_FRAME = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Site:
    """What is served at a moment: a snapshot of a graph directory, its number, and the catalogue made from it."""

    directory: Path
    snapshot: Path
    catalogue: Path
    key: str
    """Differs wherever anything that a page shows may differ."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a worker: either a SPARQL query or the page at an address."""

    site: Site
    sparql: Asked | None = None
    path: str = "/"
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP response, but for the headers that every response has."""

    status: int
    media: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = field(default=())


def framed(message: object) -> bytes:
    """Give a message as bytes: its length, and a pickle."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _FRAME.pack(len(data)) + data


def length(frame: bytes) -> int:
    """Read how many bytes follow."""
    return int(_FRAME.unpack(frame)[0])


READY = b"ready\n"
"""What a worker writes before it takes its first job."""

FRAME = _FRAME.size
"""Bytes that tell the length of a message."""
