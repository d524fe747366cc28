"""Putting exports where they belong: a file or a folder replaced at once or not at all, or a stream."""

from __future__ import annotations

import errno
import io
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kg.errors import ExportError
from kg.exporters.formats import Chunks, Material, Parts, parts_of
from kg.store import Reader, open_reader


def export(
    directory: str | Path, format: str, path: str | Path, *, view: str | None = None, with_ontology: bool = True
) -> None:
    """Open the graph directory and write it to `path` in one of `FORMATS`, as a view of it where one is named."""
    with open_reader(directory) as reader:
        save(parts_of(Material(reader, view, with_ontology=with_ontology), format), path)


def export_to(reader: Reader, format: str, path: str | Path, *, view: str | None = None) -> None:
    """Write what a reader shows to a file, or for a format of several files to a folder.

    Raises `ExportError` for an unknown format or a bad path.
    """
    save(parts_of(Material(reader, view), format), path)


def save(parts: Parts, path: str | Path) -> int:
    """Write the files of an export, and give the number of bytes.

    A file is written beside `path` first: what stands there is replaced at once, or not at all. In a folder each file
    is replaced so, and others that stand there are let be. Raises `ExportError` for a bad path or a full disk.
    """
    if [*parts] == [""]:
        return _write(_bytes(parts[""]()), Path(path))
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(error, folder, "the folder cannot be made") from error
    return sum(_write(_bytes(chunks()), folder / name) for name, chunks in parts.items())


def stream(parts: Parts) -> Iterator[bytes]:
    """Give the bytes of an export as they come: those of the file, or of several files a tar archive of them."""
    if [*parts] == [""]:
        yield from _bytes(parts[""]())
        return
    for name, chunks in parts.items():
        data = b"".join(_bytes(chunks()))
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), 0o755 if name.endswith(".sh") else 0o644
            archive.addfile(info, io.BytesIO(data))
            size = archive.offset
        yield out.getvalue()[:size]
    yield bytes(2 * tarfile.BLOCKSIZE)


def write(text: str, path: str | Path) -> None:
    """Write text as UTF-8, beside `path` first. Raises `ExportError` for a bad path or a full disk."""
    _write([text.encode()], Path(path))


def _write(chunks: Iterable[bytes], target: Path) -> int:
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced, only written to
        beside = target
    else:
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    size = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            for chunk in chunks:
                size += file.write(chunk)
            if beside != target:
                file.flush()
                os.fsync(file.fileno())
        if beside != target:
            _keep_mode(target, beside)
            beside.replace(target.resolve() if target.is_symlink() else target)
    except OSError as error:
        _discard(beside, target)
        raise _cannot(error, target, "the file cannot be written") from error
    except BaseException:
        _discard(beside, target)
        raise
    return size


def _discard(beside: Path, target: Path) -> None:
    if beside != target:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _cannot(error: OSError, path: Path, what: str) -> ExportError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return ExportError(
        f"{what} ({error.strerror})",
        where=str(path),
        remedy="free some space; what stood there before is as it was" if full else "check the path",
    )


def _bytes(chunks: Chunks) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk.encode() if isinstance(chunk, str) else chunk


def _keep_mode(old: Path, new: Path) -> None:
    if old.exists():
        new.chmod(old.stat().st_mode)
    elif old.suffix == ".sh":
        new.chmod(0o755)
