"""Answers of a snapshot as the bytes that the SPARQL 1.1 Protocol sends, for processes that do nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import FormError, LimitError, QueryError
from kg.store.asking import has_dataset, refuse_service
from kg.store.directory import read_header, reading
from kg.store.reader import Reader
from kg.store.terms import Answer, Term, answer_of, malformed, term_of
from kg.vocab import NIF, PREFIXES, XSD

TABLES: dict[str, str] = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
"""Media types of SELECT and ASK, the one that is given to whoever takes any first."""
TRIPLES: dict[str, str] = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/ld+json": "JSON_LD",
    "application/rdf+xml": "RDF_XML",
}
"""Media types of CONSTRUCT and DESCRIBE."""


_OFFSETS = frozenset(ox.NamedNode(f"{NIF}{name}") for name in ("beginIndex", "endIndex"))
_INTEGER, _OFFSET = ox.NamedNode(f"{XSD}integer"), ox.NamedNode(f"{XSD}nonNegativeInteger")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the protocol gives it.

    `table` and `triples` are the media types for either form of answer, None where the client takes none of them; the
    graphs are the protocol's `default-graph-uri` and `named-graph-uri`. `most` bounds the answer, in bytes. Relative
    IRIs are resolved against `base`.
    """

    sparql: str
    table: str | None = next(iter(TABLES))
    triples: str | None = next(iter(TRIPLES))
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    most: int = 64 << 20
    base: str = ""


def open_snapshot(directory: Path, snapshot: Path) -> Reader:
    """Open one published snapshot whose files `open_reader` has checked before: a reader without that work."""
    with reading(directory):
        reader = Reader(ox.Store.read_only(str(snapshot)), directory=directory, base=read_header(directory)["base"])
    reader.snapshot = snapshot
    return reader


def described(reader: Reader, graph: str) -> dict[str, dict[str, list[Term]]]:
    """Give all that one named graph says: subject → predicate → objects, each list sorted; IRIs without brackets."""
    found: dict[str, dict[str, list[Term]]] = {}
    names: dict[ox.NamedNode, str] = {}  # predicates are few, and asking the library for a name is not free
    with reading(reader.directory):
        for subject, predicate, thing, _ in reader._database.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            name = names.get(predicate) or names.setdefault(predicate, predicate.value)
            told = found.setdefault(subject.value, {})
            term = Term("iri", thing.value) if isinstance(thing, ox.NamedNode) else term_of(thing)
            if term is not None:
                told.setdefault(name, []).append(term)
    for told in found.values():
        for things in told.values():
            if len(things) > 1:
                things.sort()
    return found


def saying(reader: Reader, graph: str) -> Callable[[str, str | None], dict[str, list[Term]]]:
    """Give a function for what one named graph says: of a subject, predicate → objects, of one predicate or of all.

    It is for thousands of subjects one after the other; what the disk says is told as it is (see `reading`).
    """
    name, quads, iri = ox.NamedNode(graph), reader._database.quads_for_pattern, ox.NamedNode

    def said(subject: str, predicate: str | None) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        for _, of, thing, _ in quads(iri(subject), None if predicate is None else iri(predicate), None, name):
            term = Term("iri", thing.value) if isinstance(thing, ox.NamedNode) else term_of(thing)
            if term is not None:
                found.setdefault(of.value, []).append(term)
        return found

    return said


def said_by(reader: Reader, predicate: str, graph: str | None = None) -> Iterator[tuple[str, Term]]:
    """Give (subject, object) of each triple with a predicate, of one named graph or of all, as they stand."""
    name = ox.NamedNode(graph) if graph is not None else None
    with reading(reader.directory):
        for quad in reader._database.quads_for_pattern(None, ox.NamedNode(predicate), None, name):
            subject, thing = term_of(quad.subject), term_of(quad.object)
            if subject is not None and thing is not None:
                yield subject.value, thing


def excerpt(reader: Reader, graphs: Sequence[str], about: str) -> Reader:
    """Give a copy, in memory, of some named graphs, and of what the graph `about` says of what they name.

    What that graph says of those whom its statements lead to is in it, too: of whom a document's actor stands for.
    """
    copied = ox.Store()
    whole, name = reader._database, ox.NamedNode(about)
    with reading(reader.directory):
        nodes: set[ox.NamedNode | ox.BlankNode | ox.Triple] = set()
        for graph in graphs:
            quads = list(whole.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
            copied.extend(quads)
            nodes.update(quad.subject for quad in quads)
        known: set[ox.NamedNode | ox.BlankNode | ox.Triple] = set()
        for node in nodes:
            quads = list(whole.quads_for_pattern(node, None, None, name))
            copied.extend(quads)
            known.update(quad.object for quad in quads if isinstance(quad.object, ox.NamedNode))
        for node in known - nodes:
            copied.extend(whole.quads_for_pattern(node, None, None, name))
    return Reader(copied, directory=reader.directory, base=reader.base)


def asked_of(
    reader: Reader,
    sparql: str,
    graphs: Sequence[str],
    *,
    where: str,
    most: int | None = None,
    default: Sequence[str] | None = None,
) -> Answer:
    """Answer a query for which no other named graphs exist than `graphs`.

    The default graph is the union of `default`, or of all these.

    A query that begins with what few documents can have is quick so, however large the store. Raises `QueryError`.
    """
    try:
        refuse_service(sparql, where)
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(graph) for graph in graphs]
        union: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*named]
        if default is not None:
            union = [ox.NamedNode(graph) for graph in default]
        found = reader._database.query(sparql, prefixes=PREFIXES, default_graph=union, named_graphs=named)
        return answer_of(found, where=where, most=most)
    except SyntaxError as error:
        raise malformed(sparql, str(error), where) from error
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"the query cannot be evaluated ({error})", where=where, remedy="simplify it") from error


def formatted(reader: Reader, asked: Asked, *, where: str = "the query") -> tuple[str, bytes]:
    """Answer a query and give the answer's media type and bytes.

    Raises `QueryError` if it is malformed or asks another machine, `LimitError` if the answer has more bytes than
    `asked.most`, `FormError` if the client takes no media type of it.
    """
    out = _Bounded(asked.most)
    try:
        refuse_service(asked.sparql, where)
        found = _run(reader._database, asked)
        if isinstance(found, ox.QueryTriples):
            media = _chosen(asked.triples, TRIPLES, where)
            # Each triple once, in the order of the engine: a union of graphs gives what two of them say twice.
            # Offsets have the datatype that NIF asks for, which the engine does not keep (see `restored`).
            ox.serialize(
                map(_restored, dict.fromkeys(found)),
                out,
                format=getattr(ox.RdfFormat, TRIPLES[media]),
                prefixes=PREFIXES,
            )
        else:
            media = _chosen(asked.table, TABLES, where)
            if isinstance(found, ox.QueryBoolean) and media.startswith("text/"):
                out.write(b"true\n" if found else b"false\n")  # the CSV and TSV formats know no booleans
            else:
                found.serialize(out, format=getattr(ox.QueryResultsFormat, TABLES[media]))
    except SyntaxError as error:
        raise malformed(asked.sparql, str(error), where) from error
    except (RuntimeError, OSError, ValueError) as error:
        if out.full:
            raise LimitError(
                f"the answer has more than {asked.most >> 20:,} MB", where=where, remedy="ask for less, or add a LIMIT"
            ) from None
        raise QueryError(f"the query cannot be evaluated ({error})", where=where, remedy="simplify it") from error
    return media, out.getvalue()


def _run(database: ox.Store, asked: Asked) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in asked.default_graphs]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in asked.named_graphs]
    base = asked.base or None
    if default or named:  # the protocol's graphs go before those of the query
        return database.query(asked.sparql, base_iri=base, prefixes=PREFIXES, default_graph=default, named_graphs=named)
    union = not has_dataset(asked.sparql)
    return database.query(asked.sparql, base_iri=base, prefixes=PREFIXES, use_default_graph_as_union=union)


def _restored(triple: ox.Triple) -> ox.Triple:
    thing = triple.object
    if triple.predicate in _OFFSETS and isinstance(thing, ox.Literal) and thing.datatype == _INTEGER:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(thing.value, datatype=_OFFSET))
    return triple


def _chosen(media: str | None, known: Sequence[str] | dict[str, str], where: str) -> str:
    if media is None:
        raise FormError(
            "the answer has none of the media types that were asked for",
            where=where,
            remedy=f"accept one of {', '.join(known)}",
        )
    return media


class _Bounded(io.BytesIO):
    """A buffer that refuses more than so many bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.full = False

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Take what still has room."""
        if self.tell() + len(data) > self.most:
            self.full = True
            raise ValueError("full")
        return super().write(data)
