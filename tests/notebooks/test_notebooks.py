"""The notebooks run as a reader would run them, and show tables and pictures."""

from __future__ import annotations

import base64
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def executed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    notebook = nbformat.read(request.param, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(request.param.parent)}}
    )
    return client.execute()


def outputs(notebook: nbformat.NotebookNode, kind: str) -> list[str]:
    return [
        output["data"][kind]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if kind in output.get("data", {})
    ]


def test_every_table_has_rows(executed: nbformat.NotebookNode) -> None:
    tables = outputs(executed, "text/html")
    assert len(tables) >= 9
    for table in tables:
        assert table.count("<tr") >= 2, table[:200]


def test_the_graph_is_drawn(executed: nbformat.NotebookNode) -> None:
    pictures = [base64.b64decode(data) for data in outputs(executed, "image/png")]
    assert pictures
    assert all(picture.startswith(b"\x89PNG") and len(picture) > 20_000 for picture in pictures)


def test_the_source_is_committed_without_outputs() -> None:
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert not any(cell.get("outputs") for cell in notebook.cells), path.name
