"""Files for other programs: a dictionary of functions, each writes a graph to a path.

turtle, nquads, trig, jsonld   everything, as RDF; Turtle has no named graphs, the others keep them
graphml                        canonical actors and events as nodes, roles and links as edges
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kg.errors import ExportError
from kg.store import Reader, open_reader, serialise


def _rdf(format: str, reader: Reader) -> str:
    return serialise(reader.nquads(), format)


def _graphml(reader: Reader) -> str:
    from kg.exporters.network import graphml

    return graphml(reader)


EXPORTERS: dict[str, Callable[[Reader], str]] = {
    "turtle": partial(_rdf, "turtle"),
    "nquads": Reader.nquads,
    "trig": partial(_rdf, "trig"),
    "jsonld": partial(_rdf, "jsonld"),
    "graphml": _graphml,
}
"""Format name to the function that gives the file's text."""


def export_to(reader: Reader, format: str, path: str | Path) -> None:
    """Write what a reader shows to `path` as UTF-8. Raises `ExportError` for an unknown format or a bad path."""
    if format not in EXPORTERS:
        raise ExportError(
            "this format is unknown", where=f"format {format!r}", remedy=f"use one of {', '.join(EXPORTERS)}"
        )
    text = EXPORTERS[format](reader)
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExportError(
            f"the file cannot be written ({error.strerror})", where=str(path), remedy="check the path"
        ) from error


def export(directory: str | Path, format: str, path: str | Path) -> None:
    """Open the graph directory and write it to `path` in one of the formats of `EXPORTERS`."""
    with open_reader(directory) as reader:
        export_to(reader, format, path)
