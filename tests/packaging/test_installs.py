"""A wheel, a wheel made from the sdist and an editable install find the same data, wherever they are called from.

Each install goes into a virtual environment of its own that borrows the dependencies of the one that runs the tests,
so nothing is downloaded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.fingerprint import document_version

ROOT = Path(__file__).parents[2]
PROBE = """
SERVED = ("templates/base.html", "static/explorer.css", "static/explorer.js")
import json, kg.fingerprint, kg.resources, kg.language.loading
import kg.entities.knowledge as knowledge, kg.questions as questions
print(json.dumps({
    "ontology": str(kg.resources.ontology_dir()),
    "queries": str(kg.resources.queries_dir()),
    "examples": (kg.resources.examples_dir() / "istanbul" / "articles.jsonl").is_file(),
    "served": [(kg.resources.Path(kg.__file__).parent / "serve" / one).is_file() for one in SERVED],
    "model": str(kg.language.loading.shipped_model()),
    "frames": len(list((kg.resources.ontology_dir() / "frames").glob("*.toml"))),
    "named": [question.name for question in questions.questions()],
    "known": len(knowledge.load()),
    "version": kg.__version__,
    "made by": kg.fingerprint.document_version(),
}))
"""


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PIP_CONSTRAINT")}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(kind: str, source: Path, out: Path) -> Path:
    run(sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", out, source)
    [built] = [path for path in out.iterdir() if path.suffix == (".whl" if kind == "wheel" else ".gz")]
    return built


def environment(folder: Path, wheel: Path) -> Path:
    """Make an environment with this package installed from a wheel, and give its Python."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    purelib = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    # a line in a .pth file adds a folder, but obeys no .pth file in it: an editable install out there is not seen
    (purelib / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel_from_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    [source] = folder.iterdir()
    return build("wheel", source, tmp_path_factory.mktemp("rebuilt"))


def contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {one.filename: one.CRC for one in archive.infolist()}


def shipped() -> Iterator[tuple[Path, str]]:
    """Yield each file that has to be in a wheel, with its name there."""
    for folder, target in (("ontology", "kg/_data/ontology"), ("queries", "kg/_data/queries"), ("kg", "kg")):
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in name and "/." not in name:
                yield path, f"{target}/{path.relative_to(ROOT / folder).as_posix()}"


def test_the_wheel_has_every_file(wheel: Path) -> None:
    names = contents(wheel)
    assert [target for _, target in shipped() if target not in names] == []
    assert not [name for name in names if name.startswith(("tests/", "docs/", "examples/"))]


def test_the_sdist_makes_an_equal_wheel(wheel: Path, wheel_from_sdist: Path) -> None:
    direct, rebuilt = contents(wheel), contents(wheel_from_sdist)
    assert direct == rebuilt


@pytest.mark.parametrize("source", ["wheel", "wheel_from_sdist"])
def test_an_installed_wheel_works_from_anywhere(source: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    python = environment(tmp_path / "venv", request.getfixturevalue(source))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    found = json.loads(run(python, "-c", PROBE, cwd=elsewhere))
    package = Path(found["ontology"]).parents[1]
    assert package.is_relative_to(tmp_path / "venv") and package.name == "kg"
    assert found["ontology"] == str(package / "_data" / "ontology")
    assert found["queries"] == str(package / "_data" / "queries")
    assert found["model"] == str(package / "language" / "model")
    assert found["made by"] == document_version()
    assert found["frames"] > 0 and found["known"] > 100 and "who-proposed-what" in found["named"]
    assert "who-proposed-what" in run(python.with_name("kg"), "queries", cwd=elsewhere)
    if source == "wheel":
        (elsewhere / "a.txt").write_text("Ukraine proposed direct talks with Russia.", encoding="utf-8")
        run(python.with_name("kg"), "build", "a.txt", "--graph", "g", cwd=elsewhere)
        assert "propose" in run(python.with_name("kg"), "query", "who-proposed-what", "--graph", "g", cwd=elsewhere)


def test_an_editable_install_reads_the_checkout(tmp_path: Path) -> None:
    # what pip does for --editable, but with the hatchling out here
    name = run(sys.executable, "-c", f"import hatchling.build as it; print(it.build_editable({str(tmp_path)!r}))")
    python = environment(tmp_path / "venv", tmp_path / name.strip())
    found = json.loads(run(python, "-c", PROBE, cwd=tmp_path))
    assert found["ontology"] == str(ROOT / "ontology") and found["queries"] == str(ROOT / "queries")
    assert found["model"] == str(ROOT / "kg" / "language" / "model")
    assert found["made by"] == document_version()
