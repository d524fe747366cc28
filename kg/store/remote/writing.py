"""Writing whole named graphs into a store on another machine: the SPARQL 1.1 Graph Store HTTP Protocol, or Update.

https://www.w3.org/TR/sparql11-http-rdf-update/ and https://www.w3.org/TR/sparql11-update/
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import StoreError
from kg.store.remote.addresses import STORE_URL, UPDATE_URL, Endpoints
from kg.store.remote.reading import TRIPLES
from kg.store.remote.wire import AbsentError, Reply, Wire
from kg.store.terms import sparql_term

PIECE = 100_000
"""Triples sent at once: of a graph with more, the first are put in its place and the others added."""
SECONDS = 1_800.0
"""How long a server may take for one piece."""
_UPDATE = "application/sparql-update"


class GraphStore:
    """The named graphs of a store. Each is written so that it may be written again: nothing comes out twice."""

    def __init__(self, wire: Wire, endpoints: Endpoints, *, address: str) -> None:
        """Take the endpoints for writing; which of them the server has is seen at the first graph."""
        self._wire, self._address = wire, address
        ways = (("store", endpoints.store), ("update", endpoints.update))
        self._ways = [(way, url) for way, url in ways if url]
        if not self._ways:
            raise StoreError(
                "where this store is written is not known",
                where=address,
                remedy=f"set {STORE_URL} to its Graph Store endpoint, or {UPDATE_URL} to that of SPARQL Update",
            )

    def put(self, graph: str, triples: Sequence[str]) -> None:
        """Have a named graph hold just these triples (N-Triples lines without a line end).

        Raises `StoreError` if the server does not take them.
        """
        for at in range(0, max(1, len(triples)), PIECE):
            piece = triples[at : at + PIECE]
            self._do(graph, "POST" if at else "PUT", "".join(f"{line}\n" for line in piece))

    def delete(self, graph: str) -> None:
        """Take a named graph out; it need not be there."""
        self._do(graph, "DELETE", "")

    def _do(self, graph: str, method: str, text: str) -> None:
        for number, (way, url) in enumerate(self._ways, 1):
            reply = self._sent(way, url, graph, method, text)
            gone = method == "DELETE" and way == "store" and reply.status in {404, 410}
            if reply.status < 300 or (gone and len(self._ways) == 1):
                self._ways = [(way, url)]  # the others need not be tried any more
                return
            error = self._wire.refused(reply, url)
            if not isinstance(error, AbsentError) or len(self._ways) == 1:
                raise error
            if number == len(self._ways):
                tried = " and ".join(one for _, one in self._ways)
                raise StoreError(
                    f"the store cannot be written: neither Graph Store nor Update answers ({tried})",
                    where=self._address,
                    remedy=f"set {STORE_URL} or {UPDATE_URL}, and see that the server is not read-only",
                )

    def _sent(self, way: str, url: str, graph: str, method: str, text: str) -> Reply:
        if way == "store":
            media, body = (TRIPLES, text.encode()) if method != "DELETE" else ("", None)
            fields = [("graph", graph)]
            return self._wire.send(method, url, fields=fields, body=body, media=media, seconds=SECONDS)
        name = sparql_term(graph)
        steps = [] if method == "POST" else [f"DROP SILENT GRAPH {name}"]
        steps += [f"INSERT DATA {{ GRAPH {name} {{\n{text}}} }}"] if text else []
        return self._wire.send("POST", url, body=" ;\n".join(steps).encode(), media=_UPDATE, seconds=SECONDS)
