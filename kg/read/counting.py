"""How many documents an input holds, as far as that can be told without reading it: for the time that is left."""

from __future__ import annotations

import os
from collections.abc import Iterable

from kg.read.files import files_of
from kg.read.problem import Problem

ONE = frozenset({"", "txt", "md", "html", "htm", "xhtml", "pdf", "docx", "epub", "eml"})
"""Kinds of file that hold one document each."""
LINES = frozenset({"jsonl", "ndjson"})
"""Kinds of file that hold one document a line."""
_PIECE = 1 << 20


def expected(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """Count files and lines; None if a file holds a number of documents that only reading it would tell.

    Lines are counted at the speed of the disk. What cannot be read counts for nothing: the reading itself tells of it.
    """
    number = 0
    for path in paths:
        for found in files_of(path):
            if isinstance(found, Problem):
                continue
            kind = "-" if found.opener else found.path.suffix.lstrip(".").lower()
            if kind in ONE:
                number += 1
            elif kind in LINES:
                number += _lines(found.path)
            else:
                return None
    return number


def _lines(path: os.PathLike[str]) -> int:
    number, last = 0, b"\n"
    try:
        with open(path, "rb", buffering=0) as file:
            while piece := file.read(_PIECE):
                number += piece.count(b"\n")
                last = piece[-1:]
    except OSError:
        return 0
    return number + (last != b"\n")
