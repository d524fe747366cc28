"""SHACL: whether a document's graph keeps what `ontology/shapes.ttl` demands, the identity graph `identity-shapes.ttl`.

Checked graph by graph, never on the union: shapes speak of what one document says, and cost stays linear.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.rdf.iris import identity_iri
from kg.resources import ontology_dir
from kg.store import Reader
from kg.vocab import NKG

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True)
class Violation:
    """One finding: in `graph` (a named graph's IRI), the node `focus` breaks the constraint `constraint` at `path`."""

    graph: str
    focus: str
    path: str
    value: str
    constraint: str
    shape: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found: how many graphs were checked, and the violations in order of graph, focus and path."""

    graphs: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing was violated."""
        return not self.violations


def validate(reader: Reader, *, documents: Iterable[str] | None = None) -> Report:
    """Check the graphs of these documents (ids), or of all documents and the identity graph.

    Raises `InputError` for a document that the graph does not hold.
    """
    import rdflib

    graphs = reader.graphs() if documents is None else _graphs_of(reader, documents)
    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl")
    identity_shapes = rdflib.Graph().parse(ontology_dir() / "identity-shapes.ttl")
    of_articles = next(shapes.subjects(rdflib.SH.targetClass, rdflib.URIRef(f"{NKG}Article")))
    identity = identity_iri(reader.base)
    found: list[Violation] = []
    for graph in graphs:
        data = rdflib.Graph().parse(data=reader.ntriples(graph), format="nt")
        if graph == identity:
            found.extend(violations_of(data, identity_shapes, graph=graph))
            continue
        # a shape with a class for its target finds nothing wrong where no node has that class
        shapes.add((of_articles, rdflib.SH.targetNode, rdflib.URIRef(graph)))
        found.extend(violations_of(data, shapes, graph=graph))
        shapes.remove((of_articles, rdflib.SH.targetNode, None))
    return Report(len(graphs), tuple(sorted(found, key=lambda one: (one.graph, one.focus, one.path, one.message))))


def violations_of(data: rdflib.Graph, shapes: rdflib.Graph, *, graph: str = "") -> list[Violation]:
    """Check one rdflib graph, called `graph` in the findings. Shapes need no reasoner: nodes carry their classes."""
    import pyshacl
    import rdflib

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    shacl = rdflib.SH

    def text(result: rdflib.term.Node, name: rdflib.URIRef) -> str:
        return str(report.value(result, name) or "")

    return [
        Violation(
            graph=graph,
            focus=text(result, shacl.focusNode),
            path=text(result, shacl.resultPath),
            value=text(result, shacl.value),
            constraint=text(result, shacl.sourceConstraintComponent).rpartition("#")[2],
            shape=text(result, shacl.sourceShape),
            severity=text(result, shacl.resultSeverity).rpartition("#")[2],
            message=text(result, shacl.resultMessage),
        )
        for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult)
    ]


def _graphs_of(reader: Reader, documents: Iterable[str]) -> tuple[str, ...]:
    known = reader.documents()
    wanted = tuple(documents)
    for name in wanted:
        if name not in known:
            raise InputError("the graph holds no such document", where=name, remedy="kg stats --documents lists them")
    return tuple(known[name] for name in wanted)
