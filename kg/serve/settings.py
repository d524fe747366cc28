"""What a server is told when it is started."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""Hosts that only this machine reaches."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is served.

    `seconds`, `megabytes` (memory) and `answer_megabytes` bound one query, `request_kilobytes` what a client may send.
    `workers` processes make pages, and as many others answer SPARQL. With a `read_token` only who gives it may read;
    `cors` is the one origin whose pages may ask the endpoint ("*" is any). `names` are host names that the server
    answers to, besides the one it is bound to; a browser that was led here by another name is turned away.
    """

    graph: Path
    host: str = "127.0.0.1"
    port: int = 8000
    seconds: float = 15.0
    megabytes: int = 2_048
    answer_megabytes: int = 64
    request_kilobytes: int = 256
    workers: int = field(default_factory=lambda: max(2, min(8, os.cpu_count() or 2)))
    read_token: str = ""
    cors: str = ""
    names: tuple[str, ...] = ()
    cache_megabytes: int = 64

    @property
    def is_local(self) -> bool:
        """Whether only this machine can connect."""
        return self.host in LOOPBACK

    @property
    def address(self) -> str:
        """The address of the start page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"
