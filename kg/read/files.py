"""From what the user names to single files, each with its reader."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.errors import InputError
from kg.read.compressed import COMPRESSED, archive_of, decompressed
from kg.read.feeds import read_feed
from kg.read.html import read_html
from kg.read.jsonl import read_json, read_jsonl
from kg.read.mail import read_eml, read_mbox
from kg.read.office import read_docx, read_epub
from kg.read.pdf import read_pdf
from kg.read.problem import Problem, Reader, Source
from kg.read.tables import read_csv, read_parquet, read_tsv
from kg.read.text import read_text
from kg.read.warc import read_warc

ENTRY_POINTS = "newskg.readers"
"""Group of the entry points by which other packages add readers: name = suffix without the dot, value = a `Reader`."""

READERS: dict[str, Reader] = {
    "": read_text,
    "txt": read_text,
    "md": read_text,
    "jsonl": read_jsonl,
    "ndjson": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "tsv": read_tsv,
    "parquet": read_parquet,
    "html": read_html,
    "htm": read_html,
    "xhtml": read_html,
    "warc": read_warc,
    "warc.gz": read_warc,
    "wet": read_warc,
    "wet.gz": read_warc,
    "rss": read_feed,
    "atom": read_feed,
    "xml": read_feed,
    "pdf": read_pdf,
    "docx": read_docx,
    "epub": read_epub,
    "mbox": read_mbox,
    "eml": read_eml,
}
"""File name suffix, lower case, of one part or two, to the function that reads such files."""
ARCHIVES = ("zip", "tar", "tgz", "tar.gz", "tar.bz2", "tar.xz")
"""Suffixes of archives, the members of which are read by their own suffixes."""


GRAPH_HEADER = "newskg.json"
"""The file by which a graph directory is known; `kg.store` writes it."""

_SHOWN = 3  # files of one unknown kind that are named


def suffixes() -> tuple[str, ...]:
    """Give all suffixes that can be read, with those other packages add; each of them also as .gz, .bz2, .xz, .zst."""
    return tuple(sorted({*READERS, *ARCHIVES, *_added()}))


def reader_of(name: str) -> Reader | None:
    """Give the reader of a file by its name, None if it is of no known kind. Raises `InputError`.

    The longest suffix counts: `.warc.gz` has a reader of its own, and of `.jsonl.gz` the compressed content is read.
    """
    parts = os.path.basename(name).lower().split(".")[1:]
    for suffix in (".".join(parts[-2:]), parts[-1] if parts else ""):
        if suffix in ARCHIVES:
            archive = archive_of(name)
            return None if archive is None else partial(archive, reader_for=reader_of)
        found = reader_for(suffix)
        if found is not None:
            return found
    if parts and parts[-1] in COMPRESSED:
        archive = archive_of(name)
        if archive is not None:
            return partial(archive, reader_for=reader_of)
        inner = reader_for(parts[-2] if len(parts) > 1 else "")
        return None if inner is None else decompressed(inner, parts[-1])
    return None


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


STANDARD_INPUT = "-"


def files_of(
    path: str | os.PathLike[str],
    *,
    published: date | None = None,
    unread: dict[str, list[str]] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Iterator[Source | Problem]:
    """Yield the files that a path stands for: itself, or all readable ones below a folder, sorted by path.

    Only regular files are given, for a pipe or a device may never end. In folders, hidden files and graph directories
    are passed over; files of unknown kind go to `unread`, names by suffix. Links are followed, each folder once. "-" is
    standard input. `fields` says which columns of tables stand for our fields.
    """
    name = os.fspath(path)
    if name == STANDARD_INPUT:
        yield Source(Path(name), "stdin", published, fields or {}, opener=lambda: sys.stdin.buffer)
        return
    try:
        mode = os.stat(name).st_mode
    except OSError as error:
        yield unreadable(name, error)
        return
    if stat.S_ISDIR(mode):
        if is_graph(name):
            yield Problem(name, "this is a graph directory, not a folder of texts", "give the texts themselves")
        else:
            yield from _below(
                name, Source(Path(name), name, published, fields or {}, alone=False), {} if unread is None else unread
            )
    elif not stat.S_ISREG(mode):
        yield _irregular(name, mode)
    elif not is_known(name):
        yield unread_kind(suffix_of(name), [name])
    else:
        yield Source(Path(name), name, published, fields or {})


def is_known(name: str) -> bool:
    """Whether there is a reader for a file of this name; one that cannot be loaded is known all the same."""
    parts = os.path.basename(name).lower().split(".")[1:]
    last = parts[-1] if parts else ""
    two = ".".join(parts[-2:])
    known = suffixes()
    return last in known or two in known or (last in COMPRESSED and (parts[-2] if len(parts) > 1 else "") in known)


def is_graph(folder: str) -> bool:
    """Whether a folder is a graph directory: its files are no news."""
    return any(os.path.isfile(os.path.join(folder, file)) for file in (GRAPH_HEADER, "store/CURRENT"))


def _below(folder: str, like: Source, unread: dict[str, list[str]]) -> Iterator[Source | Problem]:
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    shards: list[str] = []
    others = 0
    for path in _walk(folder, problems):
        name = f"{folder.rstrip('/')}/{path.relative_to(folder).as_posix()}"
        try:
            mode = path.stat().st_mode
        except OSError as error:
            problems.append(unreadable(name, error))
            continue
        if not stat.S_ISREG(mode):
            problems.append(_irregular(name, mode))
        elif _is_shard(name):
            shards.append(name)
        elif not is_known(name):
            unread.setdefault(suffix_of(name), []).append(name)
            others += 1
        else:
            # a link gives way to the file that it leads to, if that is here, too
            real = os.path.realpath(path)
            if real not in sources or sources[real].path.is_symlink():
                sources[real] = replace(like, path=path, name=name)
    if shards:
        problems.append(replace(_passed_shards(shards), passed=bool(sources)))
    if not (sources or problems or others):
        problems = [
            Problem(folder, "the folder holds no text", f"put {', '.join(filter(None, suffixes()))} files there")
        ]
    found: list[Source | Problem] = [*sources.values(), *problems]
    yield from sorted(found, key=lambda one: one.name if isinstance(one, Source) else one.where)


def _is_shard(name: str) -> bool:
    """Whether a file has graphs in it and no text: N-Quads, or the records that `kg shard` writes beside them."""
    stem, _, last = name.lower().rpartition(".")
    return last == "nq" or (last in COMPRESSED and stem.endswith(".nq")) or _is_record(name)


def _is_record(name: str) -> bool:
    stem, dot, last = name.rpartition(".")
    return bool(dot) and last == "jsonl" and os.path.isfile(f"{stem}.nq.gz")


def _passed_shards(names: Sequence[str]) -> Problem:
    where = names[0] if len(names) == 1 else _many(names)
    return Problem(
        where, "these are graphs and no texts, and are passed over", "take them in with kg load", passed=True
    )


def _walk(folder: str, problems: list[Problem]) -> Iterator[Path]:
    """Give what is below a folder and is no folder itself, but hidden files; of links, those that lead elsewhere."""
    top = os.path.realpath(folder)
    seen = {top}

    def failed(error: OSError) -> None:
        problems.append(unreadable(str(error.filename), error))

    for root, folders, names in os.walk(folder, onerror=failed, followlinks=True):
        inside = []
        for one in sorted(folders):
            path = os.path.join(root, one)
            real = os.path.realpath(path)
            around = os.path.islink(path) and (lies_in(real, top) or lies_in(top, real))
            if not (one.startswith(".") or around or real in seen or is_graph(path)):
                seen.add(real)
                inside.append(one)
        folders[:] = inside
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def lies_in(path: str, folder: str) -> bool:
    """Whether one real path is another or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _irregular(name: str, mode: int) -> Problem:
    kinds = (
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    kind = next((words for test, words in kinds if test(mode)), "something else")
    return Problem(name, f"this is neither a file nor a folder ({kind})", "give a file or a folder")


def unread_kind(suffix: str, names: Sequence[str]) -> Problem:
    """Tell of files that no reader knows, all those of one kind together."""
    if _is_shard(names[0]):
        return replace(_passed_shards(names), passed=False)
    known = ", ".join(f".{one}" for one in suffixes() if one and one.count(".") == 0)
    where = names[0]
    if len(names) > 1:
        where = _many(names)
    remedy = f"give one of {known}, or rename to .txt what is plain text"
    return Problem(where, f"files named .{suffix} cannot be read", remedy)


def _many(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")
    return f"{len(names):,} files ({shown})"


def unreadable(name: str, error: OSError) -> Problem:
    """Say why the file system does not give a file or folder."""
    reason = (error.strerror or str(error)).lower()
    remedy = "check the path" if isinstance(error, FileNotFoundError) else "check the path and its permissions"
    return Problem(name, f"this cannot be read ({reason})", remedy)


def suffix_of(name: str) -> str:
    """Give what stands behind the last dot of a file name, lower case, "" if there is none."""
    return os.path.splitext(name)[1].lstrip(".").lower()


@cache
def _added() -> dict[str, EntryPoint]:
    return {entry.name.lower(): entry for entry in entry_points(group=ENTRY_POINTS)}
