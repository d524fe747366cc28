"""RDF files: Turtle, N-Quads, TriG, and a flat Turtle for Protégé, each with the dated ontology."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache

from kg.resources import ontology_dir
from kg.store import Answer, Reader, Term, nquad, quads_in, serialise, triples_text
from kg.vocab import DCTERMS, RDF, RDFS, SKOS

ONTOLOGY = "https://w3id.org/newskg/ontology"
"""The ontology's IRI, which also names the graph in which it stands in formats that have graphs."""

_OWL = "http://www.w3.org/2002/07/owl#"
_BUILT_IN = (RDF, RDFS, _OWL)
_NOTES = frozenset(SKOS + name for name in ("altLabel", "prefLabel", "example", "notation", "definition", "note"))


@cache
def ontology() -> str:
    """Give the ontology and the event codes as N-Quads lines of the graph `ONTOLOGY`, sorted."""
    lines = {
        nquad(subject, predicate, thing, ONTOLOGY)
        for name in ("news.ttl", "plover.ttl")
        for subject, predicate, thing, _ in quads_in((ontology_dir() / name).read_text(encoding="utf-8"), "turtle")
    }
    return "".join(sorted(lines))


def version() -> str:
    """Give the ontology's `owl:versionIRI`."""
    return next(
        thing.value for _, predicate, thing, _ in quads_in(ontology()) if predicate.value == _OWL + "versionIRI"
    )


def quads(reader: Reader, *, with_ontology: bool = True) -> str:
    """Give everything as N-Quads, sorted, so that equal graphs give equal bytes; then the ontology."""
    return reader.nquads() + (ontology() if with_ontology else "")


def written(source: Reader | Answer, format: str, *, with_ontology: bool = True) -> Iterator[str]:
    """Write a graph, or the triples of an answer, as "turtle", "nquads" or "trig".

    Turtle has no graphs: it holds the triples of all. TriG keeps each graph in one block. Of an answer, N-Quads are
    N-Triples, and without the ontology.
    """
    if isinstance(source, Answer):
        text = triples_text(source)
        yield text if format == "nquads" else serialise(text, format)
        return
    text = quads(source, with_ontology=with_ontology)
    if format == "nquads":
        yield text
    else:
        yield serialise(_by_graph(text) if format == "trig" else text, format)


def protege(reader: Reader) -> Iterator[str]:
    """Write one flat Turtle file with one ontology header, which Protégé and the OWL API open as it is.

    The classes and properties of the ontology stand in it, not behind an import; terms of other vocabularies and
    individuals are declared, as OWL 2 asks for, so that nothing is taken for an annotation by mistake.
    """
    data, terms = reader.nquads(), ontology()
    digest = hashlib.sha256(data.encode()).hexdigest()[:16]
    me = Term("iri", f"{reader.base}graph")
    header = [
        (RDF + "type", Term("iri", _OWL + "Ontology")),
        (_OWL + "versionIRI", Term("iri", f"{me.value}/{digest}")),
        (DCTERMS + "source", Term("iri", version())),
        (DCTERMS + "title", Term("literal", "newskg graph", "http://www.w3.org/2001/XMLSchema#string")),
    ]
    lines = {nquad(me, Term("iri", predicate), thing) for predicate, thing in header}
    lines |= {_triple(line) for line in terms.splitlines() if not line.startswith(f"<{ONTOLOGY}> ")}
    lines |= {_triple(line) for line in data.split("\n") if line}
    lines |= set(_declarations(terms, data))
    yield serialise("".join(sorted(lines)), "turtle")


def _declarations(terms: str, data: str) -> Iterator[str]:
    declared: set[str] = set()
    about_terms: set[str] = set()
    classes: dict[str, None] = {}
    for subject, predicate, thing, _ in quads_in(terms):
        if predicate.value != RDF + "type":
            about_terms.add(predicate.value)
        elif thing.value.startswith(_OWL):
            declared.add(subject.value)
        else:
            classes[thing.value] = None
    objects: dict[str, set[str]] = {}
    for subject, predicate, thing, _ in quads_in(data):
        if predicate.value == RDF + "type":
            classes[thing.value] = None
            yield _is(subject.value, "NamedIndividual")
        else:
            objects.setdefault(predicate.value, set()).add(thing.kind)
    for name in classes:
        if name not in declared and not name.startswith(_BUILT_IN):
            yield _is(name, "Class")
    for name in {*objects, *about_terms} - declared:
        if name.startswith(_BUILT_IN):
            continue
        kinds = objects.get(name, set())
        note = name in about_terms or name in _NOTES or len(kinds) != 1
        yield _is(name, "AnnotationProperty" if note else "ObjectProperty" if kinds == {"iri"} else "DatatypeProperty")


def _is(name: str, kind: str) -> str:
    return nquad(Term("iri", name), Term("iri", RDF + "type"), Term("iri", _OWL + kind))


def _triple(quad: str) -> str:
    """Take the graph off a line of N-Quads; an IRI has no space."""
    return quad.rstrip().removesuffix(".").rstrip().rpartition(" ")[0] + " .\n"


def _by_graph(text: str) -> str:
    lines = [line for line in text.split("\n") if line]
    return "".join(line + "\n" for line in sorted(lines, key=lambda line: (line.rpartition(" <")[2], line)))
