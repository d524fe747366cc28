"""The version of what makes a document's graph: every ingredient changes it, and nothing else does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import fingerprint
from kg.fingerprint import version_of, versions

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with what the package needs to run."""
    target = tmp_path_factory.mktemp("checkout")
    for name in ("kg", "ontology", "queries"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.fixture
def changed(copy: Path) -> Iterator[object]:
    """Give a function that appends a byte to a file of the copy; all is as it was afterwards."""
    before: dict[Path, bytes] = {}

    def change(name: str) -> None:
        path = copy / name
        before[path] = path.read_bytes()
        path.write_bytes(before[path] + b"\n")

    yield change
    for path, content in before.items():
        path.write_bytes(content)


def version(checkout: Path, **libraries: str) -> str:
    return version_of(checkout / "kg", checkout / "ontology" / "frames", {**versions(), **libraries})


def test_a_copy_elsewhere_has_the_same_version(copy: Path) -> None:
    assert version(copy) == fingerprint.document_version()
    (copy / "kg" / "extract" / "__pycache__").mkdir(exist_ok=True)
    (copy / "kg" / "extract" / "__pycache__" / "chains.cpython-311.pyc").write_bytes(b"compiled")
    assert version(copy) == fingerprint.document_version()


@pytest.mark.parametrize(
    "name",
    [
        "kg/pipeline.py",
        "kg/vocab.py",
        "kg/extract/coreference/chains.py",
        "kg/extract/frames/match.py",
        "kg/extract/discourse/outcomes.py",
        "kg/language/tokenizer.py",
        "kg/model/text.py",
        "kg/rdf/events.py",
        "kg/entities/knowledge/people.csv",
        "kg/language/model/config.cfg",
        "kg/language/model/parser/model",
        "kg/language/model/tokenizer",
        "ontology/frames/acts.toml",
    ],
)
def test_each_ingredient_changes_the_version(copy: Path, changed: object, name: str) -> None:
    before = version(copy)
    assert callable(changed)
    changed(name)
    assert version(copy) != before


def test_a_file_that_comes_or_is_renamed_changes_the_version(copy: Path) -> None:
    before = version(copy)
    frames = copy / "ontology" / "frames"
    (frames / "acts.toml").rename(frames / "deeds.toml")
    renamed = version(copy)
    (frames / "deeds.toml").rename(frames / "acts.toml")
    (frames / "more.toml").write_text("")
    more = version(copy)
    (frames / "more.toml").unlink()
    assert len({before, renamed, more}) == 3 and version(copy) == before


@pytest.mark.parametrize("name", ["kg/cli/query.py", "kg/store/database.py", "ontology/news.ttl", "queries/dyads.rq"])
def test_what_makes_no_quads_does_not_change_the_version(copy: Path, changed: object, name: str) -> None:
    before = version(copy)
    assert callable(changed)
    changed(name)
    assert version(copy) == before


@pytest.mark.parametrize("library", fingerprint.LIBRARIES)
def test_another_minor_version_of_a_library_that_computes_counts(library: str) -> None:
    assert all(versions().values())
    assert version(ROOT, **{library: "99.1"}) != version(ROOT, **{library: "99.2"})


def test_an_edited_frame_has_documents_read_anew(copy: Path, changed: object, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ankara offered to host the talks.", encoding="utf-8")

    def build() -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", "a.txt", "--graph", "g", "--published", "2025-05-24"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert "1 read" in build() and "1 unchanged" in build()
    assert callable(changed)
    changed("ontology/frames/acts.toml")
    assert "1 read" in build() and "1 unchanged" in build()
