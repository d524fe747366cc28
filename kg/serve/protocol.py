"""The SPARQL 1.1 Protocol for queries (https://www.w3.org/TR/sparql11-protocol/): what a request asks for.

Updates are refused with 403: nothing that is served here can be changed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import parse_qsl

from kg.store import sparql_term
from kg.store.answering import TABLES, TRIPLES, Asked

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_ALIASES: dict[str, tuple[str, ...]] = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/plain": ("application/n-triples",),
    "application/x-turtle": ("text/turtle",),
    "text/rdf+n3": ("text/turtle",),
    "text/n3": ("text/turtle",),
}
"""What else a client may call the media types of a table, of triples, or of both."""


class Refused(Exception):
    """A request that is not answered, with the HTTP status and the reason in a sentence."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def asked_of(
    method: str,
    pairs: Sequence[tuple[str, str]],
    content_type: str,
    body: bytes,
    accept: str,
    *,
    most: int,
    base: str = "",
) -> Asked | None:
    """Read a request: `pairs` are those of its address. Gives None where it asks nothing: for the description.

    Relative IRIs are resolved against `base`, the address of the endpoint. Raises `Refused`.
    """
    media = content_type.partition(";")[0].strip().lower()
    given = list(pairs)
    if method == "POST":
        if media == FORM:
            given += _form(body)
        elif media == QUERY:
            if any(name == "query" for name, _ in given):
                raise Refused(400, "The query is given twice, in the address and in the body.")
            given.append(("query", _text(body)))
        elif media == UPDATE:
            raise Refused(403, "This endpoint is read-only: updates are refused.")
        else:
            raise Refused(415, f"Send a query as {QUERY} or as {FORM}, and name that media type.")
    values = _values(given)
    if "update" in values or "using-graph-uri" in values or "using-named-graph-uri" in values:
        raise Refused(403, "This endpoint is read-only: updates are refused.")
    queries = values.get("query", [])
    if not queries and method in {"GET", "HEAD"}:
        return None
    if len(queries) != 1:
        raise Refused(400, "Give one query, in the parameter “query”.")
    # What some clients send besides, whatever they ask: SPARQLWrapper says "xml" also where triples are the answer.
    wanted = values.get("format", values.get("output", [""]))[0]
    fit, liked = negotiated(_FORMATS.get(wanted.lower(), wanted) or accept), negotiated(accept)
    return Asked(
        queries[0],
        table=fit[0] or liked[0],
        triples=fit[1] or liked[1],
        default_graphs=_graphs(values, "default-graph-uri"),
        named_graphs=_graphs(values, "named-graph-uri"),
        most=most,
        base=base if _RELATIVE.search(queries[0]) else "",  # two addresses of one server share what is kept
    )


_RELATIVE = re.compile(r"<[^<>\"{}|^`\\\s:]*>")


def _graphs(values: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    """Give the graphs that a parameter names; an empty one is what forms send that leave it open."""
    given = tuple(value for value in values.get(name, ()) if value)
    for value in given:
        try:
            sparql_term(value)
        except ValueError as error:
            raise Refused(400, f"“{name}” is {value!r}, which is no absolute IRI.") from error
    return given


_FORMATS = {
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "n-triples": "application/n-triples",
    "json-ld": "application/ld+json",
    "jsonld": "application/ld+json",
    "rdf+xml": "application/rdf+xml",
}


def negotiated(accept: str) -> tuple[str | None, str | None]:
    """Give the media types for tables and for triples that an Accept header likes best; None where it takes none.

    >>> negotiated("text/csv;q=0.5, application/sparql-results+xml")
    ('application/sparql-results+xml', None)
    >>> negotiated("text/turtle, */*;q=0.1")
    ('application/sparql-results+json', 'text/turtle')
    >>> negotiated("application/json")
    ('application/sparql-results+json', 'application/ld+json')
    """
    ranges = [*_ranges(accept or "*/*")]
    return _best(ranges, TABLES), _best(ranges, TRIPLES)


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        name, *params = (piece.strip() for piece in part.split(";"))
        quality = next((value[2:] for value in params if value.startswith("q=")), "1")
        try:
            yield name.lower(), float(quality)
        except ValueError:
            yield name.lower(), 0.0


def _best(ranges: Sequence[tuple[str, float]], known: Collection[str]) -> str | None:
    scored = []
    for at, media in enumerate(known):
        exact = [q for name, q in ranges if media in _ALIASES.get(name, (name,))]
        kind = [q for name, q in ranges if name == f"{media.partition('/')[0]}/*"]
        least = [q for name, q in ranges if name == "*/*"]
        quality = next((max(found) for found in (exact, kind, least) if found), 0.0)
        if quality > 0:
            scored.append((-quality, not exact, at, media))
    return min(scored)[-1] if scored else None


def _form(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(_text(body), keep_blank_values=True, max_num_fields=200)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "The query is not UTF-8.") from error


def _values(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values
