"""Streams as files, for libraries that have to seek: what stands in an archive is put on the disk first, bounded."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.read.problem import Source

LARGEST = 2_000_000_000
"""Bytes that are put on the disk, at most."""
DAMAGED_ZIP = (zipfile.BadZipFile, RuntimeError)
"""What is raised where a ZIP file is damaged: the latter where its directory asks for a key, or for what no version
can do."""


@contextmanager
def on_disk(source: Source) -> Iterator[Path]:
    """Give a path at which a source can be opened and sought; raises `InputError` for one that is too large."""
    if source.opener is None:
        yield source.path
        return
    with tempfile.TemporaryDirectory(prefix="newskg-") as folder:
        path = Path(folder) / "source"
        with source.open() as stream, path.open("wb") as file:
            left = LARGEST
            while left > 0 and (piece := stream.read(min(1 << 20, left))):
                file.write(piece)
                left -= len(piece)
            if left <= 0:
                raise InputError(
                    f"it holds more than {LARGEST // 1_000_000_000} GB", where=source.name, remedy="unpack it first"
                )
        yield path
