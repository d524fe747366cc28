"""A graph in a store on another machine, asked through the SPARQL 1.1 Protocol as a directory is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.iris import identity_iri
from kg.store.asking import Dataset, has_dataset
from kg.store.reader import Reader
from kg.store.remote.addresses import authorization, endpoints_of, state_of
from kg.store.remote.wire import AbsentError, Fields, Reply, Wire
from kg.store.terms import Answer, Term, answer_of, bounded, restored, sparql_term, term_of
from kg.vocab import NKG, PREFIXES, XSD

TABLE = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_RESULTS = {TABLE: ox.QueryResultsFormat.JSON, "application/sparql-results+xml": ox.QueryResultsFormat.XML}
_RDF = {TRIPLES: ox.RdfFormat.N_TRIPLES, "text/plain": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE}
_RESULTS["application/json"] = ox.QueryResultsFormat.JSON
_OFFSET = f"{XSD}nonNegativeInteger"
_UNION = ("union-default-graph", "")
"""What Oxigraph's server takes besides the protocol's parameters; others leave it aside."""

_T = TypeVar("_T")

_DOCUMENTS = f"{{ GRAPH ?g {{ ?g a <{NKG}Article> }} }}"
_IDENTITY = "{{ SELECT ?g WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} BIND({graph} AS ?g) }} LIMIT 1 }}"
_FIRST = f"SELECT ?g WHERE {{ GRAPH ?g {{ ?g a <{NKG}Article> }} }} LIMIT 1"
_IDENTITIES = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g a <{NKG}IdentityGraph> }} }}"
_SEEN = f"SELECT ?g WHERE {{ ?g a <{NKG}Article> }} LIMIT 1"


class RemoteReader(Reader):
    """A graph in a store on another machine. It is asked as it is now: the store has no snapshots.

    `directory` is where the working copy of this graph would be (`kg build --graph URL`); it need not exist.
    """

    def __init__(self, address: str, *, wire: Wire, endpoint: str) -> None:
        """Wrap a server's query endpoint; `open_remote` finds it and the base of its data."""
        # the empty database refuses what is malformed before it is sent, with the line, as that of a directory does
        super().__init__(ox.Store(), directory=state_of(address), base="")
        self.address, self.endpoint = address, endpoint
        self.wire = wire
        self._union: Fields | None = None

    @property
    def is_settled(self) -> bool:
        """True: what is looked up once is kept while this is open."""
        return True

    def __len__(self) -> int:
        """Count the quads of our graphs; others may be in the store, too."""
        ours = f"{{ SELECT DISTINCT ?g WHERE {{ {self._ours()} }} }}"
        return int(one_value(self.send(f"SELECT (COUNT(*) AS ?n) WHERE {{ {ours} GRAPH ?g {{ ?s ?p ?o }} }}")))

    def query(self, sparql: str, *, where: str = "the SPARQL query", dataset: Dataset | None = None) -> Answer:
        """Run SPARQL 1.1 as `Reader.query` does; what is malformed, or has a SERVICE, is not sent.

        Raises `QueryError` also if the server refuses the query or takes longer than the guard allows, and
        `StoreError` if it does not answer.
        """
        form = super().query(sparql, where=where, dataset=dataset).form  # of the empty database
        fields: list[tuple[str, str]] = []
        if dataset is not None:
            fields += [("default-graph-uri", graph) for graph in dataset.default]
            fields += [("named-graph-uri", graph) for graph in dataset.named]
        elif not has_dataset(sparql):
            fields += self._as_union()
        return self.send(with_prefixes(sparql), where=where, fields=fields, form=form)

    def graphs(self) -> tuple[str, ...]:
        """Give the IRIs of our named graphs, sorted: those of documents, and the identity graph."""
        return tuple(
            sorted({row[0].value for row in self.send(f"SELECT ?g WHERE {{ {self._ours()} }}").rows if row[0]})
        )

    def nquads(self) -> str:
        """Give all our graphs as N-Quads, sorted by code point: what `Reader.nquads` gives of the same graph."""
        lines = [line for graph in self.graphs() for line in nquad_lines(self, graph)]
        return "".join(sorted(lines))

    def ntriples(self, graph: str) -> str:
        """Give one named graph as N-Triples."""
        name = sparql_term(graph)
        # once through a database: numbers and strings come out as it writes them, whatever the server's way
        kept = ox.Store()
        for one in self._triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}", graph):
            kept.add(ox.Quad(one.subject, one.predicate, one.object))
        return restored((kept.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b"").decode())

    def facts(self, graph: str, properties: Iterable[str]) -> dict[str, dict[str, list[Term]]]:
        """Give what `Reader.facts` gives."""
        asked = tuple(properties)
        found: dict[str, dict[str, list[Term]]] = {one: {} for one in asked}
        values = " ".join(sparql_term(one) for one in asked)
        pattern = f"GRAPH {sparql_term(graph)} {{ VALUES ?p {{ {values} }} ?s ?p ?o FILTER(isIRI(?s)) }}"
        for subject, predicate, thing in self.send(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}", where=graph).rows:
            if subject and predicate and thing:
                found[predicate.value].setdefault(subject.value, []).append(thing)
        return found

    def close(self) -> None:
        """Close the connections, too."""
        self.wire.close()
        super().close()

    def _ours(self) -> str:
        """Give the pattern of our graphs; that of identity by its name, for graphs of old versions have no type."""
        if not self.base:
            return _DOCUMENTS
        return f"{_DOCUMENTS} UNION {_IDENTITY.format(graph=sparql_term(identity_iri(self.base)))}"

    def _as_union(self) -> Fields:
        """Give what has the server's default graph be the union of all graphs; found out once."""
        if self._union is None:
            ways: tuple[Fields, ...] = ((), (_UNION,))
            self._union = next((way for way in ways if self.send(_SEEN, fields=way).rows), None)
        if self._union is None:
            raise StoreError(
                "the default graph of this store is not the union of its graphs, so questions would find nothing",
                where=self.endpoint,
                remedy="have the server make it that (oxigraph serve --union-default-graph, tdb2:unionDefaultGraph)",
            )
        return self._union

    def send(self, sparql: str, *, where: str = "", fields: Fields = (), form: str = "select") -> Answer:
        """Send a query as it is, and read its answer, which is of a form. Raises what `query` raises."""
        where = where or self.endpoint
        most = self.guard.rows if self.guard else None
        if form == "construct":
            triples = bounded(dict.fromkeys(self._triples(sparql, where, fields)), where, most)
            rows = tuple((term_of(one.subject), term_of(one.predicate), term_of(one.object)) for one in triples)
            return _as_ours(Answer("construct", ("subject", "predicate", "object"), rows))
        reply = self._reply(sparql, where, fields, _RESULTS)

        def parsed() -> Answer:
            found = ox.parse_query_results(reply.body, format=_RESULTS[reply.media])
            return _as_ours(answer_of(found, where=where, most=most))

        answer = _read(self.endpoint, parsed)
        return _as_truth(answer) if form == "ask" else answer

    def _triples(self, sparql: str, where: str, fields: Fields = ()) -> list[ox.Triple]:
        reply = self._reply(sparql, where, fields, _RDF)
        found = _read(self.endpoint, lambda: list(ox.parse(reply.body, format=_RDF[reply.media])))
        return [one.triple if isinstance(one, ox.Quad) else one for one in found]

    def _reply(self, sparql: str, where: str, fields: Fields, known: Mapping[str, object]) -> Reply:
        seconds = self.guard.seconds if self.guard else None
        # not both at once: Virtuoso gives triples as a table to whoever takes tables, too
        first, *others = known
        accept = ", ".join([first, *(f"{media};q=0.5" for media in others)])
        reply = self.wire.ask(self.endpoint, [("query", sparql), *fields], accept=accept, where=where, seconds=seconds)
        if reply.media not in known:
            sent = reply.media or "something without a name"
            raise StoreError(f"what answers is no SPARQL endpoint (it sends {sent})", where=self.endpoint, remedy=_SUCH)
        return reply


def open_remote(address: str) -> RemoteReader:
    """Open a graph in a store on another machine. Raises `StoreError` where none is, or more than one."""
    reader = connected(address)
    if not reader.base:
        raise StoreError(
            "the store holds no graph of newskg",
            where=reader.endpoint,
            remedy=f"build one there (kg build FILES --graph {address}), or send one (kg push {address} --graph DIR)",
        )
    return reader


def connected(address: str, *, patient: bool = False) -> RemoteReader:
    """Find the query endpoint of a store and the base of the graph in it, "" if there is none yet.

    Raises `StoreError`, also for a store with several graphs: the union of these would be none.
    """
    wire = Wire(authorization=authorization(), patient=patient)
    endpoints = endpoints_of(address).queries
    for number, endpoint in enumerate(endpoints, 1):
        reader = RemoteReader(address, wire=wire, endpoint=endpoint)
        try:
            bases = {row[0].value.removesuffix("identity") for row in reader.send(_IDENTITIES).rows if row[0]}
            if not bases:  # nobody has decided yet who is who
                first = reader.send(_FIRST).rows
                bases = {row[0].value.rpartition("doc/")[0] for row in first if row[0]}
        except AbsentError:
            if number == len(endpoints):
                raise
            continue
        if len(bases) > 1:
            raise StoreError(
                f"graphs with different bases stand in this store ({', '.join(sorted(bases))})",
                where=endpoint,
                remedy="give each a store of its own",
            )
        reader.base = next(iter(bases), "")
        return reader
    raise AssertionError("an address has at least one endpoint")


_SUCH = "give the address of the query endpoint, such as http://localhost:7878/query"


def nquad_lines(reader: Reader, graph: str) -> list[str]:
    """Give one named graph as sorted lines of N-Quads, each with its line feed."""
    end = f" {ox.NamedNode(graph)} .\n"
    return sorted(line.removesuffix(" .") + end for line in reader.ntriples(graph).split("\n") if line)


def nquads_of(reader: Reader) -> Iterator[str]:
    """Yield the graph of each document as N-Quads text, one after the other, without the identity graph."""
    for graph in reader.documents().values():
        yield "".join(nquad_lines(reader, graph))


def with_prefixes(sparql: str) -> str:
    """Declare the prefixes of `kg.vocab` that a query may use, on its first line, so that lines keep their numbers.

    >>> with_prefixes("ASK { ?s a sem:Event }")
    'PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> ASK { ?s a sem:Event }'
    """
    used = [name for name in PREFIXES if re.search(rf"(?<![\w-]){name}:", sparql)]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in used) + sparql


def one_value(answer: Answer) -> str:
    """Give the one value that was asked for, "0" where there is none."""
    term = answer.rows[0][0] if answer.rows else None
    return term.value if term else "0"


def _read(endpoint: str, parse: Callable[[], _T]) -> _T:
    """Turn what the parser says of an answer that is none, or not whole, into one sentence."""
    try:
        return parse()
    except (SyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
    # not within the handler: a half-read answer may not be let go of by another thread, where a traceback could end
    raise StoreError(
        f"the answer is broken or was cut off ({reason})", where=endpoint, remedy="ask again, or ask for less"
    )


def _as_truth(answer: Answer) -> Answer:
    """Give the answer to ASK; Virtuoso tells it as a table with a number."""
    if answer.form == "ask":
        return answer
    told = "true" if one_value(answer) in {"1", "true"} else "false"
    return Answer("ask", ("answer",), ((Term("literal", told, f"{XSD}boolean"),),))


def _as_ours(answer: Answer) -> Answer:
    """Call whole numbers xsd:integer, as a graph directory does; only other stores keep the name that NIF asks for."""
    if not any(term and term.datatype == _OFFSET for row in answer.rows for term in row):
        return answer
    rows = (
        tuple(term._replace(datatype=f"{XSD}integer") if term and term.datatype == _OFFSET else term for term in row)
        for row in answer.rows
    )
    return replace(answer, rows=tuple(rows))
