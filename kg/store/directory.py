"""What a graph directory is: its header, its published snapshot, and one sentence for whatever the disk says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

FORMAT = "newskg"
FORMAT_VERSION = 1
HEADER = "newskg.json"
NEW = ".new"
"""What the name of a file ends in that is written, and not yet in the place of the old one."""
UNPUBLISHED = "unpublished"
"""Name of the file that stands beside the store from the first write until it is published."""
INDEX = "resolution.sqlite"
"""Name of the index of decisions (`kg.resolve.index`), which is worked out again if it is not there."""
JOURNAL = "journal.jsonl"
"""Name of the journal of a person's decisions (`kg.resolve.journal`)."""
QUARANTINE = "quarantine.jsonl"
"""Name of the list of documents that cannot be analysed (`kg.runner.quarantine`)."""
KNOWLEDGE = "knowledge"
"""Name of the folder with the user's tables of names that the graph was built with."""


def tables_kept(directory: Path) -> tuple[Path, ...]:
    """Give the tables of names that are kept with a graph, in the order in which they were given."""
    return tuple(sorted((directory / KNOWLEDGE).glob("*.csv")))


def read_header(path: Path) -> dict[str, str]:
    """Read and check `newskg.json`; raises `StoreError` if the directory is foreign, damaged or of another version."""
    try:
        header = json.loads((path / HEADER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError(
            "this directory is no graph of newskg and is left as it is",
            where=str(path),
            remedy="name a directory that kg build made, or a new one",
        ) from None
    except OSError as error:
        raise StoreError(
            f"{HEADER} cannot be read ({_reason(error)})", where=str(path), remedy="check its permissions"
        ) from error
    except ValueError as error:
        raise StoreError(
            f"{HEADER} is damaged ({error})", where=str(path), remedy="build into another directory"
        ) from error
    if not isinstance(header, dict) or header.get("format") != FORMAT or not isinstance(header.get("base"), str):
        raise StoreError(f"{HEADER} is not of this program", where=str(path), remedy="name another directory")
    if header.get("version") != FORMAT_VERSION:
        raise StoreError(
            f"the graph has format version {header.get('version')}, this program reads {FORMAT_VERSION}",
            where=str(path),
            remedy="build it again into another directory, or use the version of newskg that made it",
        )
    return header


def current_snapshot(directory: Path) -> int | None:
    """Give the number of the published snapshot, None if nothing has been published."""
    try:
        return int((directory / "current").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def write_atomically(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new text, never half of one."""
    temporary = path.with_name(path.name + NEW)
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # or else the name may reach the disk before the text
    temporary.replace(path)


@contextmanager
def disk(directory: Path) -> Iterator[None]:
    """Turn what the file system or RocksDB says when something is written into one sentence."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if re.search(r"\block (?:file|hold|held)\b", str(error), re.IGNORECASE):  # "block checksum" is none
            raise StoreError(
                "another process is writing this graph",
                where=str(directory),
                remedy="wait until it has finished, or build into another directory",
            ) from error
        raise StoreError(
            f"the graph cannot be written ({_reason(error)})",
            where=str(directory),
            remedy="check free space and permissions, then run it again",
        ) from error


@contextmanager
def reading(directory: Path) -> Iterator[None]:
    """Turn what RocksDB says of a file that it cannot read into one sentence."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"the graph cannot be read ({_reason(error)})",
            where=str(directory),
            remedy="run kg build once more, or move the directory away and build the graph anew",
        ) from error


def _reason(error: OSError | RuntimeError) -> str:
    said = getattr(error, "strerror", None) or str(error)
    return " ".join(said.split())[:200]
