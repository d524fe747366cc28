"""RDF terms, answers and serialisations, for callers that must not know which RDF library does the work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, SupportsBytes, TypeVar

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.vocab import NIF, PREFIXES, XSD

_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}

_T = TypeVar("_T")

# An unescaped quotation mark stands in no literal, so this finds objects of these two properties and nothing else.
_OFFSETS = re.compile(rf'(<{NIF}(?:begin|end)Index> "\d+"\^\^<{XSD})integer>')


class Term(NamedTuple):
    """An RDF term without a library: `kind` is "iri", "literal" or "blank"; literals keep datatype and language."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: `form` is "select", "ask" (one row, one boolean) or "construct" (rows of three terms)."""

    form: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def sparql_term(value: str, *, datatype: str | None = None) -> str:
    """Serialise a literal of an XSD type ("string", "integer", "decimal", "date"), or an IRI where it is None.

    Raises `ValueError` if it is no valid IRI.
    """
    if datatype is None:
        return str(ox.NamedNode(value))
    return str(ox.Literal(value, datatype=ox.NamedNode(XSD + datatype)))


def serialise(nquads: str, format: str) -> str:
    """Turn N-Quads text into "turtle", "ntriples" (both: the triples of all graphs), "nquads", "trig" or "jsonld"."""
    target = _FORMATS[format]
    parsed = ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
    if target.supports_datasets:
        data = ox.serialize(parsed, format=target, prefixes=PREFIXES)
    else:
        triples = dict.fromkeys(quad.triple for quad in parsed if isinstance(quad, ox.Quad))
        data = ox.serialize(triples, format=target, prefixes=PREFIXES)
    return (data or b"").decode()


def restored(text: str) -> str:
    """Give offsets in N-Triples or N-Quads the datatype that NIF asks for.

    Oxigraph keeps the value of whole numbers and calls them all xsd:integer; we write xsd:nonNegativeInteger here only.
    """
    return _OFFSETS.sub(r"\1nonNegativeInteger>", text)


def quads_in(text: str, format: str = "nquads") -> Iterator[tuple[Term, Term, Term, str]]:
    """Read RDF text in one of the formats of `serialise`, term by term; the default graph's name is empty."""
    for quad in ox.parse(text, format=_FORMATS[format]):
        graph = quad.graph_name.value if isinstance(quad, ox.Quad) and isinstance(quad.graph_name, ox.NamedNode) else ""
        subject, predicate, thing = term_of(quad.subject), term_of(quad.predicate), term_of(quad.object)
        assert subject and predicate and thing
        yield subject, predicate, thing, graph


def quads_of(graph: str, lines: Iterable[str]) -> list[ox.Quad]:
    """Parse the N-Quads lines of one graph. Raises `StoreError` if they are malformed or name another graph."""
    text = "\n".join(line.rstrip("\n") for line in lines)
    try:
        quads = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise StoreError(
            f"the quads of this document are malformed ({error})", where=graph, remedy="report this with the document"
        ) from error
    if any(quad.graph_name != ox.NamedNode(graph) for quad in quads):
        raise StoreError(
            "a quad of this document names another graph", where=graph, remedy="report this with the document"
        )
    return quads


def text_of(graph: str, lines: Iterable[str]) -> str:
    """Give the N-Quads lines of one graph as one text. Raises what `quads_of` raises if a line names another graph.

    Whether the lines are N-Quads at all is seen when the text is read.
    """
    if isinstance(lines, SupportsBytes):  # text already
        text = bytes(lines).decode()
        text += "\n" if text else ""
    else:
        text = "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
    if text.count(f" <{graph}> .\n") == text.count("\n"):
        return text
    return "".join(f"{quad} .\n" for quad in quads_of(graph, text.split("\n")))


def normal_triples(triples: Iterable[str]) -> set[str]:
    """Give triples (N-Triples lines without the dot) as lines in the form in which a store gives them back."""
    as_stored = ox.Store()
    as_stored.load(" .\n".join([*triples, ""]), format=ox.RdfFormat.N_TRIPLES)
    data = as_stored.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return set(restored((data or b"").decode()).split("\n")) - {""}


def nquad(subject: Term, predicate: Term, thing: Term, graph: str = "") -> str:
    """Give a line of N-Quads, of N-Triples without a graph; offsets as `restored` gives them."""
    where = f" {ox.NamedNode(graph)}" if graph else ""
    return restored(f"{_nt(subject)} {_nt(predicate)} {_nt(thing)}{where} .\n")


def triples_text(answer: Answer) -> str:
    """Give the triples of a "construct" answer as sorted N-Triples lines."""
    return restored("".join(sorted({" ".join(_nt(term) for term in row if term) + " .\n" for row in answer.rows})))


def _nt(term: Term) -> str:
    if term.kind == "iri":
        return str(ox.NamedNode(term.value))
    if term.kind == "blank":
        return str(ox.BlankNode(term.value))
    if term.language:
        return str(ox.Literal(term.value, language=term.language))
    return str(ox.Literal(term.value, datatype=ox.NamedNode(term.datatype)))


def answer_of(
    found: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, *, where: str = "", most: int | None = None
) -> Answer:
    """Read a result of the database to its end. Raises `QueryError` naming `where` if it has more than `most` rows."""
    if isinstance(found, ox.QueryBoolean):
        return Answer("ask", ("answer",), ((Term("literal", "true" if found else "false", XSD + "boolean"),),))
    if isinstance(found, ox.QueryTriples):
        triples = ((term_of(t.subject), term_of(t.predicate), term_of(t.object)) for t in bounded(found, where, most))
        return Answer("construct", ("subject", "predicate", "object"), tuple(triples))
    names = tuple(variable.value for variable in found.variables)
    return Answer(
        "select", names, tuple(tuple(term_of(row[name]) for name in names) for row in bounded(found, where, most))
    )


def bounded(found: Iterable[_T], where: str, most: int | None) -> Iterator[_T]:
    """Yield what was found. Raises `QueryError` naming `where` at the first row beyond `most`."""
    for number, row in enumerate(found):
        if number == most:
            raise QueryError(
                f"the answer has more than {most:,} rows",
                where=where,
                remedy="ask for less, or allow more (kg query --max-rows)",
            )
        yield row


def term_of(node: object) -> Term | None:
    """Give a term of the RDF library as ours."""
    match node:
        case None:
            return None
        case ox.NamedNode():
            return Term("iri", node.value)
        case ox.Literal():
            return Term("literal", node.value, node.datatype.value, node.language or "")
        case ox.BlankNode():
            return Term("blank", node.value)
        case _:  # a quoted triple: we never write them, but a user's query may build one
            return Term("literal", str(node), XSD + "string")


def position(message: str) -> tuple[int, int] | None:
    """Give line and column, counted from 1, that the parser's message names."""
    at = re.search(r"error at (\d+):(\d+): ", message)
    return (int(at[1]), int(at[2])) if at else None


def malformed(sparql: str, message: str, where: str) -> QueryError:
    """Name the line and what stands there: the parser's list of all it would have liked helps nobody."""
    at = position(message)
    if not at:
        return QueryError(f"malformed SPARQL ({message})", where=where, remedy="correct it")
    number, column = at
    lines = sparql.split("\n")  # no other line break counts for the parser
    line = lines[min(number, len(lines)) - 1]
    near = " ".join(line[max(0, column - 30) : column + 30].split()) or "the end"
    known = {"Prefix not found": "undeclared prefix ", "unbound": "ungrouped variable ", "Aggregate": "aggregate "}
    reason = next((words for text, words in known.items() if text in message), "")
    return QueryError(
        f"malformed SPARQL, {reason}near `{near}`",
        where=f"{where}, line {number}, column {column}",
        remedy="correct the query there or just before",
    )
