"""From what the user names to single files, each with its reader."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.errors import InputError
from kg.read.html import read_html
from kg.read.jsonl import read_jsonl
from kg.read.problem import Problem, Reader, Source
from kg.read.text import read_text

ENTRY_POINTS = "newskg.readers"
"""Group of the entry points by which other packages add readers: name = suffix without the dot, value = a `Reader`."""

READERS: dict[str, Reader] = {
    "": read_text,
    "txt": read_text,
    "md": read_text,
    "jsonl": read_jsonl,
    "ndjson": read_jsonl,
    "html": read_html,
    "htm": read_html,
}
"""File name suffix, lower case, to the function that reads such files."""


def suffixes() -> tuple[str, ...]:
    """Give all suffixes that can be read, with those other packages add."""
    return tuple(sorted({*READERS, *_added()}))


@cache
def reader_for(suffix: str) -> Reader | None:
    """Give the reader of a suffix; the package's own readers cannot be replaced. Raises `InputError`."""
    if suffix in READERS or suffix not in _added():
        return READERS.get(suffix)
    entry = _added()[suffix]
    try:
        reader: Reader = entry.load()
    except Exception as error:  # whatever a stranger's module raises
        raise InputError(
            f"the reader {entry.value} cannot be loaded ({error})",
            where=f"files named *.{suffix}",
            remedy="repair or remove the package that adds it",
        ) from error
    return reader


def files_of(path: str | os.PathLike[str], *, published: date | None = None) -> Iterator[Source | Problem]:
    """Yield the files that a path stands for: itself, or all readable ones below a folder, sorted by path.

    Hidden files, and in folders files of unknown kind, are passed over.
    """
    name = os.fspath(path)
    try:
        mode = os.stat(name).st_mode
    except OSError as error:
        yield unreadable(name, error)
        return
    if stat.S_ISDIR(mode):
        yield from _below(name, published)
    elif not stat.S_ISREG(mode):
        yield Problem(name, "this is neither a file nor a folder", "give a file or a folder")
    elif _suffix(name) not in suffixes():
        known = ", ".join(f".{suffix}" for suffix in suffixes() if suffix)
        remedy = f"give one of {known}, or rename it to .txt if it is plain text"
        yield Problem(name, f"files named .{_suffix(name)} cannot be read", remedy)
    else:
        yield Source(Path(name), name, published)


def _below(folder: str, published: date | None) -> Iterator[Source | Problem]:
    found: list[Source | Problem] = []
    problems: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in names:
            path = Path(root, file)
            if not file.startswith(".") and _suffix(file) in suffixes() and (path.is_file() or path.is_symlink()):
                name = f"{folder.rstrip('/')}/{path.relative_to(folder).as_posix()}"
                found.append(Source(path, name, published))
    found.extend(unreadable(str(error.filename), error) for error in problems)
    if not found:
        found = [Problem(folder, "the folder holds no text", f"put {', '.join(filter(None, suffixes()))} files there")]
    yield from sorted(found, key=lambda one: one.name if isinstance(one, Source) else one.where)


def unreadable(name: str, error: OSError) -> Problem:
    """Say why the file system does not give a file or folder."""
    reason = (error.strerror or str(error)).lower()
    remedy = "check the path" if isinstance(error, FileNotFoundError) else "check the path and its permissions"
    return Problem(name, f"this cannot be read ({reason})", remedy)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lstrip(".").lower()


@cache
def _added() -> dict[str, EntryPoint]:
    return {entry.name.lower(): entry for entry in entry_points(group=ENTRY_POINTS)}
