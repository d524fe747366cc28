"""Stores on loopback: Oxigraph's own server, and servers that answer what a test tells them to."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

import kg
from kg.resources import examples_dir

SERVER = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(*options: str, verb: str = "serve") -> Iterator[str]:
    """Run Oxigraph's server on a free port and give its address."""
    assert SERVER, "pip install oxigraph"
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen([SERVER, verb, "--bind", address, *options], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < until, "the server did not start"
                time.sleep(0.05)
        yield f"http://{address}"
    finally:
        process.kill()
        process.wait(timeout=60)


@pytest.fixture
def store() -> Iterator[str]:
    """Give the address of an empty store."""
    with oxigraph() as address:
        yield address


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the directory of the graph of the demo articles; it is not changed."""
    graph = tmp_path_factory.mktemp("remote") / "istanbul"
    kg.build(examples_dir() / "istanbul", graph=graph).close()
    return graph


@pytest.fixture
def graph(local: Path, tmp_path: Path) -> Path:
    """Give a copy of it that may be changed."""
    return Path(shutil.copytree(local, tmp_path / "graph", ignore=shutil.ignore_patterns("remotes")))


@pytest.fixture(scope="session")
def filled(local: Path) -> Iterator[str]:
    """Give the address of a store with that graph; it is not changed."""
    from kg.store.remote.pushing import push

    with oxigraph() as address:
        push(local, address)
        yield address


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep working copies in a folder of the test, and logins of whoever runs it out of it."""
    for name in (
        "KG_REMOTE_TOKEN",
        "KG_REMOTE_USER",
        "KG_REMOTE_PASSWORD",
        "KG_STORE_URL",
        "KG_UPDATE_URL",
        "KG_GRAPH",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KG_STATE", str(tmp_path / "state"))


class Asked(NamedTuple):
    method: str
    path: str
    authorization: str
    accept: str
    body: bytes


class Told(NamedTuple):
    """What a server is to answer: with `length`, it says that so many bytes come."""

    status: int = 200
    media: str = "application/sparql-results+json"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None
    seconds: float = 0.0


Answering = Callable[[Asked], Told]


@contextmanager
def answering(answer: Answering) -> Iterator[tuple[str, list[Asked]]]:
    """Run a server that answers each request as a function says; give its address, and what it was asked."""
    seen: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(
                self.command, self.path, self.headers.get("Authorization", ""), self.headers.get("Accept", ""), body
            )
            seen.append(asked)
            told = answer(asked)
            time.sleep(told.seconds)
            self.send_response(told.status)
            self.send_header("Content-Type", told.media)
            for name, value in told.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body) if told.length is None else told.length))
            self.end_headers()
            self.wfile.write(told.body)
            self.close_connection = told.length is not None

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
