"""Addresses of pages, from the IRIs and ids of a graph; every view has one that can be sent to somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlencode

from kg.rdf.iris import canonical_iri

_PLAIN = re.compile(r"[\w~][\w.~ -]*(?:/[\w~][\w.~ -]*)*")
_TWIN = (".json", ".csv", ".svg", ".gexf")


def node_url(sort: str, iri: str, base: str) -> str:
    """Give the page of a canonical node; `sort` is "actor", "event" or "proposal".

    >>> node_url("actor", "https://example.org/actor/ukraine", "https://example.org/")
    '/actor/ukraine'
    """
    begin = canonical_iri(base, "event" if sort == "proposal" else sort, "")
    key = iri.removeprefix(begin)
    if key != iri and key == quote(unquote(key), safe="") and _PLAIN.fullmatch(unquote(key)) and "/" not in key:
        return f"/{sort}/{key}"
    return f"/{sort}?{urlencode({'iri': iri})}"


def node_iri(sort: str, rest: str, asked: str, base: str) -> str:
    """Give the IRI that an address of `node_url` means: `rest` is its path after the sort, `asked` its `iri`."""
    if asked:
        return asked
    return canonical_iri(base, "event" if sort == "proposal" else sort, rest)


def document_url(id: str, at: tuple[int, int] | None = None) -> str:
    """Give the page of a document, opened at a stretch of its text.

    >>> document_url("wire/first day.txt", (10, 20))
    '/document/wire/first%20day.txt?at=10-20#at'
    >>> document_url("../x")
    '/document?id=..%2Fx'
    """
    where = f"at={at[0]}-{at[1]}#at" if at and at[1] > at[0] else ""
    if _PLAIN.fullmatch(id) and not id.endswith(_TWIN):
        return f"/document/{quote(id)}{'?' if where else ''}{where}"
    return f"/document?{urlencode({'id': id})}{'&' if where else ''}{where}"


def with_query(path: str, pairs: Iterable[tuple[str, object]]) -> str:
    """Give an address with its query; values that are empty are left out.

    >>> with_query("/search", [("q", "prisoner exchange"), ("page", "")])
    '/search?q=prisoner+exchange'
    """
    kept = [(name, str(value)) for name, value in pairs if value not in ("", None)]
    return f"{path}?{urlencode(kept)}" if kept else path


def is_web(iri: str) -> bool:
    """Tell whether an address from a text may become a link: http and https only."""
    return re.match(r"https?://[^\s<>\"]+\Z", iri) is not None
