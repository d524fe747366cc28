"""About: what the graph's words mean, with examples, what can be asked, and what can be taken away."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.errors import ExportError
from kg.exporters import EXPORTERS, text_of
from kg.questions import questions
from kg.resources import ontology_dir
from kg.serve.pages.page import At, Page
from kg.serve.pages.start import counts_of
from kg.vocab import NKG

_MOST = {"nquads": 500_000, "turtle": 300_000, "trig": 300_000, "jsonld": 200_000, "graphml": 100_000}
"""Triples of a graph that is still written for whoever asks: about half of what the usual time limit is enough for.

A larger one is exported by the command line.
"""

_MEDIA = {
    "turtle": ("text/turtle; charset=utf-8", "ttl"),
    "nquads": ("application/n-quads; charset=utf-8", "nq"),
    "trig": ("application/trig; charset=utf-8", "trig"),
    "jsonld": ("application/ld+json; charset=utf-8", "jsonld"),
    "graphml": ("application/graphml+xml; charset=utf-8", "graphml"),
}


def page(at: At) -> Page:
    """Give the page, or an export."""
    counts = counts_of(at.catalogue)
    if at.head == "export":
        return _export(at, counts["triples"])
    classes, properties = ontology()
    used = at.catalogue.rows_of("SELECT class, COUNT(*) FROM account GROUP BY 1 ORDER BY 2 DESC, 1")
    data: dict[str, Any] = {
        "base": at.catalogue.base,
        "counts": counts,
        "classes": {NKG + name: number for name, number in used},
        "terms": {"classes": classes, "properties": properties},
        "questions": [{"name": one.name, "question": one.question} for one in questions()],
        "exports": [name for name in EXPORTERS if counts["triples"] <= _MOST.get(name, -1)],
    }
    drawn = {"large": [name for name in _MEDIA if name not in data["exports"]], "numbers": dict(used)}
    columns = ("term", "label", "comment", "example")
    rows = [[one["name"], one["label"], one["comment"], one["example"]] for one in (*classes, *properties)]
    return Page("about.html", "About", data, drawn, columns, rows)


def _export(at: At, triples: int) -> Page:
    name = at.rest
    if name not in _MEDIA or name not in EXPORTERS:
        return at.missing("There is no export of this name.", near=[(one, f"/export/{one}") for one in _MEDIA])
    if triples > _MOST[name]:
        raise ExportError(
            f"the graph has {triples:,} triples, too many to be written here in time",
            where=f"export {name}",
            remedy=f"whoever serves it can run: kg export {name} --graph DIR --output FILE",
        )
    media, suffix = _MEDIA[name]
    return Page("", "", file=(media, f"graph.{suffix}", text_of(at.reader, name).encode()))


@cache
def ontology() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Give the classes and properties of `ontology/news.ttl` with their labels, comments and examples."""
    import rdflib
    from rdflib.namespace import OWL, RDF, RDFS, SKOS

    graph = rdflib.Graph().parse(str(ontology_dir() / "news.ttl"), format="turtle")

    def told(kinds: tuple[Any, ...]) -> list[dict[str, str]]:
        terms = sorted(
            {str(term) for kind in kinds for term in graph.subjects(RDF.type, kind) if str(term).startswith(NKG)}
        )
        return [
            {
                "name": term.removeprefix(NKG),
                "label": str(graph.value(rdflib.URIRef(term), RDFS.label) or ""),
                "comment": str(graph.value(rdflib.URIRef(term), RDFS.comment) or ""),
                "example": str(graph.value(rdflib.URIRef(term), SKOS.example) or ""),
            }
            for term in terms
        ]

    return told((OWL.Class,)), told((OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty))
