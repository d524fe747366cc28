"""The house rules that no linter knows: budgets, paths, documentation."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from kg.cli import cli

ROOT = Path(__file__).parents[2]
MODULE_LINES = 300
FUNCTION_LINES = 60


def committed() -> list[Path]:
    """Give the files that git has or would take; outside a clone, all but what is built."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        inside = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        listed = [str(path) for path in inside if not any(map(is_built, path.parts))]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def is_built(part: str) -> bool:
    """Whether a folder holds what tools leave behind: caches of tests, installed packages, wheels."""
    return (
        part.startswith(".") or part.endswith(".egg-info") or part in ("__pycache__", "node_modules", "build", "dist")
    )


def texts() -> Iterator[tuple[str, str]]:
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", errors="replace")


@pytest.mark.parametrize("folder", ["kg", "tests"])
def test_modules_and_functions_keep_their_budget(folder: str) -> None:
    over = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        if folder == "kg" and len(source.splitlines()) > MODULE_LINES:
            over.append(f"{name}: {len(source.splitlines())} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    over.append(f"{name}: {node.name} has {lines} lines")
    assert over == []


def test_only_the_command_line_prints_or_exits() -> None:
    found = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("kg/cli/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.exit", "exit", "input"):
                found.append(f"{name}:{node.lineno}")
    assert found == []


def test_no_module_is_called_utils() -> None:
    assert [path for path in committed() if path.stem in ("utils", "util", "helpers", "misc", "common")] == []


def test_no_file_names_a_machine() -> None:
    this = Path(__file__).relative_to(ROOT).as_posix()
    machine = re.compile(r"(?<![\w/])(/work/|/root/|/tmp/bash|/home/\w)|\.\./shared")
    assert [(name, found[0]) for name, text in texts() if name != this and (found := machine.search(text))] == []


def test_nothing_was_left_to_be_filled_in() -> None:
    this = Path(__file__).relative_to(ROOT).as_posix()
    gap = re.compile(r"@[A-Z]{3,}@|\b(TODO|FIXME|XXX|TBD)\b|NotImplementedError|lorem ipsum")
    assert [(name, found[0]) for name, text in texts() if name != this and (found := gap.search(text))] == []


def documentation() -> str:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_and_option_is_documented(verb: str) -> None:
    pages = documentation()
    assert f"kg {verb}" in pages
    options = [max(param.opts, key=len) for param in cli.commands[verb].params if isinstance(param, click.Option)]
    assert [option for option in options if not re.search(rf"{option}(?![\w-])", pages)] == []


def test_every_make_target_and_query_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pages = documentation() + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)
    assert [target for target in targets if target != "help" and f"make {target}" not in pages] == []
    assert [path.stem for path in (ROOT / "queries").glob("*.rq") if path.stem not in pages] == []


def test_the_example_of_the_readme_runs(
    records_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("articles.jsonl").write_bytes(records_file.read_bytes())
    exec(compile(code, "README.md", "exec"), {})
    assert "Ukraine propose direct talks with Russia rejected" in capsys.readouterr().out


def declared() -> dict[str, set[str]]:
    """Give the names of the distributions that each extra asks for; those always asked for under \"\"."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: {_name(re.split(r"[\[<>=!~ ]", one)[0]) for one in wanted} for extra, wanted in lists.items()}


def _name(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_import_is_declared() -> None:
    homes = packages_distributions()
    wanted = declared()
    found = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        training = name.startswith("kg/language/training/")
        known = (
            wanted[""]
            | wanted["formats"]
            | wanted["notebook"]
            | wanted["parquet"]
            | wanted["ray"]
            | wanted["serve"]
            | (wanted["train"] if training else set())
        )
        known |= {"confection", "srsly", "thinc"}  # spaCy's own house
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            for module in {module.split(".")[0] for module in modules} - {"kg", *sys.stdlib_module_names}:
                if not {_name(home) for home in homes.get(module, [module])} & known:
                    found.append(f"{name}: {module}")
    assert found == []


def test_every_dependency_is_pinned() -> None:
    wanted = declared()
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {_name(line.split("==")[0]) for line in pins if "==" in line}
    assert wanted[""] | wanted["formats"] | wanted["notebook"] | wanted["serve"] | wanted["dev"] <= pinned | {
        "newskg"
    }  # torch depends on the machine
    assert all(re.fullmatch(r"[\w.-]+==[\w.+-]+|#.*", line) for line in pins)


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
