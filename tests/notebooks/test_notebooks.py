"""The notebooks run as a reader would run them, from a clean kernel, and show tables and pictures."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import nbformat
import pytest

from tests.notebooks.pictures import NOTEBOOKS, executed, kept, outputs

TABLES = {"01": 9, "02": 9, "03": 3, "04": 4, "05": 3, "06": 5}
PICTURES = {"01": 1, "02": 2, "03": 5, "04": 1, "05": 0, "06": 1}


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def run(request: pytest.FixtureRequest) -> tuple[str, nbformat.NotebookNode]:
    return request.param.stem[:2], executed(request.param)


def test_every_table_has_rows(run: tuple[str, nbformat.NotebookNode]) -> None:
    number, notebook = run
    tables = [html for html in outputs(notebook, "text/html") if "<table" in html]
    assert len(tables) >= TABLES[number]
    for table in tables:
        assert table.count("<tr") >= 2, table[:200]


def test_every_picture_shows_something(run: tuple[str, nbformat.NotebookNode]) -> None:
    number, notebook = run
    pictures = kept(notebook)
    assert len(pictures) >= PICTURES[number]
    for suffix, data in pictures:
        if suffix == "png":
            assert data.startswith(b"\x89PNG") and len(data) > 10_000
        else:
            drawing = ElementTree.fromstring(data)
            assert len([*drawing.iter("{http://www.w3.org/2000/svg}text")]) >= 2


def test_the_graph_is_told_in_figures(run: tuple[str, nbformat.NotebookNode]) -> None:
    number, notebook = run
    if number in ("03", "04", "06"):
        assert re.search(r">6</div>.*documents", outputs(notebook, "text/html")[0])


def test_the_source_is_committed_without_outputs() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == sorted(TABLES)
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert not any(cell.get("outputs") for cell in notebook.cells), path.name
