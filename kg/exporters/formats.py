"""Which formats there are, what each can hold, and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from kg.errors import ExportError
from kg.exporters.record import Network
from kg.exporters.views import described, view_of
from kg.store import Answer, Reader

Chunks = Iterator[str] | Iterator[bytes]
Parts = Mapping[str, Callable[[], Chunks]]
"""File name to what writes it; a format of one file has one, without a name."""


@dataclass(frozen=True, slots=True)
class Material:
    """What is to be written: a graph, as a view of it where one is named, or the answer of a query.

    Of an answer, `rows` are its table and `triples` those about what it names.
    """

    reader: Reader
    view: str | None = None
    rows: Answer | None = None
    triples: Answer | None = None
    name: str = "answer"
    with_ontology: bool = True

    def network(self) -> Network:
        """Give it as a network."""
        return described(self.triples) if self.triples is not None else view_of(self.reader, self.view or "full")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the usual end of its files ("" for a folder), what it is for, and the function that gives its parts.

    `views` tells whether it takes a view, `answers` whether it takes the answer of a query.
    """

    suffix: str
    about: str
    write: Callable[[Material], Parts]
    views: bool = False
    answers: bool = False


def _rdf(format: str, material: Material) -> Parts:
    from kg.exporters.rdf import written

    source = material.triples if material.triples is not None else material.reader
    return {"": partial(written, source, format, with_ontology=material.with_ontology)}


def _jsonld(material: Material) -> Parts:
    from kg.exporters.jsonld import jsonld

    source = material.triples if material.triples is not None else material.reader
    return {"": partial(jsonld, source, with_ontology=material.with_ontology)}


def _protege(material: Material) -> Parts:
    from kg.exporters.rdf import protege

    return {"": partial(protege, material.reader)}


def _network(module: str, function: str, material: Material) -> Parts:
    from importlib import import_module

    write = getattr(import_module(f"kg.exporters.{module}"), function)
    return {"": lambda: write(material.network())}


def _neo4j(material: Material) -> Parts:
    from kg.exporters.neo4j import files

    return files(material.network())


def _tables(format: str, material: Material) -> Parts:
    from kg.exporters import tables

    if material.rows is not None:
        table = tables.of_answer(material.rows, material.name)
        return {"": partial(tables.as_csv if format == "csv" else tables.as_parquet, table)}
    if material.view is not None:
        return tables.files(tables.of_network(material.network()), format)
    return tables.files(tables.tables(material.reader), format)


def _ftm(material: Material) -> Parts:
    from kg.exporters.followthemoney import followthemoney

    return {"": partial(followthemoney, material.reader)}


def _corrections(material: Material) -> Parts:
    from kg.exporters.annotated import passages

    return {"": partial(passages, material.reader)}


FORMATS: dict[str, Format] = {
    "turtle": Format(".ttl", "RDF, the triples of all graphs", partial(_rdf, "turtle"), answers=True),
    "nquads": Format(".nq", "RDF with named graphs, a line a quad", partial(_rdf, "nquads"), answers=True),
    "trig": Format(".trig", "RDF with named graphs, to read", partial(_rdf, "trig"), answers=True),
    "jsonld": Format(".jsonld", "RDF as compacted JSON with its context", _jsonld, answers=True),
    "protege": Format(".ttl", "one flat Turtle with an ontology header, for Protégé", _protege),
    "graphml": Format(
        ".graphml",
        "for yEd, igraph, Gephi and nearly all others",
        partial(_network, "graph_xml", "graphml"),
        True,
        True,
    ),
    "gexf": Format(
        ".gexf", "GEXF 1.3 with times and colours, for Gephi", partial(_network, "graph_xml", "gexf"), True, True
    ),
    "cytoscape": Format(
        ".cyjs", "JSON for Cytoscape and Cytoscape.js", partial(_network, "graph_json", "cytoscape"), True, True
    ),
    "cx2": Format(".cx2", "JSON for NDEx and Cytoscape", partial(_network, "graph_json", "cx2"), True, True),
    "node-link": Format(".json", "JSON for networkx and D3", partial(_network, "graph_json", "node_link"), True, True),
    "neo4j": Format("", "CSV for neo4j-admin with the command, and Cypher", _neo4j, True, True),
    "csv": Format("", "tables of everything, for spreadsheets and pandas", partial(_tables, "csv"), True, True),
    "parquet": Format("", "the same tables, typed, for DuckDB and pandas", partial(_tables, "parquet"), True, True),
    "geojson": Format(".geojson", "placed events, for maps", partial(_network, "geojson", "geojson")),
    "ftm": Format(".ftm.json", "FollowTheMoney entities, for OpenAleph", _ftm),
    "corrections": Format(".jsonl", "annotated passages around what a person corrected", _corrections),
}
"""Format name to what it is."""


def parts_of(material: Material, format: str) -> Parts:
    """Give the files of a format by name. Raises `ExportError` if it is unknown or cannot hold what is asked for."""
    known = _format(format)
    able = [name for name, one in FORMATS.items() if (one.answers if material.rows is not None else one.views)]
    if (material.rows is not None and not known.answers) or (material.view is not None and not known.views):
        what = "the answer of a query" if material.rows is not None else "a view"
        raise ExportError(
            f"this format cannot hold {what}", where=f"format {format!r}", remedy=f"use one of {', '.join(able)}"
        )
    return known.write(material)


def text_of(reader: Reader, format: str, *, view: str | None = None) -> str:
    """Give what a reader shows in one of the formats of one file that are text. Raises `ExportError` for others."""
    parts = parts_of(Material(reader, view), format)
    if [*parts] != [""]:
        raise ExportError("this format is a folder of files", where=f"format {format!r}", remedy="write it to a folder")
    return "".join(chunk if isinstance(chunk, str) else chunk.decode() for chunk in parts[""]())


EXPORTERS: dict[str, Callable[[Reader], str]] = {
    name: partial(text_of, format=name) for name, known in FORMATS.items() if known.suffix
}
"""Name of each format of one file to the function that gives the file's text."""


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise ExportError("this format is unknown", where=f"format {name!r}", remedy=f"use one of {', '.join(FORMATS)}")
    return FORMATS[name]
