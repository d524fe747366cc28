"""Running the server until it is told to stop."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from kg.errors import ServeError
from kg.serve.app import application
from kg.serve.settings import Settings


def serve(settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve until an interrupt; `ready` is told the address once connections are taken.

    Raises `ServeError` if nothing can listen there, `StoreError` for a graph that cannot be opened.
    """
    listening = _bound(settings)
    settings = replace(settings, port=listening.getsockname()[1])
    config = uvicorn.Config(
        application(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        h11_max_incomplete_event_size=(settings.request_kilobytes << 10) + 16_384,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    server.ready = lambda: ready(settings.address)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn gives the interrupt on when it has stopped
        return
    finally:
        listening.close()


class _Server(uvicorn.Server):
    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell that it is ready, when it is."""
        await super().startup(sockets=sockets)
        if self.started:
            self.ready()


def _bound(settings: Settings) -> socket.socket:
    try:
        listening = socket.create_server(
            (settings.host, settings.port),
            family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET,
            backlog=256,
        )
        # asyncio does this only for sockets that say that they are TCP; without it each answer waits for 40 ms
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise ServeError(
            "something else listens there"
            if taken
            else f"nothing can listen there ({(error.strerror or str(error)).lower()})",
            where=f"{settings.host}:{settings.port}",
            remedy="give another --port" if taken else "give another --host or --port",
        ) from error
