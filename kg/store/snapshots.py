"""Published snapshots: the checksums of their files, whether these still are what was written, and the way back.

A snapshot's SST files are hard links to those of the database where the file system has them, so damage concerns both.
RocksDB checks the blocks that it reads, but a query may meet one bad block again and again and gather errors until
memory is full. Hence every file is checked before a snapshot is opened: CRC-32 runs at some gigabytes a second.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path

from kg.errors import StoreError
from kg.store.directory import INDEX, UNPUBLISHED, current_snapshot, write_atomically

STORE = "store"
SNAPSHOTS = "snapshots"
_PIECE = 1 << 20

Sums = dict[str, tuple[int, int]]
"""File name → size and CRC-32."""


def folder_of(directory: Path, number: int) -> Path:
    """Give the folder of a snapshot."""
    return directory / SNAPSHOTS / str(number)


def sums_of(directory: Path, number: int) -> Path:
    """Give the file with a snapshot's checksums; it stands beside the folder, for RocksDB owns what is in it."""
    return directory / SNAPSHOTS / f"{number}.json"


def write_sums(directory: Path, number: int, *, before: int | None) -> None:
    """Note the checksums of a new snapshot; those of tables that the last one had are taken from there.

    So a table that was damaged in between is told, and not signed anew.
    """
    known = read_sums(directory, before) if before is not None else {}
    sums: Sums = {}
    for path in sorted(folder_of(directory, number).iterdir()):
        size = path.stat().st_size
        old = known.get(path.name)
        same = old is not None and path.suffix == ".sst" and old[0] == size
        sums[path.name] = old if same and old is not None else (size, _crc(path))
    write_atomically(sums_of(directory, number), json.dumps(sums, indent=1) + "\n")


def read_sums(directory: Path, number: int) -> Sums:
    """Give the checksums of a snapshot, none if it has no such file: graphs of older versions have none."""
    try:
        read = json.loads(sums_of(directory, number).read_text(encoding="utf-8"))
        return {name: (int(size), int(crc)) for name, (size, crc) in read.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def damaged(folder: Path, sums: Mapping[str, tuple[int, int]]) -> str:
    """Give what is wrong with the first file that is not what was written, "" if all are."""
    for name, (size, crc) in sums.items():
        path = folder / name
        try:
            if path.stat().st_size != size:
                return f"{name} has another size than was written"
            if _crc(path) != crc:
                return f"{name} is damaged: its checksum differs"
        except FileNotFoundError:
            return f"{name} is missing"
        except OSError as error:
            return f"{name} cannot be read ({error.strerror})"
    return ""


def damaged_snapshot(directory: Path, number: int) -> str:
    """Give what is wrong with a snapshot's files, "" if they are what was written."""
    return damaged(folder_of(directory, number), read_sums(directory, number))


def is_sound(directory: Path) -> bool:
    """Whether the published snapshot is there, with all its files as they were written."""
    number = current_snapshot(directory)
    if number is None or not (folder_of(directory, number) / "CURRENT").is_file():
        return False
    return not damaged(folder_of(directory, number), read_sums(directory, number))


def is_published(directory: Path) -> bool:
    """Whether readers see everything that was written, in an earlier run, too."""
    return not (directory / UNPUBLISHED).exists() and is_sound(directory)


def remedy(directory: Path) -> str:
    """Say what helps against a damaged snapshot: to publish again, where the database has the same files unharmed."""
    number = current_snapshot(directory)
    tables = {} if number is None else read_sums(directory, number)
    shared = {name: of for name, of in tables.items() if name.endswith(".sst") and (directory / STORE / name).exists()}
    if (directory / STORE / "CURRENT").is_file() and not damaged(directory / STORE, shared):
        return "run kg build once more to publish it again"
    return rebuild(directory)


def rebuild(directory: Path) -> str:
    """Say how a graph whose database is lost is made again, with the decisions of a person."""
    journal = " and add its journal with: kg resolve --import" if (directory / "journal.jsonl").exists() else ""
    return f"move {directory} away, build the graph anew{journal}"


def check_tables(directory: Path) -> None:
    """Refuse to write into a database whose tables are not what was published. Raises `StoreError`."""
    number = current_snapshot(directory)
    sums = {} if number is None else read_sums(directory, number)
    store = directory / STORE
    shared = {name: of for name, of in sums.items() if name.endswith(".sst") and (store / name).exists()}
    wrong = damaged(store, shared)
    if wrong:
        raise StoreError(f"the database is damaged ({wrong})", where=str(store), remedy=rebuild(directory))


def restore(directory: Path) -> None:
    """Bring a lost database back from the published snapshot; nothing to do if there is one, or never was.

    Raises `StoreError` if something was published or written once and cannot be brought back: what is built now would
    pass for the whole graph.
    """
    store = directory / STORE
    if (store / "CURRENT").is_file():
        return
    number = current_snapshot(directory)
    if number is None and not (directory / UNPUBLISHED).exists():
        return
    if number is None or not is_sound(directory):
        raise StoreError(
            "the database of this graph is lost, and there is no whole snapshot of it",
            where=str(store),
            remedy=rebuild(directory),
        )
    if store.exists():
        store.rename(_free(directory / "store.damaged"))
    copy = directory / "store.new"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder_of(directory, number), copy, copy_function=_link_or_copy)
    (directory / UNPUBLISHED).touch()
    (directory / INDEX).unlink(missing_ok=True)  # it may know of what came after the snapshot
    copy.rename(store)


def _free(path: Path) -> Path:
    names = (path, *(path.with_name(f"{path.name}.{number}") for number in range(2, 1000)))
    return next(one for one in names if not one.exists())


def _link_or_copy(source: str, target: str) -> None:
    """Tables are never written again, so a link will do; the other files are appended to."""
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
    else:
        shutil.copy2(source, target)


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            crc = zlib.crc32(piece, crc)
    return crc
