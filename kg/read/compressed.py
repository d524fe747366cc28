"""Compressed files and archives: what they hold is read as it streams by, bounded in size, number and depth.

Nothing is ever written under a name that an archive gives; a member's name is only what its document is called.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO, cast

from kg.errors import KgError
from kg.model import Document
from kg.read.problem import Problem, Reader, Source, sound
from kg.read.spooled import DAMAGED_ZIP, on_disk
from kg.read.tables import missing

MEMBERS = 1_000_000
"""Members of an archive that are read."""
MEMBER = 1_000_000_000
"""Bytes of one member."""
RATIO, SMALL = 1_000, 10_000_000
"""How many times larger than its compressed form a member of more than `SMALL` bytes may be: text never is."""
DEPTH = 3
"""Archives within archives."""
BACKUP = ("SHA256.json", '"newskg.json"')
"""The first member of a backup of a graph (`kg.upkeep`), and what stands in it."""

ReaderFor = Callable[[str], Reader | None]
"""Gives the reader of a file by its name."""
ArchiveReader = Callable[..., Iterator[Document | Problem]]
"""Reads an archive: a source, what gives the readers of its members, and how deep it stands in others."""


def _zstd(source: Source) -> Callable[[BinaryIO], BinaryIO]:
    try:
        import zstandard
    except ImportError:
        raise missing(source, "files named .zst", "zstandard") from None
    return lambda stream: cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))


_OPEN: dict[str, Callable[[Source], Callable[[BinaryIO], BinaryIO]]] = {
    "gz": lambda _: lambda stream: cast(BinaryIO, gzip.GzipFile(fileobj=stream)),
    "bz2": lambda _: lambda stream: cast(BinaryIO, bz2.BZ2File(stream)),
    "xz": lambda _: lambda stream: cast(BinaryIO, lzma.LZMAFile(stream)),  # noqa: SIM115
    "zst": _zstd,
}
COMPRESSED = frozenset(_OPEN)
"""Suffixes of compressed files: what stands before them says what they hold."""


def decompressed(inner: Reader, kind: str) -> Reader:
    """Give the reader of a compressed file: `inner` reads what it holds."""

    def read(source: Source) -> Iterator[Document | Problem]:
        unpack = _OPEN[kind](source)
        yield from inner(replace(source, opener=lambda: unpack(source.open())))

    return read


def read_zip(source: Source, reader_for: ReaderFor, depth: int = 1) -> Iterator[Document | Problem]:
    """Read the members of a ZIP file whose kinds are known; a document is called ARCHIVE/MEMBER."""
    try:
        with on_disk(source) as path, zipfile.ZipFile(path) as archive:
            for info in archive.infolist()[:MEMBERS]:
                if info.is_dir():
                    continue
                name = sound(f"{source.name}/{info.filename}")
                if info.flag_bits & 0x1:
                    yield Problem(name, "this member is encrypted", "unpack it first")
                elif info.compress_type not in _METHODS:
                    yield Problem(name, f"this member is packed by method {info.compress_type}", "unpack it first")
                elif info.file_size > max(SMALL, RATIO * info.compress_size):
                    yield _bomb(name)
                else:
                    part = replace(source, name=name, opener=partial(_opened, archive, info))
                    yield from _member(part, info.filename, info.file_size, reader_for, depth)
            if len(archive.infolist()) > MEMBERS:
                yield _many(source)
    except DAMAGED_ZIP as error:
        yield Problem(source.name, f"the archive is damaged ({error})", "make it anew")


def read_tar(source: Source, reader_for: ReaderFor, depth: int = 1) -> Iterator[Document | Problem]:
    """Read the members of a tar file, compressed or not, whose kinds are known, one after the other."""
    try:
        with source.open() as stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
            for number, info in enumerate(archive):
                if number >= MEMBERS:
                    yield _many(source)
                    return
                if not info.isfile():
                    continue  # links and devices lead out of the archive
                opener: Callable[[], BinaryIO] = partial(_extracted, archive, info)
                if not number and info.name == BACKUP[0]:
                    content = opener().read(MEMBER)
                    if BACKUP[1].encode() in content:
                        what, remedy = "this is a backup of a graph, no archive of texts", "give the texts themselves"
                        yield Problem(source.name, what, remedy, passed=not source.alone)
                        return
                    opener = partial(io.BytesIO, content)
                part = replace(source, name=sound(f"{source.name}/{info.name}"), opener=opener)
                yield from _member(part, info.name, info.size, reader_for, depth)
    except tarfile.TarError as error:
        yield Problem(source.name, f"the archive is damaged ({error})", "make it anew")


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    return cast(BinaryIO, archive.open(info))


def _extracted(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    return cast(BinaryIO, archive.extractfile(info) or io.BytesIO())


def _member(part: Source, name: str, size: int, reader_for: ReaderFor, depth: int) -> Iterator[Document | Problem]:
    """Read one member; whatever is wrong with it is its own problem. Kinds that no reader knows are passed over,
    but told where they are compressed, for that may hide a text."""
    if any(part.startswith(".") and part.strip(".") for part in name.split("/")):  # hidden, as in a folder
        return
    if size > MEMBER:
        yield Problem(part.name, f"this member has more than {MEMBER // 1_000_000} MB", "unpack it first")
        return
    reader = reader_for(name)
    if reader is None:
        if name.lower().rpartition(".")[2] in COMPRESSED:
            yield Problem(part.name, "what this member holds compressed cannot be read", "unpack it first")
        return
    nested = archive_of(name)
    if nested and depth >= DEPTH:
        yield Problem(part.name, f"archives stand in each other more than {DEPTH} deep", "unpack it first")
        return
    try:
        if nested:
            yield from nested(part, reader_for, depth + 1)
        else:
            yield from reader(part)
    except tarfile.TarError:  # what is behind it cannot be found any more
        raise
    except _PACKED as error:
        yield Problem(
            part.name, f"this member cannot be unpacked ({str(error) or type(error).__name__})", "pack it anew"
        )
    except KgError as error:
        yield Problem.of(error)
    except DAMAGE as error:
        yield cut_off(part.name, error)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        yield Problem(part.name, f"the reader failed ({reason})", "leave this member out")


DAMAGE = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error)
"""What is raised where compressed data is cut off or damaged."""


_PACKED = (*DAMAGED_ZIP, OSError)
"""What is raised where a member of a ZIP file is not what its directory says."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})


def cut_off(name: str, error: BaseException) -> Problem:
    """Tell that compressed data is damaged; what was read before is kept."""
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Problem(name, f"the compressed data is damaged or cut off ({reason})", "fetch the file again")


def archive_of(name: str) -> ArchiveReader | None:
    """Give what reads an archive of this name, compressed once more or not; None for what is no archive."""
    lower = name.lower()
    if lower.endswith(".zip"):
        return read_zip
    if lower.endswith(_TARS):
        return read_tar
    within, _, kind = lower.rpartition(".")
    inner = archive_of(within) if kind in COMPRESSED and within.endswith((".zip", *_TARS)) else None
    return None if inner is None else _unpacked(inner, kind)


_TARS = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")


def _unpacked(inner: ArchiveReader, kind: str) -> ArchiveReader:
    """Read a compressed archive as `inner` does, as deep as it stands: what is packed twice is bounded, too."""

    def read(source: Source, reader_for: ReaderFor, depth: int = 1) -> Iterator[Document | Problem]:
        yield from decompressed(partial(inner, reader_for=reader_for, depth=depth), kind)(source)

    return read


def _bomb(name: str) -> Problem:
    return Problem(name, f"this member is more than {RATIO:,} times larger than what is stored", "unpack it first")


def _many(source: Source) -> Problem:
    return Problem(source.name, f"the archive has more than {MEMBERS:,} members", "split it")
