"""A graph directory sent to a store on another machine: graph by graph, only what differs, and counted there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.rdf.iris import identity_iri
from kg.store.opening import open_reader
from kg.store.reader import Reader
from kg.store.remote.addresses import Endpoints, endpoints_of
from kg.store.remote.ledger import Ledger
from kg.store.remote.reading import RemoteReader, connected, one_value, with_prefixes
from kg.store.remote.writing import GraphStore
from kg.store.terms import Answer, sparql_term

_STATES = "SELECT ?g ?hash ?version WHERE { GRAPH ?g { ?g nkg:contentHash ?hash ; nkg:pipelineVersion ?version } }"

Progress = Callable[[int, int, str], None]
"""Called before each graph is looked at, with the number of graphs done, of how many, and its IRI."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was sent: graphs and their triples, those that stood there just so, and those that were taken out."""

    sent: int
    triples: int
    unchanged: int
    removed: int


def push(
    directory: Path,
    address: str,
    *,
    prune: bool = False,
    verify: bool = False,
    endpoints: Endpoints | None = None,
    progress: Progress | None = None,
) -> Pushed:
    """Have a store hold the published state of a graph directory; other graphs in it are let be.

    Each graph is put in the place of what stood there, by one request (`kg.store.remote.writing`), and its triples are
    counted there. A graph that was sent before, is what it was then, and is there with the same text and version, is
    passed over; with `verify` it is fetched and compared triple by triple first. Documents of this graph that are in
    it no more are taken out. The identity graph comes last. What is broken off goes on when it is repeated.

    Raises `StoreError`, before anything is sent, if the store has a graph with another base, or documents that never
    came from here and, without `prune`, would be cut off from the identity graph; and for whatever the server says.
    """
    with closing(open_reader(directory)) as here, closing(connected(address, patient=True)) as there:
        if there.base not in {"", here.base}:
            raise StoreError(
                f"the store holds a graph with the base {there.base}, not {here.base}",
                where=address,
                remedy="give each a store of its own",
            )
        there.base = here.base
        store = GraphStore(there.wire, endpoints or endpoints_of(address), address=address)
        with Ledger(directory, address) as ledger:
            return _Pushing(here, there, store, ledger, verify=verify, progress=progress).run(prune=prune)


class _Pushing:
    """One run, with what it knows of both ends."""

    def __init__(
        self,
        here: Reader,
        there: RemoteReader,
        store: GraphStore,
        ledger: Ledger,
        *,
        verify: bool,
        progress: Progress | None,
    ) -> None:
        self.here, self.there, self.store, self.ledger = here, there, store, ledger
        self.verify, self.progress = verify, progress
        self.sent = ledger.sent()
        self.standing = {*there.graphs()}
        self.states = _states(here.query(_STATES)), _states(there.send(with_prefixes(_STATES)))

    def run(self, *, prune: bool) -> Pushed:
        """Send documents, take out those that are gone, and send the identity graph."""
        identity = identity_iri(self.here.base)
        graphs = sorted(self.here.graphs(), key=lambda graph: (graph == identity, graph))
        gone = sorted((self.standing | self.sent.keys()) - {*graphs})
        foreign = [graph for graph in gone if graph not in self.sent and graph != identity]
        if foreign and not prune:
            raise self._foreign(foreign)
        counts = {"sent": 0, "triples": 0, "unchanged": 0}
        documents, last = [one for one in graphs if one != identity], [one for one in graphs if one == identity]
        for number, graph in enumerate(documents):
            self._tell(number, len(graphs), graph)
            self._one(graph, counts)
        for graph in gone:
            self.store.delete(graph)
            self.ledger.forget(graph)  # not before: what stands there and was never sent would be somebody else's
        for graph in last:
            self._tell(len(documents), len(graphs), graph)
            self._one(graph, counts)
        return Pushed(removed=len(gone), **counts)

    def _one(self, graph: str, counts: dict[str, int]) -> None:
        lines = _lines(self.here, graph)
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        if self._stands(graph, digest, lines):
            counts["unchanged"] += 1
            return
        self.ledger.forget(graph)
        self.store.put(graph, lines)
        found = int(one_value(self.there.send(_COUNT.format(graph=sparql_term(graph)))))
        if found != len(lines):
            raise StoreError(
                f"{len(lines):,} triples were sent and {found:,} are there",
                where=graph,
                remedy="see that nothing else writes this graph, and send it again",
            )
        self.ledger.note(graph, digest)
        counts["sent"] += 1
        counts["triples"] += len(lines)

    def _stands(self, graph: str, digest: str, lines: list[str]) -> bool:
        """Whether the store has a graph just so, as far as is known, or with `verify` as it says."""
        here, there = self.states
        if graph not in self.standing or here.get(graph) != there.get(graph):
            return False
        if self.verify:
            same = _lines(self.there, graph) == lines
            if same:
                self.ledger.note(graph, digest)
            return same
        return self.sent.get(graph) == digest

    def _tell(self, done: int, of: int, graph: str) -> None:
        if self.progress:
            self.progress(done, of, graph)

    def _foreign(self, graphs: Collection[str]) -> StoreError:
        return StoreError(
            f"{len(graphs):,} documents in this store were never sent from {self.here.directory}",
            where=self.there.address,
            remedy=f"take them in (kg load {self.there.address} --graph {self.here.directory}), or out (--prune)",
        )


_COUNT = "SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"


def _lines(reader: Reader, graph: str) -> list[str]:
    return sorted(line for line in reader.ntriples(graph).split("\n") if line)


def _states(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {row[0].value: tuple(term.value if term else "" for term in row[1:]) for row in answer.rows if row[0]}
