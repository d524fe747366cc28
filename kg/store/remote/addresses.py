"""Addresses of a store on another machine: where it is asked, where it is written, and what it is told of who asks.

https://www.w3.org/TR/sparql11-protocol/ (query, update) and https://www.w3.org/TR/sparql11-http-rdf-update/ (graphs).
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

from kg.errors import StoreError

STORE_URL, UPDATE_URL = "KG_STORE_URL", "KG_UPDATE_URL"
"""Variables of the environment that name the Graph Store and the update endpoint where they cannot be guessed."""
TOKEN, USER, PASSWORD = "KG_REMOTE_TOKEN", "KG_REMOTE_USER", "KG_REMOTE_PASSWORD"
"""Variables of the environment with what the server wants to know of who asks; they never stand on a command line."""
STATE = "KG_STATE"
"""Variable of the environment that names the folder in which the working copies of remote graphs are kept."""

_SCHEME = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a store answers: `queries` are tried in turn, `store` and `update` are "" where they are not known."""

    queries: tuple[str, ...]
    store: str = ""
    update: str = ""


def is_remote(graph: object) -> bool:
    """Whether this names a store on the network rather than a directory.

    >>> is_remote("http://localhost:7878"), is_remote("mygraph")
    (True, False)
    """
    return isinstance(graph, str) and _SCHEME.match(graph) is not None


def endpoints_of(address: str, environment: Mapping[str, str] = os.environ) -> Endpoints:
    """Work out the endpoints from the address of a server (as Oxigraph has them) or of its query endpoint.

    `KG_STORE_URL` and `KG_UPDATE_URL` win over what is guessed. Raises `StoreError` for an address that is none, or
    that has a password in it.

    >>> endpoints_of("http://localhost:7878", {}).store
    'http://localhost:7878/store'
    >>> endpoints_of("http://localhost:3030/news/sparql", {}).update
    'http://localhost:3030/news/update'
    """
    parts = _split(address)
    path = parts.path.rstrip("/")
    folder, _, last = path.rpartition("/")

    def at(place: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, place, "", ""))

    if not path:  # the server itself: Oxigraph has /query, `kg serve` has /sparql
        found = Endpoints((at("/query"), at("/sparql")), at("/store"), at("/update"))
    elif last in {"query", "sparql"}:
        found = Endpoints((address,), at(f"{folder}/data" if folder else "/store"), at(f"{folder}/update"))
    elif folder.endswith("/repositories"):  # RDF4J, GraphDB
        found = Endpoints((address,), at(f"{path}/rdf-graphs/service"), at(f"{path}/statements"))
    else:
        found = Endpoints((address,))
    for name in (STORE_URL, UPDATE_URL):
        if environment.get(name):
            _split(environment[name], name)
    return Endpoints(
        found.queries, environment.get(STORE_URL) or found.store, environment.get(UPDATE_URL) or found.update
    )


def authorization(environment: Mapping[str, str] = os.environ) -> str:
    """Give the Authorization header that the environment asks for: a bearer token (RFC 6750), or Basic (RFC 7617).

    >>> authorization({"KG_REMOTE_TOKEN": "abc"})
    'Bearer abc'
    """
    if token := environment.get(TOKEN, "").strip():
        return f"Bearer {token}"
    if user := environment.get(USER, ""):
        both = f"{user}:{environment.get(PASSWORD, '')}".encode()
        return f"Basic {base64.b64encode(both).decode('ascii')}"
    return ""


def state_of(address: str, folder: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """Give the directory with the working copy of a remote graph, which need not be there yet.

    It lies in `folder`, else in `KG_STATE`, else in `newskg` under `XDG_STATE_HOME` (`~/.local/state`); its name is
    made of the address.

    >>> str(state_of("http://localhost:7878/", Path("/var/kg"), {}))
    '/var/kg/http-localhost-7878-25e6e062'
    """
    if folder is None:
        kept = environment.get("XDG_STATE_HOME") or "~/.local/state"
        folder = Path(environment.get(STATE) or f"{kept}/newskg").expanduser()
    bare = address.rstrip("/")
    sum = hashlib.sha256(bare.encode()).hexdigest()[:8]  # or else /a-b and /a/b would share one
    return folder / f"{re.sub(r'[^A-Za-z0-9._]+', '-', bare).strip('-.')}-{sum}"


def _split(address: str, where: str = "") -> SplitResult:
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and parts.scheme.lower() in {"http", "https"}
        _ = parts.port  # checked only when it is asked for
    except ValueError:
        sound = False
    # what is no address could still hold a password, so it is not repeated
    if not sound or not address.isascii() or re.search(r"\s", address):
        raise StoreError("this is no address of a server", where=where or _bare(address), remedy=_SUCH)
    if "@" in parts.netloc:
        raise StoreError(
            "the address has a user or password in it, which everybody on this machine can read",
            where=where or _bare(address),
            remedy=f"leave them out, and set {USER} and {PASSWORD}, or {TOKEN}",
        )
    return parts


_SUCH = "give one such as http://localhost:7878, or that of a query endpoint"


def _bare(address: str) -> str:
    """Give an address without what may be a password."""
    return re.sub(r"//[^/]*@", "//", address)
