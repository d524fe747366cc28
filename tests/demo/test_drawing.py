"""`docs/house.md` draws the house as it stands."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_module_is_in_the_drawing_and_nothing_else() -> None:
    page = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    drawn = set(re.findall(r"^- `(kg/[\w/.]*)`: \S", page, re.MULTILINE))
    there = {
        path.relative_to(ROOT).as_posix().replace("/__init__.py", "/")
        for path in (ROOT / "kg").rglob("*.py")
        if path.read_text(encoding="utf-8").strip()
    }
    assert there - drawn == set(), "add a line for each to docs/house.md"
    assert drawn - there == set(), "take these out of docs/house.md"


def test_the_layers_are_drawn_as_they_are_held() -> None:
    page = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    drawn = re.findall(r"\nlayers = \[\n(.*?)\n\]", project, re.DOTALL)
    assert len(drawn) == 2  # of the package, and of the extraction
    for layers in drawn:
        held = [line.strip().strip('",') for line in layers.splitlines()]
        assert "\n".join(held) in page
