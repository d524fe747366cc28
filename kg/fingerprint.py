"""What a document's graph depends on, as one checksum: code, frames, tables, model and the libraries that compute.

It is worked out from the files of this installation, so no number has to be kept by hand, and an edited frame counts.
The order of the files and where they lie change nothing: a wheel and a checkout of one state have one version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

from kg.resources import ontology_dir

PACKAGE = Path(__file__).resolve().parent
CODE = ("entities", "extract", "language", "meaning", "model", "rdf", "pipeline.py", "vocab.py")
"""Where the code is that a document's graph depends on, within the package; what reads texts shows in their content."""
DECISIONS = ("entities", "resolve")
"""Where the code is on which decisions across documents depend."""
TRAINING = "training"
LIBRARIES = ("numpy", "onnxruntime", "spacy", "thinc")
"""Libraries of which another minor version may compute something else."""


@lru_cache(maxsize=1)
def document_version() -> str:
    """Give the version of everything that makes a document's graph out of its text, worked out once a process."""
    return version_of(PACKAGE, ontology_dir() / "frames", versions())


@lru_cache(maxsize=1)
def decision_version() -> str:
    """Give the version of the rules by which is decided across documents, worked out once a process."""
    return _checksum(_files(PACKAGE, DECISIONS, (".py", ".csv", ".tsv")), {})


def version_of(package: Path, frames: Path, libraries: Mapping[str, str]) -> str:
    """Give the version that these make together: the package's code, tables and model, frames, and libraries."""
    return _checksum(_ingredients(package, frames), libraries)


def versions(names: Iterable[str] = LIBRARIES) -> dict[str, str]:
    """Give major and minor version of installed libraries; one that is not there has none."""
    found = {}
    for name in names:
        try:
            found[name] = ".".join(installed(name).split(".")[:2])
        except PackageNotFoundError:
            found[name] = ""
    return found


def _ingredients(package: Path, frames: Path) -> Iterator[tuple[str, Path]]:
    yield from _files(package, CODE, (".py", ".csv", ".tsv", ".txt", ".npz", ".onnx"))
    yield from _files(package / "language", ("model",), None)
    yield from _files(frames, (".",), (".toml",), name="frames")


def _files(
    root: Path, parts: Iterable[str], endings: tuple[str, ...] | None, name: str = ""
) -> Iterator[tuple[str, Path]]:
    """Yield name and path of the files of folders and of single files; `endings` None takes all."""
    for part in parts:
        place = root / part
        for path in [place] if place.is_file() else place.rglob("*"):
            inside = path.relative_to(root).parts
            hidden = any(one.startswith(".") or one in ("__pycache__", TRAINING) for one in inside)
            if path.is_file() and not hidden and (endings is None or path.suffix in endings):
                yield "/".join((name or root.name, *inside)), path


def _checksum(files: Iterable[tuple[str, Path]], libraries: Mapping[str, str]) -> str:
    told = hashlib.blake2b(digest_size=8)
    for name, path in sorted(files):
        with path.open("rb") as file:
            told.update(f"{name} {hashlib.file_digest(file, hashlib.blake2b).hexdigest()}\n".encode())
    for name, number in sorted(libraries.items()):
        told.update(f"{name}=={number}\n".encode())
    return told.hexdigest()
