"""Asking the embedded Oxigraph database of a graph directory, published or being written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.asking import Dataset, ask, asked_anew
from kg.store.directory import reading
from kg.store.guarded import Limits, in_child
from kg.store.terms import Answer, Term, restored, term_of


class DocumentState(NamedTuple):
    """What the store knows of a document it holds: if either differs, the document has to be read again."""

    content_hash: str
    pipeline_version: str


class Reader:
    """A graph opened for questions. Queries see the union of all graphs and may name graphs; it never writes."""

    def __init__(self, database: ox.Store, *, directory: Path, base: str) -> None:
        """Wrap an open database; `open_reader` and `create_or_open` are the ways to get one."""
        self._opened: ox.Store | None = database
        self.directory = directory
        self.base = base
        self.snapshot: Path | None = None
        self.guard: Limits | None = None
        """Set it to have queries of a published graph run in a process of their own, within limits."""

    @property
    def is_settled(self) -> bool:
        """Whether what is looked up once may be kept while this is open: a published graph stays as it is."""
        return self.snapshot is not None

    def __len__(self) -> int:
        """Count the quads."""
        with reading(self.directory):
            return len(self._database)

    def query(self, sparql: str, *, where: str = "the SPARQL query", dataset: Dataset | None = None) -> Answer:
        """Run SPARQL 1.1 over the union of all graphs, or those named after FROM; prefixes are those of `kg.vocab`.

        With a `dataset` there are no other graphs than these, whatever the query says.

        Raises `QueryError` naming `where` and the line if the query is malformed, cannot be evaluated, or asks for a
        SERVICE: no query sends anything to another machine.
        """
        database = self._database
        if self.guard is not None and self.snapshot is not None:
            work = partial(asked_anew, self.snapshot, sparql, where, self.guard.rows, dataset)
            return in_child(work, where=where, megabytes=self.guard.megabytes, seconds=self.guard.seconds)
        most = self.guard.rows if self.guard else None
        return ask(database, sparql, directory=self.directory, where=where, most=most, dataset=dataset)

    def graphs(self) -> tuple[str, ...]:
        """Give the IRIs of all named graphs, sorted."""
        with reading(self.directory):
            return tuple(sorted(name.value for name in self._database.named_graphs()))

    def documents(self) -> dict[str, str]:
        """Give document id → document IRI, which also names its graph, sorted by id."""
        found = self.query("SELECT ?id ?doc WHERE { GRAPH ?doc { ?doc a nkg:Article ; dcterms:identifier ?id } }")
        return dict(sorted((row[0].value, row[1].value) for row in found.rows if row[0] and row[1]))

    def manifest(self) -> dict[str, DocumentState]:
        """Give document id → content hash and pipeline version, read from the graphs themselves."""
        found = self.query(
            "SELECT ?id ?hash ?version WHERE "
            "{ ?doc dcterms:identifier ?id ; nkg:contentHash ?hash ; nkg:pipelineVersion ?version }"
        )
        rows = [[term.value if term else "" for term in row] for row in found.rows]
        return {name: DocumentState(content_hash, version) for name, content_hash, version in sorted(rows)}

    def nquads(self) -> str:
        """Give the whole store as N-Quads, sorted by code point, so that equal stores give equal bytes."""
        with reading(self.directory):
            data = restored((self._database.dump(format=ox.RdfFormat.N_QUADS) or b"").decode())
        # not splitlines: literals may hold U+2028 and its like
        return "".join(sorted(line + "\n" for line in data.split("\n") if line))

    def ntriples(self, graph: str) -> str:
        """Give one named graph as N-Triples."""
        with reading(self.directory):
            data = self._database.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        return restored((data or b"").decode())

    def facts(self, graph: str, properties: Iterable[str]) -> dict[str, dict[str, list[Term]]]:
        """Give property → subject → objects, in no order, as one named graph has them; properties are whole IRIs.

        What a query over one document would find piece by piece is read here at once, in a tenth of the time.
        """
        name = ox.NamedNode(graph)
        found: dict[str, dict[str, list[Term]]] = {}
        with reading(self.directory):
            for one in properties:
                of = found[one] = {}
                for quad in self._database.quads_for_pattern(None, ox.NamedNode(one), None, name):
                    told = term_of(quad.object)
                    if told is not None and isinstance(quad.subject, ox.NamedNode):
                        of.setdefault(quad.subject.value, []).append(told)
        return found

    def close(self) -> None:
        """Let go of the database; whoever asks it afterwards is told so by a `StoreError`."""
        self._opened = None

    @property
    def _database(self) -> ox.Store:
        if self._opened is None:
            raise StoreError(
                "the graph is closed", where=str(self.directory), remedy="open it again, or ask before it is closed"
            )
        return self._opened

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close."""
        self.close()
