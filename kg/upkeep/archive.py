"""A graph in one file and back: the published state, the decisions of a person, where documents came from.

The file is a tar archive, compressed by its suffix, with a list of SHA-256 sums as its first member. Nothing is written
from it but the names that a graph directory has, and a graph appears only when all of it is there and as it was.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from kg.digest import making as digest
from kg.errors import InputError, StoreError
from kg.store import (
    JOURNAL,
    KNOWLEDGE,
    QUARANTINE,
    SOURCES,
    current_snapshot,
    damaged_snapshot,
    folder_of,
    open_reader,
    sums_of,
)

SUMS = "SHA256.json"
_OWN = re.compile(
    rf"newskg\.json|current|{re.escape(SOURCES)}|{re.escape(JOURNAL)}|{re.escape(QUARANTINE)}"
    rf"|{KNOWLEDGE}/[\w.-]+\.csv|snapshots/1\.json|snapshots/1/[\w.-]+"
)
_COMPRESSION = {".gz": "gz", ".tgz": "gz", ".bz2": "bz2", ".xz": "xz"}
_PIECE = 1 << 20


def back_up(directory: str | Path, file: str | Path) -> int:
    """Write the published state of a graph directory to a file, which appears when it is whole; give its documents.

    Another process may write the graph meanwhile. Raises `StoreError` if there is no sound published graph, and
    `InputError` if the file is there already.
    """
    source, target = Path(directory), Path(file)
    if target.exists():
        raise InputError("this file is there already", where=str(target), remedy="name another one")
    with closing(open_reader(source)) as reader:  # checks every table
        documents = len(reader.documents())
    number = current_snapshot(source)
    assert number is not None
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    mode = _COMPRESSION.get(target.suffix, "")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="newskg-") as folder:
            parts = {name: path for name, path in _parts(source, number, Path(folder)) if path.is_file()}
            sums = {name: _sum(path) for name, path in parts.items()}
            with tarfile.open(temporary, f"w:{mode}") as archive:  # type: ignore[call-overload]
                _add(archive, SUMS, json.dumps(sums, indent=1).encode())
                for name, path in parts.items():
                    archive.add(path, arcname=name, recursive=False)
        told = damaged_snapshot(source, number)
        if told:
            raise StoreError(
                f"the graph changed while it was copied ({told})", where=str(source), remedy="run kg backup once more"
            )
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return documents


def _parts(source: Path, number: int, folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the name in the archive and the path of every file that makes the graph; the snapshot is its first.

    What may be written meanwhile is copied into a folder, for it is read twice: for its sum and for the archive.
    """
    yield "newskg.json", _aside(source / "newskg.json", folder)
    (folder / "current").write_text("1\n", encoding="ascii")
    yield "current", folder / "current"
    yield "snapshots/1.json", _aside(sums_of(source, number), folder)
    for path in sorted(folder_of(source, number).iterdir()):
        yield f"snapshots/1/{path.name}", path
    if (source / SOURCES).is_file():
        with closing(sqlite3.connect(source / SOURCES)) as old, closing(sqlite3.connect(folder / SOURCES)) as new:
            old.backup(new)
        yield SOURCES, folder / SOURCES
    for name in (JOURNAL, QUARANTINE):
        yield name, _aside(source / name, folder)
    (folder / KNOWLEDGE).mkdir()
    for path in sorted((source / KNOWLEDGE).glob("*.csv")):
        yield f"{KNOWLEDGE}/{path.name}", _aside(path, folder / KNOWLEDGE)


def _aside(path: Path, folder: Path) -> Path:
    """Copy a file into a folder, if it is there."""
    copy = folder / path.name
    with suppress(FileNotFoundError):
        shutil.copyfile(path, copy)
    return copy


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def bring_back(file: str | Path, directory: str | Path) -> int:
    """Make a graph directory of a backup; give its documents. It appears when all of it is as it was written.

    Raises `InputError` if the file is no backup or is damaged, or if there is something at `directory`.
    """
    source, target = Path(file), Path(directory)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError("there is something here already", where=str(target), remedy="name a new directory")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        new = Path(folder) / "graph"
        try:
            _unpack(source, new)
        except (tarfile.TarError, EOFError, ValueError, KeyError, lzma.LZMAError, zlib.error, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:  # of the disk, and not of what is unpacked
                raise
            raise _no_backup(source, str(error)) from error
        with closing(open_reader(new)) as reader:
            documents = len(reader.documents())
            digest.bring_back(reader)
        if target.exists():
            target.rmdir()
        new.rename(target)
    return documents


def _unpack(source: Path, new: Path) -> None:
    with tarfile.open(source, "r:*") as archive:
        first = archive.next()
        if first is None or first.name != SUMS or not first.isfile() or first.size > 100_000_000:
            raise _no_backup(source, f"it does not begin with {SUMS}")
        listed = archive.extractfile(first)
        sums = dict(json.loads(listed.read())) if listed is not None else {}
        while (info := archive.next()) is not None:
            if not info.isfile() or not _OWN.fullmatch(info.name) or info.name not in sums:
                raise _no_backup(source, f"it holds {info.name!r}")
            path = new / info.name
            path.parent.mkdir(parents=True, exist_ok=True)
            content = archive.extractfile(info)
            assert content is not None
            with path.open("xb") as file:
                shutil.copyfileobj(content, file, _PIECE)
            if _sum(path) != sums.pop(info.name):
                raise _no_backup(source, f"{info.name} is damaged: its checksum differs")
        if sums:
            raise _no_backup(source, f"{min(sums)} is missing")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, hashlib.sha256).hexdigest()


def _no_backup(source: Path, reason: str) -> InputError:
    first = reason.partition("\n")[0].rstrip(":")  # tarfile goes on with a line for every compression it tried
    return InputError(
        f"this is no whole backup of a graph ({first})", where=str(source), remedy="use another copy of it"
    )
