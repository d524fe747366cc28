"""Servers as users start them: `kg serve` in a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

import kg
from kg.resources import examples_dir

pytest.importorskip("starlette")


class Got(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: str


class Server(NamedTuple):
    address: str
    process: subprocess.Popen[str]

    def get(self, path: str, *, data: bytes | None = None, method: str | None = None, **headers: str) -> Got:
        """Ask for an address; underscores in names of headers stand for hyphens."""
        request = urllib.request.Request(self.address.rstrip("/") + path, data=data, method=method)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(request, timeout=300) as answer:
                return Got(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Got(error.code, error.headers, error.read().decode())

    def ask(self, sparql: str, **headers: str) -> Got:
        return self.get(f"/sparql?{urlencode({'query': sparql})}", **headers)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:  # type: ignore[override]
        return None


@contextmanager
def serving(
    graph: Path, *options: str, env: Mapping[str, str] | None = None, patience: float = 120
) -> Iterator[Server]:
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0", *options]
    path = str(Path(kg.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **(env or {})}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield Server(_address(process, patience), process)
    finally:
        process.terminate()
        process.wait(timeout=120)


def _address(process: subprocess.Popen[str], patience: float) -> str:
    assert process.stdout
    until = time.monotonic() + patience
    told = select.poll()  # `select.select` takes no file whose number is above 1,023
    told.register(process.stdout, select.POLLIN)
    while time.monotonic() < until:
        if told.poll(500):
            line = process.stdout.readline()
            if " is open at " in line:
                return line.rsplit(" ", 1)[1].strip()
        if process.poll() is not None:
            break
    raise AssertionError("the server did not start")


Serve = Callable[..., "contextmanager[Server]"]


@pytest.fixture(scope="session")
def istanbul(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the graph of the demo articles."""
    graph = tmp_path_factory.mktemp("serve") / "istanbul"
    kg.build(examples_dir() / "istanbul", graph=graph).close()
    return graph


@pytest.fixture(scope="session")
def server(istanbul: Path) -> Iterator[Server]:
    with serving(istanbul, "--workers", "2") as started:
        yield started
