"""Files for other programs: a dictionary of functions, each writes a graph to a path.

turtle, nquads, trig, jsonld   everything, as RDF; Turtle has no named graphs, the others keep them
graphml                        canonical actors and events as nodes, roles and links as edges
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
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
    """Write what a reader shows as UTF-8, beside `path` first: what stands there is replaced at once, or not at all.

    Raises `ExportError` for an unknown format or a bad path.
    """
    write(text_of(reader, format), path)


def text_of(reader: Reader, format: str) -> str:
    """Give what a reader shows in one of the formats. Raises `ExportError` if it is unknown."""
    if format not in EXPORTERS:
        raise ExportError(
            "this format is unknown", where=f"format {format!r}", remedy=f"use one of {', '.join(EXPORTERS)}"
        )
    return EXPORTERS[format](reader)


def write(text: str, path: str | Path) -> None:
    """Write text as UTF-8, beside `path` first. Raises `ExportError` for a bad path or a full disk."""
    target = Path(path)
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced, only written to
        beside = target
    else:
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            if beside != target:
                file.flush()
                os.fsync(file.fileno())
        if beside != target:
            _keep_mode(target, beside)
            beside.replace(target.resolve() if target.is_symlink() else target)
    except OSError as error:
        if beside != target:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise ExportError(
            f"the file cannot be written ({error.strerror})",
            where=str(path),
            remedy="free some space; what stood there before is as it was" if full else "check the path",
        ) from error


def _keep_mode(old: Path, new: Path) -> None:
    if old.exists():
        new.chmod(old.stat().st_mode)


def export(directory: str | Path, format: str, path: str | Path) -> None:
    """Open the graph directory and write it to `path` in one of the formats of `EXPORTERS`."""
    with open_reader(directory) as reader:
        export_to(reader, format, path)
